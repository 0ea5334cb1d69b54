/** The pages of the quarters on a real table: who sees what, what is printed, and that page, CSV and mail tell the same. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../functions/edge/system.ts';
import { reports } from '../../../functions/mail/contract.ts';
import { quarterlyReports } from '../../../functions/quarterly-report/contract.ts';
import { quarterlyReportPages } from '../../../functions/quarterly-report/quarterly-report-pages.lambda.tsx';
import { put } from '../../../functions/records/change.ts';
import { persons } from '../../../functions/records/standing.ts';
import { visitorsIn } from '../../../functions/records/visitors.ts';
import { instantOf, type Instant } from '../../../policies/instant.ts';
import { startBureau, type Bureau } from '../bureau.ts';
import { signedInAs, type Browser } from '../signed-in.ts';
import { writeBreach, writeExigent, writeRequest } from './quarter-world.ts';

let bureau: Bureau;
let officer: Browser;
let auditor: Browser;
let member: Browser;

const signIn = async (at: Instant): Promise<void> => {
  bureau.now = at;
  const { records } = bureau;
  const now = () => bureau.now;
  const app = quarterlyReportPages(() => ({
    records,
    now,
    newId,
    chiefPrivacyOfficer: 'cpo@city.example',
    agency: 'nypd',
    ...visitorsIn(records, now),
  }));
  officer = await signedInAs(app, records, now, 'officer', ['member', 'privacy-officer']);
  auditor = await signedInAs(app, records, now, 'auditor', ['member', 'auditor']);
  member = await signedInAs(app, records, now, 'plain', ['member']);
  const person = (await records.get(persons, officer.personId))!;
  await records.write({
    at,
    by: { kind: 'system', id: 'test' },
    puts: [
      put(persons, {
        ...person,
        privacyOffice: { office: 'agency-privacy-officer', heldFrom: instantOf('2024-01-02T05:00:00Z') },
      }),
    ],
    tells: [{ subject: `person#${person.id}`, act: 'office given' }],
  });
};

beforeAll(async () => {
  bureau = await startBureau();
  const at = instantOf('2026-11-11T12:00:00Z');
  for (let one = 0; one < 12; one++) await writeBreach(bureau, { at, notice: 'people-told' });
  for (let one = 0; one < 7; one++) await writeBreach(bureau, { at, cause: 'wrong-recipient', recipient: 'vendor' });
  for (let one = 0; one < 2; one++) await writeBreach(bureau, { at, cause: 'lost-or-stolen', recipient: 'unknown' });
  for (let one = 0; one < 3; one++) await writeExigent(bureau, at);
  for (let one = 0; one < 5; one++) await writeRequest(bureau, at);
});
afterAll(() => bureau?.stop());

const textOf = async (answer: Promise<Response>) => (await answer).text();
const shownHash = (text: string) => /name="shownHash" value="([0-9a-f]{64})"/.exec(text)?.[1] ?? 'none';
const csvLinks = (text: string) =>
  [...text.matchAll(/href="(\/quarterly-reports\/[^"]+\.csv\?sending=\w+)"/g)].map(([, path]) => path!);
/** The figures of a page: what stands in its cells and after "Total:". */
const figuresOf = (text: string) =>
  [...text.matchAll(/<td class="pa-number">(\d+)<\/td>|Total: <strong>([^<]+)</g)].map(
    ([, cell, total]) => cell ?? total!,
  );

describe('a quarter that is still running', () => {
  it('shows no figure to anyone', async () => {
    await signIn(instantOf('2026-12-30T12:00:00Z'));
    const text = await textOf(officer.get('/quarterly-reports/2026-Q4'));
    expect(text).toContain('This quarter is still running');
    expect([figuresOf(text), csvLinks(text)]).toEqual([[], []]);
    expect((await officer.get('/quarterly-reports/2026-Q4/breaches-by-cause.csv')).status).toBe(404);
    expect((await officer.get('/quarterly-reports/2026-Q4/breaches-by-cause.csv?sending=draft')).status).toBe(404);
    expect(await textOf(officer.get('/quarterly-reports'))).toMatch(
      /2026-Q4[\s\S]*still running[\s\S]*2026-Q3[\s\S]*not opened/,
    );
  });
});

