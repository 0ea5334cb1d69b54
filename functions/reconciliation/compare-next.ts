/**
 * One step of a comparison: a page of the store against the cards, then a page of the cards of each class against the
 * store. How far it came is kept on condition of its version, so a step that runs twice is counted once.
 *
 * Answers more, done (also for a comparison that has ended, or that a new run goes on with)
 * Faults  RecordMissing (do not retry); RecordsBusy, ChangedMeanwhile, FilesBusy (retry)
 */
import { nyDate, plusHours, type Instant } from '../../policies/instant.ts';
import { put } from '../records/change.ts';
import { RecordMissing } from '../records/faults.ts';
import type { Files, ListedVersion } from '../records/files.ts';
import type { Records } from '../records/records.aws.ts';
import { retentionCards, classSubject, type RetentionCard } from '../retention/contract.ts';
import { classesKnown } from './classes-known.ts';
import { cardIdOf, compareFile, type Compared } from './compare-file.ts';
import {
  NOTHING_COUNTED,
  progresses,
  progressId,
  reconciliationKey,
  reconciliations,
  runOf,
  type Counted,
  type Difference,
  type Mark,
  type Progress,
  type Reconciliation,
} from './contract.ts';
import { withCard, withDifferences } from './count-card.ts';
import { endReconciliation, type EndNeeds } from './end-reconciliation.ts';
import { mendFile } from './mend-file.ts';

export interface CompareNeeds extends EndNeeds {
  readonly records: Records;
  readonly files: Files;
  /** The class ids of the printed schedules. */
  readonly printedClasses: readonly string[];
  readonly sizes: Sizes;
  now(): Instant;
}

const FOLDERS = ['kept/', 'enclosed/'] as const;

/** How much a step does, and a run. */
export interface Sizes {
  readonly files: number;
  readonly cards: number;
  readonly stepsInARun: number;
}

/**
 * With a few answers of a few milliseconds for each file or card a step is well below its time. A run may have 25,000
 * events, and a step takes seven of them.
 */
export const SIZES: Sizes = { files: 1_000, cards: 500, stepsInARun: 2_000 };

/** How many are looked at side by side. */
const SIDE_BY_SIDE = 32;

export async function compareNext(
  needs: CompareNeeds,
  { reconciliationId: id }: { readonly reconciliationId: string },
): Promise<{ readonly kind: 'more' | 'done' }> {
  const reconciliation = await needs.records.get(reconciliations, id);
  if (!reconciliation)
    throw new RecordMissing(`reconciliation ${id} is not in the records; it is written before its run starts`);
  if (reconciliation.state !== 'running') return { kind: 'done' };
  const progress = (await needs.records.get(progresses, progressId(id))) ?? beginning(id, needs.now());
  const { mark } = progress;
  if (mark.in === 'end') {
    await endReconciliation(needs, id, progress.counted);
    return { kind: 'done' };
  }
  const step = mark.in === 'files' ? await filesStep(needs, id, mark) : await cardsStep(needs, mark);
  const counted = step.count(progress.counted);
  const steps = progress.steps + 1;
  await needs.records.keep(
    put(progresses, { ...progress, at: needs.now(), steps, mark: step.next, counted } satisfies Progress),
  );
  if (steps % needs.sizes.stepsInARun !== 0) return { kind: 'more' };
  await goOnInNewRun(needs, reconciliation, steps);
  return { kind: 'done' };
}

const beginning = (id: string, at: Instant): Progress => ({
  id: progressId(id),
  version: 0,
  at,
  steps: 0,
  mark: { in: 'files', folder: FOLDERS[0] },
  counted: NOTHING_COUNTED,
});

interface Step {
  readonly next: Mark;
  count(before: Counted): Counted;
}

