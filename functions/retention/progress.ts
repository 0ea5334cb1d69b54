/** How far a recalculation has come: the parts that are done, summed. Each batch counts once, however often it was done. */
import { keyOf } from '../records/entity.ts';
import type { Records } from '../records/records.aws.ts';
import { recalculationParts, type RecalculationCounts } from './contract.ts';
import { addCounts, NO_COUNTS } from './counts.ts';
import { pagesOf } from './pages-of.ts';

export interface Progress {
  readonly done: number;
  readonly counts: RecalculationCounts;
}

export async function progressOf(records: Pick<Records, 'ofSubject'>, recalculationId: string): Promise<Progress> {
  let done = 0;
  let counts = NO_COUNTS;
  for await (const page of pagesOf(records, recalculationParts, keyOf('recalculation', recalculationId)))
    for (const part of page) {
      done += part.cards;
      counts = addCounts(counts, part.counts);
    }
  return { done, counts };
}
