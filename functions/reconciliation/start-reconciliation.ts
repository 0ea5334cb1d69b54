/**
 * Begins the comparison of a day: once, however often it is called. The run is started by a note of the same change, and
 * by the sweep where that was lost.
 */
import { nyDate, plusHours, type Instant } from '../../policies/instant.ts';
import { put } from '../records/change.ts';
import type { Records } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { NOTHING_COUNTED, reconciliationKey, reconciliations, runOf, type Reconciliation } from './contract.ts';

export interface StartNeeds {
  readonly records: Records;
  now(): Instant;
}

/** How long a comparison may run before the sweep sees whether it still does. */
const HOURS_TO_LOOK_AGAIN = 1;

export function startReconciliation({ records, now }: StartNeeds): Promise<{ readonly kind: 'started' | 'known' }> {
  return untilWritten(async () => {
    const at = now();
    const id = nyDate(at);
    if (await records.get(reconciliations, id)) return { kind: 'known' };
    const begun: Reconciliation = {
      ...NOTHING_COUNTED,
      id,
      version: 0,
      state: 'running',
      startedAt: at,
      dueAt: plusHours(at, HOURS_TO_LOOK_AGAIN),
    };
    await records.write({
      at,
      by: { kind: 'system', id: 'reconciliation' },
      puts: [put(reconciliations, begun)],
      tells: [{ subject: reconciliationKey(id), act: 'reconciliation started' }],
      notes: [runOf(id, 'first')],
    });
    return { kind: 'started' };
  });
}
