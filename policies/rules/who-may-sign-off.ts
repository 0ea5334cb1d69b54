/**
 * Who may sign off a disclosure?
 *
 * The Agency Privacy Officer of the Legal Bureau, or a deputy the officer named, who holds the office and the
 * role at that very moment and is still active. Nobody signs off what they asked for themselves or helped to put
 * together, and no rank stands in for the office.
 *
 * Units   instants are UTC; `now` is the moment of signing
 * Answers allowed or refused
 * Throws  FactMalformed when an office ended before it began
 * Source  XR26-EXT-09 to EXT-11 and their twins; nyc-23-1201-privacy-officer; house-deputy-signs-off,
 *         house-not-your-own-disclosure
 */
import { mustSay } from '../clause-in.ts';
import type { Signer } from '../disclosure.ts';
import { groundOf, type GroundId } from '../editions/disclosure-grounds.ts';
import type { PublishedEdition, PublishedPolicy } from '../editions/edition.ts';
import { PRIVACY_LAW } from '../editions/privacy-law.ts';
import { BUREAUS } from '../editions/ranks.ts';
import { FactMalformed } from '../faults.ts';
import { isAfter, isBefore, type Instant } from '../instant.ts';
import { mayDo } from '../roles.ts';
import { ruled, unless, type Ruling } from '../ruling.ts';

export interface SignOffFacts {
  readonly disclosureId: string;
  readonly requesterId: string;
  /** Others who changed what is asked or enclosed. */
  readonly preparedBy?: readonly string[];
  readonly ground: GroundId;
  readonly signer: Signer;
}

const OFFICES = {
  'agency-privacy-officer': 'the Agency Privacy Officer',
  deputy: 'a deputy',
  none: 'neither',
} as const;

/** The clause by which a ground waits for the officer; of a ground without one, that of the department's mission. */
export const signOffClause = (edition: PublishedEdition, ground: GroundId): string =>
  mustSay(edition, groundOf(ground).clause ?? 'XR26-EXT-11');

export function whoMaySignOff(facts: SignOffFacts, { edition, house }: PublishedPolicy, now: Instant): Ruling {
  const { signer } = facts;
  const clause = signOffClause(edition, facts.ground);
  const isDeputy = signer.office === 'deputy';
  const because = [
    ...unless(signer.active, {
      clause,
      field: 'signer',
      found: 'a member who is not active',
      expected: 'an active member',
      todo: 'ask whoever holds the office now',
    }),
    ...unless(holdsOffice(signer, now), {
      clause: isDeputy ? house.deputySignsOff.id : clause,
      field: 'signer',
      found: signer.office === 'none' ? OFFICES.none : `${OFFICES[signer.office]}, but not at that moment`,
      expected: 'the Agency Privacy Officer or a deputy, in office at the moment of signing',
      todo: 'ask whoever holds the office now',
    }),
    ...unless(signer.bureau === BUREAUS.legal, {
      clause,
      field: 'signer',
      found: 'a member of another bureau',
      expected: 'a member assigned to the Legal Bureau',
      todo: 'ask the officer of the Legal Bureau',
    }),
    ...unless(mayDo(signer.roles, 'decide-disclosure'), {
      clause,
      field: 'signer',
      found: 'no role that may decide a disclosure',
      expected: 'the role of a privacy officer',
      todo: 'ask the system administrator for the role',
    }),
    ...unless(![facts.requesterId, ...(facts.preparedBy ?? [])].includes(signer.personId), {
      clause: house.notYourOwnDisclosure.id,
      field: 'signer',
      found:
        signer.personId === facts.requesterId
          ? 'the person who asked for the disclosure'
          : 'a person who changed what is asked or enclosed',
      expected: 'another person',
      todo: 'leave the decision to a deputy or to the officer',
    }),
  ];
  const clauses = [clause, PRIVACY_LAW.privacyOfficer.id, house.notYourOwnDisclosure.id];
  return ruled(isDeputy ? [...clauses, house.deputySignsOff.id] : clauses, because);
}

/** Whether the office is held at a moment; its last instant counts. An office without a beginning was never given. */
export function holdsOffice({ personId, office, heldFrom, heldUntil }: Omit<Signer, 'active'>, at: Instant): boolean {
  if (heldFrom && heldUntil && isBefore(heldUntil, heldFrom)) {
    throw new FactMalformed(
      `person ${personId} has an office held until ${heldUntil}, before it began at ${heldFrom}; correct the record of the office`,
    );
  }
  return (
    office !== 'none' && heldFrom !== undefined && !isBefore(at, heldFrom) && !(heldUntil && isAfter(at, heldUntil))
  );
}
