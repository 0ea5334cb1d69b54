/** The compilation of a quarter on a real table: opened, sent as it was shown, and each of its sendings. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deskOf } from '../../../functions/access/desk.ts';
import { sweepDeadlines } from '../../../functions/deadline/sweep-deadlines.ts';
import { reports } from '../../../functions/mail/contract.ts';
import { noteMailOutcome } from '../../../functions/mail/note-mail-outcome.ts';
import { sendMail } from '../../../functions/mail/send-mail.ts';
import type { Letter } from '../../../functions/mail/letter.tsx';
import { quarterlyReports, sendingsOf } from '../../../functions/quarterly-report/contract.ts';
import { openQuarters } from '../../../functions/quarterly-report/open-quarter.ts';
import { sendQuarterlyReport } from '../../../functions/quarterly-report/send-quarterly-report.ts';
import { mails } from '../../../functions/records/mail-owed.ts';
import { newCode, newSecret } from '../../../functions/edge/system.ts';
import { instantOf } from '../../../policies/instant.ts';
import { TABLE } from '../../records-table.ts';
import { breaksIn } from '../../whole-ledger.ts';
import { refusalsIn, startBureau, type Bureau } from '../bureau.ts';
import { composed as composedIn, writeBreach } from './quarter-world.ts';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await startBureau();
});
afterAll(() => bureau?.stop());

const CHIEF = 'cpo@city.example';
const needs = () => ({ ...bureau.needs, chiefPrivacyOfficer: CHIEF });
const record = async (id: string) => (await bureau.records.get(quarterlyReports, id))!;
const mailsOf = async (id: string) => (await bureau.records.ofSubject(mails, `quarterly-report#${id}`)).records;
const acts = async (id: string) => (await bureau.records.ledgerOf(`quarterly-report#${id}`)).map(({ act }) => act);

const composed = (id: string) => composedIn(bureau, id);

const send = async (id: string, over: Partial<Parameters<typeof sendQuarterlyReport>[1]> = {}) =>
  sendQuarterlyReport(needs(), {
    quarter: id,
    personId: 'p-okafor',
    shownHash: over.shownHash ?? (await composed(id)).sha256,
    hasRead: true,
    ...over,
  });

/** Sends what is owed about a quarter, as the mail service takes it; answers the letters. */
async function deliver(id: string): Promise<readonly Letter[]> {
  const letters: Letter[] = [];
  for (const { id: mailId, state } of await mailsOf(id))
    if (state === 'owed')
      await sendMail(
        {
          ...bureau.needs,
          newSecret,
          newCode,
          site: 'https://postact.example',
          send: async (_, letter) => `ses-${letters.push(letter)}`,
        },
        mailId,
      );
  return letters;
}

