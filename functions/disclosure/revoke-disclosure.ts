/**
 * Revokes what was released, as long as its recipient has not confirmed receipt. The disclosure and its delivery end in
 * one change, so nothing can be opened from that moment; what was opened before stays on record.
 */
import { FactMalformed } from '../../policies/faults.ts';
import { deliveries } from '../delivery/contract.ts';
import { put } from '../records/change.ts';
import { sha256 } from '../records/canonical.ts';
import { keyOf } from '../records/entity.ts';
import { collectionOf, type Disclosure } from './contract.ts';
import { policyAt } from './judge.ts';
import type { StepNeeds, Done } from './needs.ts';
import { reasonGiven } from './reason-given.ts';
import { changed, notWhile, refused, tended, written, type Tending } from './tending.ts';

export interface Revoking extends Tending {
  readonly reason: string;
}

export async function revokeDisclosure(needs: StepNeeds, given: Revoking): Promise<Done> {
  const disclosure = await tended(needs, given);
  if (!disclosure) return { kind: 'missing' };
  if (disclosure.state === 'revoked') return { kind: 'done', disclosure };
  const closed = notWhile(disclosure, ['released']);
  if (closed) return closed;
  const now = needs.now();
  const because = reasonGiven(given.reason, policyAt(disclosure, now), 'say why it is revoked');
  if (because.length > 0) return refused(...because);
  const delivery = await needs.records.get(deliveries, disclosure.release?.deliveryId ?? '');
  if (!delivery)
    throw new FactMalformed(`disclosure ${disclosure.id} is released and has no delivery; look at its ledger`);

  const reason = given.reason.trim();
  const { dueAt: _, ...open } = disclosure;
  const next: Disclosure = {
    ...open,
    state: 'revoked',
    endedAt: now,
    outcomeReason: reason,
    step: 'Disclosure revoked',
  };
  const { dueAt: __, code: ___, visit: ____, ...over } = delivery;
  const subject = keyOf('disclosure', disclosure.id);
  await needs.records.write(
    changed(
      next,
      { kind: 'person', id: given.person.personId },
      now,
      {
        act: 'disclosure revoked',
        facts: { reason: sha256(reason), delivery: delivery.id, opened: delivery.openings.length },
      },
      {
        puts: [put(deliveries, { ...over, state: 'revoked', endedAt: now })],
        notes: [{ kind: 'wake', waiting: collectionOf(disclosure.id), output: { kind: 'revoked' } }],
        mails: [
          {
            kind: 'delivery-revoked',
            to: { address: delivery.to.email },
            about: keyOf('delivery', delivery.id),
            subject,
          },
          { kind: 'disclosure-revoked', to: { personId: disclosure.requesterId }, about: subject, subject },
        ],
      },
    ),
  );
  return { kind: 'done', disclosure: written(next) };
}
