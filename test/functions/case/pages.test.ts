/** The pages of cases on a real table, without a host: what each shows, and to whom. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { casePages } from '../../../functions/case/case-pages.lambda.tsx';
import { keyOf } from '../../../functions/records/entity.ts';
import { put } from '../../../functions/records/change.ts';
import { visitorsIn } from '../../../functions/records/visitors.ts';
import { holds, type Hold } from '../../../functions/hold/contract.ts';
import { recalculationParts, recalculations } from '../../../functions/retention/contract.ts';
import { cases } from '../../../functions/case/contract.ts';
import { TABLE } from '../../records-table.ts';
import { breaksIn } from '../../whole-ledger.ts';
import { signedInAs, type Browser } from '../signed-in.ts';
import { type CaseWorld, day, OFFICER, REASON, startCases, SYSTEM } from './case-world.ts';

let world: CaseWorld;
let investigator: Browser;
let officer: Browser;
let auditor: Browser;
let captain: Browser;

beforeAll(async () => {
  world = await startCases();
  const { records } = world;
  const now = () => world.bureau.now;
  const app = casePages(() => ({ ...world.needs, ...visitorsIn(records, now) }));
  investigator = await signedInAs(app, records, now, 'investigator', ['member', 'investigator']);
  officer = await signedInAs(app, records, now, 'records', ['member', 'records-officer']);
  auditor = await signedInAs(app, records, now, 'audit', ['member', 'auditor']);
  captain = await signedInAs(app, records, now, 'captain', ['member', 'executive']);
}, 60_000);
afterAll(() => world?.stop());

const textOf = async (answer: Response | Promise<Response>) => (await answer).text();

/** A case that the signed-in investigator opened by the form. */
async function opened(caseNumber = world.number()): Promise<string> {
  const answer = await investigator.post('/cases', { caseNumber, openedOn: '2026-10-01' });
  expect(answer.status, await answer.clone().text()).toBe(303);
  expect(answer.headers.get('location')).toBe(`/cases/${caseNumber}`);
  return caseNumber;
}

describe('a case from its opening to its close, by its forms alone', () => {
  it('shows how it stands, what classes it, who and what is in it', async () => {
    const number = await opened();
    const at = `/cases/${number}`;
    expect(await textOf(investigator.get(at))).toContain('While it is open, everything of it is kept.');

    const charge = { charged: 'Robbery in the third degree', draft: 'one' };
    for (const _ of ['sent', 'sent twice'])
      expect((await investigator.post(`${at}/add-charge`, charge)).headers.get('location')).toBe(`${at}#charges`);
    const chargeId = /chargeId=([\w-]+)/.exec(await textOf(investigator.get(at)))![1]!;
    const disposing = await textOf(investigator.get(`${at}/dispose-charge?chargeId=${chargeId}`));
    expect(disposing).toContain('Robbery in the third degree');
    expect(disposing).toContain('Misdemeanor');
    const ended = { chargeId, outcome: 'pleaded', on: '2026-11-01', classId: 'misdemeanor', appeal: 'none' };
    expect((await investigator.post(`${at}/dispose-charge`, ended)).status).toBe(303);
    const person = { part: 'child-victim', bornOn: '2016-02-29', draft: 'two' };
    expect((await investigator.post(`${at}/add-person`, person)).headers.get('location')).toBe(`${at}#people`);
    const closing = { on: '2026-11-20', ground: 'appeals-exhausted' };
    expect((await investigator.post(`${at}/close`, closing)).headers.get('location')).toBe(at);

    const text = await textOf(investigator.get(at));
    expect(text).toContain('Closed on Fri Nov 20, 2026');
    expect(text).toContain('Pleaded guilty on Sun Nov 1, 2026. Class: Misdemeanor. No appeal');
    expect(text).toContain('Born on Mon Feb 29, 2016');
    expect(text).toContain('Until Thu Nov 20, 2031.');
    expect(text).toContain('no approval on file');
    expect(text).toContain('Closed on Fri Nov 20, 2026: the prosecution is over and every appeal is exhausted');
    expect((await world.read(number)).dispositions).toHaveLength(1);

    expect((await investigator.post(`${at}/reopen`, { reason: REASON })).headers.get('location')).toBe(at);
    expect(await textOf(investigator.get(at))).toContain(REASON);
  });

  it('says why it has no class, and offers a status and its end', async () => {
    const number = await opened();
    const at = `/cases/${number}`;
    await investigator.post(`${at}/close`, { on: '2026-11-01', ground: 'no-arrest' });
    const unclassed = await textOf(investigator.get(at));
    expect(unclassed).toContain('No class yet: they stay.');
    expect(unclassed).toContain('No conviction, plea or finding gives the case a class.');
    await investigator.post(`${at}/class-by-status`, { classId: 'missing-person', since: '2026-10-03' });
    expect(await textOf(investigator.get(at))).toContain('/end-status?classId=missing-person');
    expect(await textOf(investigator.get(`${at}/end-status?classId=missing-person`))).toContain('Located on');
    await investigator.post(`${at}/end-status`, { classId: 'missing-person', on: '2026-11-05' });
    expect(await textOf(investigator.get(at))).toContain('/reclass?classId=missing-person');
    const again = { classId: 'missing-person', reclassTo: 'misdemeanor', reason: REASON };
    expect((await investigator.post(`${at}/reclass`, again)).headers.get('location')).toBe(`${at}#class`);
    expect(await textOf(investigator.get(at))).toContain('class set again on Tue Nov 24, 2026: Misdemeanor');
    await investigator.post(`${at}/record-finding`, { finding: 'no-offense-by-adult' });
    expect(await textOf(investigator.get(at))).toContain('No offense was committed by an adult');
  });
});