describe('a quarter that has ended', () => {
  it('is opened once, on the first day after it in New York, and asks the office', async () => {
    bureau.now = instantOf('2026-11-24T15:00:00Z');
    expect(await openQuarters(bureau.needs)).toEqual({ opened: [] });
    bureau.now = instantOf('2027-01-01T04:59:00Z');
    expect(await openQuarters(bureau.needs)).toEqual({ opened: [] });
    bureau.now = instantOf('2027-01-01T05:00:00Z');
    expect(await openQuarters(bureau.needs)).toEqual({ opened: ['2026-Q4'] });
    expect(await openQuarters(bureau.needs)).toEqual({ opened: [] });
    expect(await record('2026-Q4')).toMatchObject({ state: 'open', dueAt: '2027-01-11T05:00:00.000Z' });
    expect((await mailsOf('2026-Q4')).map(({ kind, to }) => [kind, to])).toEqual(
      expect.arrayContaining([
        ['quarterly-report-due', { personId: 'p-okafor' }],
        ['quarterly-report-due', { personId: 'p-adler' }],
      ]),
    );
    expect(await mailsOf('2026-Q4')).toHaveLength(2);
    const officer = await bureau.person('p-okafor');
    const desk = await deskOf(bureau.records, { ...officer, personId: officer.id } as never);
    expect(desk.waiting.map(({ href }) => href)).toContain('/quarterly-reports/2026-Q4');
  });

  it('house-days-to-remind-of-quarter: is reminded of when its day has passed, and again', async () => {
    const due = async () => (await mailsOf('2026-Q4')).filter(({ kind }) => kind === 'quarterly-report-due').length;
    bureau.now = instantOf('2027-01-11T04:00:00Z');
    await sweepDeadlines(bureau.needs);
    expect(await due()).toBe(2);
    bureau.now = instantOf('2027-01-11T06:00:00Z');
    await sweepDeadlines(bureau.needs);
    await sweepDeadlines(bureau.needs);
    expect(await due()).toBe(4);
    bureau.now = instantOf('2027-01-14T07:00:00Z');
    await sweepDeadlines(bureau.needs);
    expect(await due()).toBe(6);
    expect((await record('2026-Q4')).dueAt).toBe('2027-01-11T05:00:00.000Z');
  });

  it('is sent as it was shown, by who holds the office, and not before it has ended', async () => {
    for (let one = 0; one < 9; one++) await writeBreach(bureau, { at: instantOf('2026-11-30T12:00:00Z') });
    expect(refusalsIn(await send('2026-Q4', { personId: 'p-stone' }))).toEqual(['nyc-23-1201-privacy-officer signer']);
    await bureau.change('p-adler', {
      privacyOffice: { office: 'deputy', heldFrom: '2024-01-02T05:00:00.000Z', heldUntil: '2026-12-31T05:00:00.000Z' },
    });
    expect(refusalsIn(await send('2026-Q4', { personId: 'p-adler' }))).toEqual(['nyc-23-1201-privacy-officer signer']);
    expect(refusalsIn(await send('2026-Q4', { shownHash: 'other', hasRead: false }))).toEqual([
      'house-shown-is-decided shownHash',
      'house-shown-is-decided hasRead',
    ]);
    expect(refusalsIn(await send('2027-Q1'))).toEqual(['nyc-23-1202-c-4-report quarter']);
    expect(await send('2026-Q5', { shownHash: '-' })).toEqual({ kind: 'missing' });
    expect(await send('2019-Q1', { shownHash: '-' })).toEqual({ kind: 'missing' });

    const { sha256 } = await composed('2026-Q4');
    const [one, two] = await Promise.all([send('2026-Q4'), send('2026-Q4')]);
    expect([one.kind, two.kind]).toEqual(['done', 'done']);
    const { compiled } = await record('2026-Q4');
    expect(await bureau.records.get(reports, compiled!.reportId)).toMatchObject({
      about: 'quarter',
      of: 'quarterly-report#2026-Q4',
      sha256,
      orderedBy: 'p-okafor',
      due: { by: 'target' },
    });
    expect((await acts('2026-Q4')).filter((act) => act === 'quarterly report sent')).toHaveLength(1);
    expect((await mailsOf('2026-Q4')).filter(({ kind }) => kind === 'report-to-privacy-office')).toMatchObject([
      { to: { address: CHIEF } },
    ]);
    const letter = (await deliver('2026-Q4')).find(({ subject }) => subject.startsWith('Quarterly compilation'))!;
    expect(letter.text).toContain('2026-Q4-breaches-by-cause.csv');
    expect(letter.text).toContain('2026-Q4,breaches,cause,no-ground,9,');
    expect(letter.subject).not.toContain('LATE');
  });

  it('is off the desk, and not sent again while nothing has changed', async () => {
    expect(refusalsIn(await send('2026-Q4', { shownHash: 'another' }))).toEqual(['nyc-23-1202-c-4-report shownHash']);
    await sweepDeadlines({ ...bureau.needs, now: () => instantOf('2027-01-20T07:00:00Z') });
    expect(
      (await bureau.records.onDesk('role#privacy-officer')).filter(({ noun }) => noun === 'quarterly-report'),
    ).toEqual([]);
  });

  it('is sent again, corrected, when it has changed; the first stays as it was and the difference is not told', async () => {
    const before = await record('2026-Q4');
    await writeBreach(bureau, { at: instantOf('2026-12-31T12:00:00Z'), cause: 'lost-or-stolen' });
    expect(await send('2026-Q4')).toMatchObject({ kind: 'done' });
    const after = await record('2026-Q4');
    expect(sendingsOf(after)).toHaveLength(2);
    expect(after.earlier).toEqual([before.compiled]);
    expect(after.compiled!.compilation.parts[0]).toMatchObject({
      total: { between: [5, 13] },
      tables: [],
      corrected: true,
    });
    expect(after.compiled!.compilation.parts.slice(1)).toEqual(before.compiled!.compilation.parts.slice(1));
    const [letter] = await deliver('2026-Q4');
    expect(letter!.subject).toBe('Quarterly compilation 2026-Q4, corrected');
    expect(letter!.text).toContain('between 5 and 13');
    expect(letter!.text).not.toMatch(/\b10\b,nyc|Total: 10/);
  });

  it('comes back on the desk when its mail came back, and is sent again as it was', async () => {
    const sent = await record('2026-Q4');
    const mail = (await mailsOf('2026-Q4')).find(({ about }) => about === `report#${sent.compiled!.reportId}`)!;
    await noteMailOutcome(bureau.needs, { mailId: mail.id, outcome: 'bounced' });
    expect(await record('2026-Q4')).toMatchObject({ state: 'open', dueAt: sent.dueAt });
    expect((await mailsOf('2026-Q4')).map(({ kind }) => kind)).toContain('report-undeliverable');
    const again = await composed('2026-Q4');
    expect(again.changed).toEqual([]);
    expect(again.compilation).toEqual(sent.compiled!.compilation);
    expect(await send('2026-Q4')).toMatchObject({ kind: 'done', quarterlyReport: { state: 'sent' } });
    expect(sendingsOf(await record('2026-Q4'))).toHaveLength(3);
    await deliver('2026-Q4');
    const last = await record('2026-Q4');
    const second = (await mailsOf('2026-Q4')).find(({ about }) => about === `report#${last.compiled!.reportId}`)!;
    await noteMailOutcome(bureau.needs, { mailId: second.id, outcome: 'delivered' });
    expect(await bureau.records.get(reports, last.compiled!.reportId)).toHaveProperty('deliveredAt');
    expect((await record('2026-Q4')).state).toBe('sent');
  });

  it('makes up for quarters that passed while nobody looked', async () => {
    bureau.now = instantOf('2027-10-01T12:00:00Z');
    expect(await openQuarters(bureau.needs)).toEqual({ opened: ['2027-Q1', '2027-Q2', '2027-Q3'] });
  });

  it('house-days-to-remind-of-quarter: of several that are not sent, one mail speaks for all', async () => {
    const quarters = ['2027-Q1', '2027-Q2', '2027-Q3'];
    const mailed = () => Promise.all(quarters.map(async (id) => (await mailsOf(id)).length));
    const before = await mailed();
    // Each was told of once when it was opened: one mail to whoever holds the office by then.
    const office = before[1]!;
    expect(office).toBeGreaterThan(0);
    bureau.now = instantOf('2027-10-12T07:00:00Z');
    await sweepDeadlines(bureau.needs);
    expect(await mailed()).toEqual([before[0]! + office, before[1], before[2]]);
    for (const id of quarters) expect((await record(id)).remindAt! > bureau.now).toBe(true);
  });
});

describe('after all of that', () => {
  it('the ledger tells of everything, and of no count', async () => {
    expect(await breaksIn(bureau.table.client, TABLE)).toEqual([]);
    const facts = (await bureau.records.ledgerOf('quarterly-report#2026-Q4')).map((entry) => entry.facts);
    expect(JSON.stringify(facts)).not.toMatch(/total|count/);
  });
});
