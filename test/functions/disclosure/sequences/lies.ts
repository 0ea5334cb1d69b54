/**
 * Ways in which an act might be wrong, made by handing it something else than is on record: what ended goes on, what was
 * approved is whatever is asked now. And a release that asks no rule. The property has to find each.
 */
import { decisions, type Decision } from '../../../../functions/decision/contract.ts';
import { deliveries, type Delivery } from '../../../../functions/delivery/contract.ts';
import { disclosures, type Disclosure } from '../../../../functions/disclosure/contract.ts';
import { remaining } from '../../../../functions/disclosure/facts.ts';
import { rulingOn } from '../../../../functions/disclosure/judge.ts';
import type { releaseDisclosure } from '../../../../functions/disclosure/release-disclosure.ts';
import { put } from '../../../../functions/records/change.ts';
import type { GroundId } from '../../../../policies/editions/disclosure-grounds.ts';
import type { Entity, Kept } from '../../../../functions/records/entity.ts';
import type { Records } from '../../../../functions/records/records.aws.ts';
import { persons, type Person } from '../../../../functions/records/standing.ts';
import { agreements, designations, preApprovals, type OnFile } from '../../../../functions/register/contract.ts';
import { instantOf, plusHours, type Instant } from '../../../../policies/instant.ts';
import { STARTS, type Lie } from './world.ts';

/** One kind of record is read as something else. */
const reading =
  <T extends Kept>(of: Entity<T>, twist: (record: T, records: Records, now: Instant) => T | Promise<T>): Lie =>
  (records, now) => ({
    ...records,
    get: async <Any extends Kept>(kind: Entity<Any>, id: string) => {
      const record = await records.get(kind, id);
      return record && kind.noun === of.noun
        ? ((await twist(record as never, records, now())) as unknown as Any)
        : record;
    },
  });

const all =
  (...lies: readonly Lie[]): Lie =>
  (records, now) =>
    lies.reduce((told, lie) => lie(told, now), records);

const neverEnded = <T extends OnFile>({ ended: _, until: __, ...rest }: T): T => rest as T;
const inLegalBureau = { active: true, bureau: 'legal-bureau' };

