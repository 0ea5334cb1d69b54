/** The forms of the registers with everything wrong, as forms.test.ts has it for the others: never a fault of ours. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registersOn } from '../../demo/registers.ts';
import { newSecret } from '../../functions/edge/system.ts';
import type { Visitor } from '../../functions/edge/visitor.ts';
import { importRegisters, RegistersImport } from '../../functions/register/import-registers.ts';
import { registerPages } from '../../functions/register/register-pages.lambda.tsx';
import { startBureau, type Bureau } from '../functions/bureau.ts';
import { TABLE } from '../records-table.ts';
import { breaksIn } from '../whole-ledger.ts';
import { announceSeed, fieldsOf, SEED, text } from './inputs.ts';

let bureau: Bureau;
let visitor: Visitor;
let app: ReturnType<typeof registerPages>;
const cookie = newSecret();

beforeAll(async () => {
  announceSeed('register forms');
  bureau = await startBureau();
  const { needs } = bureau;
  await importRegisters(needs, RegistersImport.parse({ ...registersOn(new Date(bureau.now)), by: 'test' }));
  const person = await bureau.person('p-okafor');
  visitor = { ...person, personId: person.id, sessionId: 's'.repeat(64), formSecret: newSecret() };
  app = registerPages(() => ({
    ...needs,
    agency: 'nypd',
    visitorOf: async (secret: string) => (secret === cookie ? visitor : undefined),
  }));
}, 60_000);
afterAll(() => bureau?.stop());

const DAYS = { from: '2026-11-24', until: '' };
const FORMS: readonly (readonly [path: string, names: readonly string[], like: Readonly<Record<string, string>>])[] = [
  [
    '/registers/agreements',
    ['title', 'with', 'reference', 'technologies', 'from', 'until', 'draft'],
    { title: 'A', with: 'B', reference: 'C', technologies: 'mobile-x-ray', ...DAYS },
  ],
  [
    '/registers/pre-approvals',
    ['reference', 'approvedOn', 'until', 'covers', 'single', 'draft'],
    { reference: 'C', approvedOn: '2026-11-24', covers: 'statistics' },
  ],
  [
    '/registers/designations',
    ['title', 'why', 'covers', 'recipients', 'from', 'until', 'draft'],
    { title: 'A', why: 'in every case it is', covers: 'statistics', recipients: 'prosecutor', ...DAYS },
  ],
  [
    '/registers/access',
    [
      'agencyName',
      'level',
      'technology',
      'newJersey',
      'system',
      'reaches',
      'extent',
      'immigration',
      'agencyEnforces',
      'otherPurpose',
      'agreementId',
      'terms',
      'from',
      'until',
      'existing',
      'draft',
    ],
    {
      agencyName: 'A',
      level: 'federal',
      technology: 'mobile-x-ray',
      system: 'S',
      reaches: 'named-system',
      extent: 'as far as it goes',
      immigration: 'no',
      agencyEnforces: 'no',
      existing: 'yes',
      ...DAYS,
    },
  ],
  [
    '/registers/deputies',
    ['deputyId', 'statement', 'from', 'until', 'draft'],
    { deputyId: 'p-adler', statement: 'I name you my deputy.', ...DAYS },
  ],
  ['/registers/agreements/AG-DEMO-0001/end', ['why'], {}],
  ['/registers/access/SA-DEMO-0001/end', ['why'], {}],
  ['/registers/deputies/p-adler/end', ['why'], {}],
];

describe('a form of the registers with everything wrong', () => {
  it.each(FORMS)('%s', async (path, names, like) => {
    await fc.assert(
      fc.asyncProperty(fieldsOf(names, like), async (fields) => {
        const answer = await app.request(path, {
          method: 'POST',
          headers: { cookie: `session=${cookie}`, 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams([
            ['form', visitor.formSecret],
            ...fields.map(([name, value]): [string, string] => [name, value]),
          ]).toString(),
        });
        const page = await answer.text();
        expect([303, 404, 413, 422], `${answer.status} ${page.slice(0, 300)}`).toContain(answer.status);
        expect(page).not.toContain('<script>alert(1)</script>');
      }),
      { numRuns: 40, seed: SEED },
    );
  });
});

describe('an address of the registers nobody made', () => {
  it.each([
    '/registers/?',
    '/registers/provisions?quarter=?',
    '/registers/provisions.csv?under=?',
    '/registers/provisions/print?technology=?',
    '/registers/agreements/?',
    '/registers/deputies/?',
  ])('%s is answered, and changes nothing', async (template) => {
    const before = (await bureau.items()).length;
    await fc.assert(
      fc.asyncProperty(text, async (insert) => {
        const path = template.slice(0, -1) + encodeURIComponent(insert.toWellFormed());
        const answer = await app.request(path, { headers: { cookie: `session=${cookie}` } });
        expect(answer.status, path.slice(0, 200)).toBeLessThan(500);
      }),
      { numRuns: 30, seed: SEED },
    );
    expect((await bureau.items()).length).toBe(before);
  });
});

it('whatever was written is whole and in the ledger', async () => {
  expect(await breaksIn(bureau.table.client, TABLE)).toEqual([]);
});
