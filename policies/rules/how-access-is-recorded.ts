/**
 * How is an outside agency's standing access recorded?
 *
 * For immigration enforcement it is stopped, whoever asks and whatever else is said. Otherwise the edition in
 * force on its last day judges it, today while it is open. What that edition allows is recorded as allowed. What
 * it does not allow is refused, unless it is said that the access exists or did: then it is recorded as one that
 * must end, because the statute's register names whatever access there is or was.
 *
 * Units   days are days in New York
 * Answers 'stop' with the refusals, which whoever stops it records under 10-178(d); 'refused'; or 'record', and
 *         whether the edition allows it
 * Throws  nothing
 * Source  nyc-14-188-g-2, nyc-10-178-d; XR26-EXT-01, XR26-EXT-06 and their twins
 */
import type { CalendarDate } from '../calendar-date.ts';
import type { ImmigrationFacts } from '../disclosure.ts';
import type { PublishedPolicy } from '../editions/edition.ts';
import type { Instant } from '../instant.ts';
import type { Refusal } from '../ruling.ts';
import { isItImmigrationEnforcement } from './is-it-immigration-enforcement.ts';
import { standingAccess, type StandingAccess } from './standing-access.ts';

export interface AccessToRecord {
  readonly access: StandingAccess;
  readonly immigration: ImmigrationFacts;
  /** Whether it is said that the access exists or did, whatever the edition says of it. */
  readonly existing: boolean;
}

export type AccessRecording =
  | { readonly kind: 'stop' | 'refused'; readonly because: readonly Refusal[]; readonly clauses: readonly string[] }
  | {
      readonly kind: 'record';
      readonly allowed: boolean;
      readonly because: readonly Refusal[];
      readonly clauses: readonly string[];
    };

/** The day whose edition judges an access: its last, or today while it is open or has yet to end. */
export const dayThatJudges = (until: CalendarDate | undefined, today: CalendarDate): CalendarDate =>
  until && until < today ? until : today;

/** `policy` is the one in force on the day that judges; `current`, the one in force now. */
export function howAccessIsRecorded(
  { access, immigration, existing }: AccessToRecord,
  { policy, current }: { readonly policy: PublishedPolicy; readonly current: PublishedPolicy },
  now: Instant,
): AccessRecording {
  const answer = isItImmigrationEnforcement(immigration, current, now);
  if (answer.kind === 'stop') return { kind: 'stop', because: answer.because, clauses: answer.clauses };
  if (answer.kind === 'unanswered') return { kind: 'refused', because: answer.needs, clauses: answer.clauses };
  const ruling = standingAccess(access, policy, now);
  if (ruling.kind === 'allowed') return { kind: 'record', allowed: true, because: [], clauses: ruling.clauses };
  const clauses = [...new Set(['nyc-14-188-g-2', ...ruling.because.map(({ clause }) => clause)])];
  return existing
    ? { kind: 'record', allowed: false, because: ruling.because, clauses }
    : { kind: 'refused', because: ruling.because, clauses };
}
