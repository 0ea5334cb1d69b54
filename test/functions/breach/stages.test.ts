/** The workflow's steps on a real table: who is asked and reminded, each once, and what moves the stages. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askForNextStep } from '../../../functions/breach/ask-for-next-step.ts';
import { checkBreach } from '../../../functions/breach/check-breach.ts';
import { closeBreach } from '../../../functions/breach/close-breach.ts';
import { describeBreach } from '../../../functions/breach/describe-breach.ts';
import { sweepDeadlines } from '../../../functions/deadline/sweep-deadlines.ts';
import { waitId, waits } from '../../../functions/records/waits.ts';
import { instantOf, plusHours, plusMinutes } from '../../../policies/instant.ts';
import { TABLE } from '../../records-table.ts';
import { breaksIn } from '../../whole-ledger.ts';
import { ACCOUNT, CHIEF, CPO, DEPUTY, OFFICER, startOffice, type BreachOffice } from './breach-office.ts';

let office: BreachOffice;
beforeAll(async () => {
  office = await startOffice();
});
afterAll(() => office?.stop());

const tokenOf = async (id: string) =>
  (await office.records.get(waits, waitId({ on: `breach#${id}`, for: 'next-step' })))?.token;
const lookAgains = async (id: string) => (await office.notesFor(id)).filter(({ kind }) => kind === 'look-again').length;
const EVERYONE = [`breach-to-read ${OFFICER}`, `breach-deputies-asked ${DEPUTY}`, `breach-chief-told ${CHIEF}`];
const sorted = (mailed: readonly string[]) => mailed.toSorted();

describe('while nobody reads it', () => {
  it('house-minutes-to-read-breach: asks the officer, the deputies, the chief, then all of them again', async () => {
    const { id } = await office.reported();
    await office.step(id);
    expect(await office.mailed(id)).toEqual([`breach-to-read ${OFFICER}`]);
    const start = office.now;
    await office.play(id, plusMinutes(start, 59));
    expect(await office.mailed(id)).toEqual([`breach-to-read ${OFFICER}`, `breach-deputies-asked ${DEPUTY}`]);
    await office.play(id, plusMinutes(start, 61));
    expect(sorted(await office.mailed(id))).toEqual(sorted(EVERYONE));
    await office.play(id, plusMinutes(start, 60 + 2 * 240 + 1));
    expect(sorted(await office.mailed(id))).toEqual(sorted([...EVERYONE, ...EVERYONE, ...EVERYONE]));
    expect((await office.breach(id)).readersAsked.map(({ personId }) => personId).slice(0, 3)).toEqual([
      OFFICER,
      DEPUTY,
      CHIEF,
    ]);
    expect(await office.breach(id)).toMatchObject({ step: 'Ask for the next step' });
  });

  it('hands on at once when mail to the officer comes back, once, and not when another’s does', async () => {
    const { id } = await office.reported();
    await office.step(id);
    await office.sendMails(id);
    office.later(2);
    await office.hear((await office.mails(id))[0]!.id, 'bounced');
    expect(await lookAgains(id)).toBe(1);
    await office.step(id);
    expect(sorted(await office.mailed(id))).toEqual(
      sorted([`breach-to-read ${OFFICER}`, `breach-deputies-asked ${DEPUTY}`]),
    );
    await office.sendMails(id);
    const toDeputy = (await office.mails(id)).find(({ kind }) => kind === 'breach-deputies-asked')!;
    await office.hear(toDeputy.id, 'bounced');
    expect(await lookAgains(id)).toBe(1);
  });

  it('asks the deputies at once when nobody holds the office, and is a fault when nobody at all could answer', async () => {
    await office.change(OFFICER, { active: false });
    const { id } = await office.reported();
    await office.step(id);
    expect(await office.mailed(id)).toEqual([`breach-deputies-asked ${DEPUTY}`]);
    await office.change(DEPUTY, { active: false });
    await office.change(CHIEF, { active: false });
    const other = await office.reported();
    await expect(office.step(other.id)).rejects.toThrow('nobody to be put to');
    expect(await tokenOf(other.id)).toBeUndefined();
    for (const person of [OFFICER, DEPUTY, CHIEF]) await office.change(person);
    await office.step(other.id);
    expect(await office.mailed(other.id)).toEqual([`breach-to-read ${OFFICER}`]);
  });
});

describe('while the report is not sent', () => {
  const REMINDED = Array.from({ length: 4 }, () => `breach-to-report ${OFFICER}`);
  const HANDED_ON = [`breach-deputies-asked ${DEPUTY}`, `breach-chief-told ${CHIEF}`];
  const OVERDUE = [OFFICER, DEPUTY, CHIEF].map((person) => `breach-overdue ${person}`);

  it.each([
    ['over a night with an hour more', '2026-10-31T16:00:00-04:00'],
    ['over one with an hour less', '2027-03-13T16:00:00-05:00'],
  ])(
    'house-hours-to-remind-of-breach: reminds at 12, 18, 21, 23 hours, asks deputies and chief, says once that it is late, %s',
    async (_night, from) => {
      const now = office.now;
      office.now = instantOf(from);
      const { id } = await office.reported();
      await office.step(id);
      await office.read(id);
      const aware = office.now;
      const read = [`breach-to-read ${OFFICER}`];
      for (const [hours, mailed] of [
        [11.99, read],
        [12.01, [...read, ...REMINDED.slice(0, 1)]],
        [18.01, [...read, ...REMINDED.slice(0, 2)]],
        [21.01, [...read, ...REMINDED.slice(0, 3)]],
        [23.01, [...read, ...REMINDED]],
        [23.26, [...read, ...REMINDED, ...HANDED_ON.slice(0, 1)]],
        [23.99, [...read, ...REMINDED, ...HANDED_ON]],
        [24.01, [...read, ...REMINDED, ...HANDED_ON, ...OVERDUE]],
        [24 * 7, [...read, ...REMINDED, ...HANDED_ON, ...OVERDUE]],
      ] as const) {
        await office.play(id, plusHours(aware, hours));
        expect(sorted(await office.mailed(id)), `${hours}`).toEqual(sorted(mailed));
      }
      // house-days-to-remind-of-open-breach: a report that is still not sent is not forgotten.
      await office.play(id, plusHours(aware, 24 * 8 + 1));
      expect((await office.mailed(id)).slice(-3).toSorted()).toEqual(
        [DEPUTY, CHIEF, OFFICER].map((person) => `breach-to-report ${person}`),
      );
      office.now = now;
    },
  );

  it('sends after a stop only the latest reminder that is due, and skips nobody who is to be asked', async () => {
    const { id } = await office.reported();
    await office.step(id);
    await office.read(id);
    office.later(19 * 60);
    await office.step(id);
    expect((await office.mailed(id)).slice(1)).toEqual([`breach-to-report ${OFFICER}`]);
    expect((await office.breach(id)).reminded).toEqual([1]);
    office.later(11 * 60);
    await office.step(id);
    expect(sorted((await office.mailed(id)).slice(2))).toEqual(sorted([`breach-deputies-asked ${DEPUTY}`, ...OVERDUE]));
    await office.play(id, plusMinutes(office.now, 16));
    expect((await office.mailed(id)).filter((mailed) => mailed.startsWith('breach-chief-told'))).toHaveLength(1);
  });

  it('reminds the deputy who read it, whom mail reaches, when it does not reach the officer', async () => {
    const { id } = await office.reported();
    await office.step(id);
    await office.sendMails(id);
    await office.hear((await office.mails(id))[0]!.id, 'bounced');
    await office.step(id);
    office.later(5);
    await office.read(id, {}, DEPUTY);
    const aware = office.now;
    await office.play(id, plusHours(aware, 12.1));
    const since = (await office.mailed(id)).slice(2);
    expect(since).toEqual([`breach-to-report ${DEPUTY}`]);
    // Mail to the deputy comes back too: the matter is handed on at once.
    await office.sendMails(id);
    await office.hear((await office.mails(id)).find(({ kind }) => kind === 'breach-to-report')!.id, 'bounced');
    await office.step(id);
    expect((await office.mailed(id)).at(-1)).toBe(`breach-deputies-asked ${DEPUTY}`);
  });

  it('is run twice, and at once, and mails once', async () => {
    const { id } = await office.reported();
    await Promise.all([office.step(id, 'one'), office.step(id, 'two')]);
    await office.step(id, 'three');
    expect(await office.mailed(id)).toEqual([`breach-to-read ${OFFICER}`]);
    expect(await tokenOf(id)).toBe('three');
    await office.read(id);
    office.later(12 * 60);
    await Promise.all([office.step(id, 'four'), office.step(id, 'five')]);
    expect((await office.mailed(id)).slice(1)).toEqual([`breach-to-report ${OFFICER}`]);
  });

  it('meets a report that is ordered in the same moment, and neither is lost', async () => {
    const { id } = await office.violation();
    await office.step(id);
    office.later(12 * 60);
    const [, sent] = await Promise.all([office.step(id, 'reminding'), office.sendReport(id)]);
    expect(sent.kind).toBe('done');
    expect(sorted(await office.mailed(id))).toEqual(
      sorted([`breach-to-report ${OFFICER}`, `report-to-privacy-office ${CPO}`]),
    );
    expect(await office.breach(id)).toMatchObject({ reminded: [0], reportIds: [expect.any(String)] });
  });

  it('is over once it was sent; then what is owed is called to mind every week', async () => {
    const { id } = await office.violation();
    await office.step(id);
    await office.sendReport(id);
    await office.sendMails(id);
    const sentAt = office.now;
    await office.step(id);
    await office.play(id, plusHours(sentAt, 24 * 7 - 1));
    expect(await office.mailed(id)).toEqual([`report-to-privacy-office ${CPO}`]);
    await office.play(id, plusHours(sentAt, 24 * 14 + 1));
    expect((await office.mailed(id)).slice(1)).toEqual(Array.from({ length: 2 }, () => `breach-still-open ${OFFICER}`));
  });

  it('goes on when the report comes back', async () => {
    const { id, awareAt } = await office.violation();
    await office.step(id);
    await office.sendReport(id);
    await office.sendMails(id);
    await office.hear((await office.breach(id)).reportIds[0]!, 'bounced');
    await office.play(id, plusHours(awareAt!, 12.1));
    expect(await office.mailed(id)).toContain(`breach-to-report ${OFFICER}`);
  });
});

describe('the end', () => {
  it('is told to the workflow when it is closed or found to violate nothing', async () => {
    const { id } = await office.violation();
    await office.step(id);
    await office.told(id);
    await office.settle(id);
    const before = await lookAgains(id);
    await office.must(closeBreach, id, { because: 'Everything that was owed is done' });
    expect(await lookAgains(id)).toBe(before + 1);
    expect(await checkBreach(office.at, { breachId: id })).toEqual({ kind: 'closed' });

    const other = await office.reported();
    await office.step(other.id);
    await office.read(other.id);
    await office.triage(other.id, { violates: false, because: 'A pre-approval on file covers it' });
    expect(await checkBreach(office.at, { breachId: other.id })).toEqual({ kind: 'no-violation' });
    // A step that asked in the same moment looks again at once.
    const woken = await lookAgains(other.id);
    await askForNextStep(office.at, { breachId: other.id, token: 'late', seconds: 60 });
    expect([await tokenOf(other.id), await lookAgains(other.id)]).toEqual(['late', woken + 1]);
  });

  it('wakes the workflow for nothing that does not move the stages', async () => {
    const { id } = await office.reported();
    await office.step(id);
    await office.read(id);
    const before = await lookAgains(id);
    await office.triage(id);
    await office.must(describeBreach, id, { account: ACCOUNT });
    await office.sendReport(id);
    await office.settle(id);
    expect(await lookAgains(id)).toBe(before);
  });
});

describe('the sweep', () => {
  it('takes up a breach five minutes after its stage was due, wakes its workflow and starts another', async () => {
    const { id } = await office.reported();
    await office.step(id);
    const { dueAt, version } = await office.breach(id);
    office.now = plusMinutes(dueAt!, 4);
    await sweepDeadlines(office.needs);
    expect((await office.breach(id)).version).toBe(version);
    office.now = plusMinutes(dueAt!, 6);
    await sweepDeadlines(office.needs);
    expect((await office.breach(id)).version).toBe(version + 1);
    expect(await lookAgains(id)).toBe(1);
    expect((await office.notesFor(id)).filter(({ kind }) => kind === 'start')).toHaveLength(2);
    await office.step(id);
    expect(await office.mailed(id)).toContain(`breach-deputies-asked ${DEPUTY}`);
  });
});

it('leaves a ledger that tells of every record', async () => {
  expect(await breaksIn(office.table.client, TABLE)).toEqual([]);
});
