/**
 * The first step of a recalculation: lists the cards it is about into a file, once. A run that is started again works on
 * the same list, and passes over the batches that are done. Ids only; the list names nobody.
 *
 * Answers listed (with where), or settle: there is nothing to work out, or it is no longer the one that counts
 * Faults  RecordMissing (do not retry); RecordsBusy, ChangedMeanwhile, FilesBusy (retry)
 */
import { plusHours, type Instant } from '../../policies/instant.ts';
import { caseKey, cardsLine, cases } from '../case/contract.ts';
import type { Hold } from '../hold/contract.ts';
import { put } from '../records/change.ts';
import { RecordMissing } from '../records/faults.ts';
import type { Records } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { fenceTakesIn, recalculations, type Recalculation } from './contract.ts';
import { everyCard } from './every-card.ts';
import { namingOf, type Naming } from './named.ts';
import type { RecalculationNeeds } from './needs.ts';

export type Fetched =
  | { readonly kind: 'listed'; readonly bucket: string; readonly key: string }
  | { readonly kind: 'settle' };

/** How long a run has before the sweep starts it again; a second run beside the first does no harm. */
export const HOURS_TO_FINISH = 1;

export const listKeyOf = (recalculationId: string): string => `work/recalculations/${recalculationId}/cards.json`;

export async function fetchCards(
  needs: RecalculationNeeds,
  { recalculationId }: { readonly recalculationId: string },
): Promise<Fetched> {
  const { records, files } = needs;
  const recalculation = await recalculationIn(records, recalculationId);
  const naming = isOver(recalculation) ? undefined : await namingOf(records, recalculation);
  if (!naming) return { kind: 'settle' };
  const key = listKeyOf(recalculationId);
  const listed: Fetched = { kind: 'listed', bucket: files.bucket, key };
  if (recalculation.state === 'running') {
    if (recalculation.total === 0) return { kind: 'settle' };
    if (await files.head(key)) return listed;
  }
  if (naming.kind === 'hold') await holdItsCases(needs, naming.hold);
  const ids = [...new Set(await idsOf(records, recalculation, naming))];
  if (ids.length > 0) await files.put(key, ids);
  await untilWritten(() => begin(needs, recalculationId, ids.length));
  return ids.length > 0 ? listed : { kind: 'settle' };
}

export const isOver = ({ state }: Recalculation): boolean => state === 'whole' || state === 'abandoned';

export async function recalculationIn(records: Pick<Records, 'get'>, id: string): Promise<Recalculation> {
  const found = await records.get(recalculations, id);
  if (!found) throw new RecordMissing(`recalculation ${id} is not on record; the note that started it names another`);
  return found;
}

async function begin({ records, now }: RecalculationNeeds, id: string, total: number): Promise<void> {
  const before = await recalculationIn(records, id);
  if (isOver(before) || (before.state === 'running' && before.total === total)) return;
  const at: Instant = now();
  await records.write({
    at,
    by: { kind: 'system', id: 'recalculation' },
    puts: [put(recalculations, { ...before, state: 'running', total, dueAt: plusHours(at, HOURS_TO_FINISH) })],
    tells: [{ subject: before.subject, act: 'dates being worked out', facts: { recalculation: id, cards: total } }],
  });
}

/** Of a hold on cases: written on each before its cards are listed, so that what is filed later has it from the start. */
async function holdItsCases({ records, now }: RecalculationNeeds, { id, state, scope }: Hold): Promise<void> {
  if (state !== 'placing' || scope.kind !== 'cases') return;
  for (const caseNumber of scope.caseNumbers)
    await untilWritten(async () => {
      const one = await records.get(cases, caseNumber);
      if (!one || one.holdIds.includes(id)) return;
      await records.write({
        at: now(),
        by: { kind: 'system', id: 'recalculation' },
        puts: [put(cases, { ...one, holdIds: [...one.holdIds, id] })],
        tells: [{ subject: caseKey(caseNumber), act: 'hold placed on the case', facts: { hold: id } }],
      });
    });
}

async function idsOf(records: Records, { scope }: Recalculation, naming: Naming): Promise<readonly string[]> {
  switch (scope.kind) {
    case 'cards':
      return scope.ids;
    case 'case':
      return ofCases(records, [scope.caseNumber]);
    case 'hold':
      return naming.kind === 'hold' ? ofHold(records, naming.hold) : [];
    case 'all': {
      const ids: string[] = [];
      for await (const page of everyCard(records)) for (const { id } of page) ids.push(id);
      return ids;
    }
  }
}

/** What is kept for these cases, and for every case that was merged into one of them. */
async function ofCases(records: Records, caseNumbers: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(caseNumbers.map((number) => records.get(cases, number)));
  const numbers = [...new Set([...caseNumbers, ...found.flatMap((one) => one?.mergedFrom ?? [])])];
  return (await Promise.all(numbers.map((number) => records.linesOf(cardsLine(number))))).flat();
}

/** What it takes in; when it is released also what it took in before, whatever has become of that since. */
async function ofHold(records: Records, { id, scope }: Hold): Promise<readonly string[]> {
  if (scope.kind === 'records') return scope.ids;
  if (scope.kind === 'cases') return ofCases(records, scope.caseNumbers);
  const entry = { holdId: id, matching: scope.matching };
  const ids: string[] = [];
  for await (const page of everyCard(records))
    for (const card of page) if (card.holdIds.includes(id) || fenceTakesIn(entry, card, [])) ids.push(card.id);
  return ids;
}
