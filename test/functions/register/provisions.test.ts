/**
 * The register of what was provided, against a filter of all released disclosures made by hand: whatever was released and
 * however it is filtered, page, download and paper show those rows and no others.
 */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../functions/edge/system.ts';
import { visitorsIn } from '../../../functions/records/visitors.ts';
import { provisionSheet, whatLeft } from '../../../functions/register/provision-sheet.ts';
import {
  filterIn,
  quarterBeside,
  quartersTo,
  quarterText,
  queryOf,
  type Provision,
} from '../../../functions/register/provisions.ts';
import { registerPages } from '../../../functions/register/register-pages.lambda.tsx';
import { csvOfSheet } from '../../../functions/register/sheet.ts';
import { RECIPIENTS } from '../../../policies/editions/disclosure-grounds.ts';
import { instantOf, plusMinutes, type Instant } from '../../../policies/instant.ts';
import { startTable, type TestTable } from '../../records-table.ts';
import { parsed } from '../edge/parsed-csv.ts';
import { signedInAs, type Browser } from '../signed-in.ts';
import { provisionAt, released } from './released.ts';

const TECHNOLOGIES = ['mobile-x-ray', 'portable-electronic-device', 'digital-camera', 'license-plate-reader'] as const;
const kinds = RECIPIENTS.map(({ kind }) => kind);
/** Around the turn of the quarter in New York, which is hours after that in Greenwich. */
const TURN = instantOf('2026-10-01T04:00:00Z');

let table: TestTable;
let auditor: Browser;
let all: readonly Provision[];
const clock: Instant = instantOf('2026-11-24T15:00:00Z');
const now = () => clock;

beforeAll(async () => {
  table = await startTable();
  const { records } = table;
  const app = registerPages(() => ({ records, now, newId, agency: 'nypd', ...visitorsIn(records, now) }));
  auditor = await signedInAs(app, records, now, 'auditor', ['member', 'auditor']);
  // One of each technology with each recipient, with and without what the statute asks about, on both sides of the turn.
  const made = TECHNOLOGIES.flatMap((technology, t) =>
    kinds.flatMap((recipient, k) =>
      [0, 1].map((side) =>
        provisionAt(plusMinutes(TURN, side === 0 ? -1 - k : k), {
          id: `X-${t}${k}${side}`,
          asked: {
            technology,
            ...(k % 2 === 0 && { agreement: { kind: 'agreement', agreementId: `AG-${t}` } as const }),
          },
          recipient,
          government: (t + k) % 2 === 0,
          iceOrCbp: k % 5 === 4,
          organization: k === 0 ? '=1+1' : k === 3 ? '' : 'Agency, "Inc."\nSecond line',
          ...(k % 3 === 0 && { state: 'revoked' as const }),
        }),
      ),
    ),
  );
  all = await Promise.all(made.map((one) => released(records, one)));
}, 60_000);
afterAll(() => table?.stop());

const QUARTERS = ['2026-Q2', '2026-Q3', '2026-Q4'];
type Asked = typeof filter extends fc.Arbitrary<infer T> ? T : never;
const filter = fc.record({
  quarter: fc.constantFrom(...QUARTERS),
  technology: fc.option(fc.constantFrom(...TECHNOLOGIES), { nil: undefined }),
  recipient: fc.option(fc.constantFrom(...kinds), { nil: undefined }),
  statutory: fc.boolean(),
  under: fc.option(fc.constantFrom('AG-0', 'AG-1', 'AG-9'), { nil: undefined }),
});

/** Written apart from the code it checks. */
function expected(of: Asked): readonly string[] {
  const rows = [];
  for (const one of all) {
    const isLater = one.release.at >= TURN;
    if (of.quarter === '2026-Q2' || isLater !== (of.quarter === '2026-Q4')) continue;
    if (of.technology !== undefined && one.asked.technology !== of.technology) continue;
    if (of.recipient !== undefined && one.asked.recipient.kind !== of.recipient) continue;
    if (of.statutory && one.release.register.kind === 'logged-only') continue;
    const agreement = one.asked.agreement?.kind === 'agreement' ? one.asked.agreement.agreementId : undefined;
    if (of.under !== undefined && agreement !== of.under) continue;
    rows.push(one.id);
  }
  return rows.toSorted();
}
const addressOf = (of: Asked): string =>
  queryOf({
    quarter: of.quarter,
    statutory: of.statutory,
    ...(of.technology && { technology: of.technology }),
    ...(of.recipient && { recipient: of.recipient }),
    ...(of.under && { under: of.under }),
  });
const linked = (html: string): readonly string[] =>
  [...html.matchAll(/href="\/disclosures\/([\w-]+)"/g)].map(([, id]) => id!).toSorted();
const bytesOf = async (path: string) => Buffer.from(await (await auditor.get(path)).arrayBuffer());

