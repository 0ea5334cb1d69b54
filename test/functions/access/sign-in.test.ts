/** Signing in through a real directory and a real table, and everything that must not become a session. */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { accessPages } from '../../../functions/access/access-pages.lambda.tsx';
import { directoryAt } from '../../../functions/access/directory.ts';
import { nextPath } from '../../../functions/access/next-path.ts';
import { newSecret } from '../../../functions/edge/system.ts';
import { sha256 } from '../../../functions/records/canonical.ts';
import { sessions } from '../../../functions/records/standing.ts';
import { visitorsIn } from '../../../functions/records/visitors.ts';
import { cookiesOf, FORM, openDoor, type Door } from './door.ts';
import { CLIENT_ID, throughDirectory } from './issuer.ts';

let door: Door;
beforeAll(async () => void (door = await openDoor()));
afterAll(() => door?.stop());
beforeEach(() => door.toPresent());

describe('signing in', () => {
  it('shows the official-business notice, and the ledger keeps which version was shown', async () => {
    const { text } = await door.begin();
    expect(text).toContain('For official business only');
    const { answer } = await door.signIn('adams', ['member', 'ctb-executive']);
    expect(answer.status).toBe(303);
    const told = (await door.table.records.ledgerOf(`person#${await door.idOf('adams')}`)).at(-1)!;
    expect(told).toMatchObject({
      act: 'session started',
      clauses: ['XR26-AUD-03', 'XR26-SAFE-06'],
      facts: { noticeShown: 'official-business-2026-02-04' },
    });
  });

  it('returns to the page that was asked for', async () => {
    const { answer, session } = await door.signIn('adams', ['member'], '/decisions/link/abc?x=1&y=2');
    expect(answer.headers.get('location')).toBe('/decisions/link/abc?x=1&y=2');
    expect((await door.deskWith(session!)).status).toBe(200);
  });

  it('keeps only the hash of the session and never where a link led', async () => {
    const { session } = await door.signIn('adams', ['member'], '/decisions/link/SECRET-OF-A-LINK');
    const secret = session!.slice('session='.length);
    const record = await door.table.records.get(sessions, sha256(secret));
    expect(record?.personId).toBe(await door.idOf('adams'));
    expect(JSON.stringify([record, await door.table.records.ledgerOf(`person#${record!.personId}`)])).not.toMatch(
      new RegExp(`${secret}|SECRET-OF-A-LINK`),
    );
  });

  it('gives only the roles that both the record and the directory name', async () => {
    const { session } = await door.signIn('adams', ['member', 'auditor']);
    const text = await (await door.deskWith(session!)).text();
    expect(text).toContain('My desk');
    expect(text).not.toContain('Read all requests');
  });

  it('is refused by a directory answer that is used twice', async () => {
    const { returned, ticket } = await door.signIn('adams', ['member']);
    const again = await door.app.request(returned.pathname + returned.search, { headers: { cookie: ticket } });
    expect(again.status).toBe(400);
    expect(cookiesOf(again).some((cookie) => /^session=./.test(cookie))).toBe(false);
  });

  it.each([
    ['without the cookie it began with', (_ticket: string) => ''],
    ['with the cookie of another sign-in', (ticket: string) => ticket.replace(/=.{43}/, `=${newSecret()}`)],
    ['with a cookie whose content was changed', (ticket: string) => `${ticket}x`],
  ])('is refused %s', async (_, changed) => {
    door.issuer.signInAs('adams', ['member']);
    const { address, ticket } = await door.begin();
    const returned = await throughDirectory(address, door.issuer.issuer);
    const answer = await door.app.request(returned.pathname + returned.search, {
      headers: { cookie: changed(ticket) },
    });
    expect(answer.status).toBe(400);
    expect(answer.headers.getSetCookie().join()).not.toContain('session=');
  });

  it('is refused after ten minutes, and not before', async () => {
    door.issuer.signInAs('adams', ['member']);
    for (const [minutes, status] of [
      [9.9, 303],
      [10, 400],
    ] as const) {
      const { address, ticket } = await door.begin();
      const returned = await throughDirectory(address, door.issuer.issuer);
      door.pass(minutes);
      expect(
        (await door.app.request(returned.pathname + returned.search, { headers: { cookie: ticket } })).status,
      ).toBe(status);
    }
  });

  it('is not used up by a look at the headers', async () => {
    door.issuer.signInAs('adams', ['member']);
    const { address, ticket } = await door.begin();
    const returned = await throughDirectory(address, door.issuer.issuer);
    await door.app.request(returned.pathname + returned.search, { method: 'HEAD', headers: { cookie: ticket } });
    expect(
      (await door.app.request(returned.pathname + returned.search, { headers: { cookie: ticket } })).headers.get(
        'location',
      ),
    ).toBe('/desk');
  });

  it('survives an answer that the directory did not give', async () => {
    const { address, ticket } = await door.begin();
    const state = new URL(address).searchParams.get('state')!;
    for (const query of [
      `?state=${state}`,
      `?state=${state}&code=made-up&iss=${door.issuer.issuer}`,
      `?state=${state}&error=access_denied&iss=${door.issuer.issuer}`,
      '?state=x&code=y',
      '',
    ]) {
      expect((await door.app.request(`/sign-in/return${query}`, { headers: { cookie: ticket } })).status).toBe(400);
    }
  });

  it.each([
    ['somebody without a record', 'stranger', ['member'], 'You are not on the department’s list'],
    ['somebody whose assignment ended', 'gone', ['member'], 'Your access has ended'],
    ['somebody whose groups are not the roles on record', 'rolesless', ['auditor'], 'You have no role here'],
  ])('is refused to %s, and the ledger is told', async (_, name, groups, words) => {
    const { answer, session, ticket } = await door.signIn(name, groups);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain(words);
    expect(session).toBeUndefined();
    const told = await door.table.records.ledgerOf(`sign-in#${sha256(ticket.slice('sign-in='.length))}`);
    expect(told).toMatchObject([{ act: 'sign-in refused' }]);
    expect(JSON.stringify(told)).not.toContain(name);
  });
});

