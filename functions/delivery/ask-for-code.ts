/**
 * Sends a one-time code to the delivery's own address, for the browser that asks. A code asked for before is good no more.
 * The code is made with its letter and is nowhere stored (functions/mail/secret-of-letter.ts).
 *
 * Answers done, refused (too many, or too soon), or missing: the link opens nothing
 * Faults  RecordsBusy, ChangedMeanwhile (retry)
 */
import { HOUSE } from '../../policies/editions/house.ts';
import { plusMinutes } from '../../policies/instant.ts';
import type { Refusal, Refused } from '../../policies/ruling.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import { deliveries, heldHash, type Delivery } from './contract.ts';
import { asRead, findDelivery, recipientOf, type DeliveryNeeds } from './find-delivery.ts';
import { refuseAttempt } from './refuse-attempt.ts';

export type Done = { readonly kind: 'done'; readonly delivery: Delivery };
export type Missing = { readonly kind: 'missing' };

export async function askForCode(
  needs: DeliveryNeeds,
  given: { readonly secret: string; readonly browser: string },
): Promise<Done | Refused | Missing> {
  const found = await findDelivery(needs, given.secret);
  if (found.kind === 'missing') return found;
  const { delivery } = found;
  if (found.kind === 'closed') {
    await refuseAttempt(needs, delivery, { at: 'code', why: `closed by ${found.why}` });
    return { kind: 'missing' };
  }
  const now = needs.now();
  const refused = async (clause: string, why: string, rest: Pick<Refusal, 'found' | 'expected' | 'todo'>) => {
    await refuseAttempt(needs, delivery, { at: 'code', why, clauses: [clause] });
    return { kind: 'refused', because: [{ clause, field: 'code', ...rest }] } as const;
  };
  if (delivery.codesAsked >= HOUSE.codesForOneDelivery.count)
    return refused(HOUSE.codesForOneDelivery.id, 'too many', {
      found: `${delivery.codesAsked} codes sent`,
      expected: `at most ${HOUSE.codesForOneDelivery.count} for one delivery`,
      todo: `call the department, naming ${delivery.id}, and ask for a new delivery`,
    });
  if (delivery.asking && now < plusMinutes(delivery.asking.at, HOUSE.minutesBetweenCodes.minutes))
    return refused(HOUSE.minutesBetweenCodes.id, 'too soon', {
      found: 'a code that was asked for just now',
      expected: `${HOUSE.minutesBetweenCodes.minutes} minute between two codes`,
      todo: 'wait for the mail; if it does not come, ask again in a minute',
    });

  const { code: _, ...open } = delivery;
  const asking = { browser: heldHash(delivery.id, given.browser), at: now };
  const next: Delivery = { ...open, asking, codesAsked: delivery.codesAsked + 1 };
  const subject = keyOf('disclosure', delivery.disclosureId);
  await needs.records.write({
    at: now,
    by: recipientOf(delivery),
    puts: [put(deliveries, next)],
    tells: [
      {
        subject,
        act: 'one-time code asked for',
        clauses: [HOUSE.codesForOneDelivery.id],
        facts: { delivery: delivery.id, asked: next.codesAsked },
      },
    ],
    mails: [
      { kind: 'delivery-code', to: { address: delivery.to.email }, about: keyOf('delivery', delivery.id), subject },
    ],
    unchanged: [asRead(found)],
  });
  return { kind: 'done', delivery: { ...next, version: next.version + 1 } };
}