describe('nyc-14-188-g-1: the register of provisions', () => {
  it('is a filter of everything that was released: on the page, in the download and on paper', async () => {
    await fc.assert(
      fc.asyncProperty(filter, async (of) => {
        const query = addressOf(of);
        const ids = expected(of);
        expect(linked(await (await auditor.get(`/registers/provisions${query}`)).text())).toEqual(ids);
        const bytes = await bytesOf(`/registers/provisions.csv${query}`);
        const [headings, ...rows] = parsed(bytes.toString('utf8'));
        const place = headings!.indexOf('Disclosure');
        expect(rows.map((row) => row[place]).toSorted()).toEqual(ids);
        const paper = await (await auditor.get(`/registers/provisions/print${query}`)).text();
        expect(linked(paper)).toEqual(ids);
        expect(paper).toContain(createHash('sha256').update(bytes).digest('hex'));
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  it('shows every cell of a row alike on the page and in the download, but for what a spreadsheet would run', async () => {
    const [headings, ...rows] = parsed((await bytesOf('/registers/provisions.csv?quarter=2026-Q4')).toString('utf8'));
    const page = await (await auditor.get('/registers/provisions?quarter=2026-Q4')).text();
    const shown = page
      .replaceAll(/<[^>]+>/g, '')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&')
      .replaceAll('&#39;', "'");
    for (const heading of headings!) expect(shown).toContain(heading);
    for (const text of rows.flat()) expect(shown).toContain(text.replace(/^'=/, '='));
    expect(rows.flat().filter((text) => text.startsWith('='))).toEqual([]);
    expect(rows.flat()).toContain("'=1+1");
  });

  it('says of what is logged only why it is, and keeps what went to ICE or CBP', async () => {
    const page = await (await auditor.get('/registers/provisions?quarter=2026-Q4')).text();
    for (const why of ['Given to press or media', 'Stayed inside the department', 'Given to another government'])
      expect(page).toContain(`Logged only. ${why}`);
    const rows = await (await auditor.get('/registers/provisions?quarter=2026-Q4&statutory=yes')).text();
    expect(rows).not.toContain('Logged only.');
    expect(rows).toContain('nyc-14-188-g-1-ice-cbp');
  });

  it('names the entity and not the person of it', async () => {
    const everything = await (await auditor.get('/registers/provisions?quarter=2026-Q4')).text();
    expect(everything).not.toContain('Pat Quill');
    expect(everything).not.toContain('pat.quill');
    expect(everything).not.toContain('A person');
  });

  it('on paper names the law it answers, the agency, the period, and who made it when', async () => {
    const paper = await (await auditor.get('/registers/provisions/print?quarter=2026-Q4&statutory=yes')).text();
    for (const said of [
      '§ 14-188(g)(1)',
      'nypd',
      'October to December 2026',
      'Rows of the statutory register',
      'Nov 24, 2026',
      'Name of auditor',
    ])
      expect(paper).toContain(said);
  });

  it('shows this quarter unless another is asked for, and reads no nonsense out of an address', () => {
    const read = (fields: Record<string, string>) => filterIn((name) => fields[name], clock);
    expect(read({})).toEqual({ quarter: '2026-Q4', statutory: false });
    expect(
      read({ quarter: '2026-Q5', technology: 'telepathy', recipient: 'anyone', statutory: 'no', under: '<b>' }),
    ).toEqual({
      quarter: '2026-Q4',
      statutory: false,
    });
    fc.assert(
      fc.property(filter, (of) => {
        const query = new URLSearchParams(addressOf(of));
        const again = filterIn((name) => query.get(name) ?? undefined, clock);
        expect(queryOf(again)).toBe(addressOf(of));
      }),
    );
  });

  it('counts quarters across the turn of a year', () => {
    expect([quarterBeside('2026-Q1', -1), quarterBeside('2026-Q4', 1), quarterText('2026-Q1')]).toEqual([
      '2025-Q4',
      '2027-Q1',
      'January to March 2026',
    ]);
    expect(quartersTo(clock, '2026-Q4')).toEqual(['2026-Q4', '2026-Q3', '2026-Q2', '2026-Q1']);
    expect(quartersTo(clock, '2025-Q1').at(-1)).toBe('2025-Q1');
  });

  it('counts what left without what was taken out or left out by whoever decided', () => {
    const [one] = provisionAt(clock).enclosures;
    const enclosures = [
      one!,
      { ...one!, id: 'E-2' },
      { ...one!, id: 'E-3', leftOut: { by: 'p', at: clock } },
      { id: 'E-4', kind: 'count' as const, label: 'a', addedBy: 'p', addedAt: clock, text: '5' },
    ];
    expect(whatLeft({ enclosures })).toBe('2 images, 1 number that identifies nobody');
    const approval = { kept: ['E-2', 'E-3'] } as unknown as NonNullable<Provision['approval']>;
    expect(whatLeft({ enclosures, approval })).toBe('1 image');
  });

  it('names who decided and the decision, or that none was needed', () => {
    const approval = { answer: 'approve', decisionId: 'D-1', signer: { personId: 'p-okafor' } } as never;
    const sheet = provisionSheet(
      [provisionAt(clock, { approval, asked: { basis: { ground: 'mission', how: 'so' } } }), provisionAt(clock)],
      { quarter: '2026-Q4', statutory: false },
      new Map([['p-okafor', 'Ebere Okafor']]),
    );
    const csv = parsed(csvOfSheet(sheet));
    expect(csv[1]).toEqual(expect.arrayContaining(['Ebere Okafor', 'D-1', 'XR26-EXT-11']));
    expect(csv[2]).toEqual(expect.arrayContaining(['No approval needed on this ground', 'XR26-EXT-14']));
  });
});
