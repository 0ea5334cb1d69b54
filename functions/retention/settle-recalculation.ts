/**
 * The last step of a recalculation: makes it whole, in one transaction with what named it. From then on its dates count;
 * until then none does. One that is named no longer ends abandoned, and whatever it wrote is written over by the newer.
 *
 * Answers whole or abandoned
 * Faults  RecordMissing (do not retry); RecordsBusy, ChangedMeanwhile (retry), also while the index still lags behind
 */
import { caseKey, cases, type Case } from '../case/contract.ts';
import { holdKey, holds, type Hold } from '../hold/contract.ts';
import { put, type Change, type Put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import { RecordsBusy } from '../records/faults.ts';
import type { Told } from '../records/ledger.ts';
import type { Records } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { fencePuts, recalculations, schedules, type Fence, type Recalculation } from './contract.ts';
import { isOver, recalculationIn } from './fetch-cards.ts';
import { namingOf, type Naming } from './named.ts';
import type { RecalculationNeeds } from './needs.ts';
import { progressOf } from './progress.ts';

export type Settled = { readonly kind: 'whole' | 'abandoned' };

export async function settleRecalculation(
  needs: RecalculationNeeds,
  { recalculationId }: { readonly recalculationId: string },
): Promise<Settled> {
  const { records, now } = needs;
  return untilWritten(async (): Promise<Settled> => {
    const { done, counts } = await progressOf(records, recalculationId);
    const { dueAt: _, ...before } = await recalculationIn(records, recalculationId);
    if (isOver(before)) return { kind: before.state === 'whole' ? 'whole' : 'abandoned' };
    const naming = await namingOf(records, before);
    const at = now();
    const ended = { ...before, endedAt: at, counts };
    if (!naming) {
      await records.write(changeOf({ ...ended, state: 'abandoned' }, [], []));
      return { kind: 'abandoned' };
    }
    if (done < (before.total ?? Infinity))
      throw new RecordsBusy(
        `recalculation ${recalculationId}: the index lists ${done} of ${before.total ?? 'unlisted'} cards as done; look again in a moment`,
      );
    const named = await release(records, ended, naming);
    await records.write(changeOf({ ...ended, state: 'whole' }, named.puts, named.tells));
    return { kind: 'whole' };
  });
}

function changeOf(recalculation: Recalculation, puts: readonly Put[], tells: readonly Told[]): Change {
  const { id, state, total, counts, subject, endedAt, dryRun } = recalculation;
  const act = state === 'abandoned' ? 'working out of dates given up for a newer one' : dryRun ? 'dates tried' : WHOLE;
  const facts = { recalculation: id, cards: total ?? 0, ...counts };
  return {
    at: endedAt!,
    by: { kind: 'system', id: 'recalculation' },
    puts: [put(recalculations, recalculation), ...puts],
    tells: [{ subject, act, facts }, ...tells.filter((told) => told.subject !== subject)],
  };
}

const WHOLE = 'dates worked out';

/** What names it, without naming it any more; of a hold also what becomes of it. */
async function release(
  records: Records,
  { id, cause, counts }: Recalculation,
  naming: Naming,
): Promise<{ readonly puts: readonly Put[]; readonly tells: readonly Told[] }> {
  switch (naming.kind) {
    case 'nothing':
      return { puts: [], tells: [] };
    case 'cases':
      return {
        puts: naming.cases.map((one) => put(cases, unnamed(one))),
        tells: naming.cases.map((one) => ({ subject: caseKey(one.id), act: WHOLE, facts: { recalculation: id } })),
      };
    case 'everything':
      return { puts: fencePuts(naming.copies, (copy) => unnamed(copy)), tells: [] };
    case 'dry-run': {
      const { schedule } = naming;
      const tried = schedule.state === 'draft' ? { ...schedule, state: 'tried' as const } : schedule;
      return {
        puts: [put(schedules, tried)],
        tells: [
          { subject: keyOf('schedule', schedule.id), act: 'schedule tried', facts: { recalculation: id, ...counts } },
        ],
      };
    }
    case 'hold': {
      const { hold, copies } = naming;
      const state = cause === 'hold-released' ? 'released' : 'placed';
      const rest = await restOfEntry(records, hold, state);
      return {
        puts: [
          put(holds, { ...unnamed(hold), state }),
          ...fencePuts(copies, (copy) => ({
            ...copy,
            holds: copy.holds.flatMap((entry) => (entry.holdId === hold.id ? rest(entry) : [entry])),
          })),
        ],
        tells: [{ subject: holdKey(hold.id), act: `hold ${state} on every record`, facts: { recalculation: id } }],
      };
    }
  }
}

function unnamed<T extends { readonly recalculationId?: string }>({ recalculationId: _, ...one }: T) {
  return one;
}

type Entry = Fence['holds'][number];

/**
 * What stays of a hold on the fence. Of one that is placed: what it matches, which takes in what is kept later; and cases
 * that do not carry it, as those that are not on file yet. Of one that is released, nothing.
 */
async function restOfEntry(
  records: Pick<Records, 'get'>,
  { id, scope }: Hold,
  state: 'placed' | 'released',
): Promise<(entry: Entry) => readonly Entry[]> {
  if (state === 'released') return () => [];
  if (scope.kind === 'matching') return (entry) => [entry];
  if (scope.kind === 'records') return () => [];
  const found: readonly (Case | undefined)[] = await Promise.all(
    scope.caseNumbers.map((caseNumber) => records.get(cases, caseNumber)),
  );
  const unknown = scope.caseNumbers.filter((_, place) => !found[place]?.holdIds.includes(id));
  return ({ holdId }) => (unknown.length > 0 ? [{ holdId, cases: unknown }] : []);
}
