/** "My desk", and the policy as everyone may read it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessPages } from '../../../functions/access/access-pages.lambda.tsx';
import { decisions, type Decision } from '../../../functions/decision/contract.ts';
import { newSecret } from '../../../functions/edge/system.ts';
import { put } from '../../../functions/records/change.ts';
import { visitorsIn } from '../../../functions/records/visitors.ts';
import { refusedRequests, useRequests, type UseRequest } from '../../../functions/use-request/contract.ts';
import { ALL_CLAUSES } from '../../../policies/editions/all-clauses.ts';
import { instantOf, plusHours, type Instant } from '../../../policies/instant.ts';
import { startTable, type TestTable } from '../../records-table.ts';
import { signedInAs, type Browser } from '../signed-in.ts';

let table: TestTable;
let app: ReturnType<typeof accessPages>;
let executive: Browser;
let commander: Browser;
let newcomer: Browser;
let clock: Instant = instantOf('2026-11-24T15:00:00Z');
const now = () => clock;

const request = (id: string, personId: string, state: UseRequest['state'], hours: number): UseRequest =>
  ({
    id,
    version: 0,
    state,
    askedBy: { kind: 'member', personId, route: 'executive' },
    asked: { startsAt: plusHours(clock, hours), endsAt: plusHours(clock, hours + 1) },
    submittedAt: clock,
    edition: 'xray-2026',
    step: 's',
  }) as UseRequest;

beforeAll(async () => {
  table = await startTable();
  const { records } = table;
  const directory = {
    formOrigin: 'https:',
    addressToSignOut: 'https://d.example/out',
    addressToSignIn: async () => new URL('https://d.example/'),
    whoCameBack: async () => undefined,
  };
  app = accessPages(() => ({ records, directory, now, newSecret, ...visitorsIn(records, now) }));
  executive = await signedInAs(app, records, now, 'executive', ['member', 'executive', 'ctb-executive']);
  commander = await signedInAs(app, records, now, 'commander', ['member', 'ctb-commander']);
  newcomer = await signedInAs(app, records, now, 'newcomer', ['member']);
  const decision = {
    id: 'D-1',
    version: 0,
    matter: { question: 'x-ray-use', route: 'executive', publicKeptOutHow: '' },
    goodUntil: plusHours(clock, 3),
    on: 'use-request#R-2',
    state: 'waiting',
    edition: 'e',
    askInOrder: [],
    asked: [{ personId: executive.personId, at: clock }],
    openedAt: clock,
    lapsesAt: plusHours(clock, 2),
    shown: [],
    shownHash: '',
    links: [],
  } satisfies Decision;
  const signOff = {
    ...decision,
    id: 'D-2',
    matter: {
      question: 'disclosure',
      disclosureId: 'X-1',
      requesterId: 'P',
      ground: 'mission',
      technology: 'digital-camera',
    },
    on: 'disclosure#X-1',
    lapsesAt: plusHours(clock, 30),
  } satisfies Decision;
  await records.write({
    at: clock,
    by: { kind: 'system', id: 'test' },
    puts: [
      put(useRequests, request('R-1', executive.personId, 'approved', 30)),
      put(useRequests, request('R-2', executive.personId, 'deciding', 2)),
      put(useRequests, request('R-3', newcomer.personId, 'approved', 3)),
      put(decisions, decision),
      put(decisions, signOff),
      put(refusedRequests, {
        id: 'X-1',
        version: 0,
        at: clock,
        by: 'P',
        edition: 'xray-2026',
        refusals: [{ clause: 'XR26-USE-03', field: 'f', found: 'a', expected: 'b', todo: 'c' }],
      }),
    ],
    tells: [{ subject: 'use-request#R-1', act: 'test' }],
  });
});
afterAll(() => table?.stop());

const textOf = async (answer: Promise<Response> | Response) => (await answer).text();
const read = async (path: string) => textOf(app.request(path));

describe('my desk', () => {
  it('shows what waits for the person, with the time left and where to go', async () => {
    const text = await textOf(executive.get('/desk'));
    expect(text).toContain('href="/decisions/D-1"');
    expect(text).toContain('2 hours left');
    expect(text).not.toContain('/deployments/new');
  });

  it('tells a disclosure to sign off from a use to decide', async () => {
    const text = await textOf(executive.get('/desk'));
    expect(text).toMatch(/href="\/decisions\/D-1"[^>]*>Decide whether mobile x-ray is used[\s\S]*Request R-2/);
    expect(text).toMatch(/href="\/decisions\/D-2"[^>]*>Sign off a disclosure[\s\S]*Disclosure X-1/);
    expect(text).toContain('1 day 6 hours left');
  });

  it('shows what waits for the role, soonest deadline first', async () => {
    const text = await textOf(commander.get('/desk'));
    expect([...text.matchAll(/deployments\/new\?request=(R-\d)/g)].map(([, id]) => id)).toEqual(['R-3', 'R-1']);
    expect(text).toContain('for any CTB commander');
  });

  it('shows the person’s own requests and nobody else’s', async () => {
    expect(await textOf(newcomer.get('/desk'))).toMatch(/href="\/requests\/R-3"/);
    expect(await textOf(newcomer.get('/desk'))).not.toContain('/requests/R-1');
  });

  it('shows refusals at the form, by clause, to those who read what is out of order', async () => {
    expect(await textOf(commander.get('/desk'))).toContain('href="/policy/clauses/XR26-USE-03"');
    expect(await textOf(newcomer.get('/desk'))).not.toContain('Refused at the form');
  });

  it('says kindly what will appear where there is nothing', async () => {
    expect(await textOf(newcomer.get('/desk'))).toContain('Nothing waits for you.');
  });

  it('is where the first page leads whoever is signed in', async () => {
    expect((await newcomer.get('/')).headers.get('location')).toBe('/desk');
    expect((await app.request('/')).status).toBe(200);
  });
});

describe('the published policy', () => {
  it('is open to everyone', async () => {
    for (const path of [
      '/policy',
      '/policy/health',
      '/policy/editions',
      '/policy/editions/xray-2021',
      '/policy/editions/xray-2026',
    ])
      expect((await app.request(path)).status).toBe(200);
    for (const path of ['/policy/editions/none', '/policy/clauses/none'])
      expect((await app.request(path)).status).toBe(404);
  });

  it('states low-energy reflected x-rays, a wired monitor and a limited range (XR26-CAP-01)', async () => {
    const text = await read('/policy');
    for (const words of ['low-energy x-rays', 'reflected', 'monitor wired to the device', 'range is limited'])
      expect(text).toContain(words);
  });

  it('shows both comparisons, the trivial risk and that it is not used on people (XR26-HLT-03)', async () => {
    const text = await read('/policy/health');
    for (const words of ['short flight', 'Rocky Mountains', 'trivial', 'not used on people'])
      expect(text).toContain(words);
  });

  it('shows each dose as printed and marks the pairs that cannot be right (XR26-HLT-04, XR26-HLT-05)', async () => {
    const text = await read('/policy/health');
    for (const pair of [
      '0.016 mrem, printed as 16 urem',
      '0.009 mrem, printed as 3 urem',
      '0.004 mrem, printed as 4 urem',
      '0.003 mrem, printed as 0.3 uR',
    ])
      expect(text).toContain(pair);
    expect(text.match(/do not agree<\/span>/g)).toHaveLength(2);
  });

  it('shows the eight changes and says they are the 2021 edition’s (XR26-REV-01)', async () => {
    const text = await read('/policy/editions');
    const printed = text.slice(text.indexOf('Summary of changes as printed'));
    expect(printed.match(/<tr><td>/g)).toHaveLength(8);
    expect(text).toContain('This table is not about the 2026 edition');
  });

  it('names the law the 2026 edition complies with (XR26-REV-02), and judges by the day', async () => {
    expect(await read('/policy/editions')).toContain('Local Law 56 of 2025');
    const before = clock;
    clock = instantOf('2026-02-04T04:59:59Z');
    expect(await read('/policy')).toContain('XR21-CAP-01');
    clock = instantOf('2026-02-04T05:00:00Z');
    expect(await read('/policy')).toContain('XR26-CAP-01');
    clock = before;
  });

  it('reads "partial" in 2026 and "impartial" in 2021, as published (XR26-DSP-01)', async () => {
    expect(await read('/policy/editions/xray-2026')).toContain('partial and biased enforcement');
    expect(await read('/policy/editions/xray-2021')).toContain('&quot;impartial&quot; and biased');
  });

  it('marks what is new and what says the same', async () => {
    const text = await read('/policy/editions');
    expect(text).toMatch(/XR26-USE-12[\s\S]{0,400}New in this edition/);
    expect(text).toMatch(/XR26-USE-05<\/a>[\s\S]{0,400}XR21-USE-02/);
  });

  it('has a page for every clause, of whatever authority', async () => {
    for (const { id } of ALL_CLAUSES) expect((await app.request(`/policy/clauses/${id}`)).status, id).toBe(200);
  });
});
