/** Builds a clause of a statute; a number it sets is added by whoever builds it, with its unit in its name. */
import { calendarDate } from '../calendar-date.ts';
import type { StatuteClause } from '../clause.ts';

/** `from` is 'YYYY-MM-DD'; `checked` says how far the text was read, `text-read` when left out. */
export const statute = (
  id: string,
  cite: string,
  from: string,
  text: string,
  checked: Partial<Pick<StatuteClause, 'confidence' | 'unverified'>> = {},
): StatuteClause => ({
  id,
  authority: 'statute',
  cite,
  text,
  from: calendarDate(from),
  confidence: 'text-read',
  ...checked,
});
