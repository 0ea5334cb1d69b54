/** Puts an act on a case to the rule that judges it, with the schedule whose classes it may name. */
import type { CalendarDate } from '../../policies/calendar-date.ts';
import type { CaseFinding, FinalDisposition, Schedule } from '../../policies/retention.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { whatMayBeDoneToACase } from '../../policies/rules/what-may-be-done-to-a-case.ts';
import { factsOf, type Case } from './contract.ts';
import type { Handling } from './keep-case.ts';
import { CLOSED_WHEN } from './needs.ts';
import { once } from './said.ts';

type Act = Parameters<typeof whatMayBeDoneToACase>[0]['act'];

/** What an act names, beside the case. */
interface Named {
  readonly reason?: string;
  readonly disposition?: FinalDisposition;
  readonly finding?: CaseFinding;
  readonly classId?: string;
  readonly reclassTo?: string;
  readonly schedule?: Schedule;
  readonly into?: Case;
  readonly on?: CalendarDate;
}

/** What is in the way of an act, or the clauses it rests on. */
export function judged(
  { one, policy, now }: Handling,
  act: Act,
  { into, ...named }: Named,
  also: readonly Refusal[] = [],
): { readonly because: readonly Refusal[]; readonly clauses: readonly string[] } {
  const ruling = whatMayBeDoneToACase(
    { act, case: factsOf(one), merged: one.state === 'merged', ...named, ...(into && { into: factsOf(into) }) },
    policy,
    now,
  );
  return ruling.kind === 'refused'
    ? { because: once([...ruling.because, ...also]), clauses: [] }
    : { because: also, clauses: ruling.clauses };
}

/** A case that was merged into another is done nothing to: what is to be said is said of the other. */
export const mergedAway = ({ state }: Case, field: string): readonly Refusal[] =>
  state === 'merged'
    ? [
        {
          clause: CLOSED_WHEN,
          field,
          found: 'a case that was merged into another',
          expected: 'a case of its own',
          todo: 'do it to the case it was merged into',
        },
      ]
    : [];
