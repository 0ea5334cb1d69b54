/** Sessions: one to a person, ended by idleness, by time, by signing out and by a transfer. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { importPeople } from '../../../functions/access/import-people.ts';
import { newId } from '../../../functions/edge/system.ts';
import { sha256 } from '../../../functions/records/canonical.ts';
import { persons, sessions } from '../../../functions/records/standing.ts';
import { cookiesOf, openDoor, type Door } from './door.ts';
import { throughDirectory } from './issuer.ts';
import { someone } from './people.ts';

let door: Door;
beforeAll(async () => void (door = await openDoor()));
afterAll(() => door?.stop());
beforeEach(() => door.toPresent());

describe('a session', () => {
  it('is one to a person: a new one ends the old one', async () => {
    const first = await door.signIn('adams', ['member']);
    const second = await door.signIn('adams', ['member']);
    expect((await door.deskWith(first.session!)).status).toBe(303);
    expect((await door.deskWith(second.session!)).status).toBe(200);
  });

  it('stays one when two sign-ins finish at the same moment', async () => {
    door.issuer.signInAs('adams', ['member']);
    const begun = await Promise.all([door.begin(), door.begin()]);
    const returned = await Promise.all(begun.map(({ address }) => throughDirectory(address, door.issuer.issuer)));
    const answers = await Promise.all(
      returned.map((url, index) =>
        door.app.request(url.pathname + url.search, { headers: { cookie: begun[index]!.ticket } }),
      ),
    );
    const statuses = await Promise.all(
      answers.map(
        async (answer) =>
          (await door.deskWith(cookiesOf(answer).find((cookie) => cookie.startsWith('session='))!)).status,
      ),
    );
    expect(statuses.toSorted()).toEqual([200, 303]);
  });

  it('ends after 30 idle minutes, and each use begins them anew', async () => {
    const { session } = await door.signIn('adams', ['member']);
    door.pass(29);
    expect((await door.deskWith(session!)).status).toBe(200);
    door.pass(29);
    expect((await door.deskWith(session!)).status).toBe(200);
    door.pass(30);
    expect((await door.deskWith(session!)).status).toBe(303);
  });

  it('ends 12 hours after sign-in, however busy it is', async () => {
    const { session } = await door.signIn('adams', ['member']);
    for (let minutes = 20; minutes < 12 * 60; minutes += 20) {
      door.pass(20);
      expect((await door.deskWith(session!)).status).toBe(200);
    }
    door.pass(20);
    expect((await door.deskWith(session!)).status).toBe(303);
  });

  it('notes its last use at most once a minute, and tells the ledger nothing of it', async () => {
    const { session } = await door.signIn('adams', ['member']);
    const id = sha256(session!.slice('session='.length));
    const entries = (await door.table.records.ledgerOf(`person#${await door.idOf('adams')}`)).length;
    for (const minutes of [0.5, 0.49, 0.5, 0.5]) {
      door.pass(minutes);
      await door.deskWith(session!);
    }
    expect((await door.table.records.get(sessions, id))?.version).toBe(2);
    expect(await door.table.records.ledgerOf(`person#${await door.idOf('adams')}`)).toHaveLength(entries);
  });

  it('ends at once by signing out, and leads on to the directory', async () => {
    const { session } = await door.signIn('adams', ['member']);
    const secret = /name="form" value="([^"]+)"/.exec(await (await door.deskWith(session!)).text())![1]!;
    expect((await door.send('/sign-out', { form: 'wrong' }, session!)).status).toBe(403);
    expect((await door.deskWith(session!)).status).toBe(200);
    const out = await door.send('/sign-out', { form: secret }, session!);
    expect(out.headers.get('location')).toBe('/sign-out');
    expect((await door.deskWith(session!)).status).toBe(303);
    expect((await door.app.request('/sign-out')).headers.get('refresh')).toBe(
      `0; url=${door.issuer.issuer}/logout?x=1`,
    );
    expect((await door.send('/sign-out', {}, session!)).status).toBe(303);
  });

  it('ends in the same change that records a transfer, and takes the roles at once with the record', async () => {
    const { session } = await door.signIn('adams', ['member', 'ctb-executive']);
    const id = await door.idOf('adams');
    const needs = { records: door.table.records, now: door.now, newId };
    await importPeople(needs, { by: 'test', people: [someone('adams', { roles: ['member'] })] });
    expect(await (await door.deskWith(session!)).text()).not.toContain('Ask for a use');
    expect(await importPeople(needs, { by: 'test', people: [someone('adams', { command: 'Patrol' })] })).toMatchObject({
      changed: 1,
      sessionsEnded: 1,
    });
    expect((await door.deskWith(session!)).status).toBe(303);
    expect((await door.table.records.ledgerOf(`person#${id}`)).at(-1)).toMatchObject({
      act: 'person transferred',
      clauses: ['XR26-SAFE-04'],
      facts: { sessionsEnded: 1 },
    });
    await importPeople(needs, { by: 'test', people: [someone('adams')] });
    expect((await door.table.records.get(persons, id))?.command).toBe('CTB');
  });
});
