/** What is put into each function, and that it loads. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Bundles, entryPoints } from '../../infra/bundles.ts';

const LARGEST = 750_000;

const bundles = new Bundles();
afterAll(() => bundles.remove());
const entries = entryPoints();
const bundleOf = (entry: string): string => join(bundles.folder, entry, 'index.mjs');
const sourcesOf = (entry: string): readonly string[] =>
  (JSON.parse(readFileSync(`${bundleOf(entry)}.map`, 'utf8')) as { sources: string[] }).sources;

describe('the bundle of', () => {
  it.each(entries)('%s is small, and holds nothing that only builds', (entry) => {
    expect(statSync(bundleOf(entry)).size).toBeLessThanOrEqual(LARGEST);
    expect(
      sourcesOf(entry).filter((path) =>
        /node_modules\/(aws-cdk-lib|constructs|esbuild|electrodb)\/|^(\.\.\/)*infra\//.test(path),
      ),
    ).toEqual([]);
  });

  it.each(entries)('%s has paths that are the same on every machine', (entry) => {
    expect(sourcesOf(entry).filter((path) => path.startsWith('/') || /^[A-Za-z]:/.test(path))).toEqual([]);
    expect(readFileSync(`${bundleOf(entry)}.map`, 'utf8')).not.toContain('"sourcesContent"');
  });

  it('every entry point loads in an empty environment, and exports a handler', () => {
    // From a file, because code given on the command line has a `require` that Lambda's modules do not have.
    const script = join(bundles.folder, 'load.mjs');
    writeFileSync(
      script,
      `const kinds = {};
      for (const entry of ${JSON.stringify(entries)}) kinds[entry] = typeof (await import('./' + entry + '/index.mjs')).handler;
      console.log(JSON.stringify(kinds));`,
    );
    const kinds = JSON.parse(execFileSync(process.execPath, [script], { env: {}, encoding: 'utf8' })) as object;
    expect(kinds).toEqual(Object.fromEntries(entries.map((entry) => [entry, 'function'])));
  });

  it('every entry point is the same when it is made again', () => {
    const again = new Bundles();
    try {
      for (const entry of entries)
        expect(readFileSync(join(again.folder, entry, 'index.mjs')).equals(readFileSync(bundleOf(entry)))).toBe(true);
    } finally {
      again.remove();
    }
  }, 30_000);
});

describe('every entry point', () => {
  it('that is not there is named when the stack is synthesized', () => {
    bundles.codeOf('decision/no-such-act.lambda.ts');
    bundles.codeOf('decision/nor-this-one.lambda.ts');
    expect(() => bundles.requireAll()).toThrow(
      /functions\/decision\/no-such-act\.lambda\.ts\n.*functions\/decision\/nor-this-one\.lambda\.ts/,
    );
  });
});

describe('the files of the site', () => {
  const folder = join(bundles.folder, 'edge/assets.lambda.ts/static');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );

  it('include every one that a page names', () => {
    const pages = readdirSync('functions', { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.tsx'),
    );
    const shown = pages.flatMap((name) =>
      [...readFileSync(join('functions', name), 'utf8').matchAll(/asset\('([^']+)'\)/g)].map(([, path]) => path!),
    );
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.filter((path) => !files.includes(path))).toEqual([]);
  });

  it('include every font and picture that a style sheet names, but for one that no page shows', () => {
    const css = readFileSync(join(folder, 'uswds/css/uswds.min.css'), 'utf8');
    const inCss = new Set([...css.matchAll(/url\(\.\.\/([^)]+)\)/g)].map(([, path]) => `uswds/${path}`));
    expect([...inCss].filter((path) => !files.includes(path))).toEqual(['uswds/img/hero.jpg']);
  });

  it('are at most 3 MB in all', () => {
    expect(
      files.map((name) => statSync(join(folder, name)).size).reduce((sum, size) => sum + size, 0),
    ).toBeLessThanOrEqual(3_000_000);
  });
});
