/**
 * Writes docs/clauses.md: for each clause what kind it is, what it says in our words, which rules judge by it, which
 * files of the system name it, and which tests. `npm run docs`; test/docs.test.ts fails while the file is not current.
 *
 * A file uses a clause when it names its id or, for a house number, the number itself (`HOUSE.minutesIdle`).
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { interfaceDocument } from '../functions/case/interface-document.ts';
import type { Clause, PolicyClause } from '../policies/clause.ts';
import { ALL_CLAUSES, twins, WHOLE_EDITIONS } from '../policies/editions/all-clauses.ts';
import { clausesOf } from '../policies/editions/published.ts';
import { HOUSE } from '../policies/editions/house.ts';
import { ruleClauses } from '../policies/rule-clauses.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
export const CLAUSES_FILE = fileURLToPath(new URL('clauses.md', import.meta.url));

/** Where a clause may be used, and where it may be tested. */
const USED_IN = ['functions', 'workflows', 'infra'];
const TESTED_IN = ['test'];
/** It is about this table and not about what clauses say. */
const LEFT_OUT = ['test/docs.test.ts'];

/** Why a clause is named by no rule, no file and no test. Each is here because somebody decided it. */
const UNHELD: Readonly<Record<string, string>> = {
  'XR21-AUD-01':
    'The older wording of XR26-AUD-03, whose notice is shown at each sign-in. No one signed in here before 2026.',
  'XR26-SAFE-09': 'A review by people of the whole design. docs/adr/ is what we bring to it.',
  'XR26-SAFE-10':
    'Held, without its id: roles count when the directory and the record both name them, and no password ever reaches this system (functions/access/).',
  'XR26-SAFE-11':
    'Held, without its id: the user pool asks everyone for a second factor, inside the network too (infra/constructs/sign-in.ts). With SAML it is the agency directory’s to ask.',
  'XR26-SAFE-13': 'Conduct of people. The notice at sign-in reminds of it; nothing here can hold it.',
  'XR26-SAFE-15':
    'Conduct of people. Views are bound to a person and a purpose and are in the ledger, which is what an inquiry needs.',
  'XR26-DSP-04':
    'Conduct of people beyond a request. What a request is based on is judged under XR26-USE-14 and XR26-DSP-05.',
  'nyc-14-188-d':
    'Comes with the noun policy-edition, when addenda are handled here. Until then a device of another maker than the policy’s is refused (XR26-USE-16).',
  'nyc-14-151': 'The statute behind XR26-DSP-05, which is the clause that rules cite.',
};

interface Held {
  readonly clause: Clause;
  readonly rules: readonly string[];
  /** Rules that judge by the 2026 clause of which this one is the older wording. */
  readonly rulesOfTwins: readonly string[];
  readonly usedIn: readonly string[];
  readonly testedIn: readonly string[];
}

const sources = [...USED_IN, ...TESTED_IN]
  .flatMap((room) =>
    readdirSync(`${ROOT}${room}`, { recursive: true, encoding: 'utf8' }).map(
      (path) => `${room}/${path.replaceAll('\\', '/')}`,
    ),
  )
  .filter((path) => /\.(tsx?|json)$/.test(path) && !LEFT_OUT.includes(path))
  .toSorted()
  .map((path) => ({ path, text: readFileSync(`${ROOT}${path}`, 'utf8') }));

const rulesBy = (id: string) => Object.keys(ruleClauses).filter((rule) => ruleClauses[rule]!.includes(id));
const houseName = new Map(Object.entries<Clause>({ ...HOUSE }).map(([name, { id }]) => [id, name]));

function held(clause: Clause): Held {
  const name = houseName.get(clause.id);
  const named = new RegExp(`\\b${clause.id}\\b(?!-)${name ? `|\\b(?:HOUSE|house)\\.${name}\\b` : ''}`);
  const naming = sources.filter(({ text }) => named.test(text)).map(({ path }) => path);
  const within = (rooms: readonly string[]) => naming.filter((path) => rooms.includes(path.split('/')[0]!));
  const rules = rulesBy(clause.id);
  const newer = clause.until ? twins(clause.id).flatMap(rulesBy) : [];
  return {
    clause,
    rules,
    rulesOfTwins: [...new Set(newer)].filter((rule) => !rules.includes(rule)).toSorted(),
    usedIn: within(USED_IN),
    testedIn: within(TESTED_IN),
  };
}

