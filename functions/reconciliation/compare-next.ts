/**
 * One step of a comparison: page after page of the store against the cards, then of the cards of each class against the
 * store, until the step has looked at enough. How far it came is kept on condition of its version, so a step that runs
 * twice is counted once. After the last page it ends the comparison.
 *
 * Answers more, done (also for a comparison that has ended, or that a new run goes on with)
 * Faults  RecordMissing (do not retry); RecordsBusy, ChangedMeanwhile, FilesBusy (retry)
 */
import { plusHours, type Instant } from '../../policies/instant.ts';
import { put } from '../records/change.ts';
import { RecordMissing } from '../records/faults.ts';
import { classesKnown } from './classes-known.ts';
import {
  BEGINNING,
  comparePageOfCards,
  comparePageOfFiles,
  type Classes,
  type ComparePageNeeds,
} from './compare-page.ts';
import {
  NOTHING_COUNTED,
  progresses,
  progressId,
  reconciliationKey,
  reconciliations,
  runOf,
  type Progress,
  type Reconciliation,
} from './contract.ts';
import { endReconciliation, type EndNeeds } from './end-reconciliation.ts';

export interface CompareNeeds extends ComparePageNeeds, Pick<EndNeeds, 'log'> {
  /** The class ids of the printed schedules. */
  readonly printedClasses: readonly string[];
  readonly sizes: Sizes;
}

/** How many versions or cards a page has at most, how many a step looks at, and how many steps a run has. */
export interface Sizes {
  readonly page: number;
  readonly step: number;
  readonly stepsInARun: number;
}

/**
 * With a few answers of a few milliseconds for each file or card a step is well below its time. A run may have 25,000
 * events, and a step takes seven of them.
 */
export const SIZES: Sizes = { page: 500, step: 1_000, stepsInARun: 2_000 };

export async function compareNext(
  needs: CompareNeeds,
  { reconciliationId: id }: { readonly reconciliationId: string },
): Promise<{ readonly kind: 'more' | 'done' }> {
  const reconciliation = await needs.records.get(reconciliations, id);
  if (!reconciliation)
    throw new RecordMissing(`reconciliation ${id} is not in the records; it is written before its run starts`);
  if (reconciliation.state !== 'running') return { kind: 'done' };
  const before = (await needs.records.get(progresses, progressId(id))) ?? beginning(id, needs.now());
  const progress = before.mark.in === 'end' ? before : await compared(needs, id, before);
  if (progress.mark.in === 'end') {
    await endReconciliation(needs, id, progress.counted);
    return { kind: 'done' };
  }
  if (progress.steps % needs.sizes.stepsInARun !== 0) return { kind: 'more' };
  await goOnInNewRun(needs, reconciliation, progress.steps);
  return { kind: 'done' };
}

const beginning = (id: string, at: Instant): Progress => ({
  id: progressId(id),
  version: 0,
  at,
  steps: 0,
  mark: BEGINNING,
  counted: NOTHING_COUNTED,
});

/** Looks at as much as a step may, and keeps how far that came. */
async function compared(needs: CompareNeeds, id: string, before: Progress): Promise<Progress> {
  const { page: aPage, step: aStep } = needs.sizes;
  const classes = (await classesKnown(needs.records, needs.printedClasses)) as Classes;
  let { mark, counted } = before;
  for (let looked = 0; looked < aStep && mark.in !== 'end';) {
    const most = Math.min(aPage, aStep - looked);
    const page =
      mark.in === 'files'
        ? await comparePageOfFiles(needs, id, mark, most, classes)
        : await comparePageOfCards(needs, mark, most, classes);
    looked += page.looked;
    mark = page.next;
    counted = page.count(counted);
  }
  const after: Progress = { ...before, at: needs.now(), steps: before.steps + 1, mark, counted };
  await needs.records.keep(put(progresses, after));
  return after;
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
