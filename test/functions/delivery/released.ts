/** A disclosure just released, with its delivery, as the release writes them in one change. */
import type { Delivery } from '../../../functions/delivery/contract.ts';
import { deliveries } from '../../../functions/delivery/contract.ts';
import { disclosures, type Disclosure } from '../../../functions/disclosure/contract.ts';
import { newId } from '../../../functions/edge/system.ts';
import { put, type Change } from '../../../functions/records/change.ts';
import { plusHours, type Instant } from '../../../policies/instant.ts';

export const ADDRESS = 'pat.quill@prosecutor.example';

/** A delivery by page is open and its mail owed at once; a sealed package has yet to be made. */
export function releasedBy(
  requesterId: string,
  now: Instant,
  over: Partial<Delivery> & Pick<Delivery, 'files'>,
  of: Partial<Disclosure> = {},
): { readonly change: Change; readonly delivery: Delivery } {
  const id = newId('Y');
  const disclosure = disclosureOf(requesterId, newId('X'), id, now, of);
  const isPage = (over.way ?? 'page') === 'page';
  const delivery: Delivery = {
    id,
    version: 0,
    disclosureId: disclosure.id,
    way: 'page',
    state: isPage ? 'open' : 'sealing',
    to: { name: 'Pat Quill', organization: 'District Attorney', email: ADDRESS },
    counts: [],
    madeAt: now,
    closesAt: plusHours(now, 14 * 24),
    links: [],
    codesAsked: 0,
    openings: [],
    dueAt: isPage ? plusHours(now, 14 * 24) : plusHours(now, 1),
    ...over,
  };
  const subject = `disclosure#${disclosure.id}`;
  const change: Change = {
    at: now,
    by: { kind: 'system', id: 'disclosure' },
    puts: [put(disclosures, disclosure), put(deliveries, delivery)],
    tells: [{ subject, act: 'disclosure released', clauses: ['XR26-EXT-10'], facts: { delivery: id } }],
    ...(isPage && {
      mails: [{ kind: 'delivery-ready' as const, to: { address: ADDRESS }, about: `delivery#${id}`, subject }],
    }),
  };
  return { change, delivery };
}

function disclosureOf(
  requesterId: string,
  id: string,
  deliveryId: string,
  now: Instant,
  over: Partial<Disclosure>,
): Disclosure {
  const confirmation = { outcome: 'confirmed', how: 'Called the office back', byId: requesterId, at: now } as const;
  return {
    id,
    version: 0,
    state: 'released',
    requesterId,
    openedAt: now,
    asked: {
      technology: 'mobile-x-ray',
      disclosureType: 'evidence-for-prosecution',
      about: 'The cargo area',
      aboutWhom: 'The driver',
      addressee: {
        name: 'Pat Quill',
        organization: 'District Attorney',
        email: ADDRESS,
        government: true,
        iceOrCbp: false,
      },
      recipient: { kind: 'prosecutor', matter: { caseNumber: '2026-0042', hasJurisdiction: true } },
      immigration: { furthers: 'no', recipientEnforces: false },
      identity: confirmation,
      affiliation: confirmation,
      basis: { ground: 'required-by-law', law: 'CPL 245' },
      way: 'page',
    },
    enclosures: [],
    edition: 'xray-2026',
    release: {
      at: now,
      clauses: ['XR26-EXT-10'],
      shownHash: '0'.repeat(64),
      deliveryId,
      register: { required: true } as unknown as NonNullable<Disclosure['release']>['register'],
    },
    step: 'Wait for the recipient',
    ...over,
  };
}
