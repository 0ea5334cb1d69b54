/** Signing in through a real directory and a real table, and everything that must not become a session. */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { accessPages } from '../../../functions/access/access-pages.lambda.tsx';
import { directoryAt } from '../../../functions/access/directory.ts';
import { importPeople } from '../../../functions/access/import-people.ts';
import { nextPath } from '../../../functions/access/next-path.ts';
import { newId, newSecret } from '../../../functions/edge/system.ts';
import { sha256 } from '../../../functions/records/canonical.ts';
import { directoryLine, persons, sessions } from '../../../functions/records/standing.ts';
import { visitorsIn } from '../../../functions/records/visitors.ts';
import { fromEpochMs, plusMinutes, type Instant } from '../../../policies/instant.ts';
import { startTable, type TestTable } from '../../records-table.ts';
import { CLIENT_ID, startIssuer, throughDirectory, type TestIssuer } from './issuer.ts';
import { someone } from './people.ts';

const SITE = 'http://localhost';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

let table: TestTable;
let issuer: TestIssuer;
let app: ReturnType<typeof accessPages>;
let clock: Instant;
const now = () => clock;

beforeAll(async () => {
  clock = fromEpochMs(Date.now());
  table = await startTable();
  issuer = await startIssuer(`${SITE}/sign-in/return`);
  const { records } = table;
  const directory = directoryAt({ issuer: issuer.issuer, clientId: CLIENT_ID, addressToSignOut: `${issuer.issuer}/logout?x=1` });
  app = accessPages(() => ({ records, directory, now, newSecret, ...visitorsIn(records, now) }));
  await importPeople({ records, now, newId }, { by: 'test', people: [someone('adams'), someone('gone', { active: false }), someone('rolesless', { roles: ['member'] })] });
});
afterAll(async () => {
  await issuer?.stop();
  await table?.stop();
});
beforeEach(() => void (clock = fromEpochMs(Date.now())));

const cookiesOf = (answer: Response) => answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]!);
const send = (path: string, fields: Record<string, string>, cookie: string) =>
  app.request(path, { method: 'POST', headers: { ...FORM, cookie }, body: new URLSearchParams(fields).toString() });

/** Opens the sign-in page and presses its button. */
async function begin(next = '/desk') {
  const opened = await app.request(`/sign-in?next=${encodeURIComponent(next)}`);
  const text = await opened.text();
  const secret = /name="form" value="([^"]+)"/.exec(text)![1]!;
  const posted = await send('/sign-in', { form: secret, next: /name="next" value="([^"]+)"/.exec(text)![1]!.replaceAll('&amp;', '&') }, cookiesOf(opened)[0]!);
  expect(posted.status).toBe(303);
  return { text, address: posted.headers.get('location')!, ticket: cookiesOf(posted)[0]! };
}

async function signIn(name: string, groups: readonly string[], next?: string) {
  issuer.signInAs(name, groups);
  const { address, ticket } = await begin(next);
  const returned = await throughDirectory(address, issuer.issuer);
  const answer = await app.request(returned.pathname + returned.search, { headers: { cookie: ticket } });
  return { answer, returned, ticket, session: cookiesOf(answer).find((cookie) => cookie.startsWith('session=')) };
}

const idOf = async (name: string) => (await table.records.linesOf(directoryLine(name)))[0]!;
const deskWith = (cookie: string) => app.request('/desk', { headers: { cookie } });

