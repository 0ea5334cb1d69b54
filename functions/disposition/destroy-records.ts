/**
 * Destroys some records of a batch whose list all offices have signed: what one child of the workflow's map is given. Run
 * again after a kill it finds what is done, goes on with what was begun, and does nothing twice.
 *
 * Faults  RecordMissing (do not retry); RecordsBusy, ChangedMeanwhile, FilesBusy (retry)
 */
import { RecordMissing } from '../records/faults.ts';
import { destroyRecord, type DestroyNeeds, type Fate, type Listed } from './destroy-record.ts';
import { standingIn } from './standing.ts';

export type { DestroyNeeds, Listed } from './destroy-record.ts';

export interface DestroyRecords {
  readonly dispositionId: string;
  readonly records: readonly Listed[];
}

/** How many of them are on their way at a time. Engineering: the table and the store take far more. */
const AT_ONCE = 8;

export async function destroyRecords(
  needs: DestroyNeeds,
  { dispositionId, records }: DestroyRecords,
): Promise<{ readonly destroyed: number; readonly leftOut: number }> {
  const standing = standingIn(needs.records);
  const disposition = await standing.disposition(dispositionId);
  if (!disposition) throw new RecordMissing(`disposition ${dispositionId} is not in the table; a run destroys for it`);
  // A batch that has ended, or that not all have signed, destroys nothing.
  if (disposition.state !== 'destroying') return { destroyed: 0, leftOut: 0 };
  const fates: Fate[] = [];
  const faults: unknown[] = [];
  const left = records.values();
  const work = async (): Promise<void> => {
    for (const one of left)
      try {
        fates.push(await destroyRecord(needs, standing, disposition, one));
      } catch (error) {
        // The others are not kept waiting by one; what it was is thrown in the end, and tried again.
        faults.push(error);
      }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (faults.length > 0) throw faults[0];
  const destroyed = fates.filter((fate) => fate === 'destroyed').length;
  return { destroyed, leftOut: fates.length - destroyed };
}
