/**
 * That the oracle would find an error: the rules are changed in one place, put together anew, and held against it. Each
 * change is one that somebody could make, and each comes out within a few thousand cases.
 */
import { build, type Plugin } from 'esbuild';
import fc from 'fast-check';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { drawings, type Drawn } from './retention-cases.ts';
import { differences, type Rule } from './retention-differences.ts';

const POLICIES = fileURLToPath(new URL('../../policies/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'postact-planted-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What is wrong then, in which file, which words of it, and what is put in their place. */
const PLANTED: readonly (readonly [string, string, string, string])[] = [
  ['a 29 February ends on 28 February', 'calendar-date.ts', "'-03-01' : date.slice(4)", "'-02-28' : date.slice(4)"],
  [
    'every year a multiple of four leaps',
    'calendar-date.ts',
    'year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)',
    'year % 4 === 0',
  ],
  [
    'a period is a year short',
    'calendar-date.ts',
    'Number(date.slice(0, 4)) + years',
    'Number(date.slice(0, 4)) + years - 1',
  ],
  ['an open case counts as closed', 'rules/how-long-is-a-case-kept.ts', "one.state !== 'closed'", 'false'],
  [
    'what was acquitted classes too',
    'rules/how-long-is-a-case-kept.ts',
    "outcome === 'convicted' || outcome === 'pleaded'",
    "outcome !== 'dismissed'",
  ],
  [
    'a pending appeal is overlooked',
    'rules/how-long-is-a-case-kept.ts',
    "appeal === 'pending'",
    'appeal === undefined && false',
  ],
  [
    'a charge that has not ended is overlooked',
    'rules/how-long-is-a-case-kept.ts',
    'ended.length < one.dispositions.length',
    'false',
  ],
  [
    'a disposition after the closing is overlooked',
    'rules/how-long-is-a-case-kept.ts',
    'on > closedOn)',
    'on < closedOn && on > closedOn)',
  ],
  [
    'a located person lifts the class at once',
    'rules/how-long-is-a-case-kept.ts',
    'reclassedOn !== undefined && ruleOf',
    'ruleOf',
  ],
  ['the eldest child counts', 'rules/how-long-is-a-case-kept.ts', 'known.toSorted().at(-1)', 'known.toSorted().at(0)'],
  [
    'an unknown birth is left out',
    'rules/how-long-is-a-case-kept.ts',
    'known.length < days.length',
    'known.length === 0',
  ],
  [
    'a child of 55 lets an open clock run before the closing',
    'rules/how-long-is-a-case-kept.ts',
    'closedOn && closedOn > date ? closedOn : date',
    'date',
  ],
  [
    'the longer clock of a suspect counts',
    'rules/how-long-is-a-personal-file-kept.ts',
    'a.date < b.date ? -1 : 1',
    'a.date > b.date ? -1 : 1',
  ],
  ['unknown arrests are none', 'rules/how-long-is-a-personal-file-kept.ts', '|| (!lastArrestOn && !neverArrested)', ''],
  [
    'an arrest in the last five years is overlooked',
    'rules/how-long-is-a-personal-file-kept.ts',
    'free && free > full',
    'free && free > full && false',
  ],
  ['the shortest case wins', 'rules/how-long-is-it-kept.ts', 'top.date >= one.date', 'top.date <= one.date'],
  [
    'a plate read goes before its case',
    'rules/how-long-is-it-kept.ts',
    'return [...own, ...ofCases]',
    "return facts.kind === 'plate-read' ? own : [...own, ...ofCases]",
  ],
  [
    'a hold for a request is overlooked',
    'rules/how-long-is-it-kept.ts',
    'facts.holds.filter((hold) => binds',
    "facts.holds.filter((hold) => hold.kind !== 'foil' && binds",
  ],
  ['an ended discovery adds no year', 'retention.ts', "['litigation', 'discovery'];", "['litigation'];"],
  ['a lock is overlooked', 'rules/how-long-is-it-kept.ts', '...lock(facts.lockedUntil, policy)', ''],
  [
    'one approval is enough',
    'rules/how-long-is-it-kept.ts',
    "has('law-department') && has('records-department')",
    "has('law-department')",
  ],
  [
    'a day is the day in Greenwich',
    'instant.ts',
    'calendarDate(inNewYork(at).toPlainDate().toString())',
    'calendarDate(at.slice(0, 10))',
  ],
];

async function planted(place: number, [, file, words, instead]: (typeof PLANTED)[number]): Promise<Rule> {
  const changed: Plugin = {
    name: 'planted',
    setup(on) {
      on.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const source = readFileSync(path, 'utf8');
        const is = path === join(POLICIES, file);
        return { contents: is ? source.replace(words, () => instead) : source, loader: 'ts' };
      });
    },
  };
  const outfile = join(folder, `${place}.mjs`);
  await build({
    entryPoints: [join(POLICIES, 'rules/how-long-is-it-kept.ts')],
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile,
    plugins: [changed],
    logLevel: 'silent',
  });
  return ((await import(/* @vite-ignore */ outfile)) as { howLongIsItKept: Rule }).howLongIsItKept;
}

/** A rule that fails where it answered before is found as well. */
function isFound(drawn: Drawn, rule: Rule): boolean {
  try {
    return differences(drawn, rule).length > 0;
  } catch {
    return true;
  }
}

describe('the oracle', () => {
  const asked = fc.sample(drawings, { numRuns: 6000, seed: 1133 });

  it.each(PLANTED.map((one, place) => [one[0], place, one] as const))('finds that %s', async (_what, place, one) => {
    expect(readFileSync(join(POLICIES, one[1]), 'utf8'), 'the words to change are there').toContain(one[2]);
    const rule = await planted(place, one);
    expect(asked.some((drawn) => isFound(drawn, rule))).toBe(true);
  });

  it('finds nothing where nothing is changed', async () => {
    const rule = await planted(PLANTED.length, ['nothing', 'retention.ts', 'nothing', 'nothing']);
    expect(asked.slice(0, 1000).flatMap((drawn) => differences(drawn, rule))).toEqual([]);
  });
});
