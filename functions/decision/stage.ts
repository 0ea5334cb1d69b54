/** Where a decision stands between its people, by the rule in policies/. */
import { policyInForce } from '../../policies/editions/index.ts';
import type { Policy } from '../../policies/editions/edition.ts';
import { FactMalformed } from '../../policies/faults.ts';
import type { Instant } from '../../policies/instant.ts';
import { decisionStage, type DecisionStage } from '../../policies/rules/decision-stages.ts';
import type { Decision } from './contract.ts';

/** The policy a decision is judged by: the edition in force when it was opened, with the house numbers of now. */
export function policyOf(decision: Pick<Decision, 'id' | 'openedAt'>): Policy {
  const policy = policyInForce('mobile-x-ray', decision.openedAt);
  if (!policy)
    throw new FactMalformed(
      `decision ${decision.id} was opened at ${decision.openedAt}, before any edition was in force`,
    );
  return policy;
}

export function stageOf(decision: Decision, now: Instant): DecisionStage {
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
    policyOf(decision),
    now,
  );
}
