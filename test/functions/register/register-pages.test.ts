/** The pages of the registers on a real table: who sees what, that looking changes nothing, and the way onto file. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { persons } from '../../../functions/records/standing.ts';
import { put } from '../../../functions/records/change.ts';
import { visitorsIn } from '../../../functions/records/visitors.ts';
import { registerPages } from '../../../functions/register/register-pages.lambda.tsx';
import { SHEET_NAMES } from '../../../functions/register/sheets.ts';
import { newId, newSecret } from '../../../functions/edge/system.ts';
import { instantOf, type Instant } from '../../../policies/instant.ts';
import { startTable, type TestTable } from '../../records-table.ts';
import { parsed } from '../edge/parsed-csv.ts';
import { signedInAs, type Browser } from '../signed-in.ts';
import { provisionAt, released } from './released.ts';

let table: TestTable;
let clock: Instant = instantOf('2026-11-24T15:00:00Z');
let officer: Browser;
let second: Browser;
let auditor: Browser;
let member: Browser;
const now = () => clock;

beforeAll(async () => {
  table = await startTable();
  const { records } = table;
  const app = registerPages(() => ({ records, now, newId, agency: 'nypd', ...visitorsIn(records, now) }));
  officer = await signedInAs(app, records, now, 'officer', ['member', 'privacy-officer']);
  second = await signedInAs(app, records, now, 'second', ['member', 'privacy-officer']);
  auditor = await signedInAs(app, records, now, 'auditor', ['member', 'auditor']);
  member = await signedInAs(app, records, now, 'member', ['member', 'executive', 'investigator']);
  for (const { personId } of [officer, second]) {
    const person = (await records.get(persons, personId))!;
    const privacyOffice = { office: 'agency-privacy-officer', heldFrom: instantOf('2024-01-02T05:00:00Z') } as const;
    const after = { ...person, bureau: 'legal-bureau', ...(personId === officer.personId && { privacyOffice }) };
    await records.write({
      at: clock,
      by: { kind: 'system', id: 'test' },
      puts: [put(persons, after)],
      tells: [{ subject: `person#${personId}`, act: 'test' }],
    });
  }
});
afterAll(() => table?.stop());

const textOf = async (answer: Promise<Response>) => (await answer).text();
const AGREEMENT = {
  title: 'Agreement <b>one</b>',
  with: '=HYPERLINK("http://evil.example")',
  reference: 'Paper 1',
  technologies: 'mobile-x-ray',
  from: '2026-01-01',
  until: '2026-12-10',
};
const placed = async (browser: Browser, path: string, fields: Record<string, string>): Promise<string> => {
  const answer = await browser.post(path, fields);
  expect(answer.status, await answer.clone().text()).toBe(303);
  return answer.headers.get('location')!;
};

describe('who may', () => {
  it.each(SHEET_NAMES)('read %s: who reads disclosures, in each of its forms', async (name) => {
    for (const path of [`/registers/${name}`, `/registers/${name}.csv`, `/registers/${name}/print`]) {
      expect((await auditor.get(path)).status, path).toBe(200);
      expect((await member.get(path)).status, path).toBe(403);
      expect((await auditor.get(path)).headers.get('cache-control')).toBe('no-store');
    }
  });

  it('keep them: the privacy office alone', async () => {
    for (const path of ['agreements', 'pre-approvals', 'designations', 'access', 'deputies']) {
      expect((await officer.get(`/registers/${path}/new`)).status).toBe(200);
      expect((await auditor.get(`/registers/${path}/new`)).status).toBe(403);
      expect((await auditor.post(`/registers/${path}`)).status).toBe(403);
      expect((await auditor.post(`/registers/${path}/X/end`)).status).toBe(403);
      expect((await officer.post(`/registers/${path}`)).status).toBe(422);
      expect((await officer.post(`/registers/${path}/X/end`, { why: 'because it is' })).status).toBe(404);
      expect((await officer.get(`/registers/${path}/X`)).status).toBe(404);
      expect(await textOf(auditor.get(`/registers/${path}`))).not.toContain(`/registers/${path}/new`);
    }
  });
});

describe('an agreement on its page', () => {
  it('is put on file by the form, once, and shown with what was typed made harmless', async () => {
    const draft = newSecret();
    const first = await placed(officer, '/registers/agreements', { ...AGREEMENT, draft });
    expect(await placed(officer, '/registers/agreements', { ...AGREEMENT, draft })).toBe(first);
    const text = await textOf(auditor.get(first));
    expect(text).toContain('Agreement &lt;b&gt;one');
    expect(text).toContain('Ends soon');
    expect(text).not.toContain('End it now');
    expect(await textOf(auditor.get('/registers'))).toMatch(/Ends within 30 days[\s\S]*Agreement &lt;b&gt;one/);

    const csv = parsed(await textOf(auditor.get('/registers/agreements.csv')).then((body) => `\uFEFF${body}`));
    expect(csv).toHaveLength(2);
    expect(csv[1]).toContain(`'=HYPERLINK("http://evil.example")`);
  });

  it('that is refused comes back as it was typed, with each field named', async () => {
    const answer = await officer.post('/registers/agreements', { ...AGREEMENT, reference: '', until: '2026-01-01' });
    const text = await answer.text();
    expect(answer.status).toBe(422);
    expect(text).toContain('2 things are in the way');
    expect(text).toMatch(/href="#reference"[\s\S]*href="#until"/);
    expect(text).toContain('value="Agreement &lt;b&gt;one&lt;/b&gt;"');
    expect(text).toMatch(/name="draft" value="[\w-]{43}"/);
  });

  it('shows what rests on it, and is ended with a reason', async () => {
    const page = await placed(officer, '/registers/agreements', { ...AGREEMENT, draft: newSecret() });
    const id = page.split('/').at(-1)!;
    const tied = await released(
      table.records,
      provisionAt(clock, { asked: { agreement: { kind: 'agreement', agreementId: id } } }),
    );
    const other = await released(table.records, provisionAt(clock));
    const text = await textOf(auditor.get(page));
    expect(text).toContain(tied.id);
    expect(text).not.toContain(other.id);
    const listed = await textOf(auditor.get(`/registers/provisions?quarter=2026-Q4&under=${id}`));
    expect(listed).toContain(tied.id);
    expect(listed).not.toContain(other.id);

    expect((await officer.post(`${page}/end`, { why: '' })).status).toBe(422);
    expect(await placed(officer, `${page}/end`, { why: 'The partner gave notice' })).toBe(page);
    const after = await textOf(officer.get(page));
    expect(after).toContain('The partner gave notice');
    expect(after).toContain('Dec 10, 2026');
    expect(after).not.toContain('End it now');
  });
});

describe('the other forms', () => {
  it('put an approval, a designation and an access on file', async () => {
    const approval = {
      reference: 'CPO-9',
      approvedOn: '2026-11-20',
      until: '',
      covers: 'welfare-of-a-person',
      single: '',
    };
    expect(await textOf(auditor.get(await placed(officer, '/registers/pre-approvals', approval)))).toContain('CPO-9');
    const designation = {
      title: 'Evidence',
      why: 'It is asked for in every case',
      covers: 'evidence-for-prosecution',
      recipients: 'prosecutor',
      from: '2026-11-24',
      until: '',
    };
    expect((await second.post('/registers/designations', designation)).status).toBe(422);
    expect(await textOf(auditor.get(await placed(officer, '/registers/designations', designation)))).toContain(
      'It is asked for in every case',
    );
    const access = {
      agencyName: 'Harbor Agency',
      level: 'federal',
      technology: 'license-plate-reader',
      system: 'Search of plate reads',
      reaches: 'one-plate-search',
      extent: 'One plate at a time',
      immigration: 'no',
      agencyEnforces: 'no',
      from: '2026-02-04',
      until: '',
    };
    const refused = await officer.post('/registers/access', access);
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('href="#existing"');
    const page = await placed(officer, '/registers/access', { ...access, existing: 'yes' });
    expect(await textOf(auditor.get(page))).toMatch(/This access must end[\s\S]*LPR26-EXT-01/);
    expect(await textOf(auditor.get('/registers'))).toContain('One direct access must end');
    expect(await textOf(auditor.get('/registers/access'))).toContain('it must end');
    const stopped = await officer.post('/registers/access', {
      ...access,
      existing: 'yes',
      immigration: 'civil-provisions',
    });
    expect(stopped.status).toBe(422);
    expect(await stopped.text()).toContain('nyc-10-178-d');
  });

  it('name a deputy and end the naming', async () => {
    const naming = { deputyId: second.personId, statement: 'I name you my deputy.', from: '2026-11-24', until: '' };
    expect((await second.post('/registers/deputies', { ...naming, deputyId: officer.personId })).status).toBe(422);
    const page = await placed(officer, '/registers/deputies', naming);
    expect(await textOf(auditor.get(page))).toMatch(/In office[\s\S]*I name you my deputy\./);
    expect(await textOf(auditor.get('/registers/deputies'))).toContain('Agency Privacy Officer');
    expect((await second.post(`${page}/end`, { why: 'I would rather not' })).status).toBe(422);
    await placed(officer, `${page}/end`, { why: 'The leave is over' });
    clock = instantOf('2026-11-24T15:01:00Z');
    expect(await textOf(auditor.get(page))).toMatch(/Not in office[\s\S]*The leave is over/);
  });
});

describe('looking', () => {
  it('changes nothing, in any of its forms', async () => {
    const heads = async () =>
      (await table.records.openHeads()).map(({ subject, seq }) => `${subject} ${seq}`).toSorted();
    const before = await heads();
    for (const name of SHEET_NAMES)
      for (const end of ['', '.csv', '/print', '?quarter=2026-Q1&technology=x&recipient=y&statutory=yes&under=AG-1'])
        expect((await auditor.get(`/registers/${name}${end}`)).status).toBe(200);
    expect(await heads()).toEqual(before);
  });
});
