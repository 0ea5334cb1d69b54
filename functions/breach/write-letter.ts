/** Writes the letter to the people affected: what was disclosed, and to whom. What was sent already was sent with the older words. */
import { mustSay } from '../../policies/clause-in.ts';
import { PRIVACY_LAW } from '../../policies/editions/privacy-law.ts';
import { sha256 } from '../records/canonical.ts';
import { TOLD } from './acts.ts';
import { handle, inState, refused, SO_ALREADY } from './handle.ts';
import type { Acted, BreachNeeds, OnBreach } from './needs.ts';
import { said } from './said.ts';

export interface WriteLetter extends OnBreach {
  readonly whatWasDisclosed: string;
  readonly toWhom: string;
}

export function writeLetter(needs: BreachNeeds, given: WriteLetter): Promise<Acted> {
  return handle(needs, given, (at) => {
    const { breach, policy, now } = at;
    const law = PRIVACY_LAW.violation.id;
    const [whatWasDisclosed, toWhom] = [given.whatWasDisclosed.trim(), given.toWhom.trim()];
    const because = [
      ...inState(at, ['triaging', 'violation']),
      ...said('whatWasDisclosed', whatWasDisclosed, law, policy, 'say what was disclosed'),
      ...said('toWhom', toWhom, law, policy, 'say to whom it was disclosed'),
    ];
    if (because.length > 0) return refused(because);
    if (breach.letter?.whatWasDisclosed === whatWasDisclosed && breach.letter.toWhom === toWhom) return SO_ALREADY;
    const letter = { inWriting: true, whatWasDisclosed, toWhom, by: given.person.personId, at: now };
    return {
      kind: 'step',
      breach: { ...breach, letter },
      act: TOLD.letterWritten,
      clauses: [mustSay(policy.edition, 'XR26-EXT-21'), law],
      facts: { words: sha256([whatWasDisclosed, toWhom]) },
    };
  });
}
