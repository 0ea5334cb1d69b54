/**
 * Judges one record at the moment it would be destroyed, from what is on record then: how long it is kept is worked out
 * afresh from its cases, its holds and the schedule in force, and every record that says so is named.
 */
import { nyDate, type Instant } from '../../policies/instant.ts';
import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import { retentionPolicyInForce } from '../../policies/editions/retention-clauses.ts';
import { HOUSE } from '../../policies/editions/house.ts';
import type { HoldFacts, Keeping } from '../../policies/retention.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { howLongIsItKept, scheduleClause } from '../../policies/rules/how-long-is-it-kept.ts';
import { mayThisBeDestroyed } from '../../policies/rules/may-this-be-destroyed.ts';
import { keyOf } from '../records/entity.ts';
import { fenceOf, fenceTakesIn, type RetentionCard } from '../retention/contract.ts';
import type { Disposition } from './contract.ts';
import { noPolicyFor } from './faults.ts';
import type { Named, Signature, Standing } from './standing.ts';

export type Judgement =
  | { readonly kind: 'keep'; readonly because: readonly Refusal[] }
  | {
      readonly kind: 'destroy';
      readonly keeping: Extract<Keeping, { kind: 'until' }>;
      readonly clauses: readonly string[];
      readonly signatures: readonly Signature[];
      readonly named: readonly Named[];
    };

export async function judgeDestruction(
  standing: Standing,
  card: RetentionCard,
  disposition: Disposition,
  now: Instant,
): Promise<Judgement> {
  const policy = retentionPolicyInForce(card.technology, now) ?? noPolicyFor(card);
  const fence = await standing.fence(fenceOf(card.id));
  if (!fence?.scheduleId) return { kind: 'keep', because: [noSchedule(policy)] };
  const [schedule, ...of] = await Promise.all([
    standing.schedule(fence.scheduleId),
    ...card.caseNumbers.map((caseNumber) => standing.caseOf(caseNumber)),
  ]);
  const caseNumbers = [...card.caseNumbers, ...of.map(({ facts }) => facts.caseNumber)];
  const held = fence.holds.find((hold) => fenceTakesIn(hold, card, caseNumbers));
  if (held) return { kind: 'keep', because: [heldBy(held.holdId)] };
  const holdIds = [...new Set([...card.holdIds, ...of.flatMap((one) => one.holdIds)])];
  const holds = await Promise.all(holdIds.map((id) => standing.hold(id)));
  const keeping = howLongIsItKept(
    {
      kind: card.kind,
      technology: card.technology,
      ...(card.capturedAt && { capturedOn: nyDate(card.capturedAt) }),
      cases: of.map(({ facts }) => facts),
      ...(card.person && { person: card.person }),
      // A hold that is named and not on record holds: what is unknown keeps.
      holds: holds.map((hold, place): HoldFacts => hold ?? unknownHold(holdIds[place]!, now)),
      ...(card.lock.retainUntil && { lockedUntil: nyDate(card.lock.retainUntil) }),
      ...(schedule && { schedule }),
    },
    policy,
    now,
  );
  const signatures = await standing.signatures(disposition);
  const ruling = mayThisBeDestroyed(
    {
      keeping,
      state: card.state,
      beingWorkedOut: fence.recalculationId !== undefined || of.some(({ beingWorkedOut }) => beingWorkedOut),
      signatures,
      listSha256: disposition.list.sha256,
      proposedAt: disposition.proposedAt,
      graceEndsAt: disposition.graceEndsAt,
    },
    policy,
    now,
  );
  if (ruling.kind === 'refused') return { kind: 'keep', because: ruling.because };
  if (keeping.kind !== 'until') return { kind: 'keep', because: [noSchedule(policy)] };
  const named = new Map(of.flatMap((one) => one.named.map((record) => [record.key, record] as const)));
  return {
    kind: 'destroy',
    keeping,
    clauses: ruling.clauses,
    signatures,
    named: [{ key: keyOf('fence', fence.id), version: fence.version }, ...named.values()],
  };
}

const unknownHold = (holdId: string, now: Instant): HoldFacts => ({
  holdId,
  kind: 'investigation',
  placedOn: nyDate(now),
});

const heldBy = (holdId: string): Refusal => ({
  clause: HOUSE.holdWins.id,
  field: 'holds',
  found: `hold ${holdId}`,
  expected: 'no hold that takes the record in',
  todo: 'leave it; when the hold is released, the record is proposed again',
});

const noSchedule = ({ edition }: PublishedPolicy): Refusal => ({
  clause: scheduleClause(edition),
  field: 'schedule',
  found: 'no schedule in force',
  expected: 'an approved schedule in force',
  todo: 'leave it; nothing is destroyed without an approved schedule',
});
