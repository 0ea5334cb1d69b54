/**
 * Works out how long one record is kept: what its card is to say next, from what is on record now. The only way by which
 * a date comes onto a card. Pure but for the reads it is handed (facts-of-card.ts).
 */
import { retentionPolicyInForce } from '../../policies/editions/retention-clauses.ts';
import { FactMalformed } from '../../policies/faults.ts';
import type { Instant } from '../../policies/instant.ts';
import { howLongIsItKept } from '../../policies/rules/how-long-is-it-kept.ts';
import { canonical } from '../records/canonical.ts';
import { cardKey, lockOf, type RetentionCard } from './contract.ts';
import type { CardFacts } from './facts-of-card.ts';

export interface WorkedOut {
  readonly card: RetentionCard;
  /** Whether anything of the card is other than before; `workedOutFrom.at` alone is no change. */
  readonly changed: boolean;
  /** Whether the store is to be told of another lock. */
  readonly lockChanged: boolean;
  readonly edition: string;
}

export function workOut(
  card: RetentionCard,
  { facts, holdIds, bindingHoldIds, from }: CardFacts,
  now: Instant,
): WorkedOut {
  const policy = retentionPolicyInForce(card.technology, now);
  if (!policy)
    throw new FactMalformed(`no edition of ${card.technology} is in force for ${cardKey(card.id)}; check the clock`);
  const keeping = howLongIsItKept(facts, policy, now);
  const lock = lockOf(keeping, bindingHoldIds, card.lock);
  const lockChanged = canonical(lock) !== canonical(card.lock);
  const { lockSetAt, ...rest } = card;
  const next: RetentionCard = {
    ...rest,
    keeping,
    holdIds,
    lock,
    workedOutFrom: { ...from, at: now },
    // What has no file has nothing in the store that could be told.
    ...(card.files.length === 0 ? { lockSetAt: now } : !lockChanged && lockSetAt && { lockSetAt }),
  };
  return { card: next, changed: says(next) !== says(card), lockChanged, edition: policy.edition.id };
}

const says = ({ keeping, holdIds, lock, workedOutFrom: { at: _, ...from } }: RetentionCard): string =>
  canonical({ keeping, holdIds, lock, from });
