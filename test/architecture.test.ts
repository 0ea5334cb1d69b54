/**
 * What keeps the house in order: who may import whom, what may reach for the clock, the environment or AWS, and how
 * files are named. Its neighbours: test/workflows/steps.test.ts for steps and faults, test/infra/bundles.test.ts for
 * entry points that load in an empty environment, test/policies/rule-clauses.test.ts for how a rule opens.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { NOUNS } from '../functions/records/nouns.ts';

const SELF = 'test/architecture.test.ts';
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const ROOMS = ['policies', 'functions', 'workflows', 'infra', 'local', 'demo', 'bench', 'docs', 'test'];

const files = ROOMS.filter((room) => existsSync(join(ROOT, room)))
  .flatMap((room) =>
    readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' }).map(
      (path) => `${room}/${path.replaceAll('\\', '/')}`,
    ),
  )
  .filter((path) => /\.(tsx?|js|css|json|md|svg)$/.test(path))
  .toSorted();
const sources = files.filter((path) => /\.tsx?$/.test(path));
const under = (folder: string) => sources.filter((path) => path.startsWith(folder));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
/** The code without its comments, which may well speak of what the code must not do. */
const code = (path: string) =>
  read(path)
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*$/gm, '$1');

interface Import {
  readonly of: string;
  /** Only a shape: gone when the code runs. */
  readonly typeOnly: boolean;
}

function importsOf(path: string): readonly Import[] {
  return [
    ...code(path).matchAll(/^\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|\bimport\('([^']+)'\)/gm),
  ].map(([, type, named, dynamic]) => ({
    of: named ?? dynamic!,
    typeOnly: type !== undefined,
  }));
}
const local = ({ of }: Import) => of.startsWith('.');
const packageOf = (name: string) =>
  name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
const reached = (path: string) =>
  importsOf(path)
    .filter(local)
    .map(({ of }) => normalize(join(dirname(path), of)));
const packagesOf = (path: string, { types = true } = {}) =>
  importsOf(path)
    .filter((one) => !local(one) && !one.of.startsWith('node:') && (types || !one.typeOnly))
    .map(({ of }) => packageOf(of));

/** `functions/<folder>`, or the room itself elsewhere. */
const homeOf = (path: string) =>
  path
    .split('/')
    .slice(0, path.startsWith('functions/') ? 2 : 1)
    .join('/');
const SHARED = ['functions/edge', 'functions/records'];
const folders = [...new Set(under('functions/').map(homeOf))];
const nouns = folders.filter((home) => !SHARED.includes(home));

/** Each room, and the only others it may import from. A noun may also import what `crossesWell` allows. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  policies: [],
  'functions/edge': ['policies'],
  'functions/records': ['policies', 'functions/edge'],
  infra: ['policies'],
  local: [],
  demo: ['policies'],
  docs: ['policies', 'functions/case'],
  bench: ['policies', 'infra', 'local', 'demo', 'test', ...folders],
  test: ['policies', 'infra', 'local', 'demo', 'docs', 'bench', 'workflows', ...folders],
};
const mayImport = (home: string) => MAY_IMPORT[home] ?? ['policies', ...SHARED];

/** What a noun may see of another: the shapes it publishes, and the order of steps, to draw it (docs/adr/0009). */
const crossesWell = (from: string, to: string) =>
  nouns.includes(from) &&
  (/^functions\/[a-z-]+\/contract\.ts$/.test(to) || /^workflows\/[a-z-]+\/[a-z-]+\.asl\.json$/.test(to));

/** What breaks a rule, by file: an empty object when nothing does. */
function offenders<Found>(
  among: readonly string[],
  look: (path: string) => readonly Found[],
): Record<string, readonly Found[]> {
  expect(among.length, 'a rule that looks at no file holds nothing').toBeGreaterThan(0);
  return Object.fromEntries(among.map((path) => [path, look(path)] as const).filter(([, found]) => found.length > 0));
}
const matches = (pattern: RegExp) => (path: string) =>
  [...code(path).matchAll(new RegExp(pattern, 'g'))].map(([found]) => found);

