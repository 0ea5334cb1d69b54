/**
 * Whatever is done, in whatever order, by whomever, and whatever happens meanwhile: nothing is released without the
 * approvals of its ground, nothing after it ended, nothing for immigration enforcement. Random sequences of the real acts
 * run against a witness that keeps a log of its own (sequences/witness.ts).
 *
 * A sequence that fails is shrunk, and its steps are printed as sentences with the seed that makes it again.
 */
import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { GroundId } from '../../../policies/editions/disclosure-grounds.ts';
import { beginning } from './sequences/beginning.ts';
import { GROUND_IDS, TECHNOLOGIES } from './sequences/drafts.ts';
import { LIES, releaseAnything } from './sequences/lies.ts';
import { everySequence } from './sequences/sequence.ts';
import type { Beginning, World, Wrong } from './sequences/world.ts';

/** Of each technology: 10,000 together. */
const SEQUENCES = 2500;

let from: Beginning;
beforeAll(async () => {
  // Who meets a change tries again at once.
  vi.spyOn(Math, 'random').mockReturnValue(0);
  from = await beginning();
});

/** In how many sequences something happened. */
const tally = new Map<string, number>();
const times = (what: string): number => tally.get(what) ?? 0;
const count = (what: string) => tally.set(what, times(what) + 1);

function seen({ witness, cases }: World): void {
  count('a sequence');
  if (cases[0]) count(`began ${cases[0].began}`);
  for (const mark of witness.marks) count(mark);
}

describe('every sequence', () => {
  it.each(TECHNOLOGIES)(
    'about %s releases only what its ground allows',
    async (technology) => {
      await fc.assert(everySequence(from, { technology, seen }), { numRuns: SEQUENCES });
    },
    300_000,
  );

  it('is one of ten thousand, and on every ground many come to a release', () => {
    expect(times('a sequence')).toBe(SEQUENCES * TECHNOLOGIES.length);
    const shares = GROUND_IDS.map(
      (ground) => [ground, times(`released ${ground}`) / times(`began ${ground}`)] as const,
    );
    expect(shares.filter(([, share]) => !(share > 0.25))).toEqual([]);
    expect(times('released none')).toBeGreaterThan(0);
  });

  it.each([
    'approve',
    'decline',
    'ask-back',
    'narrowed',
    'released what was narrowed',
    'approved anew',
    'stopped',
    'refused',
    'withdrawn',
    'lapsed',
    'revoked',
    'not-collected',
    'received',
    'had file',
    'had package',
    'had passphrase',
  ])('has in many cases: %s', (mark) => {
    expect(times(mark)).toBeGreaterThan(10);
  });
});

describe('a department in which something is wrong is found out', () => {
  const found = async (wrong: Wrong, ground?: GroundId): Promise<string> => {
    const sequences = everySequence(from, { technology: 'mobile-x-ray', ground, wrong });
    // A fixed seed: which of several true complaints comes first is chance.
    const { errorInstance } = await fc.check(sequences, { numRuns: 2 * SEQUENCES, endOnFailure: true, seed: 20261129 });
    return String(errorInstance);
  };

  it.each(LIES)(
    'when %s',
    async (_, ground, lie, message) => {
      expect(await found({ lie }, ground)).toMatch(message);
    },
    120_000,
  );

  it('when a release asks no rule', async () => {
    expect(await found({ release: releaseAnything })).toMatch(/it is released, and/);
  });
});
