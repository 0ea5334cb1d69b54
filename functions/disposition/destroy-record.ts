/**
 * Destroys one record, in two transactions with the deletion of its files between them, so that it can be run again from
 * wherever it was killed.
 *
 * The first is THE destroying transaction: the card becomes `destroying` and says by which class, schedule and signatures.
 * It holds still everything it was judged by (the card itself, its copy of the fence, its cases), so a hold that was
 * placed before it wins, and one placed after it is told that the record was gone. The batch is not named: one record that
 * a thousand transactions would wait for, and nothing takes a batch out of `destroying` while a record of it is proposed.
 * Then every version of every file goes. The second makes the card a tombstone and empties what identifies.
 *
 * Faults  RecordsBusy, ChangedMeanwhile, FilesBusy (retry)
 */
import type { Instant } from '../../policies/instant.ts';
import { nyDate } from '../../policies/instant.ts';
import { plusDays } from '../../policies/calendar-date.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { HOUSE } from '../../policies/editions/house.ts';
import { goneLine } from '../case/contract.ts';
import { images } from '../image/contract.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import type { Files, FileVersion } from '../records/files.ts';
import type { Records } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { cardKey, recalculationOwed, retentionCards, type RetentionCard } from '../retention/contract.ts';
import type { Disposition } from './contract.ts';
import { bytesOf, emptiedCard, emptiedImage, hashOfRecord, linesOf } from './empty-record.ts';
import { judgeDestruction } from './judge-destruction.ts';
import type { Standing } from './standing.ts';

export interface DestroyNeeds {
  readonly records: Pick<Records, 'get' | 'write'>;
  readonly files: Pick<Files, 'versionsUnder' | 'deleteVersion'>;
  readonly now: () => Instant;
}

/** A record of the signed list. */
export interface Listed {
  readonly id: string;
  readonly sha256: string;
}

export type Fate = 'destroyed' | 'left-out';

const BY = { kind: 'system', id: 'disposition' } as const;

export async function destroyRecord(
  needs: DestroyNeeds,
  standing: Standing,
  disposition: Disposition,
  listed: Listed,
): Promise<Fate> {
  let found: readonly FileVersion[] | undefined;
  const begun = await untilWritten(async () => {
    try {
      const card = await needs.records.get(retentionCards, listed.id);
      if (card?.dispositionId !== disposition.id) return undefined;
      if (card.state !== 'proposed') return card;
      found = await versionsOf(needs, card);
      return await begin(needs, standing, disposition, { card, listed, versions: found.length });
    } catch (error) {
      standing.forget();
      throw error;
    }
  });
  if (begun?.state === 'destroyed') return 'destroyed';
  if (begun?.state !== 'destroying') return 'left-out';
  const locked = await deleteFiles(needs, found ?? (await versionsOf(needs, begun)));
  if (locked.size > 0) {
    await untilWritten(() => keptByStore(needs, listed.id, locked));
    return 'left-out';
  }
  await untilWritten(() => end(needs, listed.id));
  return 'destroyed';
}

interface Beginning {
  readonly card: RetentionCard;
  readonly listed: Listed;
  readonly versions: number;
}

/** The destroying transaction, or the card goes back to what is kept. Answers the card as it is then. */
async function begin(
  { records, now }: DestroyNeeds,
  standing: Standing,
  disposition: Disposition,
  { card, listed, versions }: Beginning,
): Promise<RetentionCard> {
  const at = now();
  const sha256 = hashOfRecord(card);
  const judged =
    sha256 === listed.sha256
      ? await judgeDestruction(standing, card, disposition, at)
      : ({ kind: 'keep', because: [ANOTHER] } as const);
  if (judged.kind === 'keep') {
    const kept = { ...keptCard(card), notBefore: nyDate(at) };
    await records.write({ at, by: BY, puts: [put(retentionCards, kept)], tells: [leftOut(card, judged.because)] });
    return { ...kept, version: card.version + 1 };
  }
  const { keeping, signatures, clauses, named } = judged;
  const decisionIds = signatures.map(({ decisionId }) => decisionId);
  // Without a file and without a record of what was captured, nothing is left to do after this transaction.
  const wholly = card.files.length === 0 && card.about === undefined;
  const next: RetentionCard = {
    ...(wholly ? emptiedCard(card) : { ...card, state: 'destroying' }),
    destroyed: {
      at,
      classId: keeping.classId,
      scheduleId: keeping.scheduleId,
      sha256,
      bytes: bytesOf(card),
      versions,
      decisionIds,
      certificateId: disposition.id,
      ...(wholly && { filesGoneAt: at }),
    },
  };
  await records.write({
    at,
    by: BY,
    puts: [put(retentionCards, next)],
    tells: [
      {
        subject: cardKey(card.id),
        act: wholly ? 'record destroyed' : 'destruction begun',
        clauses,
        facts: {
          disposition: disposition.id,
          class: keeping.classId,
          schedule: keeping.scheduleId,
          sha256,
          versions,
          signatures: decisionIds,
        },
      },
    ],
    lines: card.caseNumbers.map((caseNumber) => ({ from: goneLine(caseNumber), to: card.id })),
    endedLines: wholly ? linesOf(card, undefined) : [],
    unchanged: named,
  });
  return { ...next, version: card.version + 1 };
}