describe('the records of a case', () => {
  it('are listed with their date and the reason, and how far the working-out is', async () => {
    const number = await opened();
    const id = await world.kept(number, {
      keeping: {
        kind: 'until',
        date: day('2031-11-01'),
        classId: 'misdemeanor',
        scheduleId: 'S-1',
        approved: true,
        disposeBy: day('2032-05-01'),
        why: [{ clause: 'XR21-RET-07', text: 'Five years after the case was closed.' }],
      },
    });
    await world.kept(number, { kind: 'recording', state: 'destroyed', destroyed: { certificateId: 'C' } as never });
    await investigator.post(`/cases/${number}/close`, { on: '2026-11-01', ground: 'no-arrest' });
    const { recalculationId } = await world.read(number);
    const record = (await world.records.get(recalculations, recalculationId!))!;
    const before = await textOf(investigator.get(`/cases/${number}`));
    expect(before).toContain('The records are being listed.');
    await world.records.write({
      at: world.bureau.now,
      by: { kind: 'system', id: 'test' },
      puts: [put(recalculations, { ...record, state: 'running', total: 1200 })],
      tells: [{ subject: keyOf('recalculation', record.id), act: 'recalculation begun' }],
    });
    for (const cards of [25, 25])
      await world.records.keep(
        put(recalculationParts, {
          id: world.needs.newId('P'),
          version: 0,
          recalculationId: record.id,
          cards,
          at: world.bureau.now,
          counts: {},
        }),
      );
    const text = await textOf(investigator.get(`/cases/${number}`));
    expect(text).toContain('50 of 1,200 records are worked out.');
    expect(text).toContain('<progress id="worked-out"');
    expect(text).toContain(`href="/images/${id}"`);
    expect(text).toContain('Until Sat Nov 1, 2031.');
    expect(text).toContain('Five years after the case was closed.');
    expect(text).toContain('Only the proof is left.');
  });

  it('are moved by a form, and stay 50 to a page', async () => {
    const [from, to] = [await opened(), await opened()];
    for (let each = 0; each < 52; each++) await world.kept(from, { id: `X-${from}-${100 + each}`, kind: 'recording' });
    const text = await textOf(investigator.get(`/cases/${from}`));
    expect(text).toContain('Records 1 to 50 of 52');
    expect(await textOf(investigator.get(`/cases/${from}?kept=50`))).toContain('Records 51 to 52 of 52');
    const recordId = `X-${from}-100`;
    expect(await textOf(investigator.get(`/cases/${from}/move-record?recordId=${recordId}`))).toContain(recordId);
    const moved = await investigator.post(`/cases/${from}/move-record`, { recordId, to, reason: REASON });
    expect(moved.headers.get('location')).toBe(`/cases/${from}#kept`);
    expect((await world.card(recordId)).caseNumbers).toEqual([to]);
  });

  it('of a number that nobody opened are shown, and the case may be opened', async () => {
    const number = world.number();
    await world.kept(number);
    const text = await textOf(officer.get(`/cases/${number}`));
    expect(text).toContain('No case of this number was opened');
    expect(text).toContain(`/cases/new?number=${number}`);
    expect(await textOf(officer.get(`/cases/new?number=${number}`))).toContain(`value="${number}"`);
    expect((await officer.get(`/cases/${number}/close`)).status).toBe(404);
  });

  it('say which holds bind them', async () => {
    const number = await opened();
    const hold = {
      id: 'H-1',
      version: 0,
      kind: 'litigation',
      name: 'Doe v. City',
      scope: { kind: 'cases', caseNumbers: [number] },
      placedAt: world.bureau.now,
      placedBy: 'p-grant',
      ownerId: 'p-grant',
      state: 'placed',
      reason: 'A claim',
      authority: 'Docket 1',
    } as const satisfies Hold;
    await world.records.write({
      at: world.bureau.now,
      by: { kind: 'system', id: 'test' },
      puts: [put(holds, hold), put(cases, { ...(await world.read(number)), holdIds: ['H-1'] })],
      tells: [{ subject: 'hold#H-1', act: 'hold placed' }],
    });
    expect(await textOf(investigator.get(`/cases/${number}`))).toMatch(/Hold: Doe v. City[\s\S]*?binds everything/);
    expect(await textOf(officer.get(`/cases/${number}`))).toContain('href="/holds/H-1"');
  });
});

