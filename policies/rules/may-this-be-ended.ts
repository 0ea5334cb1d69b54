/**
 * May what is on file be ended?
 *
 * Nothing on file is edited; it is ended, once and with a reason, and its dates stay. What was released under
 * it before was released under it. What is over by its own last day is over and needs no end.
 *
 * Units   days are days in New York
 * Answers allowed or refused
 * Throws  nothing
 * Source  nyc-23-1203-3, nyc-23-1202-c-2-a, nyc-23-1202-c-2-b, nyc-14-188-g-2; house-characters-of-reason
 */
import type { CalendarDate } from '../calendar-date.ts';
import type { PublishedPolicy } from '../editions/edition.ts';
import { nyDate, type Instant } from '../instant.ts';
import { ruled, unless, type Ruling } from '../ruling.ts';
import { statement } from './statement.ts';
import { filedUnder, type Entry } from './what-may-be-kept-on-file.ts';

export interface Ending {
  readonly kind: Entry['kind'];
  /** Its last day by its own terms; absent while it is open. */
  readonly until?: CalendarDate;
  readonly why: string;
}

export function mayThisBeEnded(ending: Ending, policy: Pick<PublishedPolicy, 'house'>, now: Instant): Ruling {
  const clause = filedUnder(ending.kind);
  return ruled(
    [clause],
    [
      ...statement('why', ending.why, clause, policy, 'say why it ends'),
      ...unless(!ending.until || nyDate(now) <= ending.until, {
        clause,
        field: 'until',
        found: 'one whose last day has passed',
        expected: 'one that is still good',
        todo: 'leave it; it is over by its own terms',
      }),
    ],
  );
}