/** Every version and every marker under the keys of its files, and under no other key that begins alike. */
async function versionsOf({ files }: DestroyNeeds, card: RetentionCard): Promise<readonly FileVersion[]> {
  const all = await Promise.all(
    card.files.map(async ({ key }) => {
      const found: FileVersion[] = [];
      let from: string | undefined;
      do {
        const page = await files.versionsUnder(key, from === undefined ? {} : { from });
        found.push(...page.versions.filter((version) => version.key === key));
        from = page.next;
      } while (from !== undefined);
      return found;
    }),
  );
  return all.flat();
}

/** Deletes what the store lets go; answers the keys under which it holds something. */
async function deleteFiles({ files }: DestroyNeeds, versions: readonly FileVersion[]): Promise<ReadonlySet<string>> {
  const locked = new Set<string>();
  for (const { key, versionId } of versions)
    if ((await files.deleteVersion({ key, versionId })).kind === 'locked') locked.add(key);
  return locked;
}

async function end({ records, now }: DestroyNeeds, id: string): Promise<void> {
  const card = await records.get(retentionCards, id);
  if (card?.state !== 'destroying' || !card.destroyed) return;
  const image = card.about?.startsWith('image#')
    ? await records.get(images, card.about.slice('image#'.length))
    : undefined;
  const at = now();
  const { sha256, certificateId, versions } = card.destroyed;
  const facts = { disposition: certificateId, sha256, versions };
  await records.write({
    at,
    by: BY,
    puts: [
      put(retentionCards, { ...emptiedCard(card), destroyed: { ...card.destroyed, filesGoneAt: at } }),
      ...(image ? [put(images, emptiedImage(image))] : []),
    ],
    tells: [
      { subject: cardKey(id), act: 'record destroyed', facts },
      ...(image ? [{ subject: keyOf('image', image.id), act: 'image destroyed', facts }] : []),
    ],
    endedLines: linesOf(card, image),
  });
}

/**
 * The store holds a file that the records let go: it wins. The record is kept again, with the files that are there, and
 * is not proposed before somebody had time to look; the reconciliation reports the difference. How long it is kept is worked
 * out anew: a hold may have come while its files were going.
 */
async function keptByStore({ records, now }: DestroyNeeds, id: string, locked: ReadonlySet<string>): Promise<void> {
  const card = await records.get(retentionCards, id);
  if (card?.state !== 'destroying') return;
  const at = now();
  const { destroyed: _, ...rest } = keptCard(card);
  const files = card.files.filter(({ key }) => locked.has(key));
  const { id: clause, days } = HOUSE.daysAfterDeclined;
  const owed = recalculationOwed({
    cause: 'record-linked',
    scope: { kind: 'cards', ids: [id] },
    subject: cardKey(id),
    by: BY.id,
    at,
    newId: (prefix) => `${prefix}-${id}-${card.version}`,
  });
  await records.write({
    at,
    by: BY,
    puts: [put(retentionCards, { ...rest, files, notBefore: plusDays(nyDate(at), days) }), ...owed.puts],
    notes: owed.notes,
    tells: [
      {
        subject: cardKey(id),
        act: 'record kept, for the store holds it',
        clauses: [clause],
        facts: {
          disposition: card.dispositionId ?? '',
          filesHeld: files.length,
          filesGone: card.files.length - files.length,
        },
      },
    ],
  });
}

/** Found again from the day it is written back, should its date still stand: the days before have been read. */
function keptCard(card: RetentionCard): RetentionCard {
  const { dispositionId: _, ...rest } = card;
  return { ...rest, state: 'kept' };
}

const leftOut = (card: RetentionCard, because: readonly Refusal[]) => ({
  subject: cardKey(card.id),
  act: 'record left out of its batch',
  clauses: [...new Set(because.map(({ clause }) => clause))],
  facts: { disposition: card.dispositionId ?? '', fields: because.map(({ field }) => field) },
});

const ANOTHER: Refusal = {
  clause: HOUSE.shownIsDecided.id,
  field: 'sha256',
  found: 'a record that has changed since the list was signed',
  expected: 'the record that was signed for',
  todo: 'leave it; it is proposed again as it is now',
};
