/**
 * Which counts of a table may be shown without giving a small one away?
 *
 * A count from 1 up to the house's limit could point at a person. Leaving it out alone does not help: whoever
 * has the total subtracts the rest. So every category with few or none is put into one row, "all others", with
 * their sum and without saying which of them are empty; and while that sum would itself give one away, the
 * next smallest counts join it, all of a size together. When the whole is small nothing is broken down and not
 * even the total is shown. No small count follows from what is shown, even for someone who knows this rule; a
 * test tries every table up to a size.
 *
 * A whole that is told again after it has changed gives away by how much. So its new total is told only when it lies
 * as far from every total that is still possible; otherwise between which bounds it lies, and nothing is broken down.
 *
 * Units   counts are whole numbers from 0
 * Answers the total or 'small', the rows that may be shown in the order given, and the sum of all others; of what
 *         follows something told before, the total, 'small', or its bounds
 * Throws  FactMalformed for a count that is not a whole number from 0
 * Source  house-smallest-count-shown; nyc-23-1202-c-4-report (anonymized)
 */
import type { PublishedPolicy } from '../editions/edition.ts';
import { FactMalformed } from '../faults.ts';
import type { Instant } from '../instant.ts';

export interface Count {
  readonly category: string;
  readonly count: number;
}

export interface ShownCounts {
  readonly total: number | 'small';
  readonly rows: readonly Count[];
  /** The categories that are not in `rows`, together; absent when none is pooled or nothing is broken down. */
  readonly others?: { readonly count: number };
}

export function whichCountsMayBeShown(
  counts: readonly Count[],
  { house }: Pick<PublishedPolicy, 'house'>,
  _now: Instant,
): ShownCounts {
  const least = house.smallestCountShown.count;
  const wrong = counts.find(({ count }) => !Number.isInteger(count) || count < 0);
  if (wrong)
    throw new FactMalformed(`category ${wrong.category} has ${wrong.count} of something; give a whole number from 0`);

  const total = sumOf(counts);
  if (total > 0 && total < least) return { total: 'small', rows: [] };
  const isSmall = ({ count }: Count) => count > 0 && count < least;
  if (!counts.some(isSmall)) return { total, rows: counts };

  let pooled = counts.filter(({ count }) => count < least);
  let rows = counts.filter((one) => !pooled.includes(one));
  while (givesAway(pooled, least) && rows.length > 0) {
    const smallest = Math.min(...rows.map(({ count }) => count));
    pooled = [...pooled, ...rows.filter(({ count }) => count === smallest)];
    rows = rows.filter(({ count }) => count !== smallest);
  }
  return { total, rows, others: { count: sumOf(pooled) } };
}

/** A total as it was told: the number, that it is small, or the bounds it was left between. */
export type ToldTotal = number | 'small' | { readonly between: readonly [from: number, to: number] };

/**
 * How the total of a whole may be told that was told before and has changed since. What is answered depends on what
 * was told and on the total alone, and every total that is not told shares its bounds with at least four others.
 */
export function whichTotalMayFollow(
  told: readonly ToldTotal[],
  total: number,
  { house }: Pick<PublishedPolicy, 'house'>,
  _now: Instant,
): ToldTotal {
  const least = house.smallestCountShown.count;
  const most = least - 1;
  const boundsOf = (one: ToldTotal): readonly [number, number] =>
    one === 'small' ? [1, most] : typeof one === 'number' ? [one, one] : one.between;
  const bounds = told.map(boundsOf);
  const isSmall = total > 0 && total < least;
  const [from, to] = boundsOf(isSmall ? 'small' : total);
  if (bounds.every(([low, high]) => from - high >= least || low - to >= least)) return isSmall ? 'small' : total;

  const lowest = Math.min(...bounds.map(([low]) => low));
  // Small totals are all told alike: where one of them is among the hidden, all are.
  const floor = lowest - most < least ? Math.min(1, Math.max(0, lowest - most)) : lowest - most;
  return { between: [floor, Math.max(...bounds.map(([, high]) => high)) + most] };
}

/** A sum that is small itself, as that of one category alone is, or one that only the largest small counts can make. */
function givesAway(pooled: readonly Count[], least: number): boolean {
  const sum = sumOf(pooled);
  const areAllSmall = pooled.every(({ count }) => count < least);
  return sum < least || (areAllSmall && sum === (least - 1) * pooled.length);
}

const sumOf = (counts: readonly Count[]) => counts.reduce((sum, { count }) => sum + count, 0);