describe('whom the pages are for', () => {
  it('an investigator sees and keeps their duty alone; a records officer and an auditor read all', async () => {
    const { id } = await world.opened(undefined, OFFICER);
    expect((await investigator.get(`/cases/${id}`)).status).toBe(403);
    expect((await investigator.post(`/cases/${id}/close`, { on: '2026-11-01', ground: 'no-arrest' })).status).toBe(403);
    expect(await textOf(investigator.get('/cases'))).not.toContain(id);
    expect(await textOf(officer.get('/cases'))).toContain(id);
    const read = await auditor.get(`/cases/${id}`);
    expect(read.status).toBe(200);
    expect(await read.text()).not.toContain('/close');
    expect((await auditor.get(`/cases/${id}/close`)).status).toBe(403);
    expect((await auditor.post('/cases', { caseNumber: '2026-77' })).status).toBe(403);
    expect((await captain.get('/cases')).status).toBe(403);
  });

  it('a search leads to the case, and tells nobody which cases there are', async () => {
    const { id } = await world.opened(undefined, OFFICER);
    expect((await officer.get(`/cases?number=${id}`)).headers.get('location')).toBe(`/cases/${id}`);
    const barred = await investigator.get(`/cases?number=${id}`);
    const unknown = await investigator.get('/cases?number=2099-1');
    expect([barred.status, unknown.status]).toEqual([404, 404]);
    expect((await barred.text()).replaceAll(id, 'N')).toBe((await unknown.text()).replaceAll('2099-1', 'N'));
  });

  it('a list by state goes on where it ended, and takes no other mark', async () => {
    for (let each = 0; each < 52; each++) await world.opened(undefined, SYSTEM);
    const first = await textOf(officer.get('/cases?state=open'));
    const next = /href="(\/cases\?state=open&amp;from=[^"]+)"/.exec(first)![1]!.replaceAll('&amp;', '&');
    expect((await officer.get(next)).status).toBe(200);
    for (const mark of ['x', 'bnVsbA', Buffer.from('{"pk":"a","sk":"b"}').toString('base64url')])
      expect((await officer.get(`/cases?from=${mark}`)).status).toBe(200);
    expect(await textOf(investigator.get('/cases?state=closed'))).toContain('Closed on Sun Nov 1');
    expect((await officer.get('/cases?state=__proto__')).status).toBe(200);
  });

  it('a merged case leads to the one that goes on, and offers nothing', async () => {
    const [from, into] = [await opened(), await opened()];
    const answer = await investigator.post(`/cases/${from}/merge`, { into, reason: REASON });
    expect(answer.headers.get('location')).toBe(`/cases/${into}`);
    const text = await textOf(investigator.get(`/cases/${from}`));
    expect(text).toContain(`href="/cases/${into}"`);
    expect(text).not.toContain(`/cases/${from}/close`);
    expect(await textOf(investigator.get(`/cases/${into}`))).toContain(`Case ${from} merged into this one`);
    expect(await textOf(investigator.get('/cases?state=merged'))).toContain(from);
  });
});

it('whatever was written is whole and in the ledger', async () => {
  expect(await breaksIn(world.bureau.table.client, TABLE)).toEqual([]);
});
