/** What is written about the system is true of it: clauses, decisions, links, commands, settings, dependencies, steps. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CLAUSES_FILE, clausesDocument, reasonsGiven, unheld } from '../docs/generate.ts';
import { HOUSE } from '../policies/editions/house.ts';
import { clauseById } from '../policies/editions/all-clauses.ts';
import { ruleClauses } from '../policies/rule-clauses.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const inFolder = (folder: string, kind: RegExp) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .filter((path) => kind.test(path))
    .toSorted();

const adrs = inFolder('docs/adr', /\.md$/);
const stories = inFolder('workflows', /README\.md$/);
const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...inFolder('docs', /\.md$/), ...stories];
const readme = read('README.md');
const manifest = JSON.parse(read('package.json')) as { scripts: Record<string, string> } & Record<
  'dependencies' | 'devDependencies' | 'optionalDependencies',
  Record<string, string>
>;

/** The rows of all tables of a text, cell by cell. */
const rows = (text: string) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

/** Clause ids in a text. In prose `XR26-USE-05 to USE-10, EXT-03` stands for nine ids; a short one belongs to the long one before it. */
function clausesNamed(text: string): readonly string[] {
  let edition = '';
  const policy = [...text.matchAll(/(?:\b((?:XR|PED|CAM|LPR)\d\d)-)?\b([A-Z]{3,4})-(\d\d)\b/g)].flatMap(
    ([, prefix, family, number]) => {
      edition = prefix ?? edition;
      return edition ? [`${edition}-${family}-${number}`] : [];
    },
  );
  return [...policy, ...[...text.matchAll(/\b(?:house|nyc|nysa|usc)-[a-z0-9]+(?:-[a-z0-9]+)+/g)].map(([id]) => id)];
}
const unknownIn = (text: string) =>
  [...new Set(clausesNamed(text))].filter((id) => !clauseById(id) && id !== 'house-numbers');

describe('the table of clauses', () => {
  it('is current; `npm run docs` writes it anew', () => {
    expect(readFileSync(CLAUSES_FILE, 'utf8')).toBe(clausesDocument());
  });

  it('says of every clause that nothing names why that is so, and of no other', () => {
    expect([...reasonsGiven].toSorted()).toEqual([...unheld].toSorted());
  });
});

