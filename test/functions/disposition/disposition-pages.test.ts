/** The pages of batches, on records in memory: what they show and to whom, the forms, and the link an office signs by. */
import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { startSession } from '../../../functions/access/start-session.ts';
import { decisions, linkLine, type Decision } from '../../../functions/decision/contract.ts';
import { decisionPages } from '../../../functions/decision/decision-pages.lambda.tsx';
import { flawsOf, type CertificateFile } from '../../../functions/disposition/certificate.ts';
import { dispositionPages } from '../../../functions/disposition/disposition-pages.lambda.tsx';
import type { Disposition } from '../../../functions/disposition/contract.ts';
import { newSecret } from '../../../functions/edge/system.ts';
import { sha256 } from '../../../functions/records/canonical.ts';
import { put } from '../../../functions/records/change.ts';
import { visitorsIn } from '../../../functions/records/visitors.ts';
import { recordsInMemory, type RecordsInMemory } from '../../records-in-memory.ts';
import { RecordsOffice, WHY } from './records-office.ts';

type App = { readonly request: (path: string, init?: RequestInit) => Response | Promise<Response> };
type Fields = Readonly<Record<string, string>>;

let office: RecordsOffice<RecordsInMemory>;
let pages: App;
let signing: App;
beforeEach(async () => {
  office = new RecordsOffice(recordsInMemory());
  await office.furnish();
  const { records } = office;
  const now = () => office.now;
  const visitors = visitorsIn(records, now);
  pages = dispositionPages(() => ({
    records,
    files: office.files,
    publicKey: async () => office.key.pem,
    now,
    ...visitors,
  })) as App;
  signing = decisionPages(() => ({ records, now, sign: office.key.sign, ...visitors })) as App;
});

async function visiting(app: App, personId: string) {
  const { directoryName, roles } = await office.person(personId);
  const started = await startSession(
    { ...office.needs, newSecret },
    { cookie: newSecret(), noticeShown: 'test' },
    { directoryName, roles },
  );
  if (started.kind !== 'started') throw new Error(`${personId} was not signed in`);
  const headers = { cookie: `session=${started.cookie}` };
  const get = async (path: string, method = 'GET'): Promise<Response> => app.request(path, { headers, method });
  const form = /name="form" value="([^"]+)"/.exec(await (await get('/no-such-page')).text())![1]!;
  const post = async (path: string, fields: Fields = {}): Promise<Response> =>
    app.request(path, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ form, ...fields }).toString(),
    });
  return { get, post };
}

async function plates(count: number): Promise<void> {
  for (let at = 0; at < count; at++) await office.plateRead(`LPR-${String(at).padStart(3, '0')}`);
}