export const LIES: readonly (readonly [words: string, ground: GroundId, lie: Lie, found: RegExp])[] = [
  [
    'whoever held the privacy office once holds it',
    'mission',
    reading<Person>(persons, (person) => {
      if (!person.privacyOffice) return person;
      const { heldUntil: _, ...privacyOffice } = person.privacyOffice;
      return { ...person, ...inLegalBureau, privacyOffice };
    }),
    /holds no office, decided/,
  ],
  [
    'an officer may decide what they asked for themselves',
    'mission',
    reading<Decision>(decisions, (decision) =>
      decision.matter.question === 'disclosure'
        ? { ...decision, matter: { ...decision.matter, requesterId: 'nobody' } }
        : decision,
    ),
    /its requester decided/,
  ],
  ['a designation never ends', 'routine', reading(designations, neverEnded), /no designation makes it routine today/],
  [
    'an approval in advance never ends',
    'city-interest',
    reading(preApprovals, neverEnded),
    /no approval in advance covers it/,
  ],
  ['an agreement never ends', 'crime', reading(agreements, neverEnded), /no agreement in force covers it/],
  [
    'nobody withdraws a consent',
    'consent',
    reading<Disclosure>(disclosures, (disclosure) => {
      const { basis } = disclosure.asked;
      if (basis?.ground !== 'consent') return disclosure;
      const people = basis.people.map(({ consent, ...person }) => {
        if (!consent) return person;
        const { withdrawnAt: _, ...given } = consent;
        return { ...person, consent: given };
      });
      return { ...disclosure, asked: { ...disclosure.asked, basis: { ...basis, people } } };
    }),
    /not everybody in it agrees/,
  ],
  [
    'who does not answer the question on immigration says no',
    'crime',
    reading<Disclosure>(disclosures, (disclosure) => ({
      ...disclosure,
      asked: { ...disclosure.asked, immigration: { ...disclosure.asked.immigration, furthers: 'no' } },
    })),
    /it furthers immigration enforcement, or nobody said/,
  ],
  [
    'who was not confirmed was',
    'crime',
    reading<Disclosure>(disclosures, (disclosure) => {
      const identity = { outcome: 'confirmed', how: 'Somehow', byId: 'p-ortiz', at: STARTS } as const;
      return { ...disclosure, asked: { ...disclosure.asked, identity } };
    }),
    /nobody confirmed who asks/,
  ],
  [
    'whatever was approved, this was',
    'mission',
    reading<Disclosure>(disclosures, async (disclosure, records, now) => {
      const { approval } = disclosure;
      if (!approval || disclosure.state !== 'checking') return disclosure;
      const { shownHash } = await rulingOn(records, disclosure, now);
      const ground = disclosure.asked.basis?.ground ?? approval.ground;
      return { ...disclosure, approval: { ...approval, shownHash, ground } };
    }),
    /no officer in office approved exactly this/,
  ],
  [
    'who declined approved',
    'required-by-law',
    reading<Decision>(decisions, (decision) =>
      decision.answer?.answer === 'decline'
        ? { ...decision, answer: { ...decision.answer, answer: 'approve' } }
        : decision,
    ),
    /it was declined, and is/,
  ],
  [
    'what an officer left out leaves',
    'required-by-law',
    reading<Decision>(decisions, (decision) => {
      if (!decision.answer?.kept) return decision;
      const { kept: _, ...answer } = decision.answer;
      return { ...decision, answer: { ...answer, shownHash: decision.shownHash } };
    }),
    /something else is delivered than may leave|is shown something else|approved exactly this/,
  ],
  [
    'what was withdrawn is still checked',
    'crime',
    reading<Disclosure>(disclosures, (disclosure) =>
      disclosure.state === 'withdrawn' ? { ...disclosure, state: 'checking' } : disclosure,
    ),
    /it was withdrawn and is|it was withdrawn, and is/,
  ],
  [
    'what was revoked is open',
    'crime',
    all(
      reading<Disclosure>(disclosures, (disclosure) =>
        disclosure.state === 'revoked' ? { ...disclosure, state: 'released' } : disclosure,
      ),
      reading<Delivery>(deliveries, (delivery) =>
        delivery.state === 'revoked' ? { ...delivery, state: 'open' } : delivery,
      ),
    ),
    /was had after it was revoked|it is revoked, and its delivery is open|it was revoked and is/,
  ],
  [
    'a delivery is open for ever',
    'crime',
    reading<Delivery>(deliveries, (delivery) => ({ ...delivery, closesAt: instantOf('2099-01-01T00:00:00Z') })),
    /was had after its time/,
  ],
];

/** A release that asks no rule: whatever is being checked, leaves. */
export const releaseAnything: typeof releaseDisclosure = async ({ records, now, newId }, { disclosureId }) => {
  const disclosure = (await records.get(disclosures, disclosureId))!;
  if (disclosure.state !== 'checking') return { kind: 'look-again' };
  const at = now();
  const deliveryId = newId('Y');
  const { shownHash } = await rulingOn(records, disclosure, at);
  const { name, organization, email } = disclosure.asked.addressee;
  const release = { at, clauses: [], shownHash, deliveryId, register: { kind: 'logged-only' } as never };
  await records.write({
    at,
    by: { kind: 'system', id: 'test' },
    puts: [
      put(disclosures, { ...disclosure, state: 'released', release }),
      put(deliveries, {
        id: deliveryId,
        version: 0,
        disclosureId,
        way: 'page',
        state: 'open',
        to: { name, organization, email },
        files: [],
        counts: remaining(disclosure).map(({ id }) => ({ enclosureId: id, label: id, text: id })),
        madeAt: at,
        closesAt: plusHours(at, 1),
        links: [],
        codesAsked: 0,
        openings: [],
      }),
    ],
    tells: [{ subject: `disclosure#${disclosureId}`, act: 'disclosure released' }],
  });
  return { kind: 'collect', seconds: 1 };
};
