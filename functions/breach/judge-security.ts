/** Judges whether the City's law on breaches of security applies too, from facts that are recorded with the answer. */
import { PRIVACY_LAW } from '../../policies/editions/privacy-law.ts';
import { isAfter } from '../../policies/instant.ts';
import { unless } from '../../policies/ruling.ts';
import { cityBreachLaw, type SecurityFacts } from '../../policies/rules/city-breach-law.ts';
import { sha256 } from '../records/canonical.ts';
import { TOLD } from './acts.ts';
import { handle, inState, refused } from './handle.ts';
import type { Acted, BreachNeeds, OnBreach } from './needs.ts';
import { tooLong } from './said.ts';

export interface JudgeSecurity extends OnBreach {
  readonly facts: Omit<SecurityFacts, 'breachId'>;
}

export function judgeSecurity(needs: BreachNeeds, { facts, ...on }: JudgeSecurity): Promise<Acted> {
  return handle(needs, on, (at) => {
    const { breach, policy, now } = at;
    const { noNoticeFinding: finding, residentsToTell } = facts;
    const because = [
      ...inState(at, ['triaging', 'violation']),
      ...unless(Number.isInteger(residentsToTell) && residentsToTell >= 0, {
        clause: PRIVACY_LAW.consumerAgencies.id,
        field: 'residentsToTell',
        found: 'no whole number from 0',
        expected: 'a whole number from 0',
        todo: 'enter how many residents are told',
      }),
      ...unless(!finding || !isAfter(finding.at, now), {
        clause: PRIVACY_LAW.noNoticeKept.id,
        field: 'noNoticeFinding',
        found: 'a moment to come',
        expected: 'now or earlier',
        todo: 'enter when it was found',
      }),
      ...tooLong(PRIVACY_LAW.noNoticeKept.id, 'noNoticeFinding', finding?.because ?? ''),
    ];
    if (because.length > 0) return refused(because);
    const recorded = { breachId: breach.id, ...facts };
    const answer = cityBreachLaw(recorded, policy, now);
    return {
      kind: 'step',
      breach: { ...breach, security: { facts: recorded, answer, by: on.person.personId, at: now } },
      act: TOLD.securityJudged,
      clauses: answer.kind === 'applies' ? answer.clauses : [answer.because],
      facts: {
        answer: answer.kind,
        recorded: sha256(recorded),
        ...(answer.kind === 'applies' && { tellPeople: answer.tellPeople }),
        ...(answer.kind === 'applies' && answer.keepFindingUntil && { keepFindingUntil: answer.keepFindingUntil }),
      },
    };
  });
}
