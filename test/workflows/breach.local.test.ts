/**
 * Every path of the workflow breach, on the local host, driven through the pages and the inbox with the clock moved. One
 * host for all; each test makes its own breach. The last stops the host with a report ordered and not yet sent, and
 * starts it again a day later on the same data.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  breachFields,
  containIt,
  describeIt,
  doTheRest,
  findViolation,
  onBreach,
  readIt,
  reportBreach,
  sendIt,
} from '../breach-job.ts';
import { startPostact, type Postact } from '../postact.ts';
import { pathOf } from './path.ts';

const data = mkdtempSync(join(tmpdir(), 'postact-breach-'));
const CPO = 'chief-privacy-officer@example.gov';
const OFFICE = { officer: 'p-okafor', deputy: 'p-adler', chief: 'p-grant', city: CPO } as const;

let postact: Postact;
beforeAll(async () => {
  postact = await startPostact({ data });
});
afterAll(async () => {
  await postact?.stop();
  rmSync(data, { recursive: true, force: true });
});

const TURN = ['Check what the breach needs', 'Is anything still owed?', 'Ask for the next step'];
const turns = (count: number) => Array.from({ length: count }, () => TURN).flat();
const END = TURN.slice(0, 2);

/** The subjects of a breach's mails without its number, oldest first, by reader. */
async function mailed(id: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const each = Object.entries(OFFICE).map(async ([who, address]) => {
    const found = (await postact.mailsTo(address)).filter(({ subject }) => subject.includes(id)).toReversed();
    return [who, found.map(({ subject }) => subject.replace(`Breach ${id}: `, ''))] as const;
  });
  return Object.fromEntries(await Promise.all(each));
}
const READ = 'read what was reported';
const UNSENT = 'the report is not sent';
const DEPUTIES = 'act for the privacy officer';
const NOBODY = 'nobody has acted';
const LATE = 'the report is late';
const reportOn = (id: string) => `Disclosure in violation of the law: report on breach ${id}`;
const TASK = { 'containment-what': 'Have the Harbor Office delete it', 'containment-askedOf': 'tnovak' };
const path = (id: string) => pathOf(postact, 'breach', id);

async function bounces(address: string, yes: boolean): Promise<void> {
  const body = new URLSearchParams({ address, bounces: yes ? 'yes' : 'no' });
  await fetch(`${postact.site}/mail/bounces`, { method: 'POST', body, redirect: 'manual' });
}

/** Read, judged, described: nothing is missing but the report. */
async function readyToReport(over = {}): Promise<string> {
  const id = await reportBreach(postact, 'p-reyes', over);
  await readIt(postact, id);
  await findViolation(postact, id);
  await describeIt(postact, id);
  return id;
}

// Days pass in each, and every hour of them has its sweep.
const PATIENCE = { timeout: 150_000 };

