/** The pages about schedules on a real table: loading one by file or pasted, its trial, and the second person's approval. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_SCHEDULE } from '../../../demo/schedule.ts';
import { newId } from '../../../functions/edge/system.ts';
import { put } from '../../../functions/records/change.ts';
import { visitorsIn } from '../../../functions/records/visitors.ts';
import { recalculations, schedules, type Recalculation } from '../../../functions/retention/contract.ts';
import { retentionPages } from '../../../functions/retention/retention-pages.lambda.tsx';
import { startTable, type TestTable } from '../../records-table.ts';
import { signedInAs, type Browser } from '../signed-in.ts';
import { now } from './retention-cards.ts';

let table: TestTable;
let app: ReturnType<typeof retentionPages>;
let first: Browser;
let second: Browser;
let reader: Browser;
const HREF = `/retention/schedules/${DEMO_SCHEDULE.id}`;

beforeAll(async () => {
  table = await startTable();
  const { records } = table;
  app = retentionPages(() => ({ records, now, newId, ...visitorsIn(records, now) }));
  first = await signedInAs(app, records, now, 'first', ['member', 'records-officer']);
  second = await signedInAs(app, records, now, 'second', ['member', 'records-officer']);
  reader = await signedInAs(app, records, now, 'reader', ['member', 'auditor']);
});
afterAll(() => table?.stop());

const text = async (browser: Browser, path: string): Promise<string> => (await browser.get(path)).text();
const loaded = async () => (await table.records.get(schedules, DEMO_SCHEDULE.id))!;

/** What the workflow leaves when it is through. */
async function trialIsWhole(counts: NonNullable<Recalculation['counts']>): Promise<void> {
  const { dueAt: _, ...trial } = (await table.records.get(recalculations, (await loaded()).dryRunId!))!;
  await table.records.write({
    at: now(),
    by: { kind: 'system', id: 'test' },
    puts: [
      put(recalculations, { ...trial, state: 'whole', counts, total: 12, endedAt: now() }),
      put(schedules, { ...(await loaded()), state: 'tried' }),
    ],
    tells: [{ subject: `schedule#${DEMO_SCHEDULE.id}`, act: 'schedule tried' }],
  });
}

describe('loading a schedule', () => {
  it('names everything that is in the way by its field, and shows what was pasted again', async () => {
    const wrong = {
      ...DEMO_SCHEDULE,
      from: 'someday',
      classes: [{ ...DEMO_SCHEDULE.classes[0], rule: { kind: 'soon' } }],
    };
    const answer = await first.post('/retention/schedules', { pasted: JSON.stringify(wrong) });
    expect(answer.status).toBe(422);
    const shown = await answer.text();
    expect(shown).toContain('at from;');
    expect(shown).toContain('at classes.0.rule');
    expect(shown).toContain('&quot;someday&quot;');
    expect((await first.post('/retention/schedules', { pasted: 'no JSON' })).status).toBe(422);
    expect((await first.post('/retention/schedules', {})).status).toBe(422);
    expect((await reader.post('/retention/schedules', { pasted: JSON.stringify(DEMO_SCHEDULE) })).status).toBe(403);
  });

  it('takes a file, as a form without scripts sends it', async () => {
    const page = await first.get('/retention/schedules/load');
    const secret = /name="form" value="([^"]+)"/.exec(await page.text())![1]!;
    const form = new FormData();
    form.append('form', secret);
    form.append('file', new Blob([JSON.stringify(DEMO_SCHEDULE)], { type: 'application/json' }), 'schedule.json');
    form.append('pasted', '');
    const sent = new Request('http://site/retention/schedules', { method: 'POST', body: form });
    const answer = await app.request('/retention/schedules', {
      method: 'POST',
      headers: { cookie: first.cookie, 'content-type': sent.headers.get('content-type')! },
      body: await sent.arrayBuffer(),
    });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(HREF);
    expect((await loaded()).schedule).toEqual(DEMO_SCHEDULE);
    const list = await text(reader, '/retention/schedules');
    expect(list).toContain(DEMO_SCHEDULE.title);
    expect(list).toContain('loaded, not tried');
  });

  it('is refused as a file without the secret of our own page', async () => {
    const form = new FormData();
    form.append('file', new Blob(['{}']), 'schedule.json');
    const sent = new Request('http://site/', { method: 'POST', body: form });
    const answer = await app.request('/retention/schedules', {
      method: 'POST',
      headers: { cookie: first.cookie, 'content-type': sent.headers.get('content-type')! },
      body: await sent.arrayBuffer(),
    });
    expect(answer.status).toBe(403);
  });
});

