/**
 * Takes a one-time code and begins a visit. A code works once, for minutes, in the browser that asked for it; a wrong one
 * uses up a try, and the last try the code. From another browser nothing is compared, so that nothing can be guessed there.
 *
 * Answers begun with the visit's secret, refused, or missing: the link opens nothing
 * Faults  RecordsBusy, ChangedMeanwhile (retry)
 */
import { HOUSE } from '../../policies/editions/house.ts';
import { plusMinutes } from '../../policies/instant.ts';
import type { Refusal, Refused } from '../../policies/ruling.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import type { Missing } from './ask-for-code.ts';
import { codeHash, deliveries, heldHash, type Delivery } from './contract.ts';
import { asRead, findDelivery, isSameHash, recipientOf, type DeliveryNeeds, type Open } from './find-delivery.ts';
import { refuseAttempt } from './refuse-attempt.ts';

export interface Begun {
  readonly kind: 'begun';
  readonly delivery: Delivery;
  /** For the visitor's cookie; the record has its hash. */
  readonly visit: string;
}

interface Given {
  readonly secret: string;
  readonly browser: string;
  readonly code: string;
}

interface Why {
  readonly why: string;
  readonly clause: string;
  readonly refusal: Pick<Refusal, 'found' | 'expected' | 'todo'>;
  /** The delivery with a try less. */
  readonly next?: Delivery;
}

export async function enterCode(needs: DeliveryNeeds, given: Given): Promise<Begun | Refused | Missing> {
  const found = await findDelivery(needs, given.secret);
  if (found.kind === 'missing') return found;
  const { delivery } = found;
  if (found.kind === 'closed') {
    await refuseAttempt(needs, delivery, { at: 'enter', why: `closed by ${found.why}` });
    return { kind: 'missing' };
  }
  const refused = whyNot(needs, found, given);
  if (refused) {
    const { why, clause, refusal, next } = refused;
    await refuseAttempt(needs, delivery, { at: 'enter', why, clauses: [clause] }, next);
    return { kind: 'refused', because: [{ clause, field: 'code', ...refusal }] };
  }

  const now = needs.now();
  const visit = needs.newSecret();
  const { code: _, asking: __, opened: ___, ...open } = delivery;
  const until = plusMinutes(now, HOUSE.minutesOfAVisit.minutes);
  const next: Delivery = { ...open, visit: { hash: heldHash(delivery.id, visit), until } };
  await needs.records.write({
    at: now,
    by: recipientOf(delivery),
    puts: [put(deliveries, next)],
    tells: [
      {
        subject: keyOf('disclosure', delivery.disclosureId),
        act: 'visit of the recipient begun',
        clauses: [HOUSE.minutesOfAVisit.id],
        facts: { delivery: delivery.id, until },
      },
    ],
    unchanged: [asRead(found)],
  });
  return { kind: 'begun', delivery: { ...next, version: next.version + 1 }, visit };
}

function whyNot(needs: DeliveryNeeds, { delivery }: Open, given: Given): Why | undefined {
  const { asking, code } = delivery;
  const again = 'ask for a code with the button on this page, in this browser';
  if (!asking || !isSameHash(asking.browser, heldHash(delivery.id, given.browser)))
    return {
      why: 'another browser',
      clause: HOUSE.minutesACodeIsGood.id,
      refusal: {
        found: 'a browser that has not asked for the code',
        expected: 'the browser that asked last',
        todo: again,
      },
    };
  if (!code)
    return {
      why: 'no code',
      clause: HOUSE.triesOfACode.id,
      refusal: { found: 'no code that is good', expected: 'the code that was mailed last', todo: again },
    };
  if (needs.now() >= code.until)
    return {
      why: 'code too old',
      clause: HOUSE.minutesACodeIsGood.id,
      refusal: {
        found: 'a code that is too old',
        expected: `one of the last ${HOUSE.minutesACodeIsGood.minutes} minutes`,
        todo: again,
      },
    };
  const digits = given.code.replaceAll(/\s/g, '');
  if (!/^\d{8}$/.test(digits))
    return {
      why: 'not a code',
      clause: HOUSE.minutesACodeIsGood.id,
      refusal: {
        found: 'something else than eight digits',
        expected: 'the eight digits of the mail',
        todo: 'type them as they are in the mail',
      },
    };
  if (isSameHash(code.hash, codeHash(delivery.id, digits))) return undefined;
  const triesLeft = code.triesLeft - 1;
  const { code: _, ...without } = delivery;
  return {
    why: 'wrong code',
    clause: HOUSE.triesOfACode.id,
    refusal: {
      found: 'a code that is not the one that was mailed last',
      expected: `the eight digits of the last mail; ${triesLeft === 0 ? 'no try is' : triesLeft === 1 ? '1 try is' : `${triesLeft} tries are`} left`,
      todo: triesLeft === 0 ? again : 'look at the last mail and type them again',
    },
    next: triesLeft > 0 ? { ...delivery, code: { ...code, triesLeft } } : without,
  };
}
