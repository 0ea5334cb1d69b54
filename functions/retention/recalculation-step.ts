/** Which step of the workflow recalculation is asked for, and what it is given. */
import { fetchCards } from './fetch-cards.ts';
import type { RecalculationNeeds } from './needs.ts';
import { settleRecalculation } from './settle-recalculation.ts';
import { writeDates } from './write-dates.ts';

export type RecalculationStep = { readonly recalculationId: string } & (
  | { readonly step: 'fetch' | 'settle' }
  | { readonly step: 'dates'; readonly ids: readonly string[] }
);

export async function recalculationStep(needs: RecalculationNeeds, given: RecalculationStep): Promise<object> {
  if (given.step === 'fetch') return fetchCards(needs, given);
  return given.step === 'dates' ? writeDates(needs, given) : settleRecalculation(needs, given);
}