describe('the list of batches', () => {
  it('shows what is open with the time left, and what has ended, to those who may read it', async () => {
    await plates(2);
    const { id } = await office.proposed();
    const text = await (await (await visiting(pages, 'p-vance')).get('/dispositions')).text();
    expect(text).toContain(`href="/dispositions/${id}"`);
    expect(text).toContain('open to objection');
    expect(text).toMatch(/class="pa-countdown/);
    expect(text).toContain('Nothing has ended yet');
    expect((await (await visiting(pages, 'p-reyes')).get('/dispositions')).status).toBe(403);
    expect((await pages.request('/dispositions')).status).toBe(303);
  });
});

describe('the page of a batch', () => {
  it('shows the six months and who answers, where it stands, its records and why each is in it', async () => {
    await plates(60);
    const { id, list } = await office.proposed();
    const visitor = await visiting(pages, 'p-moreau');
    const text = await (await visitor.get(`/dispositions/${id}`)).text();
    expect(text).toMatch(/pa-deadline[\s\S]*six months after it became eligible/);
    expect(text).toContain('Kit Dunne answers for it');
    expect(text).toContain(list.sha256);
    expect(text).toContain('aria-label="Batch');
    expect(text).toContain('page 1 of 2');
    expect(text).toContain('href="/retention/LPR-000"');
    expect(text).toContain('href="/policy/clauses/LPR26-RET-07"');
    expect(text).not.toMatch(/ABC1234|First Avenue/);
    // Who may not place a hold is offered no form.
    expect(text).not.toContain('Take a record out');
    expect(await (await visitor.get(`/dispositions/${id}?page=2`)).text()).toContain('LPR-059');
    expect((await visitor.get('/dispositions/none')).status).toBe(404);
  });

  it('takes an objection, shows a refused one again with what was typed, and looks at nothing twice', async () => {
    await plates(3);
    const { id } = await office.proposed();
    const officer = await visiting(pages, 'p-vance');
    const linked = await (await officer.get(`/dispositions/${id}?record=LPR-001`)).text();
    expect(linked).toContain('value="LPR-001"');
    const refused = await officer.post(`/dispositions/${id}/objections`, { cardId: 'LPR-001', reason: 'no' });
    const text = await refused.text();
    expect(refused.status).toBe(422);
    expect(text).toContain('value="LPR-001"');
    expect(text).toMatch(/href="#reason"/);
    const taken = await officer.post(`/dispositions/${id}/objections`, {
      cardId: 'LPR-001',
      reason: 'A court asks for it',
    });
    expect([taken.status, taken.headers.get('location')]).toEqual([303, `/dispositions/${id}?page=1#records`]);
    const after = await (await officer.get(`/dispositions/${id}`)).text();
    expect(after).toMatch(/taken out[\s\S]*A court asks for it/);
    expect((await (await visiting(pages, 'p-moreau')).post(`/dispositions/${id}/objections`)).status).toBe(403);
  });

  it('is passed on by a records officer', async () => {
    await plates(1);
    const { id } = await office.proposed();
    const officer = await visiting(pages, 'p-dunne');
    expect((await officer.post(`/dispositions/${id}/owner`, { ownerId: 'p-ito' })).status).toBe(422);
    expect((await officer.post(`/dispositions/${id}/owner`, { ownerId: 'p-vance' })).status).toBe(303);
    expect(await (await officer.get(`/dispositions/${id}`)).text()).toContain('Robin Vance answers for it');
    expect((await (await visiting(pages, 'p-okafor')).post(`/dispositions/${id}/owner`)).status).toBe(403);
  });

  it('changes nothing when it is looked at', async () => {
    await plates(2);
    const { id } = await office.proposed();
    const visitor = await visiting(pages, 'p-vance');
    const everything = () => sha256(office.records.items().filter(({ noun }) => noun !== 'session'));
    const before = everything();
    for (const path of [
      '/dispositions',
      `/dispositions/${id}`,
      `/dispositions/${id}/certificate`,
      `/dispositions/${id}/owner`,
    ])
      for (const method of ['GET', 'HEAD', 'OPTIONS'])
        expect((await visitor.get(path, method)).status).toBeLessThan(500);
    expect(everything()).toBe(before);
  });
});

describe('a certificate', () => {
  it('is read, printed and downloaded with its list and the key, and holds', async () => {
    await plates(3);
    const disposition = await office.signed();
    await office.destroy(disposition);
    await office.settle(disposition.id);
    const visitor = await visiting(pages, 'p-ito');
    const at = `/dispositions/${disposition.id}/certificate`;
    const text = await (await visitor.get(at)).text();
    expect(text).toMatch(/3 records of license plate readers were destroyed/);
    expect(text).toContain('Noor Ito');
    const file = await visitor.get(`${at}/file`);
    expect(file.headers.get('content-disposition')).toContain(`certificate-${disposition.id}.json`);
    const key = await (await visitor.get(`${at}/key`)).text();
    expect(flawsOf(key, (await file.json()) as CertificateFile)).toEqual([]);
    expect((await visitor.get('/dispositions/none/certificate')).status).toBe(404);
    expect(await (await visitor.get(`/dispositions/${disposition.id}`)).text()).toContain('Destroyed and certified');
  });
});

describe('the link an office signs by', () => {
  let disposition: Disposition;
  let own: Decision;
  let link: string;
  beforeEach(async () => {
    await plates(2);
    disposition = await office.signing();
    own = await office.decisionOf(disposition, 'law-department');
    const secret = newSecret();
    await office.records.write({
      at: office.now,
      by: { kind: 'system', id: 'test' },
      puts: [put(decisions, { ...own, links: [{ hash: sha256(secret), personId: 'p-moreau', sentAt: office.now }] })],
      lines: [{ from: linkLine(sha256(secret)), to: own.id }],
      tells: [{ subject: own.on, act: 'decision link made' }],
    });
    link = `/decisions/link/${secret}`;
  });
  const fields = (over: Fields = {}): Fields => ({ answer: 'approve', reason: WHY, shown: own.shownHash, ...over });
  const everything = () => sha256(office.records.items().filter(({ noun }) => noun !== 'session'));
  const answer = async () => (await office.records.get(decisions, own.id))!.answer;

  it('shows class, schedule, counts, dates, who else signed, the hash of the list and the way to it', async () => {
    await office.sign(disposition, 'records-commissioner');
    const text = await (await (await visiting(signing, 'p-moreau')).get(link)).text();
    expect(text).toMatch(/Sign the destruction of batch/);
    expect(text).toContain('plate-read');
    expect(text).toContain('2 of 2 on the list');
    expect(text).toContain('DEMO LD 2026-0001');
    expect(text).toContain(disposition.list.sha256);
    expect(text).toContain(`href="/dispositions/${disposition.id}#records"`);
    expect(text).toMatch(/Department of Records<\/dt><dd>signed/);
    expect(text).toMatch(/records officer<\/dt><dd>not answered yet/);
  });

  it('followed 200 times with GET, HEAD and OPTIONS, by a scanner and in the own session, changes nothing', async () => {
    const visitor = await visiting(signing, 'p-moreau');
    const before = everything();
    for (let turn = 0; turn < 200; turn++) {
      const method = ['GET', 'HEAD', 'OPTIONS'][turn % 3]!;
      const path = turn % 2 === 0 ? link : `${link}?${new URLSearchParams(fields()).toString()}`;
      const seen = turn % 4 < 2 ? await signing.request(path, { method }) : await visitor.get(path, method);
      expect(seen.status).toBeLessThan(500);
    }
    expect(everything()).toBe(before);
    expect(await answer()).toBeUndefined();
  });

  it('posted blind, with and without a session, is no answer', async () => {
    const before = everything();
    for (const form of ['', randomBytes(32).toString('base64url')]) {
      const posted = await signing.request(link, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ ...fields(), form }).toString(),
      });
      expect([401, 403]).toContain(posted.status);
    }
    expect(everything()).toBe(before);
  });

  it('opens and signs for nobody else, and the ledger tells who tried', async () => {
    const other = await visiting(signing, 'p-ito');
    const seen = await other.get(link);
    expect([seen.status, await seen.text()]).toEqual([403, expect.not.stringContaining('plate-read')]);
    expect((await other.post(link, fields())).status).toBe(403);
    expect(await answer()).toBeUndefined();
    expect(await office.acts(own.on)).toContain('decision refused to a person');
  });

  it('signs once, and not what the page did not show', async () => {
    const visitor = await visiting(signing, 'p-moreau');
    expect((await visitor.post(link, fields({ shown: 'f'.repeat(64) }))).status).toBe(422);
    const short = await visitor.post(link, fields({ reason: 'ok' }));
    expect([short.status, await short.text()]).toEqual([422, expect.stringContaining('ok</textarea>')]);
    const signed = await (await visitor.post(link, fields())).text();
    expect(signed).toContain('You signed the destruction of this batch');
    expect(signed).toContain('What was signed');
    expect((await visitor.post(link, fields({ answer: 'decline' }))).status).toBe(409);
    expect((await answer())!.answer).toBe('approve');
    expect(await (await visitor.get(link)).text()).toContain('This has been answered');
  });

  it('declines, and has expired when the days to sign are over', async () => {
    office.days(61);
    const late = await visiting(signing, 'p-moreau');
    expect([409, 422]).toContain((await late.post(link, fields())).status);
    expect(await answer()).toBeUndefined();
    office.days(-61);
    const visitor = await visiting(signing, 'p-moreau');
    expect(await (await visitor.post(link, fields({ answer: 'decline' }))).text()).toContain(
      'You declined the destruction',
    );
  });
});