describe('the directory', () => {
  it('is the only other place the sign-in form may lead to', async () => {
    expect((await door.app.request('/sign-in')).headers.get('content-security-policy')).toContain(
      `form-action 'self' ${door.issuer.issuer};`,
    );
  });

  it.each([
    ['does not answer', 'http://127.0.0.1:1'],
    ['is no loopback address and has no https', 'http://192.0.2.1'],
  ])('that %s is a fault that may pass, and nobody is signed in', async (_, address) => {
    const directory = directoryAt({ issuer: address, clientId: CLIENT_ID, addressToSignOut: 'http://127.0.0.1:1/' });
    const apart = accessPages(() => ({
      records: door.table.records,
      directory,
      now: door.now,
      newSecret,
      ...visitorsIn(door.table.records, door.now),
    }));
    const opened = await apart.request('/sign-in');
    const secret = /name="form" value="([^"]+)"/.exec(await opened.text())![1]!;
    const answer = await apart.request('/sign-in', {
      method: 'POST',
      headers: { ...FORM, cookie: cookiesOf(opened)[0]! },
      body: new URLSearchParams({ form: secret }).toString(),
    });
    expect(answer.status).toBe(503);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });
});

describe('where signing in leads', () => {
  it.each([
    ['/desk', '/desk'],
    ['/requests/R-1?a=1', '/requests/R-1?a=1'],
    ['//evil.example', '/desk'],
    ['/\\evil.example', '/desk'],
    ['https://evil.example', '/desk'],
    ['/\t/evil.example', '/desk'],
    ['/./\\/evil.example', '/desk'],
    ['/..//evil.example', '/desk'],
    ['/sign-out', '/desk'],
    ['/sign-in/return?code=1', '/desk'],
    ['', '/desk'],
    ['javascript:alert(1)', '/desk'],
  ])('%j leads to %s', (asked, leads) => expect(nextPath(asked)).toBe(leads));

  it('is always an address of this site, however it is written', () => {
    const text = fc.string({
      unit: fc.constantFrom(
        '/',
        '\\',
        '.',
        ':',
        '@',
        '?',
        '#',
        '%2f',
        '%5c',
        'evil.example',
        'http',
        '\t',
        '\n',
        ' ',
        'a',
        '\u0000',
        '；',
      ),
    });
    fc.assert(
      fc.property(
        fc.oneof(text, fc.string(), fc.webUrl()),
        (asked) => new URL(nextPath(asked), 'https://site.example').origin === 'https://site.example',
      ),
      { numRuns: 2000 },
    );
  });
});
