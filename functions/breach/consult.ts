/** Records that an office of the City was consulted or told about a breach: which, when, and what was said. */
import { mustSay } from '../../policies/clause-in.ts';
import { PRIVACY_LAW } from '../../policies/editions/privacy-law.ts';
import { isAfter, isBefore, type Instant } from '../../policies/instant.ts';
import { unless } from '../../policies/ruling.ts';
import { sha256 } from '../records/canonical.ts';
import { TOLD } from './acts.ts';
import type { Breach } from './contract.ts';
import { handle, inState, refused, SO_ALREADY } from './handle.ts';
import type { Acted, BreachNeeds, OnBreach } from './needs.ts';
import { said, tooMany } from './said.ts';

export interface RecordConsultation extends OnBreach {
  readonly with: Breach['consultations'][number]['with'];
  readonly at: Instant;
  readonly said: string;
}

export function recordConsultation(needs: BreachNeeds, given: RecordConsultation): Promise<Acted> {
  return handle(needs, given, (at) => {
    const { breach, policy, now } = at;
    const clause =
      given.with === 'cyber-command' ? PRIVACY_LAW.securityReport.id : mustSay(policy.edition, 'XR26-EXT-21');
    const words = given.said.trim();
    const because = [
      ...inState(at, ['triaging', 'violation']),
      ...unless(!isAfter(given.at, now) && !isBefore(given.at, breach.given.discoveredAt), {
        clause,
        field: 'at',
        found: 'a moment to come, or before the disclosure was discovered',
        expected: 'when they were consulted',
        todo: 'enter when they were consulted',
      }),
      ...said('said', words, clause, policy, 'say what was asked and what they said'),
      ...tooMany(clause, 'said', breach.consultations.length),
    ];
    if (because.length > 0) return refused(because);
    const isSame = (one: Breach['consultations'][number]) =>
      one.with === given.with && one.at === given.at && one.said === words;
    if (breach.consultations.some(isSame)) return SO_ALREADY;
    const consultation = { with: given.with, at: given.at, said: words, by: given.person.personId };
    return {
      kind: 'step',
      breach: { ...breach, consultations: [...breach.consultations, consultation] },
      act: TOLD.consulted,
      clauses: [clause],
      facts: { with: given.with, at: given.at, said: sha256(words) },
    };
  });
}