describe('the breach workflow', PATIENCE, () => {
  it('XR26-EXT-20, XR26-EXT-21: is reported, read, told and closed in at most sixteen transitions', async () => {
    const id = await readyToReport();
    await onBreach(postact, 'p-okafor', id, 'containment', TASK);
    const member = await postact.as('p-novak');
    await member.go('/desk');
    const task = new RegExp(`/breaches/${id}/containment/[\\w-]+`).exec(member.page.text)![0];
    await containIt(postact, 'p-novak', task);
    await member.go('/desk');
    expect(member.page.text).not.toContain(task);
    expect((await postact.mailsTo('p-novak'))[0]!.subject).toBe(`Breach ${id}: do your part`);
    await sendIt(postact, id);
    const person = await doTheRest(postact, id);
    await onBreach(postact, 'p-okafor', id, `people/${person}/mail`);
    await onBreach(postact, 'p-okafor', id, 'close', { 'close-because': 'The person was told and nothing is open' });

    const { status, states } = await path(id);
    expect(status).toBe('SUCCEEDED');
    expect(states.slice(-3)).toEqual([...END, 'Breach closed']);
    expect(states.slice(0, -3)).toEqual(turns((states.length - 3) / 3));
    expect(states.length).toBeLessThanOrEqual(16);
    expect(await mailed(id)).toEqual({ officer: [READ], deputy: [], chief: [], city: [reportOn(id)] });
    const letter = (await postact.mailsTo('q.vexley@example.org'))[0]!;
    expect(letter.text).toContain('An x-ray image of your vehicle');
  });

  it('is found to violate nothing, which ends it', async () => {
    const id = await reportBreach(postact);
    await readIt(postact, id, 'p-adler');
    await onBreach(postact, 'p-adler', id, 'containment', TASK);
    await onBreach(postact, 'p-adler', id, 'triage', {
      'triage-violates': 'no',
      'triage-because': 'An approval in advance that is on file covers it',
    });
    expect(await path(id)).toMatchObject({ status: 'SUCCEEDED', states: [...turns(2), ...END, 'Report closed'] });
    expect(await mailed(id)).toEqual({ officer: [READ], deputy: [], chief: [], city: [] });
  });

  it('house-minutes-to-read-breach: asks the deputies, the chief and all of them again while nobody reads it', async () => {
    const id = await reportBreach(postact);
    await postact.advance(31);
    expect(await mailed(id)).toEqual({ officer: [READ], deputy: [DEPUTIES], chief: [], city: [] });
    await postact.advance(30);
    expect(await mailed(id)).toEqual({ officer: [READ], deputy: [DEPUTIES], chief: [NOBODY], city: [] });
    await postact.advance(240);
    expect(await mailed(id)).toEqual({
      officer: [READ, READ],
      deputy: [DEPUTIES, DEPUTIES],
      chief: [NOBODY, NOBODY],
      city: [],
    });
    expect(await path(id)).toMatchObject({ status: 'RUNNING', states: turns(4) });
    await readIt(postact, id, 'p-adler');
    await postact.advance(11 * 60);
    expect((await mailed(id)).deputy).toHaveLength(2);
  });

  it('house-hours-to-remind-of-breach: reminds at 12, 18, 21 and 23 hours, hands on, and says once that it is late', async () => {
    const id = await readyToReport();
    const aware = postact.now();
    const counts = async () => Object.values(await mailed(id)).map((mails) => mails.length);
    for (const [hours, expected] of [
      [11.9, [1, 0, 0, 0]],
      [12.1, [2, 0, 0, 0]],
      [18.1, [3, 0, 0, 0]],
      [21.1, [4, 0, 0, 0]],
      [23.1, [5, 0, 0, 0]],
      [23.4, [5, 1, 0, 0]],
      [23.9, [5, 1, 1, 0]],
      [24.2, [6, 2, 2, 0]],
      [30, [6, 2, 2, 0]],
    ] as const) {
      await postact.advanceTo(new Date(aware.getTime() + hours * 3_600_000));
      expect(await counts(), `after ${hours} hours`).toEqual(expected);
    }
    expect(await mailed(id)).toEqual({
      officer: [READ, UNSENT, UNSENT, UNSENT, UNSENT, LATE],
      deputy: [DEPUTIES, LATE],
      chief: [NOBODY, LATE],
      city: [],
    });
    // Late is sent all the same, and marked late.
    await sendIt(postact, id);
    const report = (await postact.mailsTo(CPO)).find(({ subject }) => subject.includes(id))!;
    expect(report.subject).toBe(`LATE: ${reportOn(id)}`);
    expect(report.text).toMatch(/It is late by [56] h \d+ min/);
    const { states } = await path(id);
    expect(states).toEqual(turns(states.length / 3));
  });

  it('hands on at once when mail to the officer comes back', async () => {
    await bounces('eokafor@example.gov', true);
    const id = await reportBreach(postact);
    await bounces('eokafor@example.gov', false);
    expect(await mailed(id)).toMatchObject({ officer: [READ], deputy: [DEPUTIES], chief: [] });
    expect((await path(id)).states).toEqual(turns(2));
  });

  it('goes on when the report comes back: it was not made', async () => {
    const id = await readyToReport();
    await bounces(CPO, true);
    await sendIt(postact, id);
    await bounces(CPO, false);
    expect((await postact.mailsTo('p-okafor'))[0]!.subject).toMatch(/^A report reached nobody: RP-/);
    await postact.advance(12 * 60 + 5);
    expect((await mailed(id)).officer).toEqual([READ, UNSENT]);
    await sendIt(postact, id);
    await postact.advance(12 * 60);
    expect(await mailed(id)).toMatchObject({ officer: [READ, UNSENT], city: [reportOn(id), reportOn(id)] });
  });

  it('sends a report that was ordered and due while the host was down when it is back, with the true times', async () => {
    const id = await readyToReport();
    const idle = await reportBreach(postact, 'p-reyes', breachFields(postact.now()));
    await readIt(postact, idle);
    // The machine dies between the order and the sending.
    const { functions } = postact.running.host as { functions: { invoke: (...given: never[]) => Promise<unknown> } };
    const invoke = functions.invoke.bind(functions);
    functions.invoke = (...given: never[]) =>
      String(given[0]).includes('MailSend') ? Promise.reject(new Error('the machine is going down')) : invoke(...given);
    await sendIt(postact, id);
    expect((await mailed(id)).city).toEqual([]);
    const downAt = postact.now();
    await postact.running.stop();

    const journal = new DatabaseSync(join(data, 'host.sqlite'));
    const DOWN = 26;
    journal.prepare('UPDATE clock_offset SET ms = ms + ?').run(DOWN * 3_600_000);
    journal.close();
    postact = await startPostact({ data, seeded: true });
    await postact.advance(30);

    expect(postact.now().getTime() - downAt.getTime()).toBeGreaterThan(DOWN * 3_600_000);
    const [report] = (await postact.mailsTo(CPO)).filter(({ subject }) => subject.includes(id));
    expect(report!.subject).toBe(`LATE: ${reportOn(id)}`);
    expect(report!.text).toMatch(/It was due .* Sent .* It is late by [12] h \d+ min/s);
    // Of the other, nobody was skipped: the deputies, the chief and the hour, and no reminder that had passed.
    expect(await mailed(idle)).toEqual({
      officer: [READ, LATE],
      deputy: [DEPUTIES, LATE],
      chief: [LATE, NOBODY],
      city: [],
    });
    const officer = await postact.as('p-okafor');
    await officer.go(`/breaches/${id}`);
    expect(officer.page.status).toBe(200);
  });
});
