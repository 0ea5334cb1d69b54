/** A comparison of store and records that came to a halt: its workflow is started again and goes on where it stopped. */
import { msBetween, plusMs, type Instant } from '../../policies/instant.ts';
import {
  progresses,
  progressId,
  reconciliationKey,
  reconciliations,
  runOf,
  type Reconciliation,
} from '../reconciliation/contract.ts';
import { put } from '../records/change.ts';
import type { SweepNeeds } from './sweep-deadlines.ts';

/** A step takes seconds, and its retries minutes. */
const AT_A_HALT_AFTER_MS = 15 * 60_000;
const AGAIN_AFTER_MS = 60 * 60_000;

export async function reconciliationAgain(
  { records }: SweepNeeds,
  seen: Reconciliation,
  now: Instant,
): Promise<boolean> {
  const one = await records.get(reconciliations, seen.id);
  if (one?.state !== 'running' || !one.dueAt || one.dueAt !== seen.dueAt) return false;
  const lastStepAt = (await records.get(progresses, progressId(one.id)))?.at ?? one.startedAt;
  const halted = msBetween(lastStepAt, now) > AT_A_HALT_AFTER_MS;
  await records.write({
    at: now,
    by: { kind: 'system', id: 'sweep' },
    puts: [put(reconciliations, { ...one, dueAt: plusMs(now, AGAIN_AFTER_MS) })],
    tells: [
      {
        subject: reconciliationKey(one.id),
        act: halted ? 'halted reconciliation set going' : 'reconciliation seen at work',
      },
    ],
    notes: halted ? [runOf(one.id, `again-v${one.version}`)] : [],
  });
  return halted;
}