describe('a quarter that has ended', () => {
  beforeAll(() => signIn(instantOf('2027-01-04T12:00:00Z')));

  it('is a draft for the office, with the law it answers before anything else, and nothing yet for others', async () => {
    const text = await textOf(officer.get('/quarterly-reports/2026-Q4'));
    expect(text).toMatch(/A draft: not sent[\s\S]*This report answers[\s\S]*23-1202[\s\S]*Period[\s\S]*Total:/);
    expect(figuresOf(text).slice(0, 3)).toEqual(['21', '21', '0']);
    expect(text).toContain('fewer than 5, but not none');
    const others = await textOf(auditor.get('/quarterly-reports/2026-Q4'));
    expect(others).toContain('has not been sent yet');
    expect([figuresOf(others), csvLinks(others)]).toEqual([[], []]);
    const draft = '/quarterly-reports/2026-Q4/breaches-by-cause.csv';
    expect((await auditor.get(draft)).status).toBe(404);
    expect((await auditor.get(`${draft}?sending=draft`)).status).toBe(404);
    expect((await officer.get(draft)).status).toBe(200);
  });

  it('is for those who read breaches, and sent by those whose task it is', async () => {
    for (const path of [
      '/quarterly-reports',
      '/quarterly-reports/2026-Q4',
      '/quarterly-reports/2026-Q4/breaches-total.csv',
    ])
      expect((await member.get(path)).status).toBe(403);
    expect((await auditor.post('/quarterly-reports/2026-Q4/send')).status).toBe(403);
    for (const path of ['2026-Q5', '2026', 'x', '2019-Q1', '2031-Q1'])
      expect((await officer.get(`/quarterly-reports/${path}`)).status).toBe(404);
    expect((await officer.post('/quarterly-reports/2026-Q5/send')).status).toBe(404);
  });

  it('is not sent unread, nor when it has changed since it was shown', async () => {
    const shown = shownHash(await textOf(officer.get('/quarterly-reports/2026-Q4')));
    const unread = await officer.post('/quarterly-reports/2026-Q4/send', { shownHash: shown });
    expect([unread.status, await unread.text()]).toEqual([422, expect.stringContaining('href="#hasRead"')]);
    const other = await officer.post('/quarterly-reports/2026-Q4/send', { shownHash: 'other', hasRead: 'yes' });
    expect([other.status, await other.text()]).toEqual([
      422,
      expect.stringContaining('has changed since it was shown'),
    ]);
    expect(await bureau.records.get(quarterlyReports, '2026-Q4')).toBeUndefined();
  });

  it('house-smallest-count-shown: once sent tells the same on page, in CSV and in mail, and nowhere a small count', async () => {
    const shown = shownHash(await textOf(officer.get('/quarterly-reports/2026-Q4')));
    const sent = await officer.post('/quarterly-reports/2026-Q4/send', { shownHash: shown, hasRead: 'yes' });
    expect([sent.status, sent.headers.get('location')]).toEqual([303, '/quarterly-reports/2026-Q4']);

    const text = await textOf(auditor.get('/quarterly-reports/2026-Q4'));
    expect(text).toContain('As it was sent');
    expect(text).toMatch(/Compiled and sent[\s\S]*Jan 4, 2027/);
    const small = figuresOf(text).filter((figure) => Number(figure) > 0 && Number(figure) < 5);
    expect(small).toEqual([]);

    const { compiled } = (await bureau.records.get(quarterlyReports, '2026-Q4'))!;
    const { tables } = (await bureau.records.get(reports, compiled!.reportId))!;
    const links = csvLinks(text);
    expect(links.map((path) => path.replace(/^.*2026-Q4\//, '2026-Q4-').replace('?sending=1', ''))).toEqual(
      tables!.map(({ fileName }) => fileName),
    );
    const counts: string[] = [];
    for (const [index, path] of links.entries()) {
      const answer = await auditor.get(path);
      expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
      expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${tables![index]!.fileName}"`);
      const csv = await answer.text();
      expect(csv).toBe(tables![index]!.csv);
      counts.push(
        ...csv
          .split('\r\n')
          .slice(1, -1)
          .map((line) => /,(\d+|"fewer[^"]*"),/.exec(line)![1]!.replaceAll('"', '')),
      );
    }
    const figures = new Set(figuresOf(text));
    expect(counts.filter((count) => !figures.has(count))).toEqual([]);
    expect(new Set(counts)).toEqual(figures);
  });

  it('shows a correction beside what was sent, and each sending its own tables', async () => {
    await writeBreach(bureau, { at: instantOf('2026-12-24T12:00:00Z') });
    const draft = await textOf(officer.get('/quarterly-reports/2026-Q4'));
    expect(draft).toContain('To be sent again');
    expect(figuresOf(draft)[0]).toBe('between 17 and 25');
    await officer.post('/quarterly-reports/2026-Q4/send', { shownHash: shownHash(draft), hasRead: 'yes' });
    const text = await textOf(auditor.get('/quarterly-reports/2026-Q4'));
    expect(text).toMatch(/Sending 2 of 2[\s\S]*Sending 1 of 2/);
    expect(figuresOf(text)).not.toContain('22');
    const path = '/quarterly-reports/2026-Q4/breaches-by-cause.csv';
    expect((await auditor.get(`${path}?sending=1`)).status).toBe(200);
    expect((await auditor.get(`${path}?sending=2`)).status).toBe(404);
    expect((await auditor.get('/quarterly-reports/2026-Q4/breaches-total.csv')).status).toBe(200);
    expect(await textOf(auditor.get('/quarterly-reports'))).toContain('delivery not proven yet');
  });
});