describe('who may import whom', () => {
  it('every file imports only from rooms it may', () => {
    const strays = offenders(sources, (path) => {
      const home = homeOf(path);
      return reached(path).filter(
        (to) => homeOf(to) !== home && !mayImport(home).includes(homeOf(to)) && !crossesWell(home, to),
      );
    });
    expect(strays).toEqual({});
  });

  it('the policies need nothing but a calendar and the shapes of data', () => {
    expect(
      offenders(under('policies/'), (path) =>
        packagesOf(path).filter((name) => !['temporal-polyfill', 'zod'].includes(name)),
      ),
    ).toEqual({});
  });

  it('functions run on what is shipped, not on tools', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
    expect(
      offenders(under('functions/'), (path) =>
        packagesOf(path, { types: false }).filter((name) => !(name in dependencies)),
      ),
    ).toEqual({});
  });

  it('only files that say so in their name speak to AWS', () => {
    const quiet = [...under('policies/'), ...under('functions/'), ...under('local/')].filter(
      (path) => !path.endsWith('.aws.ts'),
    );
    expect(offenders(quiet, (path) => packagesOf(path).filter((name) => /^@(aws-sdk|smithy)\//.test(name)))).toEqual(
      {},
    );
  });

  it.each(nouns)('%s is wired by a construct of its name', (home) => {
    expect(existsSync(join(ROOT, 'infra/constructs', `${basename(home)}.ts`))).toBe(true);
  });
});

describe('the clock, the dice, the environment and the log', () => {
  it('the policies ask nobody what time it is, and nothing else outside themselves', () => {
    const reaching =
      /Date\.now|new Date\(\)|Temporal\.Now|\bprocess\.\w|\bfetch\(|Math\.random|\bcrypto\.|setTimeout|globalThis|'node:/;
    expect(offenders(under('policies/'), matches(reaching))).toEqual({});
  });

  it('settings are read in one place', () => {
    expect(
      offenders(
        under('functions/').filter((path) => !/^functions\/edge\/(read-env|function-credentials\.aws)\.ts$/.test(path)),
        matches(/process\.env|import\.meta\.env/),
      ),
    ).toEqual({});
  });

  it('log lines are written where they are known to name nobody', () => {
    // The verifiers are run from a terminal, by people who want to read what they found.
    const maySay =
      /^functions\/(edge\/middleware|records\/stream-batch|records\/verify-ledger|disposition\/verify-certificate)\.ts$/;
    expect(
      offenders(
        under('functions/').filter((path) => !maySay.test(path)),
        matches(/\bconsole\.|process\.std(out|err)/),
      ),
    ).toEqual({});
  });

  it('no page can load a task token', () => {
    expect(
      offenders(
        under('functions/').filter((path) => path.endsWith('.tsx')),
        (path) => reached(path).filter((to) => to === 'functions/records/notes.ts'),
      ),
    ).toEqual({});
  });

  it('the embedded host knows AWS and nothing about our work', () => {
    expect(offenders(under('local/'), matches(/mobile-x|use-request|image-intake|\bpolice|POST Act/i))).toEqual({});
  });
});

describe('names and sizes', () => {
  it('every file is short enough to read', () => {
    // What is generated for machines is as long as it is.
    const written = files.filter((path) => !/\.(md|svg)$/.test(path) && path !== 'docs/openapi.json');
    expect(
      offenders(written, (path) => [read(path).trimEnd().split('\n').length].filter((lines) => lines > 300)),
    ).toEqual({});
  });

  it('every name says what the file holds', () => {
    expect(files.filter((path) => /util|helper|common|manager|misc/i.test(path))).toEqual([]);
    expect(files.filter((path) => !/^(README\.md|[a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)*)$/.test(basename(path)))).toEqual(
      [],
    );
  });

  it('nothing is left to do later, and no check is switched off for a whole file', () => {
    const left = /\bT[O]DO\b|\bF[I]XME\b|@ts-(?:ignore|nocheck)|[eo][sx]lint-disable(?!-next-line)/g;
    expect(
      offenders(sources, (path) => [...read(path).matchAll(left)].map(([found]) => found).filter(() => path !== SELF)),
    ).toEqual({});
  });

  it('the glossary has every noun that is used in a name', () => {
    const glossary = new Set(
      [...read('docs/glossary.md').matchAll(/^\| \*\*([^*]+)\*\* \|/gm)].map(([, word]) => word!),
    );
    const used = new Set([...NOUNS, ...nouns.map((home) => basename(home)), ...readdirSync(join(ROOT, 'workflows'))]);
    expect([...used].filter((noun) => !glossary.has(noun))).toEqual([]);
  });

  it('faults are made only where workflows look for them', () => {
    const elsewhere = sources.filter((path) => basename(path) !== 'faults.ts' && !path.startsWith('test/'));
    expect(offenders(elsewhere, matches(/class \w+ extends Fault\b/))).toEqual({});
  });
});
