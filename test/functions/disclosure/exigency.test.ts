import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exigencyReport, reportExigency } from '../../../functions/disclosure/report-exigency.ts';
import { policyAt } from '../../../functions/disclosure/judge.ts';
import { sweepDeadlines } from '../../../functions/deadline/sweep-deadlines.ts';
import { reports } from '../../../functions/mail/contract.ts';
import { put } from '../../../functions/records/change.ts';
import type { Disclosure } from '../../../functions/disclosure/contract.ts';
import { refusalsIn } from '../bureau.ts';
import { CHIEF, done, startOffice, type Office } from './office.ts';

let office: Office;
beforeAll(async () => {
  office = await startOffice();
});
afterAll(() => office.stop());

const exigent = { ground: 'exigent', explanation: 'A child is missing in freezing weather' } as const;
const composedOf = (disclosure: Disclosure) =>
  exigencyReport(disclosure, policyAt(disclosure, disclosure.release!.at), office.now);
const reporting = async (disclosure: Disclosure, over: object = {}, who = 'p-okafor') =>
  reportExigency(office.needs, {
    disclosureId: disclosure.id,
    person: await office.acting(who),
    shownHash: composedOf(disclosure).shownHash,
    namesNobody: true,
    ...over,
  });

describe('an exigent release', () => {
  it('nyc-23-1202-d: asks the privacy office for a report, in the change that releases', async () => {
    const disclosure = await office.released({ basis: exigent });
    const owed = (await office.mailsAbout(disclosure.id)).filter(({ kind }) => kind === 'exigency-to-report');
    expect(owed.map(({ to }) => to)).toEqual(
      expect.arrayContaining([{ personId: 'p-okafor' }, { personId: 'p-adler' }]),
    );
    expect(disclosure.explainBy).toBe('2026-11-25T15:00:00.000Z');
  });

  it('nyc-23-1202-d-exempt: asks for none where the law exempts it, nor for numbers', async () => {
    const exempt = await office.released({ basis: { ...exigent, exemption: 'police-investigation' } });
    expect(exempt.explainBy).toBeUndefined();
    expect(await office.mailKinds(exempt.id)).not.toContain('exigency-to-report');
    const numbers = await office.released({ basis: exigent, technology: 'digital-camera' });
    expect(numbers.explainBy).toBeUndefined();
    expect(refusalsIn(await reporting(exempt))).toEqual(['nyc-23-1202-d basis']);
  });

  it('is composed from the record, the same whenever it is read, and names nobody of it', async () => {
    const disclosure = await office.released({ basis: exigent });
    const composed = composedOf(disclosure);
    office.later(90);
    expect(composedOf(disclosure)).toEqual(composed);
    const text = JSON.stringify(composed);
    expect(text).toContain('A child is missing');
    for (const name of ['Ada', 'District Attorney', 'The driver', 'Sam Ortiz']) expect(text).not.toContain(name);
    expect(composed).toMatchObject({ missing: [], answers: ['nyc-23-1202-d'] });
  });

  it('is reported by the privacy office, as it was read, once', async () => {
    const disclosure = await office.released({ basis: exigent });
    expect(await reporting(disclosure, {}, 'p-ortiz')).toEqual({ kind: 'missing' });
    expect(refusalsIn(await reporting(disclosure, { shownHash: 'another', namesNobody: false }))).toEqual([
      'house-shown-is-decided shown',
      'house-shown-is-decided namesNobody',
    ]);
    const reported = done(await reporting(disclosure));
    expect(reported.explainBy).toBeUndefined();
    const report = (await office.records.get(reports, reported.exigentReportId!))!;
    expect(report).toMatchObject({
      about: 'exigent-disclosure',
      of: `disclosure#${disclosure.id}`,
      orderedBy: 'p-okafor',
      due: { at: disclosure.explainBy, by: 'target' },
    });
    const mail = (await office.mailsAbout(disclosure.id)).find(({ kind }) => kind === 'report-to-privacy-office');
    expect(mail).toMatchObject({ to: { address: CHIEF }, about: `report#${report.id}` });
    expect(done(await reporting(reported))).toEqual(reported);

    // A report that came back is sent again as a new one.
    await office.records.write({
      at: office.now,
      by: { kind: 'system', id: 'mail' },
      puts: [put(reports, { ...report, undeliverableAt: office.now })],
      tells: [{ subject: report.of, act: 'mail bounced' }],
    });
    expect(done(await reporting(reported)).exigentReportId).not.toBe(report.id);
  });
});

describe('the sweep', () => {
  it('house-hours-to-explain-exigency: reminds the office each day until the report is ordered', async () => {
    const { id } = await office.released({ basis: exigent });
    const reminders = async () => (await office.mailKinds(id)).filter((kind) => kind === 'exigency-to-report').length;
    const asked = await reminders();
    office.days(1);
    office.later(20);
    await sweepDeadlines(office.needs);
    expect(await reminders()).toBe(asked * 2);
    await sweepDeadlines(office.needs);
    expect(await reminders()).toBe(asked * 2);
    // Also when it has ended meanwhile.
    office.days(14);
    expect(await office.check(id)).toEqual({ kind: 'not-collected' });
    office.later(1);
    await sweepDeadlines(office.needs);
    expect(await reminders()).toBe(asked * 3);
    expect((await office.disclosure(id)).state).toBe('not-collected');
  });

  it('starts the workflow of a late disclosure anew, once an hour, also of one that was never sent', async () => {
    const { id } = await office.sent();
    const { id: unsent } = await office.opened();
    office.later(31);
    await sweepDeadlines(office.needs);
    await sweepDeadlines(office.needs);
    const going = (acts: readonly string[]) => acts.filter((act) => act === 'overdue disclosure set going').length;
    expect(going(await office.acts(id))).toBe(1);
    office.days(31);
    await sweepDeadlines(office.needs);
    expect(going(await office.acts(unsent))).toBe(1);
    expect(await office.check(unsent)).toEqual({ kind: 'lapsed' });
    await sweepDeadlines(office.needs);
    expect(going(await office.acts(unsent))).toBe(1);
  });
});
