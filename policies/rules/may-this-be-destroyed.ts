/**
 * May this record be destroyed now?
 *
 * Judged at the moment of destruction from what is on record then, whatever was found when its batch was proposed. Its
 * day has come under an approved schedule, no hold binds it, no date of it is being worked out anew, the days of grace
 * are over, and three offices have approved exactly this list, each by a person of its own, none of whom proposed it.
 *
 * Units   instants are UTC; days are days in New York
 * Answers allowed or refused, for everything that is in the way
 * Throws  nothing
 * Source  XR26-RET-05 and its twins; nyc-1133-f; house-days-of-grace, house-not-your-own-batch, house-shown-is-decided,
 *         house-unknown-keeps
 */
import { plusDays } from '../calendar-date.ts';
import type { PublishedPolicy } from '../editions/edition.ts';
import { RECORDS_LAW } from '../editions/records-law.ts';
import { isAfter, isBefore, laterOf, nyDate, nyStartOfDay, type Instant } from '../instant.ts';
import type { Keeping } from '../retention.ts';
import { ruled, unless, type Refusal, type Ruling } from '../ruling.ts';
import { scheduleClause } from './how-long-is-it-kept.ts';
import { fallenDue } from './may-this-be-proposed.ts';
import { DISPOSAL_OFFICES } from './who-may-sign-a-disposal.ts';

export interface DisposalSignature {
  readonly office: string;
  readonly decisionId: string;
  readonly personId: string;
  readonly at: Instant;
  readonly answer: string;
  /** Of the list that was signed. */
  readonly listSha256: string;
}

export interface Destruction {
  /** As the rule finds it now. */
  readonly keeping: Keeping;
  /** State of the card. */
  readonly state: string;
  /** Whether a recalculation of it, of one of its cases or of everything is under way. */
  readonly beingWorkedOut: boolean;
  readonly signatures: readonly DisposalSignature[];
  readonly listSha256: string;
  readonly proposedAt: Instant;
  readonly graceEndsAt: Instant;
  /** Who proposed the batch; absent when the daily run did. */
  readonly proposedBy?: string;
}

export function mayThisBeDestroyed(facts: Destruction, policy: PublishedPolicy, now: Instant): Ruling {
  const approval = RECORDS_LAW.approvedDisposal.id;
  const because = [
    ...unless(facts.state === 'proposed' || facts.state === 'kept', {
      clause: approval,
      field: 'state',
      found: `a record that is ${facts.state}`,
      expected: 'a record that is still kept',
      todo: 'leave it; it is being destroyed, or is destroyed',
    }),
    ...unless(!facts.beingWorkedOut, {
      clause: policy.house.unknownKeeps.id,
      field: 'beingWorkedOut',
      found: 'a date that is being worked out anew',
      expected: 'dates that are whole',
      todo: 'try again when they are',
    }),
    ...fallenDue(facts.keeping, nyDate(now), policy),
    ...grace(facts, policy, now),
    ...DISPOSAL_OFFICES.flatMap((office) => signedBy(office, facts, policy, now)),
    ...apart(facts, policy),
  ];
  const { house } = policy;
  return ruled(
    [scheduleClause(policy.edition), approval, house.daysOfGrace.id, house.notYourOwnBatch.id, house.shownIsDecided.id],
    because,
  );
}

/** Seven days on the calendar at least, however its end was reckoned when the batch was proposed. */
function grace({ proposedAt, graceEndsAt }: Destruction, policy: PublishedPolicy, now: Instant): readonly Refusal[] {
  const least = nyStartOfDay(plusDays(nyDate(proposedAt), policy.house.daysOfGrace.days));
  return unless(!isBefore(now, laterOf(graceEndsAt, least)), {
    clause: policy.house.daysOfGrace.id,
    field: 'graceEndsAt',
    found: 'days of grace that are not over',
    expected: `${policy.house.daysOfGrace.days} days after the proposal`,
    todo: 'leave it until they are',
  });
}

function signedBy(
  office: string,
  { signatures, listSha256, graceEndsAt }: Destruction,
  { house }: PublishedPolicy,
  now: Instant,
): readonly Refusal[] {
  const given = signatures.filter((one) => one.office === office);
  const refused = (clause: string, found: string, todo: string): readonly Refusal[] => [
    { clause, field: office, found, expected: 'the approval of this office of exactly this list', todo },
  ];
  const approval = RECORDS_LAW.approvedDisposal.id;
  if (given.some(({ answer }) => answer !== 'approve')) {
    return refused(approval, 'an answer that does not approve', 'leave it; its batch was declined');
  }
  if (given.length === 0) return refused(approval, 'no signature', 'wait for it, or ask whoever holds the office');
  if (given.some((one) => one.listSha256 !== listSha256)) {
    return refused(house.shownIsDecided.id, 'a signature under another list', 'ask for a signature under this list');
  }
  if (given.some(({ at }) => isAfter(at, now) || isBefore(at, graceEndsAt))) {
    return refused(house.daysOfGrace.id, 'a signature given before the days of grace were over', 'ask for it again');
  }
  return [];
}

function apart({ signatures, proposedBy }: Destruction, { house }: PublishedPolicy): readonly Refusal[] {
  const offices = new Map<string, ReadonlySet<string>>();
  for (const { personId, office } of signatures) {
    offices.set(personId, new Set([...(offices.get(personId) ?? []), office]));
  }
  const clause = house.notYourOwnBatch.id;
  return [
    ...unless(![...offices.values()].some(({ size }) => size > 1), {
      clause,
      field: 'signatures',
      found: 'one person who signed for two offices',
      expected: 'a person for each office',
      todo: 'ask another person of one of the offices',
    }),
    ...unless(!proposedBy || !offices.has(proposedBy), {
      clause,
      field: 'signatures',
      found: 'a signature of who proposed the batch',
      expected: 'signatures of others',
      todo: 'ask another person of that office',
    }),
  ];
}
