/**
 * The determination whether the people affected are told, and whether a law requires it. That nobody is told can only be
 * determined after the Chief Privacy Officer and the Law Department were consulted.
 */
import { mustSay } from '../../policies/clause-in.ts';
import { unless } from '../../policies/ruling.ts';
import { sha256 } from '../records/canonical.ts';
import { TOLD } from './acts.ts';
import { handle, inState, refused } from './handle.ts';
import type { Acted, BreachNeeds, OnBreach } from './needs.ts';
import { consultedAt } from './notice-of.ts';
import { MOST_OF_A_LINE, said, tooLong } from './said.ts';

export interface DetermineNotice extends OnBreach {
  readonly answer: 'notify' | 'do-not-notify';
  readonly because: string;
  /** A law that requires a notice, or 'none' when that was looked for; '' when it was not. */
  readonly requiredBy: string;
}

export function determineNotice(needs: BreachNeeds, given: DetermineNotice): Promise<Acted> {
  return handle(needs, given, (at) => {
    const { breach, policy, now } = at;
    const clause = mustSay(policy.edition, 'XR26-EXT-21');
    const because = given.because.trim();
    const requiredBy = given.requiredBy.trim();
    const isConsulted =
      consultedAt(breach, 'chief-privacy-officer', now) !== undefined &&
      consultedAt(breach, 'law-department', now) !== undefined;
    const refusals = [
      ...inState(at, ['triaging', 'violation']),
      ...said('because', because, clause, policy, 'say why'),
      ...tooLong(clause, 'requiredBy', requiredBy, MOST_OF_A_LINE),
      ...unless(given.answer === 'notify' || isConsulted, {
        clause,
        field: 'answer',
        found: 'a determination without both consultations',
        expected: 'the Chief Privacy Officer and the Law Department consulted first',
        todo: 'consult both and record it, or tell the people affected',
      }),
    ];
    if (refusals.length > 0) return refused(refusals);
    const { requiredBy: _, ...open } = breach;
    return {
      kind: 'step',
      breach: {
        ...open,
        ...(requiredBy && { requiredBy }),
        determination: { answer: given.answer, because, by: given.person.personId, at: now },
      },
      act: TOLD.noticeDetermined,
      clauses: [clause],
      facts: {
        answer: given.answer,
        because: sha256(because),
        requiredByLaw: requiredBy === '' ? 'not answered' : requiredBy === 'none' ? 'no' : 'yes',
      },
    };
  });
}
