/**
 * Tells the ledger of an attempt that got as far as a real link and was refused. Of somebody who goes on and on the first
 * hundred attempts are told, and nothing is written after that: a link must not be a way to fill the table.
 *
 * Faults  RecordsBusy, ChangedMeanwhile (retry)
 */
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import { deliveries, type Delivery } from './contract.ts';
import { recipientOf, type DeliveryNeeds } from './find-delivery.ts';

/** More than all wrong codes that can be tried (house-codes-for-one-delivery times house-tries-of-a-code). */
const MOST_TOLD = 100;

export interface Attempt {
  /** What was tried, a fixed word. */
  readonly at: 'code' | 'enter' | 'open' | 'passphrase' | 'receipt';
  /** Why it was refused, a fixed word. */
  readonly why: string;
  readonly clauses?: readonly string[];
}

/** `next` is the delivery as the attempt leaves it, such as with one try less. A changed delivery is always written. */
export async function refuseAttempt(
  { records, now }: Pick<DeliveryNeeds, 'records' | 'now'>,
  delivery: Delivery,
  { at, why, clauses }: Attempt,
  next?: Delivery,
): Promise<void> {
  const refused = (delivery.attemptsRefused ?? 0) + 1;
  if (refused > MOST_TOLD && !next) return;
  await records.write({
    at: now(),
    by: recipientOf(delivery),
    puts: [put(deliveries, { ...(next ?? delivery), attemptsRefused: refused })],
    tells: [
      {
        subject: keyOf('disclosure', delivery.disclosureId),
        act: 'attempt at a delivery refused',
        ...(clauses && { clauses }),
        facts: { delivery: delivery.id, at, why, refused },
      },
    ],
  });
}
