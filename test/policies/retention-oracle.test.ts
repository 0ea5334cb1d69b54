/** The rules of retention against a second reading of the same table, over 100,000 cases at random. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { howLongIsItKept } from '../../policies/rules/how-long-is-it-kept.ts';
import { drawings } from './retention-cases.ts';
import { differences } from './retention-differences.ts';
import { oracle } from './retention-oracle.ts';

const CASES = 100_000;
const PARTS = [1, 2, 3, 4];

describe('how long it is kept, read twice', () => {
  it.each(PARTS)(
    `XR21-RET-04 to RET-13, LPR26-RET-07: comes to the same at random, part %i of ${PARTS.length}`,
    { timeout: 180_000 },
    () => {
      fc.assert(
        fc.property(drawings, (one) => {
          const found = differences(one, howLongIsItKept);
          if (found.length > 0) throw new Error(found.join('; '));
        }),
        { numRuns: CASES / PARTS.length, endOnFailure: true },
      );
    },
  );

  it('is asked of records that come to every kind of answer', () => {
    const verdicts = fc
      .sample(drawings, { numRuns: 5000, seed: 4 })
      .map(({ facts, told, now }) => oracle(facts, told, now));
    const kinds = Object.groupBy(verdicts, (one) =>
      one.kind === 'keep' ? one.because : one.approved ? 'approved' : 'shown',
    );
    const classes = new Set(verdicts.flatMap((one) => one.classIds));
    expect(Object.fromEntries(Object.entries(kinds).map(([kind, of]) => [kind, of!.length > 100]))).toEqual({
      open: true,
      permanent: true,
      unknown: true,
      held: true,
      shown: true,
      approved: true,
    });
    expect(classes.size).toBeGreaterThanOrEqual(15);
    expect(verdicts.filter((one) => one.kind === 'until').length).toBeGreaterThan(1500);
    expect(verdicts.filter((one) => one.kind === 'until' && one.date.endsWith('-03-01')).length).toBeGreaterThan(50);
  });
});
