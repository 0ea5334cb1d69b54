/**
 * Whatever is done, in whatever order, by whomever, and whatever happens meanwhile: nothing is released without the
 * approvals of its ground, nothing after it ended, nothing for immigration enforcement. Random sequences of the real acts
 * run against a witness that keeps a log of its own (sequences/witness.ts).
 */
import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { GroundId } from '../../../policies/editions/disclosure-grounds.ts';
import { beginning } from './sequences/beginning.ts';
import { GROUND_IDS, TECHNOLOGIES } from './sequences/drafts.ts';
import { LIES, releaseAnything } from './sequences/lies.ts';
import { everySequence } from './sequences/sequence.ts';
import type { Beginning, World, Wrong } from './sequences/world.ts';

const RUNS = Number(process.env.RUNS ?? 2500);

let from: Beginning;
beforeAll(async () => {
  // Who meets a change tries again at once.
  vi.spyOn(Math, 'random').mockReturnValue(0);
  from = await beginning();
});

const tally = new Map<string, number>();
const count = (what: string) => tally.set(what, (tally.get(what) ?? 0) + 1);
const seen = ({ witness, cases }: World): void => {
  count('sequences');
  if (cases[0]) count(`began ${cases[0].choice.ground}`);
  for (const mark of witness.marks) count(mark);
};

describe('every sequence', () => {
  it.each(TECHNOLOGIES)(
    'of %s keeps to the grounds',
    async (technology) => {
      const t = performance.now();
      await fc.assert(everySequence(from, { technology, seen }), { numRuns: RUNS });
      console.log(technology, (performance.now() - t) / 1000);
    },
    300_000,
  );

  it('comes anywhere', () => {
    console.log(
      [...tally]
        .toSorted()
        .map(([a, b]) => `${a}: ${b}`)
        .join('\n'),
    );
    expect(tally.get('sequences')).toBe(RUNS * TECHNOLOGIES.length);
    expect(GROUND_IDS).toBeDefined();
  });
});

describe('what is wrong is found', () => {
  const found = async (wrong: Wrong, ground?: GroundId) => {
    const result = await fc.check(everySequence(from, { technology: 'mobile-x-ray', ground, wrong }), {
      numRuns: 2000,
      endOnFailure: true,
    });
    console.log(result.numRuns);
    return String(result.errorInstance);
  };

  it.each(LIES)(
    'when %s',
    async (_, ground, lie, message) => {
      expect(await found({ lie }, ground)).toMatch(message);
    },
    60_000,
  );

  it('when a release asks no rule', async () => {
    expect(await found({ release: releaseAnything })).toMatch(/it is released, and/);
  }, 60_000);
});
