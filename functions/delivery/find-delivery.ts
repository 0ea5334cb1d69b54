/**
 * Finds the delivery behind a link, and says whether anything may be had by it at this moment: only while it is open, its
 * time is not over, and its disclosure is released. Reads only.
 *
 * Faults  RecordsBusy (retry)
 */
import { timingSafeEqual } from 'node:crypto';
import type { Instant } from '../../policies/instant.ts';
import { disclosures, type Disclosure } from '../disclosure/contract.ts';
import { sha256 } from '../records/canonical.ts';
import { keyOf } from '../records/entity.ts';
import type { Records } from '../records/records.aws.ts';
import { deliveries, deliveryLinkLine, heldHash, type Delivery } from './contract.ts';

export interface DeliveryNeeds {
  readonly records: Records;
  now(): Instant;
  newSecret(): string;
}

/** A delivery and the disclosure it hands over. */
export interface Open {
  readonly kind: 'open';
  readonly delivery: Delivery;
  readonly disclosure: Disclosure;
}

export type Found =
  | Open
  /** A real link that opens nothing any more, or not yet. */
  | { readonly kind: 'closed'; readonly delivery: Delivery; readonly why: 'state' | 'time' | 'disclosure' }
  /** No link of ours. */
  | { readonly kind: 'missing' };

/** The shape of a secret we make: 43 URL-safe characters. What is not of it is looked up nowhere. */
const SECRET = /^[\w-]{43}$/;

export async function findDelivery(
  { records, now }: Pick<DeliveryNeeds, 'records' | 'now'>,
  secret: string,
): Promise<Found> {
  if (!SECRET.test(secret)) return { kind: 'missing' };
  const [id] = await records.linesOf(deliveryLinkLine(sha256(secret)));
  const delivery = id === undefined ? undefined : await records.get(deliveries, id);
  if (!delivery) return { kind: 'missing' };
  return standingOf(delivery, await records.get(disclosures, delivery.disclosureId), now());
}

/** Both records are asked: a revocation writes both, and whichever is read first stops it. */
export function standingOf(delivery: Delivery, disclosure: Disclosure | undefined, now: Instant): Found {
  const closed = (why: 'state' | 'time' | 'disclosure'): Found => ({ kind: 'closed', delivery, why });
  if (delivery.state !== 'open') return closed('state');
  if (now >= delivery.closesAt) return closed('time');
  if (disclosure?.state !== 'released' || disclosure.release?.deliveryId !== delivery.id) return closed('disclosure');
  return { kind: 'open', delivery, disclosure };
}

/** Whether this browser gave the code, and its time is not over. */
export const isVisiting = ({ id, visit }: Delivery, cookie: string | undefined, now: Instant): boolean =>
  visit !== undefined && cookie !== undefined && now < visit.until && isSameHash(visit.hash, heldHash(id, cookie));

/** Compares in a time that does not depend on where two hashes differ. */
export function isSameHash(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one, 'hex'), Buffer.from(other, 'hex')];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The disclosure as it was read, so that nothing is handed over by a change that crosses its end. */
export const asRead = ({ disclosure }: Pick<Open, 'disclosure'>) => ({
  key: keyOf('disclosure', disclosure.id),
  version: disclosure.version,
});

/** Who acts on the page of a delivery: somebody outside, known by the delivery alone. */
export const recipientOf = ({ id }: Delivery) => ({ kind: 'external', id }) as const;
