/**
 * Whether a recalculation is still the one that is named by what it is for. A newer change names its own in its place,
 * and then nothing this one wrote counts: the newer one writes over it.
 */
import { cases, type Case } from '../case/contract.ts';
import { holds, type Hold } from '../hold/contract.ts';
import type { Records } from '../records/records.aws.ts';
import { everyFence, schedules, type Fence, type Recalculation, type ScheduleRecord } from './contract.ts';

/** What names it, as it was read; undefined when nothing does any more. */
export type Naming =
  | { readonly kind: 'cases'; readonly cases: readonly Case[] }
  | { readonly kind: 'hold'; readonly hold: Hold; readonly copies: readonly Fence[] }
  | { readonly kind: 'everything'; readonly copies: readonly Fence[] }
  | { readonly kind: 'dry-run'; readonly schedule: ScheduleRecord }
  /** Single cards: nothing waits for them, since what they said before counts until then. */
  | { readonly kind: 'nothing' };

export async function namingOf(
  records: Pick<Records, 'get'>,
  { id, scope, dryRun }: Recalculation,
): Promise<Naming | undefined> {
  switch (scope.kind) {
    case 'cards':
      return { kind: 'nothing' };
    case 'case': {
      const one = await records.get(cases, scope.caseNumber);
      if (one?.recalculationId !== id) return undefined;
      const merged = await Promise.all(one.mergedFrom.map((number) => records.get(cases, number)));
      return { kind: 'cases', cases: [one, ...merged.flatMap((each) => (each?.recalculationId === id ? [each] : []))] };
    }
    case 'hold': {
      const hold = await records.get(holds, scope.holdId);
      return hold?.recalculationId === id ? { kind: 'hold', hold, copies: await everyFence(records) } : undefined;
    }
    case 'all': {
      if (dryRun) {
        const schedule = await records.get(schedules, scope.scheduleId);
        return schedule?.dryRunId === id ? { kind: 'dry-run', schedule } : undefined;
      }
      const copies = await everyFence(records);
      return copies.every(({ recalculationId }) => recalculationId === id) ? { kind: 'everything', copies } : undefined;
    }
  }
}
