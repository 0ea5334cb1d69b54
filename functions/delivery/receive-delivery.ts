/**
 * Takes the recipient's receipt, which ends the delivery and its disclosure as received in one change. The link opens
 * nothing after that.
 *
 * Answers done, refused (no name, no statement), no-visit, or missing: the link opens nothing
 * Faults  RecordsBusy, ChangedMeanwhile (retry)
 */
import { HOUSE } from '../../policies/editions/house.ts';
import { PRIVACY_LAW } from '../../policies/editions/privacy-law.ts';
import type { Refusal, Refused } from '../../policies/ruling.ts';
import { collectionOf, disclosures, type Disclosure } from '../disclosure/contract.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import type { Done, Missing } from './ask-for-code.ts';
import { deliveries, type Delivery } from './contract.ts';
import { findDelivery, isVisiting, recipientOf, type DeliveryNeeds } from './find-delivery.ts';
import type { InVisit, NoVisit } from './open-delivered.ts';
import { refuseAttempt } from './refuse-attempt.ts';

const CLAUSE = PRIVACY_LAW.agreement.id;
const MOST_OF_A_NAME = 200;

export async function receiveDelivery(
  needs: DeliveryNeeds,
  given: InVisit & { readonly name: string; readonly agreed: boolean },
): Promise<Done | Refused | NoVisit | Missing> {
  const found = await findDelivery(needs, given.secret);
  if (found.kind === 'missing') return found;
  const { delivery } = found;
  if (found.kind === 'closed') {
    await refuseAttempt(needs, delivery, { at: 'receipt', why: `closed by ${found.why}` });
    return { kind: 'missing' };
  }
  const now = needs.now();
  if (!isVisiting(delivery, given.visit, now)) {
    await refuseAttempt(needs, delivery, { at: 'receipt', why: 'no visit', clauses: [HOUSE.minutesOfAVisit.id] });
    return { kind: 'no-visit' };
  }
  const because = refusalsOf(given);
  if (because.length > 0) return { kind: 'refused', because };

  const { code: _, asking: __, visit: ___, opened: ____, dueAt: _____, ...open } = delivery;
  const received: Delivery = { ...open, state: 'received', receipt: { name: given.name, at: now }, endedAt: now };
  const { dueAt: ______, ...released } = found.disclosure;
  const ended: Disclosure = { ...released, state: 'received', endedAt: now, step: 'Disclosure received' };
  const subject = keyOf('disclosure', ended.id);
  await needs.records.write({
    at: now,
    by: recipientOf(delivery),
    puts: [put(deliveries, received), put(disclosures, ended)],
    tells: [
      {
        subject,
        act: 'disclosure received',
        edition: ended.edition,
        clauses: [CLAUSE],
        facts: { delivery: delivery.id, opened: [...new Set(delivery.openings.map(({ what }) => what))] },
      },
    ],
    notes: [{ kind: 'wake', waiting: collectionOf(ended.id), output: { kind: 'received' } }],
    mails: [{ kind: 'disclosure-received', to: { personId: ended.requesterId }, about: subject, subject }],
  });
  return { kind: 'done', delivery: { ...received, version: received.version + 1 } };
}

function refusalsOf({ name, agreed }: { readonly name: string; readonly agreed: boolean }): readonly Refusal[] {
  const refusal = (field: string, found: string, expected: string, todo: string): Refusal[] => [
    { clause: CLAUSE, field, found, expected, todo },
  ];
  return [
    ...(name.length < 2
      ? refusal('name', 'no name', 'the name of whoever received it', 'type your name')
      : name.length > MOST_OF_A_NAME
        ? refusal('name', `${name.length} characters`, `at most ${MOST_OF_A_NAME}`, 'shorten it')
        : []),
    ...(agreed ? [] : refusal('agreed', 'no tick', 'the statement confirmed', 'read the terms and tick the statement')),
  ];
}
