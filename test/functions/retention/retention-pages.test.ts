/** The pages about retention, on a real table and without a host: what each shows, to whom, and that no GET writes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../functions/edge/system.ts';
import type { Reconciliation } from '../../../functions/reconciliation/contract.ts';
import { visitorsIn } from '../../../functions/records/visitors.ts';
import type { RetentionCard } from '../../../functions/retention/contract.ts';
import { retentionPages } from '../../../functions/retention/retention-pages.lambda.tsx';
import { calendarDate } from '../../../policies/calendar-date.ts';
import { startTable, type TestTable } from '../../records-table.ts';
import { signedInAs, type Browser } from '../signed-in.ts';
import { now, UNTIL, writeCard, writeComparison } from './retention-cards.ts';

let table: TestTable;
let officer: Browser;
let reader: Browser;
let member: Browser;
const card = (id: string, over: Partial<RetentionCard> = {}) => writeCard(table.records, id, over);
const compared = (id: string, over: Partial<Reconciliation>) => writeComparison(table.records, id, over);

beforeAll(async () => {
  table = await startTable();
  const { records } = table;
  const app = retentionPages(() => ({ records, now, newId, ...visitorsIn(records, now) }));
  officer = await signedInAs(app, records, now, 'officer', ['member', 'records-officer']);
  reader = await signedInAs(app, records, now, 'reader', ['member', 'auditor']);
  member = await signedInAs(app, records, now, 'plain', ['member']);
});
afterAll(() => table?.stop());

const text = async (browser: Browser, path: string): Promise<string> => {
  const answer = await browser.get(path);
  expect(answer.status, path).toBe(200);
  return answer.text();
};

describe('the overview', () => {
  it('says what will be there before anything was counted', async () => {
    expect(await text(reader, '/retention')).toContain('counted once a day');
  });

  it('draws what falls due, and has the same numbers in the table', async () => {
    await compared('2026-11-24', {
      byClass: { misdemeanor: { records: 1204, bytes: 5_000_000 }, 'open-case': { records: 7, bytes: 100 } },
      dueByMonth: { '2027-03': { misdemeanor: 1204 }, '2028-01': { misdemeanor: 3, violation: 2 } },
      eligible: { misdemeanor: 4 },
    });
    const shown = await text(reader, '/retention');
    const drawn = shown.slice(shown.indexOf('<svg'), shown.indexOf('</svg>'));
    const tabled = shown.slice(shown.indexOf('<caption>What falls due'), shown.indexOf('What is kept, by class'));
    expect(drawn).toContain('1,209 records in all, most of them in March 2027: 1,204');
    expect(drawn).toContain('>1.2k<');
    expect(
      [...drawn.matchAll(/>(\d[\d.km]*)<\/text>/g)]
        .map(([, count]) => count)
        .filter((count) => count !== '0' && !/^20\d\d$/.test(count!)),
    ).toEqual(['1.2k', '5', '1.2k', '3', '2']);
    expect([...tabled.matchAll(/class="pa-number">([^<]+)</g)].map(([, count]) => count)).toEqual(
      Array.from({ length: 24 }, (_, at) => (at === 4 ? '1,204' : at === 14 ? '5' : '0')),
    );
    expect(tabled).toContain('3; ');
    expect(shown).toMatch(/role="img" aria-labelledby="calendar-title calendar-text"/);
  });

  it('is for those who read retention', async () => {
    expect((await member.get('/retention')).status).toBe(403);
  });
});

describe('what falls due', () => {
  it('is listed by day, each with its class, event, schedule and clause', async () => {
    await card('X-DUE-1', { keeping: UNTIL('2027-06-01') });
    await card('X-DUE-2', { keeping: UNTIL('2027-06-20') });
    await card('X-HELD', { holdIds: ['H-1'] });
    await card('X-NOT', { keeping: UNTIL('2027-06-09', { approved: false }) });
    const shown = await text(reader, '/retention/due?month=2027-06');
    expect(shown).toContain('Due in June 2027');
    expect([...shown.matchAll(/href="\/retention\/(X-[^"]+)"/g)].map(([, id]) => id)).toEqual(['X-DUE-1', 'X-DUE-2']);
    expect(shown).toContain('Kept one year after the end of a legal action.');
    expect(shown).toContain('/policy/clauses/nysa-legal-action');
    expect(shown).toContain('/retention/schedules/xray-2021-printed');
  });

  it('goes on where a page ends, and misses none', async () => {
    const ids = Array.from({ length: 120 }, (_, at) => `M-${String(at).padStart(3, '0')}`);
    await Promise.all(ids.map((id, at) => card(id, { keeping: UNTIL(at < 70 ? '2029-01-03' : '2029-01-25') })));
    const seen: string[] = [];
    let path: string | undefined = '/retention/due?month=2029-01';
    for (let pages = 0; path && pages < 5; pages++) {
      const shown: string = await text(reader, path);
      seen.push(...[...shown.matchAll(/href="\/retention\/(M-\d+)"/g)].map(([, id]) => id!));
      path = /href="(\/retention\/due\?month=2029-01&amp;day=[^"]+)"/.exec(shown)?.[1]?.replaceAll('&amp;', '&');
    }
    expect(seen.toSorted()).toEqual(ids);
  });

  it.each(['2027-13', 'x', '1700-01', '2027'])('is not there for the month %s', async (month) => {
    expect((await reader.get(`/retention/due?month=${month}`)).status).toBe(404);
  });
});

describe('a record', () => {
  it('explains its day, drawn and in words', async () => {
    const shown = await text(reader, '/retention/X-DUE-1');
    expect(shown).toContain('Kept until at least');
    expect(shown).toContain('this day counts');
    expect(shown).toContain('Why it is kept, in time');
    expect(shown).toContain('case closed: misdemeanor, 2022-03-10 to 2027-03-10');
    expect(shown).toContain('To be destroyed, once signed, 2027-06-01 to 2027-09-10');
    expect(shown).toContain('/cases/2022-17');
  });

  it('that is kept has no day, and says what holds it', async () => {
    const shown = await text(reader, '/retention/X-HELD');
    expect(shown).toContain('Kept, without a day');
    expect(shown).toContain('/holds/H-1');
  });

  it('shows by when it is to be destroyed once it is eligible', async () => {
    await card('X-LATE', { keeping: UNTIL('2026-11-01') });
    const shown = await text(reader, '/retention/X-LATE');
    expect(shown).toContain('Eligible since');
    expect(shown).toContain('pa-countdown');
  });

  it('that is gone is a tombstone', async () => {
    await card('X-GONE', {
      state: 'destroyed',
      keeping: UNTIL('2026-11-01'),
      dispositionId: 'DP-1',
      destroyed: {
        at: now(),
        classId: 'misdemeanor',
        scheduleId: 'xray-2021-printed',
        sha256: 'cd'.repeat(32),
        bytes: 5,
        versions: 1,
        decisionIds: ['D-1'],
        certificateId: 'CE-1',
      },
    });
    const shown = await text(reader, '/retention/X-GONE');
    expect(shown).toContain('What is left of it');
    expect(shown).toContain('CE-1');
    expect(shown).not.toContain('How the store locks it');
  });

  it('shows no plate and no dates of a person', async () => {
    await card('PR-1', {
      kind: 'plate-read',
      read: { plate: 'ABC1234', state: 'NY', place: 'Elm Street' },
      person: { part: 'suspect', bornOn: calendarDate('1990-01-02') },
    });
    const shown = await text(reader, '/retention/PR-1');
    expect(shown).not.toMatch(/ABC1234|Elm Street|1990/);
  });

  it('that is not there is not found', async () => {
    expect((await reader.get('/retention/none')).status).toBe(404);
    expect((await reader.get(`/retention/${'x'.repeat(400)}`)).status).toBe(404);
  });
});

describe('the index by class', () => {
  it('lists the records of a class, and knows no other class', async () => {
    expect(await text(reader, '/retention/classes/open-case')).toContain('X-HELD');
    expect(await text(reader, '/retention/classes/destroyed')).toContain('X-GONE');
    expect((await reader.get('/retention/classes/none-such')).status).toBe(404);
  });
});

describe('a comparison that differs', () => {
  beforeAll(() =>
    compared('2026-11-23', {
      state: 'differs',
      differences: 2,
      mended: 1,
      shown: [
        {
          kind: 'lock-differs',
          key: 'kept/R-1/X-1/original',
          cardId: 'X-1',
          expected: 'a legal hold',
          found: 'no legal hold',
          mended: true,
        },
        {
          kind: 'file-without-record',
          key: 'kept/R-1/X-2/original',
          expected: 'a record that names it',
          found: 'no record',
        },
      ],
    }),
  );

  it('lists what differs, and asks a records officer what was done', async () => {
    expect(await text(reader, '/retention/reconciliations')).toContain('2 that differ');
    const shown = await text(officer, '/retention/reconciliations/2026-11-23');
    expect(shown).toContain('File without a record');
    expect(shown).toContain('Record what was done');
    expect(await text(reader, '/retention/reconciliations/2026-11-23')).not.toContain('Record what was done');
  });

  it('is answered for once, in words, by a records officer', async () => {
    const path = '/retention/reconciliations/2026-11-23/done';
    expect((await reader.post(path, { done: 'Looked into by the wrong person' })).status).toBe(403);
    const refused = await officer.post(path, { done: 'short' });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('id="done-error"');
    const answer = { done: 'An upload was interrupted; the file is kept apart.' };
    expect((await table.records.onDesk('role#records-officer')).map(({ record }) => record.id)).toEqual(['2026-11-23']);
    expect((await officer.post(path, answer)).status).toBe(303);
    expect((await officer.post(path, answer)).status).toBe(303);
    expect((await officer.post(path, { done: 'Something else altogether' })).status).toBe(422);
    expect(await table.records.onDesk('role#records-officer')).toEqual([]);
    const ledger = await table.records.ledgerOf('reconciliation#2026-11-23');
    expect(ledger.map(({ act }) => act)).toEqual([
      'reconciliation written',
      'difference of store and records looked into',
    ]);
    expect(JSON.stringify(ledger)).not.toContain('interrupted');
    expect(await text(reader, '/retention/reconciliations/2026-11-23')).toContain('An upload was interrupted');
  });

  it('that is not there is not found', async () => {
    expect((await officer.get('/retention/reconciliations/2026-01-01')).status).toBe(404);
    expect((await officer.post('/retention/reconciliations/none/done', { done: 'x'.repeat(20) })).status).toBe(404);
  });
});

describe('the schedules', () => {
  it('are listed, those in print too, each with its classes', async () => {
    const list = await text(reader, '/retention/schedules');
    const ids = [...list.matchAll(/href="\/retention\/schedules\/([^"]+)"/g)].map(([, id]) => id!);
    expect(ids).toHaveLength(2);
    for (const id of ids)
      expect(await text(reader, `/retention/schedules/${id}`)).toContain('Every period is a minimum');
    expect((await reader.get('/retention/schedules/load')).status).toBe(403);
    expect(await text(officer, '/retention/schedules/load')).toContain('enctype="multipart/form-data"');
  });
});
