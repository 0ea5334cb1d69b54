/** Where a decision stands between its people, by the rule in policies/. */
import { policyInForce } from '../../policies/editions/index.ts';
import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import type { Instant } from '../../policies/instant.ts';
import { RECORDS_LAW } from '../../policies/editions/records-law.ts';
import {
  decisionStage,
  paceOfSignOff,
  paceOfUse,
  type DecisionStage,
  type Pace,
} from '../../policies/rules/decision-stages.ts';
import type { Decision, Matter } from './contract.ts';
import { openedBeforeAnyEdition } from './faults.ts';

/** The policy a decision is judged by: the edition in force when it was opened, with the house numbers of now. */
export function policyOf(decision: Pick<Decision, 'id' | 'openedAt' | 'matter'>): PublishedPolicy {
  const { matter, openedAt } = decision;
  const technology = matter.question === 'x-ray-use' ? 'mobile-x-ray' : matter.technology;
  return policyInForce(technology, openedAt) ?? openedBeforeAnyEdition(decision);
}

export function stageOf(decision: Decision, now: Instant): DecisionStage {
  const policy = policyOf(decision);
  const { matter } = decision;
  return decisionStage(
    {
      requestId: decision.id,
      executives: decision.askInOrder,
      asked: decision.asked.map(({ at, remindedAt, undeliverableAt }) => ({
        askedAt: at,
        ...(remindedAt && { remindedAt }),
        ...(undeliverableAt && { undeliverableAt }),
      })),
      startsAt: decision.lapsesAt,
      ...(decision.endedAt && { answeredAt: decision.endedAt }),
    },
    policy,
    now,
    paceOf(matter, policy),
  );
}

function paceOf(matter: Matter, policy: PublishedPolicy): Pace {
  if (matter.question === 'disclosure') return paceOfSignOff(policy, matter.ground);
  if (matter.question === 'x-ray-use') return paceOfUse(policy);
  const { daysToRemindOfDisposal: days, daysToSignDisposal } = policy.house;
  const turn = { ...days, minutes: days.days * 24 * 60 };
  return { remind: turn, askNext: turn, final: RECORDS_LAW.approvedDisposal.id, lapse: daysToSignDisposal.id };
}