describe('signing in', () => {
  it('shows the official-business notice, and the ledger keeps which version was shown', async () => {
    const { text } = await begin();
    expect(text).toContain('For official business only');
    const { answer } = await signIn('adams', ['member', 'ctb-executive']);
    expect(answer.status).toBe(303);
    const told = (await table.records.ledgerOf(`person#${await idOf('adams')}`)).at(-1)!;
    expect(told).toMatchObject({ act: 'session started', clauses: ['XR26-AUD-03', 'XR26-SAFE-06'], facts: { noticeShown: 'official-business-2026-02-04' } });
  });

  it('returns to the page that was asked for', async () => {
    const { answer, session } = await signIn('adams', ['member'], '/decisions/link/abc?x=1&y=2');
    expect(answer.headers.get('location')).toBe('/decisions/link/abc?x=1&y=2');
    expect((await deskWith(session!)).status).toBe(200);
  });

  it('keeps only the hash of the session and never where a link led', async () => {
    const { session } = await signIn('adams', ['member'], '/decisions/link/SECRET-OF-A-LINK');
    const secret = session!.slice('session='.length);
    const record = await table.records.get(sessions, sha256(secret));
    expect(record?.personId).toBe(await idOf('adams'));
    expect(JSON.stringify([record, await table.records.ledgerOf(`person#${record!.personId}`)])).not.toMatch(new RegExp(`${secret}|SECRET-OF-A-LINK`));
  });

  it('gives only the roles that both the record and the directory name', async () => {
    const { session } = await signIn('adams', ['member', 'auditor']);
    const text = await (await deskWith(session!)).text();
    expect(text).toContain('My desk');
    expect(text).not.toContain('Read all requests');
  });

  it('is refused by a directory answer that is used twice', async () => {
    const { returned, ticket } = await signIn('adams', ['member']);
    const again = await app.request(returned.pathname + returned.search, { headers: { cookie: ticket } });
    expect(again.status).toBe(400);
    expect(cookiesOf(again).some((cookie) => /^session=./.test(cookie))).toBe(false);
  });

  it.each([
    ['without the cookie it began with', (_ticket: string) => ''],
    ['with the cookie of another sign-in', (ticket: string) => ticket.replace(/=.{43}/, `=${newSecret()}`)],
    ['with a cookie whose content was changed', (ticket: string) => `${ticket}x`],
  ])('is refused %s', async (_, changed) => {
    issuer.signInAs('adams', ['member']);
    const { address, ticket } = await begin();
    const returned = await throughDirectory(address, issuer.issuer);
    const answer = await app.request(returned.pathname + returned.search, { headers: { cookie: changed(ticket) } });
    expect(answer.status).toBe(400);
    expect(answer.headers.getSetCookie().join()).not.toContain('session=');
  });

  it('is refused after ten minutes, and not before', async () => {
    issuer.signInAs('adams', ['member']);
    for (const [minutes, status] of [[9.9, 303], [10, 400]] as const) {
      const { address, ticket } = await begin();
      const returned = await throughDirectory(address, issuer.issuer);
      clock = plusMinutes(clock, minutes);
      expect((await app.request(returned.pathname + returned.search, { headers: { cookie: ticket } })).status).toBe(status);
    }
  });

  it('is not used up by a look at the headers', async () => {
    issuer.signInAs('adams', ['member']);
    const { address, ticket } = await begin();
    const returned = await throughDirectory(address, issuer.issuer);
    await app.request(returned.pathname + returned.search, { method: 'HEAD', headers: { cookie: ticket } });
    expect((await app.request(returned.pathname + returned.search, { headers: { cookie: ticket } })).headers.get('location')).toBe('/desk');
  });

  it('survives an answer that the directory did not give', async () => {
    const { address, ticket } = await begin();
    const state = new URL(address).searchParams.get('state')!;
    for (const query of [`?state=${state}`, `?state=${state}&code=made-up&iss=${issuer.issuer}`, `?state=${state}&error=access_denied&iss=${issuer.issuer}`, '?state=x&code=y', '']) {
      expect((await app.request(`/sign-in/return${query}`, { headers: { cookie: ticket } })).status).toBe(400);
    }
  });

  it.each([
    ['somebody without a record', 'stranger', ['member'], 'You are not on the department’s list'],
    ['somebody whose assignment ended', 'gone', ['member'], 'Your access has ended'],
    ['somebody whose groups are not the roles on record', 'rolesless', ['auditor'], 'You have no role here'],
  ])('is refused to %s, and the ledger is told', async (_, name, groups, words) => {
    const { answer, session, ticket } = await signIn(name, groups);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain(words);
    expect(session).toBeUndefined();
    const told = await table.records.ledgerOf(`sign-in#${sha256(ticket.slice('sign-in='.length))}`);
    expect(told).toMatchObject([{ act: 'sign-in refused' }]);
    expect(JSON.stringify(told)).not.toContain(name);
  });
});

