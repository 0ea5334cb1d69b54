/**
 * Keeps the workflow's token until the recipient confirms receipt, the disclosure is revoked, or the time to collect is
 * over. The letters were owed with the release. The token is written with a new version of the disclosure, so a receipt
 * at the same moment meets a changed record and one of the two runs again.
 */
import { deliveries } from '../delivery/contract.ts';
import { keyOf } from '../records/entity.ts';
import { waitId, waits, waitWith } from '../records/waits.ts';
import { disclosureOf } from './check-disclosure.ts';
import { collectionOf } from './contract.ts';
import type { StepNeeds } from './needs.ts';
import { BY_WORKFLOW } from './settle-disclosure.ts';
import { changed } from './tending.ts';

const STEP = 'Ask recipient to collect';

export async function askRecipientToCollect(
  needs: StepNeeds,
  { disclosureId, token }: { readonly disclosureId: string; readonly token: string },
): Promise<void> {
  const waiting = collectionOf(disclosureId);
  const [disclosure, wait] = await Promise.all([
    disclosureOf(needs, disclosureId),
    needs.records.get(waits, waitId(waiting)),
  ]);
  const now = needs.now();
  const held = waitWith(waiting, wait, token, now);
  const delivery = await needs.records.get(deliveries, disclosure.release?.deliveryId ?? '');
  if (disclosure.state !== 'released' || !delivery) {
    await needs.records.write({
      at: now,
      by: BY_WORKFLOW,
      puts: [held],
      tells: [{ subject: keyOf('disclosure', disclosureId), act: 'collection found ended' }],
      notes: [{ kind: 'wake', waiting, output: { kind: disclosure.state } }],
    });
    return;
  }
  const told = { act: 'collection waited for', facts: { delivery: delivery.id, closesAt: delivery.closesAt } };
  const next = { ...disclosure, step: STEP, dueAt: delivery.closesAt };
  await needs.records.write(changed(next, BY_WORKFLOW, now, told, { puts: [held] }));
}
