/** Builds a clause of the house: each cites the decision record that has a heading for it. */
import { calendarDate } from '../calendar-date.ts';
import type { Clause } from '../clause.ts';

export const house = <Number extends object>(id: string, text: string, number: Number): Clause & Number => ({
  id,
  authority: 'house',
  cite: 'docs/adr/0006-house-numbers.md',
  text,
  from: calendarDate('2026-02-04'),
  ...number,
});
