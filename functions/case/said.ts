/** What is typed or sent about a case: whether it says something, fits, and names a day that can be. */
import type { CalendarDate } from '../../policies/calendar-date.ts';
import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import { nyDate, type Instant } from '../../policies/instant.ts';
import { charactersIn, unless, type Refusal } from '../../policies/ruling.ts';
import { statement } from '../../policies/rules/statement.ts';
import { MOST_OF_A_LINE, MOST_OF_A_REASON } from './needs.ts';

/** A line that has to be there. */
export const line = (field: string, text: string, clause: string, todo: string): readonly Refusal[] => [
  ...unless(charactersIn(text) > 0, { clause, field, found: 'nothing', expected: 'a few words', todo }),
  ...fits(field, text, clause, MOST_OF_A_LINE),
];

/** A reason that has to be there and to say something. */
export const reasonSaid = (text: string, clause: string, policy: PublishedPolicy, todo: string): readonly Refusal[] => [
  ...statement('reason', text, clause, policy, todo),
  ...fits('reason', text, clause, MOST_OF_A_REASON),
];

const fits = (field: string, text: string, clause: string, most: number): readonly Refusal[] =>
  unless(text.trim().length <= most, {
    clause,
    field,
    found: `${text.trim().length} characters`,
    expected: `at most ${most}`,
    todo: 'shorten it',
  });

/** Nothing in a case happened on a day to come. */
export const notAhead = (
  field: string,
  day: CalendarDate | undefined,
  clause: string,
  now: Instant,
): readonly Refusal[] =>
  unless(day === undefined || day <= nyDate(now), {
    clause,
    field,
    found: 'a day to come',
    expected: 'today or an earlier day',
    todo: 'correct the day',
  });

/** How many of one kind a case has room for. */
export const hasRoom = (field: string, there: number, most: number, clause: string): readonly Refusal[] =>
  unless(there < most, {
    clause,
    field,
    found: `${there} on file`,
    expected: `at most ${most}`,
    todo: 'correct one that is there, or ask a records officer',
  });

/** One refusal for each field and demand, however many judged it. */
export const once = (because: readonly Refusal[]): readonly Refusal[] =>
  because.filter(
    ({ field, found }, place) => because.findIndex((other) => other.field === field && other.found === found) === place,
  );
