/**
 * Opens one file, the sealed package, or its passphrase, for the visit that gave the code. It goes into the record and
 * the ledger at this POST, before anything is handed over; the address that follows is read only, for minutes and for
 * this visit.
 *
 * Answers opened with the address's secret, no-visit, or missing: the link, or what was asked for, opens nothing
 * Faults  RecordsBusy, ChangedMeanwhile (retry)
 */
import { HOUSE } from '../../policies/editions/house.ts';
import { plusMinutes } from '../../policies/instant.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import type { Missing } from './ask-for-code.ts';
import { deliveries, heldHash, type Delivery } from './contract.ts';
import { asRead, findDelivery, isVisiting, recipientOf, type DeliveryNeeds } from './find-delivery.ts';
import { refuseAttempt } from './refuse-attempt.ts';

export type NoVisit = { readonly kind: 'no-visit' };
export interface Opened {
  readonly kind: 'opened';
  readonly delivery: Delivery;
  /** Goes into the address; of a passphrase there is none. */
  readonly token: string;
}

export interface InVisit {
  readonly secret: string;
  /** The visit's cookie, if the browser has one. */
  readonly visit: string | undefined;
}

/** What of one thing is kept in the record; the ledger has every opening. */
const MOST_KEPT_OF_ONE = 20;

export async function openDelivered(
  needs: DeliveryNeeds,
  given: InVisit & { readonly what: string },
): Promise<Opened | NoVisit | Missing> {
  const found = await findDelivery(needs, given.secret);
  if (found.kind === 'missing') return found;
  const { delivery } = found;
  const { what } = given;
  const at = what === 'passphrase' ? ('passphrase' as const) : ('open' as const);
  if (found.kind === 'closed') {
    await refuseAttempt(needs, delivery, { at, why: `closed by ${found.why}` });
    return { kind: 'missing' };
  }
  const now = needs.now();
  if (!isVisiting(delivery, given.visit, now)) {
    await refuseAttempt(needs, delivery, { at, why: 'no visit', clauses: [HOUSE.minutesOfAVisit.id] });
    return { kind: 'no-visit' };
  }
  const sha256 = sha256Of(delivery, what);
  if (!sha256) {
    await refuseAttempt(needs, delivery, { at, why: 'nothing of that name' });
    return { kind: 'missing' };
  }

  const token = needs.newSecret();
  const until = plusMinutes(now, HOUSE.minutesALinkIsOpen.minutes);
  const before = delivery.openings.filter((opening) => opening.what === what).length;
  const next: Delivery = {
    ...delivery,
    openings: before < MOST_KEPT_OF_ONE ? [...delivery.openings, { what, at: now }] : delivery.openings,
    ...(what !== 'passphrase' && { opened: { hash: heldHash(delivery.id, token), what, until } }),
  };
  await needs.records.write({
    at: now,
    by: recipientOf(delivery),
    puts: [put(deliveries, next)],
    tells: [
      {
        subject: keyOf('disclosure', delivery.disclosureId),
        act:
          what === 'passphrase'
            ? 'passphrase shown'
            : what === 'package'
              ? 'sealed package opened'
              : 'delivered file opened',
        clauses: [HOUSE.minutesALinkIsOpen.id],
        facts: { delivery: delivery.id, what, sha256, ...(what !== 'passphrase' && { until }) },
      },
    ],
    unchanged: [asRead(found)],
  });
  return { kind: 'opened', delivery: { ...next, version: next.version + 1 }, token };
}

/** Of a sealed package its files are not opened one by one, and on a page there is no package. The hash is the file's. */
function sha256Of({ way, files, seal }: Delivery, what: string): string | undefined {
  if (way === 'sealed-package') return what === 'package' || what === 'passphrase' ? seal?.package.sha256 : undefined;
  return files.find(({ enclosureId }) => enclosureId === what)?.file.sha256;
}
