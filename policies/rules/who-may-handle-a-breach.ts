/**
 * Who may answer for a breach: read it, judge it, report it, and tell people?
 *
 * The Agency Privacy Officer of the Legal Bureau, or a deputy the officer named, who holds the office and the role at
 * that very moment and is still active. Anybody may report one; no rank stands in for the office.
 *
 * Units   instants are UTC; `now` is the moment of acting
 * Answers allowed or refused
 * Throws  FactMalformed when an office ended before it began
 * Source  XR26-EXT-20 and its twins, XR21-EXT-08; nyc-23-1201-privacy-officer; house-deputy-signs-off
 */
import type { Signer } from '../disclosure.ts';
import type { PublishedPolicy } from '../editions/edition.ts';
import { PRIVACY_LAW } from '../editions/privacy-law.ts';
import { BUREAUS } from '../editions/ranks.ts';
import { FactMalformed } from '../faults.ts';
import { isAfter, isBefore, type Instant } from '../instant.ts';
import { mayDo } from '../roles.ts';
import { ruled, unless, type Ruling } from '../ruling.ts';

export interface HandlingFacts {
  readonly breachId: string;
  readonly handler: Signer;
}

const OFFICES = {
  'agency-privacy-officer': 'the Agency Privacy Officer',
  deputy: 'a deputy',
  none: 'neither',
} as const;

export function whoMayHandleABreach(facts: HandlingFacts, { edition, house }: PublishedPolicy, now: Instant): Ruling {
  const { handler } = facts;
  const { clause } = edition.breachReport;
  const isDeputy = handler.office === 'deputy';
  const field = 'handler';
  const because = [
    ...unless(handler.active, {
      clause,
      field,
      found: 'a member who is not active',
      expected: 'an active member',
      todo: 'leave it to whoever holds the office now',
    }),
    ...unless(handler.office !== 'none' && holds(facts, now), {
      clause: isDeputy ? house.deputySignsOff.id : clause,
      field,
      found: handler.office === 'none' ? OFFICES.none : `${OFFICES[handler.office]}, but not at this moment`,
      expected: 'the Agency Privacy Officer or a deputy, in office at this moment',
      todo: 'leave it to whoever holds the office now',
    }),
    ...unless(handler.bureau === BUREAUS.legal, {
      clause,
      field,
      found: 'a member of another bureau',
      expected: 'a member assigned to the Legal Bureau',
      todo: 'leave it to the officer of the Legal Bureau',
    }),
    ...unless(mayDo(handler.roles, 'handle-breach'), {
      clause,
      field,
      found: 'no role that may answer for a breach',
      expected: 'the role of a privacy officer',
      todo: 'ask the system administrator for the role',
    }),
  ];
  const clauses = [clause, PRIVACY_LAW.privacyOfficer.id];
  return ruled(isDeputy ? [...clauses, house.deputySignsOff.id] : clauses, because);
}

/** Whether the office is held at a moment; its last instant counts. An office without a beginning was never given. */
function holds({ breachId, handler: { heldFrom, heldUntil } }: HandlingFacts, at: Instant): boolean {
  if (heldFrom && heldUntil && isBefore(heldUntil, heldFrom)) {
    throw new FactMalformed(
      `breach ${breachId} is handled under an office held until ${heldUntil}, before it began at ${heldFrom}; correct the record of the office`,
    );
  }
  return heldFrom !== undefined && !isBefore(at, heldFrom) && !(heldUntil && isAfter(at, heldUntil));
}
