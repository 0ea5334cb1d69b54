/**
 * Whose turn is it? Answers the workflow: ask (for how many seconds), or how it ended. The lapse is written here,
 * because nobody else is there to write it.
 */
import type { Instant } from '../../policies/instant.ts';
import { put } from '../records/change.ts';
import { RecordMissing } from '../records/faults.ts';
import type { Records } from '../records/records.aws.ts';
import { decisions, type Decision } from './contract.ts';
import { outcomeOf, secondsUntil, type Outcome } from './outcome.ts';
import { stageOf } from './stage.ts';

export interface DecisionNeeds {
  readonly records: Records;
  readonly now: () => Instant;
}

export type Next = { readonly kind: 'ask'; readonly stage: string; readonly seconds: number } | Outcome;

export async function checkWhoIsAsked(
  needs: DecisionNeeds,
  { decisionId }: { readonly decisionId: string },
): Promise<Next> {
  const decision = await decisionOf(needs, decisionId);
  const now = needs.now();
  const ended = outcomeOf(decision, now);
  if (ended) return ended;

  const stage = stageOf(decision, now);
  if (stage.stage === 'lapsed') {
    await lapse(needs, decision, now, stage.because);
    return { kind: 'lapsed' };
  }
  if (stage.stage === 'answered')
    throw new RecordMissing(`decision ${decisionId} has an end but no outcome; look at its ledger`);
  return { kind: 'ask', stage: stage.stage, seconds: secondsUntil(stage.nextAt, now) };
}

export async function decisionOf({ records }: Pick<DecisionNeeds, 'records'>, id: string): Promise<Decision> {
  const decision = await records.get(decisions, id);
  if (!decision) throw new RecordMissing(`decision ${id} is not in the table; a workflow was started for it`);
  return decision;
}

async function lapse(needs: DecisionNeeds, decision: Decision, now: Instant, clause: string): Promise<void> {
  const { dueAt: _, ...open } = decision;
  await needs.records.write({
    at: now,
    by: { kind: 'system', id: 'decision' },
    puts: [put(decisions, { ...open, state: 'lapsed', endedAt: now })],
    tells: [
      {
        subject: decision.on,
        act: 'decision lapsed',
        edition: decision.edition,
        clauses: [clause],
        facts: { decision: decision.id, asked: decision.asked.length },
      },
    ],
  });
}
