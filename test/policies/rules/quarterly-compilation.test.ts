import { describe, expect, it } from 'vitest';
import { FactMalformed } from '../../../policies/faults.ts';
import {
  correctedCompilation,
  quarterlyCompilation,
  type QuarterFacts,
  type ToldBreach,
} from '../../../policies/rules/quarterly-compilation.ts';
import { under } from '../disclosure-facts.ts';
import { at, NOW } from '../facts.ts';

const breach = (id: string, change: Partial<ToldBreach> = {}): ToldBreach => ({
  id,
  at: at('2026-11-02T12:00:00-05:00'),
  technology: 'mobile-x-ray',
  recipient: 'news-media',
  cause: 'no-ground',
  notice: 'people-told',
  ...change,
});
const compiled = (breaches: readonly ToldBreach[], change: Partial<QuarterFacts> = {}) =>
  quarterlyCompilation(
    { quarter: { year: 2026, quarter: 4 }, breaches, exigent: [], immigrationRequests: [], ...change },
    under('xray-2026'),
    NOW,
  );
const many = (count: number, change: Partial<ToldBreach> = {}, name = 'B') =>
  Array.from({ length: count }, (_, index) => breach(`${name}-${index}`, change));

describe('the compilation of a quarter', () => {
  it('XR26-EXT-22: counts each breach once, however often it is told', () => {
    expect(compiled([...many(7), ...many(7)]).parts[0]).toMatchObject({ about: 'breaches', total: 7 });
  });

  it('XR26-EXT-22: counts by the quarter in New York', () => {
    const edges = [
      '2026-10-01T03:59:59.999Z',
      '2026-10-01T04:00:00Z',
      '2027-01-01T04:59:59.999Z',
      '2027-01-01T05:00:00Z',
    ];
    const breaches = edges.flatMap((edge, index) => many(6, { at: at(edge) }, `E${index}`));
    expect(compiled(breaches).parts[0]?.total).toBe(12);
  });

  it('house-smallest-count-shown: pools what is small, and breaks nothing down when all is small', () => {
    const [first] = compiled([
      ...many(9),
      ...many(6, { cause: 'wrong-recipient' }, 'C'),
      ...many(2, { cause: 'other' }, 'D'),
    ]).parts;
    expect(first?.tables.find(({ by }) => by === 'cause')).toEqual({
      by: 'cause',
      rows: [{ category: 'no-ground', count: 9 }],
      others: { count: 8 },
    });
    expect(compiled(many(4)).parts[0]).toMatchObject({ total: 'small', tables: Array(4).fill({ rows: [] }) });
  });

  it('names the law each part answers, and no id of any breach', () => {
    const { parts } = compiled(many(9));
    expect(parts.map(({ answers }) => answers)).toEqual([
      ['XR26-EXT-22', 'nyc-23-1202-c-4-report'],
      ['nyc-23-1202-d', 'nyc-23-1202-c-4-report'],
      ['nyc-10-178-d-report'],
    ]);
    expect(JSON.stringify(parts)).not.toContain('B-');
  });

  it.each([
    ['portable-device-2026', 'PED26-EXT-08'],
    ['digital-camera-2026', 'CAM26-EXT-08'],
    ['plate-reader-2026', 'LPR26-EXT-09'],
    ['xray-2021', 'XR21-EXT-09'],
  ])('under %s answers %s', (id, clause) => {
    const facts = { quarter: { year: 2026, quarter: 4 }, breaches: [], exigent: [], immigrationRequests: [] } as const;
    expect(quarterlyCompilation(facts, under(id), NOW).parts[0]?.answers[0]).toBe(clause);
  });

  it('cannot count what is told in two ways, or in a category that is none', () => {
    expect(() => compiled([breach('B-1'), breach('B-1', { cause: 'other' })])).toThrow(FactMalformed);
    expect(() => compiled([breach('B-1', { cause: 'bad luck' as never })])).toThrow(FactMalformed);
    expect(() => compiled([], { quarter: { year: 2026, quarter: 5 as never } })).toThrow(FactMalformed);
  });

  it('nyc-10-178-d-report: counts requests for help with immigration enforcement by who asked', () => {
    const immigrationRequests = Array.from({ length: 8 }, (_, index) => ({
      id: `I-${index}`,
      at: NOW,
      technology: 'license-plate-reader' as const,
      agency: 'federal' as const,
      purpose: 'civil-provisions',
    }));
    expect(compiled([], { immigrationRequests }).parts[2]).toMatchObject({
      total: 8,
      tables: [{ by: 'agency' }, { by: 'technology' }, { by: 'purpose' }],
    });
  });
});

describe('the compilation of a quarter that was sent before', () => {
  const facts = (breaches: readonly ToldBreach[]): QuarterFacts => ({
    quarter: { year: 2026, quarter: 4 },
    breaches,
    exigent: [],
    immigrationRequests: [],
  });
  const first = compiled(many(9));

  it('house-smallest-count-shown: tells of what has changed only the total, and not by how few', () => {
    const again = correctedCompilation(
      facts([...many(9), breach('late')]),
      { compilations: [first], changed: ['breaches'] },
      under('xray-2026'),
      NOW,
    );
    expect(again.parts[0]).toMatchObject({ total: { between: [5, 13] }, tables: [], corrected: true });
    expect(again.parts.slice(1)).toEqual(first.parts.slice(1));
    const more = correctedCompilation(
      facts(many(19)),
      { compilations: [first, again], changed: ['breaches'] },
      under('xray-2026'),
      NOW,
    );
    expect(more.parts[0]).toMatchObject({ total: 19, tables: [], corrected: true });
  });

  it('tells what has not changed in the same words', () => {
    expect(
      correctedCompilation(facts(many(9)), { compilations: [first], changed: [] }, under('xray-2026'), NOW),
    ).toEqual(first);
  });
});