describe('a loaded schedule', () => {
  it('shows its classes, periods, items and approvals', async () => {
    const shown = await text(reader, HREF);
    expect(shown).toContain('at least 10 years after the case is closed');
    expect(shown).toContain('DEMO item 20');
    expect(shown).toContain('DEMO LD 2026-0001');
    expect(shown).not.toContain('Try what it would change');
  });

  it('is tried by a records officer, and says how far the trial is', async () => {
    expect((await reader.post(`${HREF}/dry-run`)).status).toBe(403);
    expect((await first.post(`${HREF}/dry-run`)).status).toBe(303);
    const trialId = (await loaded()).dryRunId!;
    expect(await text(reader, HREF)).toContain(`/retention/recalculations/${trialId}`);
    const trial = await text(reader, `/retention/recalculations/${trialId}`);
    expect(trial).toContain('changes nothing');
    expect(trial).toContain('about to begin');
    expect((await first.post('/retention/schedules/none/dry-run')).status).toBe(404);
  });

  it('offers to be withdrawn, with a reason, to records officers alone', async () => {
    expect(await text(reader, HREF)).not.toContain('Withdraw it');
    expect(await text(second, HREF)).toContain('Why it is withdrawn');
    expect((await reader.post(`${HREF}/withdraw`, { withdrawal: 'A mistake in it' })).status).toBe(403);
    const short = await second.post(`${HREF}/withdraw`, { withdrawal: '' });
    expect(short.status).toBe(422);
    expect(await short.text()).toContain('id="withdrawal-error"');
    expect((await loaded()).state).not.toBe('withdrawn');
  });

  it('that was withdrawn says by whom, when and why, and offers nothing more', async () => {
    const pasted = JSON.stringify({ ...DEMO_SCHEDULE, id: 'mistyped-1', title: 'Mistyped' });
    expect((await first.post('/retention/schedules', { pasted })).status).toBe(303);
    const href = '/retention/schedules/mistyped-1';
    expect((await second.post(`${href}/withdraw`, { withdrawal: 'Its period is mistyped' })).status).toBe(303);
    const shown = await text(second, href);
    for (const words of ['Withdrawn', 'Its period is mistyped']) expect(shown).toContain(words);
    for (const form of ['/withdraw"', '/approve"', '/dry-run"']) expect(shown).not.toContain(form);
  });

  it('is put in force by a second person who has the counts, with a reason', async () => {
    await trialIsWhole({ same: 5, longer: 1, shorter: 3, 'due-now': 2, kept: 3 });
    expect(await text(first, HREF)).toContain('A second person puts it in force');
    const shown = await text(second, HREF);
    expect(shown).toContain('Fall due at once');
    expect(shown).toContain('name="reason"');
    const own = await first.post(`${HREF}/approve`, { reason: 'Approved by both offices in January of 2026' });
    expect(own.status).toBe(422);
    expect(await own.text()).toContain('house-two-people-on-schedule');
    const short = await second.post(`${HREF}/approve`, { reason: '' });
    expect(short.status).toBe(422);
    expect(await short.text()).toContain('id="reason-error"');
    expect(
      (await second.post(`${HREF}/approve`, { reason: 'Approved by both offices in January of 2026' })).status,
    ).toBe(303);
    expect((await loaded()).state).toBe('in-force');
    expect(await text(reader, HREF)).toContain('Dates are worked out by it');
    expect(await text(reader, '/retention')).toContain(DEMO_SCHEDULE.title);
    expect(await text(reader, '/retention/classes/driving-while-intoxicated')).toContain('Driving while intoxicated');
  });
});
