/**
 * Reads where a breach stands and answers the workflow: ask (and for how many seconds to wait after it), or how it ended.
 * Writes nothing, so it can be asked as often as it is woken.
 */
import { msBetween, type Instant } from '../../policies/instant.ts';
import { RecordMissing } from '../records/faults.ts';
import type { Records } from '../records/records.aws.ts';
import { policyOf, reportsOf } from './clock-of.ts';
import { breaches, type Breach } from './contract.ts';
import { planOf } from './stage.ts';

export interface StepNeeds {
  readonly records: Records;
  readonly now: () => Instant;
}

/**
 * A stage that is done now is done a moment later, by a function that has to start first, and the next is counted from
 * then: with less than this a wait would end just before it, and cost a turn. Engineering, not law.
 */
export const TIME_TO_ASK_SECONDS = 5;

/** How the workflow goes on. */
export type Onward = { readonly kind: 'ask'; readonly seconds: number } | { readonly kind: 'closed' | 'no-violation' };

export async function checkBreach(needs: StepNeeds, { breachId }: { readonly breachId: string }): Promise<Onward> {
  const breach = await breachOf(needs, breachId);
  if (breach.state === 'closed' || breach.state === 'no-violation') return { kind: breach.state };
  const now = needs.now();
  const { due, until } = planOf(breach, await reportsOf(needs.records, breach), policyOf(breach), now);
  const seconds = Math.max(1, Math.ceil(msBetween(now, until) / 1000));
  return { kind: 'ask', seconds: due.length > 0 ? seconds + TIME_TO_ASK_SECONDS : seconds };
}

export async function breachOf({ records }: Pick<StepNeeds, 'records'>, id: string): Promise<Breach> {
  const breach = await records.get(breaches, id);
  if (!breach) throw new RecordMissing(`breach ${id} is not in the table; a workflow was started for it`);
  return breach;
}
