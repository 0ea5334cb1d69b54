/**
 * How does what is on file stand today?
 *
 * It is good on its days, first and last included, until it is ended; and it ends soon when few days are left.
 *
 * Units   days are days in New York; an end counts from its instant
 * Answers 'to-come', 'good', 'ends-soon', 'over' by its own terms, or 'ended'
 * Throws  nothing
 * Source  nyc-23-1203-3, nyc-23-1202-c-2-a, nyc-23-1202-c-2-b; house-days-before-an-end
 */
import { plusDays, type CalendarDate } from '../calendar-date.ts';
import type { PublishedPolicy } from '../editions/edition.ts';
import { nyDate, type Instant } from '../instant.ts';

export interface EntryDays {
  readonly from: CalendarDate;
  readonly until?: CalendarDate;
  readonly ended?: { readonly at: Instant };
}

export type EntryStanding = 'to-come' | 'good' | 'ends-soon' | 'over' | 'ended';

export function howAnEntryStands(
  { from, until, ended }: EntryDays,
  { house }: Pick<PublishedPolicy, 'house'>,
  now: Instant,
): EntryStanding {
  const today = nyDate(now);
  if (ended && ended.at <= now) return 'ended';
  if (until && until < today) return 'over';
  if (today < from) return 'to-come';
  return until && until <= plusDays(today, house.daysBeforeAnEnd.days) ? 'ends-soon' : 'good';
}

/** Whether a disclosure may rest on it. */
export const isGood = (standing: EntryStanding): boolean => standing === 'good' || standing === 'ends-soon';
