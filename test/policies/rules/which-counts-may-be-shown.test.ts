import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FactMalformed } from '../../../policies/faults.ts';
import {
  whichCountsMayBeShown,
  whichTotalMayFollow,
  type ShownCounts,
  type ToldTotal,
} from '../../../policies/rules/which-counts-may-be-shown.ts';
import { NOW, UNDER_2026 } from '../facts.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e'];
const shown = (...counts: readonly number[]) =>
  whichCountsMayBeShown(
    counts.map((count, index) => ({ category: NAMES[index]!, count })),
    UNDER_2026,
    NOW,
  );
const brief = ({ total, rows, others }: ShownCounts) =>
  `${rows.map(({ category, count }) => `${category}${count}`).join(' ')} others ${others?.count ?? '-'} of ${total}`;

/** Every way to spread up to `most` over some categories. */
function* tables(categories: number, most: number): Generator<readonly number[]> {
  if (categories === 0) return yield [];
  for (let first = 0; first <= most; first += 1) {
    for (const rest of tables(categories - 1, most - first)) yield [first, ...rest];
  }
}

describe('the counts of a table', () => {
  it.each([
    [[0, 0, 0], 'a0 b0 c0 others - of 0'],
    [[5, 0, 9], 'a5 b0 c9 others - of 14'],
    [[1, 0, 0], ' others - of small'],
    [[2, 2, 0], ' others - of small'],
    [[9, 1, 0], ' others 10 of 10'],
    [[9, 7, 1], 'a9 others 8 of 17'],
    [[9, 3, 3, 0], 'a9 others 6 of 15'],
    [[9, 4, 4], ' others 17 of 17'],
    [[5, 5, 5, 1], ' others 16 of 16'],
  ])('house-smallest-count-shown: %j are shown as "%s"', (counts, text) => {
    expect(brief(shown(...counts))).toBe(text);
  });

  it.each([
    [2, 24],
    [3, 22],
    [4, 18],
    [5, 13],
  ])(
    'of %i categories never give a hidden one away, in any table of up to %i, to someone who knows the rule',
    (categories, most) => {
      const sources = new Map<string, { readonly hidden: readonly number[]; readonly values: ReadonlySet<number>[] }>();
      for (const counts of tables(categories, most)) {
        const answer = shown(...counts);
        const named = new Set(answer.rows.map(({ category }) => category));
        const hidden = counts.flatMap((_, index) => (named.has(NAMES[index]!) ? [] : [index]));
        const known = sources.get(brief(answer)) ?? { hidden, values: hidden.map(() => new Set<number>()) };
        hidden.forEach((index, place) => (known.values[place] as Set<number>).add(counts[index]!));
        sources.set(brief(answer), known);
      }
      const certain = [...sources].filter(([, { values }]) => values.some((possible) => possible.size < 2));
      expect(certain.map(([text]) => text)).toEqual([]);
    },
  );

  it('never show a count from 1 to 4, in a row, as a sum, as a total, or as what subtraction leaves', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 5 }), (counts) => {
        const { total, rows, others } = shown(...counts);
        const left = total === 'small' ? 0 : total - rows.reduce((sum, { count }) => sum + count, 0);
        const seen = [...rows.map(({ count }) => count), ...(others ? [others.count] : []), total, left];
        expect(seen.filter((one) => one !== 'small' && one > 0 && one < 5)).toEqual([]);
      }),
    );
  });

  it('are whole numbers from 0', () => {
    expect(() => shown(-1)).toThrow(FactMalformed);
    expect(() => shown(1.5)).toThrow(FactMalformed);
  });
});

describe('a total that is told again', () => {
  const LEAST = 5;
  const told = (...totals: readonly number[]): readonly ToldTotal[] =>
    totals.reduce<readonly ToldTotal[]>(
      (before, total) =>
        before.length === 0 ? [shown(total).total] : [...before, whichTotalMayFollow(before, total, UNDER_2026, NOW)],
      [],
    );

  it.each([
    [[7, 8], [7, { between: [1, 11] }]],
    [[7, 12], [7, 12]],
    [[3, 6], ['small', { between: [0, 8] }]],
    [[3, 9], ['small', 9]],
    [[0, 1], [0, { between: [0, 4] }]],
    [[20, 4], [20, 'small']],
    [[20, 21, 22], [20, { between: [16, 24] }, { between: [12, 28] }]],
  ])('house-smallest-count-shown: of %j is told %j', (totals, expected) => {
    expect(told(...totals)).toEqual(expected);
  });

  it('never gives a small total or a small difference away, in any three sendings of up to 26', () => {
    const possible = new Map<string, (readonly number[])[]>();
    const upTo = Array.from({ length: 27 }, (_, total) => total);
    for (const one of upTo)
      for (const two of upTo)
        for (const three of upTo) {
          const text = JSON.stringify(told(one, two, three));
          possible.set(text, [...(possible.get(text) ?? []), [one, two, three]]);
        }
    const givesAway = (values: readonly number[]): boolean => {
      const [only, ...others] = new Set(values.map(Math.abs));
      return others.length === 0 && only! > 0 && only! < LEAST;
    };
    const certain = [...possible].filter(([, all]) =>
      [0, 1, 2].some(
        (place) =>
          givesAway(all.map((totals) => totals[place]!)) ||
          givesAway(all.map((totals) => totals[place]! - totals[(place + 1) % 3]!)),
      ),
    );
    expect(certain.map(([text]) => text)).toEqual([]);
  });
});
