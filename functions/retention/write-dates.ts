/**
 * The step a recalculation spends its time in: works out the dates of a batch of cards, each in one transaction, has the
 * store lock them accordingly, and notes the batch as done. Done twice it changes nothing; a batch that is noted is passed
 * over. A dry run only counts.
 *
 * Answers done
 * Faults  RecordMissing (do not retry); RecordsBusy, ChangedMeanwhile, FilesBusy (retry)
 */
import type { Schedule } from '../../policies/retention.ts';
import { sha256 } from '../records/canonical.ts';
import { put } from '../records/change.ts';
import { ChangedMeanwhile } from '../records/faults.ts';
import { untilWritten } from '../records/until-written.ts';
import {
  cardKey,
  recalculationParts,
  retentionCards,
  schedules,
  type Recalculation,
  type RecalculationCounts,
  type RecalculationPart,
  type RetentionCard,
} from './contract.ts';
import { addCounts, countOf, NO_COUNTS } from './counts.ts';
import { factsOfCard, readOnce, type Reads } from './facts-of-card.ts';
import { isOver, recalculationIn } from './fetch-cards.ts';
import { namingOf } from './named.ts';
import type { RecalculationNeeds } from './needs.ts';
import { setLock } from './set-lock.ts';
import { workOut, type WorkedOut } from './work-out.ts';

export async function writeDates(
  needs: RecalculationNeeds,
  { recalculationId, ids }: { readonly recalculationId: string; readonly ids: readonly string[] },
): Promise<{ readonly kind: 'done' }> {
  const { records, now } = needs;
  const recalculation = await recalculationIn(records, recalculationId);
  const partId = partIdOf(recalculationId, ids);
  if (isOver(recalculation) || (await records.get(recalculationParts, partId))) return { kind: 'done' };
  // A newer one is on its way and writes over whatever this one would; the last step finds out the same.
  if (!(await namingOf(records, recalculation))) return { kind: 'done' };
  const tried = await triedSchedule(needs, recalculation);

  // The cards first, then what they are worked out from: see facts-of-card.ts.
  const cards = await Promise.all(ids.map((id) => records.get(retentionCards, id)));
  const reads = readOnce(records);
  const settled = await Promise.allSettled(
    cards.map((card) => (card ? workedOut(needs, recalculation, card, reads, tried) : [])),
  );
  let counts = NO_COUNTS;
  for (const one of settled) {
    if (one.status === 'rejected') throw one.reason;
    counts = addCounts(counts, Object.fromEntries(one.value.map((name) => [name, 1])));
  }
  await noted(needs, { id: partId, version: 0, recalculationId, cards: ids.length, at: now(), counts });
  return { kind: 'done' };
}

/** From the batch itself, so that a batch that is done again counts once. */
export const partIdOf = (recalculationId: string, ids: readonly string[]): string =>
  `${recalculationId}/${sha256(ids).slice(0, 16)}`;

async function noted({ records }: RecalculationNeeds, part: RecalculationPart): Promise<void> {
  try {
    await records.keep(put(recalculationParts, part));
  } catch (error) {
    if (!(error instanceof ChangedMeanwhile)) throw error;
  }
}

async function triedSchedule(
  { records }: RecalculationNeeds,
  { scope, dryRun }: Recalculation,
): Promise<Schedule | undefined> {
  return dryRun && scope.kind === 'all' ? (await records.get(schedules, scope.scheduleId))?.schedule : undefined;
}

type Counted = readonly (keyof RecalculationCounts)[];

async function workedOut(
  needs: RecalculationNeeds,
  recalculation: Recalculation,
  read: RetentionCard,
  reads: Reads,
  tried: Schedule | undefined,
): Promise<Counted> {
  let first: RetentionCard | undefined = read;
  const outcome = await untilWritten(async () => {
    const card = first ?? (await needs.records.get(retentionCards, read.id));
    const fresh = first ? reads : needs.records;
    first = undefined;
    if (card?.state === 'destroying') await holdWhileGoing(needs, recalculation, card);
    if (!card || card.state === 'destroying' || card.state === 'destroyed') return undefined;
    const now = needs.now();
    const found = workOut(card, await factsOfCard(fresh, card, tried), now);
    if (found.changed && !recalculation.dryRun) await write(needs, recalculation, found);
    return { counted: countOf(card.keeping, found.card.keeping, now), lockOwed: !found.card.lockSetAt };
  });
  if (!outcome) return [];
  // Owed too where an earlier try wrote the card and was ended before the store was told.
  if (outcome.lockOwed && !recalculation.dryRun) await setLock(needs, read.id);
  return outcome.counted;
}

/** A record whose files are going is told of a hold too: where the store keeps a file after all, the hold binds it. */
async function holdWhileGoing(
  { records, now }: RecalculationNeeds,
  { id, cause, scope }: Recalculation,
  card: RetentionCard,
): Promise<void> {
  if (cause !== 'hold-placed' || scope.kind !== 'hold' || card.holdIds.includes(scope.holdId)) return;
  await records.write({
    at: now(),
    by: { kind: 'system', id: 'recalculation' },
    puts: [put(retentionCards, { ...card, holdIds: [...card.holdIds, scope.holdId] })],
    tells: [
      {
        subject: cardKey(card.id),
        act: 'hold placed while the files go',
        facts: { recalculation: id, hold: scope.holdId },
      },
    ],
  });
}

async function write(
  { records, now }: RecalculationNeeds,
  recalculation: Recalculation,
  { card, edition }: WorkedOut,
): Promise<void> {
  const { keeping, holdIds, lock } = card;
  await records.write({
    at: now(),
    by: { kind: 'system', id: 'recalculation' },
    puts: [put(retentionCards, card)],
    tells: [
      {
        subject: cardKey(card.id),
        act: 'date worked out',
        edition,
        clauses: [...new Set(keeping.why.map(({ clause }) => clause))],
        facts: {
          recalculation: recalculation.id,
          keeping: keeping.kind,
          classId: keeping.classId,
          ...(keeping.kind === 'until' && {
            date: keeping.date,
            scheduleId: keeping.scheduleId,
            approved: keeping.approved,
          }),
          holds: holdIds,
          legalHold: lock.legalHold,
          ...(lock.retainUntil && { retainUntil: lock.retainUntil }),
        },
      },
    ],
  });
}
