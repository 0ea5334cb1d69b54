/**
 * Deliveries that are overdue: one that is not sealed, because the workflow was lost in that step, and one whose time is
 * over and that nobody has settled. Both belong to the disclosure's workflow, which is set going again and looks.
 */
import { plusMs, type Instant } from '../../policies/instant.ts';
import { deliveries, type Delivery } from '../delivery/contract.ts';
import { collectionOf } from '../disclosure/contract.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import type { SweepNeeds } from './sweep-deadlines.ts';

/** When it is looked at again if that did not help. */
const AGAIN_AFTER_MS = 60 * 60_000;

export async function deliveryAgain({ records }: SweepNeeds, seen: Delivery, now: Instant): Promise<boolean> {
  const delivery = await records.get(deliveries, seen.id);
  if (!delivery?.dueAt || delivery.dueAt !== seen.dueAt) return false;
  if (delivery.state !== 'sealing' && delivery.state !== 'open') return false;
  const { disclosureId } = delivery;
  await records.write({
    at: now,
    by: { kind: 'system', id: 'sweep' },
    puts: [put(deliveries, { ...delivery, dueAt: plusMs(now, AGAIN_AFTER_MS) })],
    tells: [
      {
        subject: keyOf('disclosure', disclosureId),
        act: 'overdue delivery set going',
        facts: { delivery: delivery.id, was: delivery.state },
      },
    ],
    notes: [
      { kind: 'look-again', waiting: collectionOf(disclosureId) },
      {
        kind: 'start',
        workflow: 'disclosure',
        name: `${disclosureId}-s${delivery.version}`,
        input: { schema: 1, disclosureId },
      },
    ],
  });
  return true;
}
