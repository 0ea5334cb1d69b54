/** Assesses the harm by the rule, from facts that are recorded with the answer. A new assessment takes the place of the old. */
import { mustSay } from '../../policies/clause-in.ts';
import { unless } from '../../policies/ruling.ts';
import { harmAssessment, type HarmFacts } from '../../policies/rules/harm-assessment.ts';
import { sha256 } from '../records/canonical.ts';
import { TOLD } from './acts.ts';
import { handle, inState, refused } from './handle.ts';
import type { Acted, BreachNeeds, OnBreach } from './needs.ts';
import { said } from './said.ts';

export interface AssessHarm extends OnBreach {
  readonly facts: Omit<HarmFacts, 'breachId'>;
}

export function assessHarm(needs: BreachNeeds, { facts, ...on }: AssessHarm): Promise<Acted> {
  return handle(needs, on, (at) => {
    const { breach, policy, now } = at;
    const clause = mustSay(policy.edition, 'XR26-EXT-21');
    const { raisedTo, people } = facts;
    const because = [
      ...inState(at, ['triaging', 'violation']),
      ...unless(Number.isInteger(people) && people >= 1, {
        clause,
        field: 'people',
        found: 'no whole number from 1',
        expected: 'a whole number from 1',
        todo: 'enter how many people it is about',
      }),
      ...unless(facts.kinds.length > 0, {
        clause,
        field: 'kinds',
        found: 'none',
        expected: 'at least one kind of information',
        todo: 'choose what kinds of information were disclosed',
      }),
      ...(raisedTo ? said('raisedTo', raisedTo.why, clause, policy, 'say why the level is raised') : []),
    ];
    if (because.length > 0) return refused(because);
    const assessment = harmAssessment({ breachId: breach.id, ...facts }, policy, now);
    return {
      kind: 'step',
      breach: { ...breach, harm: { assessment, by: on.person.personId, at: now } },
      act: TOLD.harmAssessed,
      clauses: assessment.clauses,
      facts: {
        level: assessment.level,
        potentialRisk: assessment.potentialRisk,
        people,
        recorded: sha256(assessment.recorded),
      },
    };
  });
}