const all = ALL_CLAUSES.map(held);
const isHeld = (one: Held) => one.rules.length + one.rulesOfTwins.length + one.usedIn.length + one.testedIn.length > 0;
export const unheld: readonly string[] = all.filter((one) => !isHeld(one)).map(({ clause }) => clause.id);
export const reasonsGiven: readonly string[] = Object.keys(UNHELD);

/** `functions/use-request/shown.ts` as `use-request/shown`; enough to find it. */
const short = (path: string) =>
  path.replace(/^(functions|test)\//, '').replace(/(\.test|\.lambda|\.aws|\.asl)?\.(tsx?|json)$/, '');
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const listed = (items: readonly string[]) => (items.length > 0 ? items.join(', ') : '–');

function row({ clause, rules, rulesOfTwins, usedIn, testedIn }: Held): string {
  const { kind, enforce } = clause as Partial<PolicyClause>;
  const judged = listed([...rules, ...rulesOfTwins.map((rule) => `*${rule}*`)]);
  const columns = [
    `**${clause.id}**`,
    kind ? `${kind}, ${enforce}` : clause.authority,
    cell(clause.text),
    judged,
    listed(usedIn.map(short)),
    listed(testedIn.map(short)),
  ];
  return `| ${columns.join(' | ')} |`;
}

function table(clauses: readonly Clause[]): string {
  const ids = new Set(clauses.map(({ id }) => id));
  return [
    '| clause | kind, held by | in our words | rules | where used | tests |',
    '|---|---|---|---|---|---|',
    ...all.filter(({ clause }) => ids.has(clause.id)).map(row),
  ].join('\n');
}

/** The whole of docs/clauses.md. */
export function clausesDocument(): string {
  const editions = WHOLE_EDITIONS.toReversed().map(
    (edition) =>
      `## ${edition.title}, ${edition.from.slice(0, 4)}\n\nIn force from ${edition.from}${edition.until ? ` through ${edition.until}` : ''}. Ids begin with ${clausesOf(edition)[0]!.id.split('-')[0]}.\n\n${table(clausesOf(edition))}`,
  );
  const byAuthority = (authority: Clause['authority']) =>
    table(ALL_CLAUSES.filter((clause) => clause.authority === authority));
  return `${[
    '# Clauses, rules and tests',
    'Generated by `npm run docs` from policies/ and from what names a clause; do not edit.',
    'Each line is one clause of a published policy, of the law around it, or of the house. **Rules** are files of policies/rules/; in *italics* those that reach an older edition through the 2026 clause it is the wording of. **Where used** leaves out `functions/`, **tests** leaves out `test/`. Kind and “held by” are our classification: a gate refuses, a record is kept, a clock runs, a configuration is fixed, a display is shown, a notify is sent, an immutable cannot be otherwise.',
    `${all.length} clauses; ${all.filter((one) => one.rules.length + one.rulesOfTwins.length > 0).length} are judged by a rule, ${all.filter(({ testedIn }) => testedIn.length > 0).length} are named by a test, ${unheld.length} by nothing (see the end).`,
    ...editions,
    `## The law around them\n\n${byAuthority('statute')}`,
    `## The house’s own\n\nEach has its heading in [ADR 0006](adr/0006-house-numbers.md).\n\n${byAuthority('house')}`,
    `## Named by no rule, no file and no test\n\n${unheld.map((id) => `- **${id}** ${UNHELD[id] ?? 'No reason is given.'}`).join('\n') || 'None.'}`,
  ].join('\n\n')}\n`;
}

/** The interface's document; where it is served says its own address in it. */
export const INTERFACE_FILE = fileURLToPath(new URL('openapi.json', import.meta.url));
export const interfaceText = (): string =>
  `${JSON.stringify(
    interfaceDocument({ site: 'https://{site}', tokenUrl: 'https://{sign-in}/oauth2/token' }),
    undefined,
    1,
  )}\n`;

if (import.meta.main) {
  writeFileSync(CLAUSES_FILE, clausesDocument());
  writeFileSync(INTERFACE_FILE, interfaceText());
}
