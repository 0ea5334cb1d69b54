/**
 * Lets a member take the sealed package to hand it over on a disc: the requester of the disclosure or a privacy officer,
 * while it is open. The passphrase goes to the recipient by the page and to nobody else, so whoever carries the disc
 * cannot read it.
 *
 * Answers done, refused, or missing: not theirs to see, or no such delivery
 * Faults  RecordsBusy, ChangedMeanwhile (retry)
 */
import { HOUSE } from '../../policies/editions/house.ts';
import { mayDo } from '../../policies/roles.ts';
import type { Refused } from '../../policies/ruling.ts';
import { disclosures, type Disclosure } from '../disclosure/contract.ts';
import type { Visitor } from '../edge/visitor.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import type { Records } from '../records/records.aws.ts';
import type { Done, Missing } from './ask-for-code.ts';
import { deliveries, type Delivery } from './contract.ts';
import { asRead, standingOf, type DeliveryNeeds } from './find-delivery.ts';

export interface Seen {
  readonly delivery: Delivery;
  readonly disclosure: Disclosure;
}

/** A delivery, for those whose it is. */
export async function deliverySeenBy(
  records: Pick<Records, 'get'>,
  id: string,
  visitor: Pick<Visitor, 'personId' | 'roles'>,
): Promise<Seen | undefined> {
  const delivery = await records.get(deliveries, id);
  const disclosure = delivery && (await records.get(disclosures, delivery.disclosureId));
  const isTheirs = disclosure?.requesterId === visitor.personId || mayDo(visitor.roles, 'decide-disclosure');
  return delivery && disclosure && isTheirs ? { delivery, disclosure } : undefined;
}

export async function takeOutPackage(
  { records, now }: Pick<DeliveryNeeds, 'records' | 'now'>,
  given: { readonly deliveryId: string; readonly visitor: Pick<Visitor, 'personId' | 'roles'> },
): Promise<Done | Refused | Missing> {
  const seen = await deliverySeenBy(records, given.deliveryId, given.visitor);
  if (!seen) return { kind: 'missing' };
  const { delivery, disclosure } = seen;
  const at = now();
  const standing = standingOf(delivery, disclosure, at);
  if (standing.kind !== 'open' || !delivery.seal)
    return {
      kind: 'refused',
      because: [
        {
          clause: HOUSE.daysToCollect.id,
          field: 'package',
          found:
            delivery.way === 'page'
              ? 'a delivery by page, which has no package'
              : `a delivery that is ${delivery.state}`,
          expected: 'a sealed package that its recipient can still open',
          todo: 'ask for a new disclosure if it is still needed',
        },
      ],
    };
  const by = given.visitor.personId;
  const next: Delivery = { ...delivery, takenOut: [...(delivery.takenOut ?? []), { by, at }].slice(-MOST_KEPT) };
  await records.write({
    at,
    by: { kind: 'person', id: by },
    puts: [put(deliveries, next)],
    tells: [
      {
        subject: keyOf('disclosure', disclosure.id),
        act: 'sealed package taken out to be handed over',
        facts: { delivery: delivery.id, sha256: delivery.seal.package.sha256 },
      },
    ],
    unchanged: [asRead({ disclosure })],
  });
  return { kind: 'done', delivery: { ...next, version: next.version + 1 } };
}

/** The last ones; the ledger has all. */
const MOST_KEPT = 100;
