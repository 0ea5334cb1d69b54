/**
 * A breach whose next stage is late. The sweep comes once an hour, which is too coarse for the last hour before a report is
 * due: the workflow is the first owner of every stage, and this only takes up what a lost one has left.
 */
import { plusMs, type Instant } from '../../policies/instant.ts';
import { BREACH_ENDS, breaches, nextStepOf, type Breach } from '../breach/contract.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import type { Records } from '../records/records.aws.ts';

/** How long a healthy workflow is left alone: shorter than for other records, because hours count here. */
export const LEAVE_BREACH_MS = 5 * 60_000;

/**
 * Wakes the workflow that waits, and starts another for the case that it is lost. Where the first is alive the two do each
 * stage once between them, since a stage is on record before the other looks, and end alike.
 */
export async function breachAgain(
  { records }: { readonly records: Records },
  seen: Breach,
  now: Instant,
): Promise<boolean> {
  const breach = await records.get(breaches, seen.id);
  if (!breach?.dueAt || breach.dueAt !== seen.dueAt || BREACH_ENDS.includes(breach.state)) return false;
  await records.write({
    at: now,
    by: { kind: 'system', id: 'sweep' },
    puts: [put(breaches, { ...breach, dueAt: plusMs(now, LEAVE_BREACH_MS) })],
    tells: [{ subject: keyOf('breach', breach.id), act: 'overdue breach set going', edition: breach.edition }],
    notes: [
      { kind: 'look-again', waiting: nextStepOf(breach.id) },
      {
        kind: 'start',
        workflow: 'breach',
        name: `${breach.id}-v${breach.version}`,
        input: { schema: 1, breachId: breach.id },
      },
    ],
  });
  return true;
}