async function filesStep(needs: CompareNeeds, id: string, mark: Mark & { readonly in: 'files' }): Promise<Step> {
  const { folder, from } = mark;
  const page = await needs.files.versionsUnder(folder, { most: needs.sizes.files, ...(from && { from }) });
  const found = await sideBySide(page.versions, async (listed) => {
    // Seen twice before it is said: what was changing at the first look is settled at the second.
    const first = await lookAt(needs, listed);
    const differences = first.length > 0 ? await lookAt(needs, listed) : first;
    const reported: Difference[] = [];
    for (const difference of differences) reported.push(await mendFile(needs, listed, difference, id));
    return reported;
  });
  const folders: readonly string[] = FOLDERS;
  const nextFolder = folders[folders.indexOf(folder) + 1];
  return {
    next: page.next
      ? { in: 'files', folder, from: page.next }
      : nextFolder
        ? { in: 'files', folder: nextFolder }
        : await firstClass(needs),
    count: (before) =>
      withDifferences(
        { ...before, files: before.files + page.versions.filter(({ marker }) => !marker).length },
        found.flat(),
      ),
  };
}

async function lookAt({ records, files, now }: CompareNeeds, listed: ListedVersion): Promise<readonly Compared[]> {
  const card = await records.get(retentionCards, cardIdOf(listed.key));
  const head = listed.marker || !card ? undefined : await files.head(listed.key, { versionId: listed.versionId });
  if (card && !listed.marker && !head) return [];
  const tags = head && (await files.tagsOf(listed));
  return compareFile({ listed, ...(head && { found: head }), ...(tags && { tags }) }, card, now());
}

async function cardsStep(needs: CompareNeeds, mark: Mark & { readonly in: 'cards' }): Promise<Step> {
  const { classId, from } = mark;
  const today = nyDate(needs.now());
  const page = await needs.records.ofSubject(retentionCards, classSubject(classId), {
    most: needs.sizes.cards,
    ...(from && { from }),
  });
  const found = await sideBySide(page.records, (card) => missingOf(needs, card));
  const classes = await classesKnown(needs.records, needs.printedClasses);
  const nextClass = classes.find((other) => other > classId);
  return {
    next: page.next
      ? { in: 'cards', classId, from: page.next }
      : nextClass
        ? { in: 'cards', classId: nextClass }
        : { in: 'end' },
    count: (before) =>
      withDifferences(
        page.records.reduce((sum, card) => withCard(sum, card, today), before),
        found.flat(),
      ),
  };
}

const firstClass = async (needs: CompareNeeds): Promise<Mark> => ({
  in: 'cards',
  classId: (await classesKnown(needs.records, needs.printedClasses))[0]!,
});

const isHere = ({ state }: RetentionCard): boolean => state === 'kept' || state === 'proposed';

/** The files a card names that the store does not have; of a card that is on its way out, none. */
async function missingOf({ records, files }: CompareNeeds, listed: RetentionCard): Promise<readonly Difference[]> {
  if (!isHere(listed)) return [];
  const missing = async (card: RetentionCard) => {
    const heads = await Promise.all(card.files.map(({ key, versionId }) => files.head(key, { versionId })));
    return card.files.filter((_, index) => !heads[index]);
  };
  if ((await missing(listed)).length === 0) return [];
  // The listing may be a moment old.
  const card = await records.get(retentionCards, listed.id);
  if (!card || !isHere(card)) return [];
  return (await missing(card)).map(({ key }) => ({
    kind: 'record-without-file',
    key,
    cardId: card.id,
    expected: 'the version the record names',
    found: 'nothing',
  }));
}

async function sideBySide<T, Found>(all: readonly T[], look: (one: T) => Promise<Found>): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (let from = 0; from < all.length; from += SIDE_BY_SIDE)
    found.push(...(await Promise.all(all.slice(from, from + SIDE_BY_SIDE).map(look))));
  return found;
}

async function goOnInNewRun({ records, now }: CompareNeeds, one: Reconciliation, steps: number): Promise<void> {
  const at = now();
  await records.write({
    at,
    by: { kind: 'system', id: 'reconciliation' },
    puts: [put(reconciliations, { ...one, dueAt: plusHours(at, 1) })],
    tells: [{ subject: reconciliationKey(one.id), act: 'reconciliation goes on in a new run', facts: { steps } }],
    notes: [runOf(one.id, `after-${steps}`)],
  });
}