describe('a session', () => {
  it('is one to a person: a new one ends the old one', async () => {
    const first = await signIn('adams', ['member']);
    const second = await signIn('adams', ['member']);
    expect((await deskWith(first.session!)).status).toBe(303);
    expect((await deskWith(second.session!)).status).toBe(200);
  });

  it('stays one when two sign-ins finish at the same moment', async () => {
    issuer.signInAs('adams', ['member']);
    const begun = await Promise.all([begin(), begin()]);
    const returned = await Promise.all(begun.map(({ address }) => throughDirectory(address, issuer.issuer)));
    const answers = await Promise.all(returned.map((url, index) => app.request(url.pathname + url.search, { headers: { cookie: begun[index]!.ticket } })));
    const statuses = await Promise.all(answers.map(async (answer) => (await deskWith(cookiesOf(answer).find((cookie) => cookie.startsWith('session='))!)).status));
    expect(statuses.toSorted()).toEqual([200, 303]);
  });

  it('ends after 30 idle minutes, and each use begins them anew', async () => {
    const { session } = await signIn('adams', ['member']);
    clock = plusMinutes(clock, 29);
    expect((await deskWith(session!)).status).toBe(200);
    clock = plusMinutes(clock, 29);
    expect((await deskWith(session!)).status).toBe(200);
    clock = plusMinutes(clock, 30);
    expect((await deskWith(session!)).status).toBe(303);
  });

  it('ends 12 hours after sign-in, however busy it is', async () => {
    const { session } = await signIn('adams', ['member']);
    for (let minutes = 20; minutes < 12 * 60; minutes += 20) {
      clock = plusMinutes(clock, 20);
      expect((await deskWith(session!)).status).toBe(200);
    }
    clock = plusMinutes(clock, 20);
    expect((await deskWith(session!)).status).toBe(303);
  });

  it('notes its last use at most once a minute, and tells the ledger nothing of it', async () => {
    const { session } = await signIn('adams', ['member']);
    const id = sha256(session!.slice('session='.length));
    const entries = (await table.records.ledgerOf(`person#${await idOf('adams')}`)).length;
    for (const minutes of [0.5, 0.49, 0.5, 0.5]) {
      clock = plusMinutes(clock, minutes);
      await deskWith(session!);
    }
    expect((await table.records.get(sessions, id))?.version).toBe(2);
    expect(await table.records.ledgerOf(`person#${await idOf('adams')}`)).toHaveLength(entries);
  });

  it('ends at once by signing out, and leads on to the directory', async () => {
    const { session } = await signIn('adams', ['member']);
    const secret = /name="form" value="([^"]+)"/.exec(await (await deskWith(session!)).text())![1]!;
    expect((await send('/sign-out', { form: 'wrong' }, session!)).status).toBe(403);
    expect((await deskWith(session!)).status).toBe(200);
    const out = await send('/sign-out', { form: secret }, session!);
    expect(out.headers.get('location')).toBe('/sign-out');
    expect((await deskWith(session!)).status).toBe(303);
    expect((await app.request('/sign-out')).headers.get('refresh')).toBe(`0; url=${issuer.issuer}/logout?x=1`);
    expect((await send('/sign-out', {}, session!)).status).toBe(303);
  });

  it('ends in the same change that records a transfer, and takes the roles at once with the record', async () => {
    const { session } = await signIn('adams', ['member', 'ctb-executive']);
    const id = await idOf('adams');
    const needs = { records: table.records, now, newId };
    await importPeople(needs, { by: 'test', people: [someone('adams', { roles: ['member'] })] });
    expect(await (await deskWith(session!)).text()).not.toContain('Ask for a use');
    expect(await importPeople(needs, { by: 'test', people: [someone('adams', { command: 'Patrol' })] })).toMatchObject({ changed: 1, sessionsEnded: 1 });
    expect((await deskWith(session!)).status).toBe(303);
    expect((await table.records.ledgerOf(`person#${id}`)).at(-1)).toMatchObject({ act: 'person transferred', clauses: ['XR26-SAFE-04'], facts: { sessionsEnded: 1 } });
    await importPeople(needs, { by: 'test', people: [someone('adams')] });
    expect((await table.records.get(persons, id))?.command).toBe('CTB');
  });
});

describe('where signing in leads', () => {
  it.each([
    ['/desk', '/desk'], ['/requests/R-1?a=1', '/requests/R-1?a=1'], ['//evil.example', '/desk'], ['/\\evil.example', '/desk'], ['https://evil.example', '/desk'],
    ['/\t/evil.example', '/desk'], ['/./\\/evil.example', '/desk'], ['/..//evil.example', '/desk'], ['/sign-out', '/desk'], ['/sign-in/return?code=1', '/desk'], ['', '/desk'], ['javascript:alert(1)', '/desk'],
  ])('%j leads to %s', (asked, leads) => expect(nextPath(asked)).toBe(leads));

  it('is always an address of this site, however it is written', () => {
    const text = fc.string({ unit: fc.constantFrom('/', '\\', '.', ':', '@', '?', '#', '%2f', '%5c', 'evil.example', 'http', '\t', '\n', ' ', 'a', '\u0000', '；') });
    fc.assert(fc.property(fc.oneof(text, fc.string(), fc.webUrl()), (asked) => new URL(nextPath(asked), 'https://site.example').origin === 'https://site.example'), { numRuns: 2000 });
  });
});
