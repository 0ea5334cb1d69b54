/**
 * What is late about retention: a recalculation that has not ended. Its workflow is started again, on the same list of
 * cards, and passes over the batches that are done; beside a run that is still alive it does no harm.
 */
import { plusMs, type Instant } from '../../policies/instant.ts';
import { put } from '../records/change.ts';
import type { Records } from '../records/records.aws.ts';
import { recalculations, recalculationStart, type Recalculation } from '../retention/contract.ts';

/** A run that is started again has this long before the next look. */
const LEAVE_TO_WORKFLOW_MS = 60 * 60_000;

export async function recalculationAgain(
  { records }: { readonly records: Records },
  seen: Recalculation,
  now: Instant,
): Promise<boolean> {
  const recalculation = await records.get(recalculations, seen.id);
  if (!recalculation?.dueAt || recalculation.dueAt !== seen.dueAt) return false;
  const { id, version, subject } = recalculation;
  await records.write({
    at: now,
    by: { kind: 'system', id: 'sweep' },
    puts: [put(recalculations, { ...recalculation, dueAt: plusMs(now, LEAVE_TO_WORKFLOW_MS) })],
    tells: [{ subject, act: 'overdue recalculation set going', facts: { recalculation: id } }],
    notes: [recalculationStart(id, `${id}-v${version}`)],
  });
  return true;
}
