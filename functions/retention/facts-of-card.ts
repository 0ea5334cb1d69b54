/**
 * Reads what the rules of retention are told of one card: its cases, each by the one it was merged into, the schedule in
 * force, and every hold that takes it in. Whoever writes what follows from it has read the card first: then a card that
 * is written on condition of its version cannot be worked out from anything older than it is.
 */
import { nyDate } from '../../policies/instant.ts';
import type { HoldFacts, RetainedFacts, Schedule } from '../../policies/retention.ts';
import { casesBehind, factsBehind } from '../case/contract.ts';
import { holds, type Hold } from '../hold/contract.ts';
import type { Entity, Kept } from '../records/entity.ts';
import type { Records } from '../records/records.aws.ts';
import { fenceOf, fences, fenceTakesIn, schedules, type RetentionCard } from './contract.ts';

export type Reads = Pick<Records, 'get'>;

export interface CardFacts {
  readonly facts: RetainedFacts & { readonly schedule?: Schedule };
  /** Every hold that takes it in, and those released before: whether one still counts is for the rule. */
  readonly holdIds: readonly string[];
  /** Those of them that bind. */
  readonly bindingHoldIds: readonly string[];
  readonly from: Omit<RetentionCard['workedOutFrom'], 'at'>;
}

/** Reads each record once. Made anew for each batch, and for each try after a change came first. */
export function readOnce(records: Reads): Reads {
  const found = new Map<string, Promise<unknown>>();
  return {
    get<T extends Kept>(kind: Entity<T>, id: string): Promise<T | undefined> {
      const key = `${kind.noun}#${id}`;
      const reading = found.get(key) ?? records.get(kind, id);
      found.set(key, reading);
      return reading as Promise<T | undefined>;
    },
  };
}

/** `tried` is the schedule a dry run judges by, instead of the one in force. */
export async function factsOfCard(records: Reads, card: RetentionCard, tried?: Schedule): Promise<CardFacts> {
  const fence = await records.get(fences, fenceOf(card.id));
  const [schedule, ...chains] = await Promise.all([
    tried ? { schedule: tried } : fence?.scheduleId ? records.get(schedules, fence.scheduleId) : undefined,
    ...card.caseNumbers.map((caseNumber) => casesBehind(records, caseNumber)),
  ]);
  const every = chains.flat();
  const caseNumbers = [...new Set([...card.caseNumbers, ...every.map(({ id }) => id)])];
  const fenced = (fence?.holds ?? []).filter((one) => fenceTakesIn(one, card, caseNumbers));
  const holdIds = [
    ...new Set([...card.holdIds, ...every.flatMap((one) => one.holdIds), ...fenced.map(({ holdId }) => holdId)]),
  ].toSorted();
  const found = await Promise.all(holdIds.map(async (id) => holdFacts(id, await records.get(holds, id), card)));
  return {
    facts: {
      kind: card.kind,
      technology: card.technology,
      ...(card.capturedAt && { capturedOn: nyDate(card.capturedAt) }),
      cases: card.caseNumbers.map((caseNumber, place) => factsBehind(caseNumber, chains[place]!)),
      ...(card.person && { person: card.person }),
      holds: found,
      ...(card.lock.retainUntil && { lockedUntil: nyDate(card.lock.retainUntil) }),
      ...(schedule && { schedule: schedule.schedule }),
    },
    holdIds,
    bindingHoldIds: found.filter(({ releasedOn }) => !releasedOn).map(({ holdId }) => holdId),
    from: {
      cases: Object.fromEntries(every.map(({ id, version }) => [id, version])),
      ...(schedule && { scheduleId: schedule.schedule.id }),
    },
  };
}

/**
 * A hold that is being released counts as released: whoever destroys reads the hold itself, and it binds until every date
 * is whole. One that is named and not on record binds.
 */
function holdFacts(holdId: string, hold: Hold | undefined, card: RetentionCard): HoldFacts {
  if (!hold) return { holdId, kind: 'investigation', placedOn: nyDate(card.keptAt) };
  const { kind, placedAt, state, release } = hold;
  const over = (state === 'releasing' || state === 'released') && release;
  return { holdId, kind, placedOn: nyDate(placedAt), ...(over && { releasedOn: release.endedOn }) };
}