describe('the clauses that are named', () => {
  it.each([...adrs, ...stories])('in %s exist', (path) => {
    expect(unknownIn(read(path))).toEqual([]);
  });

  it('in functions, workflows and infra exist, so that every link to a clause leads somewhere', () => {
    const code = ['functions', 'workflows', 'infra'].flatMap((room) => inFolder(room, /\.(tsx?|json)$/));
    const quoted = (text: string) =>
      [
        ...text.matchAll(/['"`]((?:(?:XR|PED|CAM|LPR)\d\d-[A-Z]{3,4}-\d\d|(?:house|nyc|nysa|usc)-[a-z0-9-]+))['"`]/g),
      ].map(([, id]) => id!);
    const strays = code
      .map((path) => [path, quoted(read(path)).filter((id) => !clauseById(id))] as const)
      .filter(([, ids]) => ids.length > 0);
    expect(Object.fromEntries(strays)).toEqual({});
  });

  it.each(Object.values(HOUSE).map(({ id, cite }) => [id, cite] as const))(
    '%s has a heading of its own in the decision it cites',
    (id, cite) => {
      expect(read(cite).split('\n')).toContain(`## ${id}`);
    },
  );

  it('have no heading when the house no longer has them', () => {
    const headings = [...read('docs/adr/0006-house-numbers.md').matchAll(/^## (house-.*)$/gm)].map(([, id]) => id!);
    expect(headings.filter((id) => !clauseById(id))).toEqual([]);
  });
});

describe('a decision record', () => {
  it('has a number of its own, and none is left out', () => {
    expect(adrs.map((path) => Number(basename(path).slice(0, 4)))).toEqual(adrs.map((_, place) => place + 1));
  });

  it.each(adrs)('%s is dated, signed, weighed, and says what would change it', (path) => {
    const text = read(path);
    expect(text).toMatch(
      new RegExp(
        `^# ${basename(path).slice(0, 4)}\\. .+\\n\\nDate: \\d{4}-\\d\\d-\\d\\d {3}Status: (accepted|superseded by \\d{4}) {3}Decided by: .+\\n`,
      ),
    );
    const headings = [...text.matchAll(/^## (.+)$/gm)]
      .map(([, heading]) => heading!)
      .filter((heading) => !heading.startsWith('house-'));
    expect(headings).toEqual([
      'What we had to decide',
      'What we decided',
      'What we weighed',
      'What follows',
      'What would change our mind',
    ]);
  });
});

describe('the pages for people', () => {
  it.each(pages)('%s links only to what is there', (path) => {
    const links = [...read(path).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
      .map(([, to]) => to!)
      .filter((to) => !/^https?:/.test(to));
    expect(links.filter((to) => !existsSync(join(ROOT, dirname(path), to)))).toEqual([]);
  });

  it.each(pages)('%s names only commands that exist', (path) => {
    const commands = [...read(path).matchAll(/npm run ([a-z:-]+)/g)].map(([, script]) => script!);
    expect(commands.filter((script) => !(script in manifest.scripts))).toEqual([]);
  });

  it('tell every setting a deployment may have, and no other', () => {
    const settings = [...read('infra/settings.ts').matchAll(/(?:read|tryGetContext)\('([A-Za-z]+)'/g)].map(
      ([, name]) => name!,
    );
    const section = readme.split('## Deploy it')[1]!.split('\n## ')[0]!;
    const told = rows(section).flatMap(([first]) =>
      [...(first ?? '').matchAll(/^`(\w+)`(?:, `(\w+)`)?$/g)].flatMap(([, one, two]) => [one!, ...(two ? [two] : [])]),
    );
    expect(told.toSorted()).toEqual([...new Set(settings)].toSorted());
  });

  it('name every rule beside its noun, and no other', () => {
    const told = rows(readme.split('## Where things are')[1]!.split('\n## ')[0]!).flatMap(
      ([, , rules]) => rules?.match(/\b[a-z]+(?:-[a-z]+)+\b|\bbias\b|\bexecutive\b/g) ?? [],
    );
    // `statement` is part of other rules: how much has to be written.
    expect([...new Set([...told, 'statement'])].toSorted()).toEqual(Object.keys(ruleClauses).toSorted());
  });
});

describe('the dependencies', () => {
  const installed = Object.keys({
    ...manifest.dependencies,
    ...manifest.devDependencies,
    ...manifest.optionalDependencies,
  });
  const told = rows(readme.split('## What it rests on')[1]!.split('\n## ')[0]!)
    .filter(([name]) => name && !name.startsWith('in the') && !name.startsWith('-'))
    .flatMap(([names, why, licence]) =>
      names!.split(', ').map((name) => ({
        name: names!.startsWith('@aws-sdk/') && !name.startsWith('@') ? `@aws-sdk/${name}` : name,
        why,
        licence,
      })),
    );

  it('are all named in the README, each with its reason', () => {
    expect(told.map(({ name }) => name).toSorted()).toEqual(installed.toSorted());
    expect(told.filter(({ why }) => !why)).toEqual([]);
  });

  it.each(told)('$name has the licence that is told', ({ name, licence }) => {
    const path = `node_modules/${name}/package.json`;
    if (!existsSync(join(ROOT, path))) return expect(manifest.optionalDependencies).toHaveProperty(name);
    const { license } = JSON.parse(read(path)) as { license: string };
    const expected = license.startsWith('SEE LICENSE')
      ? 'CC0-1.0'
      : license.replace(/[()]/g, '').replace(' OR ', ' or ');
    expect(licence).toContain(expected);
  });
});

describe('the story of a workflow', () => {
  it.each(stories.map((path) => [basename(dirname(path)), path] as const))(
    '%s tells every state and function it has, and no other',
    (name, path) => {
      const definition = read(`workflows/${name}/${name}.asl.json`);
      const { States } = JSON.parse(definition) as { States: Record<string, unknown> };
      const story = read(path);
      const told = rows(story)
        .flatMap(([, states]) => (states ?? '').split(' · '))
        .filter((state) => /^[A-Z][\w ]+\??$/.test(state) && state !== 'states');
      expect(told.filter((state) => !(state in States))).toEqual([]);
      expect(Object.keys(States).filter((state) => !story.includes(state))).toEqual([]);
      const functions = (text: string) =>
        [...new Set([...text.matchAll(/\$\{(\w+)\}/g)].map(([, called]) => called!))].toSorted();
      expect(functions(story)).toEqual(functions(definition));
    },
  );
});
