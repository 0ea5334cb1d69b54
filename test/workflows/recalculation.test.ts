/**
 * Every path of the workflow recalculation, on the real runner with records and files in memory: whole or not at all,
 * however it is interrupted, and never by an older change. What its function may do is in test/infra.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cases } from '../../functions/case/contract.ts';
import { sweepDeadlines } from '../../functions/deadline/sweep-deadlines.ts';
import { put } from '../../functions/records/change.ts';
import { RecordMissing, RecordsBusy } from '../../functions/records/faults.ts';
import { everyFence } from '../../functions/retention/contract.ts';
import { recalculationStep, type RecalculationStep } from '../../functions/retention/recalculation-step.ts';
import { anniversary, calendarDate } from '../../policies/calendar-date.ts';
import { fromEpochMs, nyDate } from '../../policies/instant.ts';
import { Retained } from '../functions/retention/retained.ts';
import { inProcess, type InProcess } from './in-process.ts';

let work: InProcess;
let store: Retained;
/** What happens before a step, such as a fault or somebody else's change. */
let before: ((step: RecalculationStep) => unknown) | undefined;

beforeEach(async () => {
  before = undefined;
  const lists = new Map<string, string>();
  work = await inProcess(
    ['recalculation'],
    (records) => {
      store = new Retained(records, lists);
      return {
        RecalculationStep: async (given: RecalculationStep) => {
          await before?.(given);
          return recalculationStep(store.needs, given);
        },
      };
    },
    () => store.now,
    lists,
  );
  store.clock = () => fromEpochMs(work.host.clock.now());
  await store.inForce();
});
afterEach(() => work.stop());

const FETCHED = ['Fetch cards to work out', 'Are there dates to work out?'];
const EACH = 'For each batch of cards';
const SETTLED = ['Write that the dates count', 'Do they count?'];
const pathOf = (id: string, name = id) => work.pathOf('recalculation', name);
const state = async (id: string) => (await store.recalculation(id)).state;

/** A misdemeanor closed on May 1, 2026 is kept for five years. */
const FIVE_YEARS = 'not held, 2031-05-01, misdemeanor';
const locks = async (ids: readonly string[]): Promise<readonly string[]> => [
  ...new Set(await Promise.all(ids.map((id) => store.lockOf(id)))),
];

describe('the recalculation of a case', () => {
  it('XR26-RET-06: dates and locks everything of the case, then lets its dates count', async () => {
    const ids = await store.keptMany('C-1', 60);
    const id = await store.closed('C-1');
    expect((await store.case('C-1')).recalculationId).toBe(id);
    await work.settle();
    const { status, states } = await pathOf(id);
    expect([status, states]).toEqual(['SUCCEEDED', [...FETCHED, EACH, ...SETTLED, 'Dates kept']]);
    expect(await locks(ids)).toEqual([FIVE_YEARS]);
    expect((await store.case('C-1')).recalculationId).toBeUndefined();
    expect(await store.recalculation(id)).toMatchObject({
      state: 'whole',
      total: 60,
      counts: { shorter: 60, kept: 0, same: 0, longer: 0, 'due-now': 0 },
    });
    expect((await store.card(ids[0]!)).workedOutFrom).toMatchObject({ cases: { 'C-1': 1 }, scheduleId: 'demo-2026-1' });
  });

  it('is whole at once when nothing is kept for the case', async () => {
    const id = await store.closed('C-2');
    await work.settle();
    expect((await pathOf(id)).states).toEqual([...FETCHED, ...SETTLED, 'Dates kept']);
    expect([await state(id), (await store.case('C-2')).recalculationId]).toEqual(['whole', undefined]);
  });

  it('house-unknown-keeps: takes the date off again when the case is reopened, and shortens no lock', async () => {
    const [id] = await store.keptMany('C-3', 1);
    await store.closed('C-3');
    await work.settle();
    await store.reopened('C-3');
    await work.settle();
    expect(await store.lockOf(id!)).toBe('held, 2031-05-01, open-case');
    expect((await store.card(id!)).keeping.kind).toBe('keep');
  });

  it('house-longest-wins: takes the longest of the cases a record belongs to, and follows a merged one', async () => {
    const id = await store.kept('C-4', { caseNumbers: ['C-4', 'C-5'] });
    await store.closed('C-4');
    await store.closed('C-5', 'violation-or-infraction');
    await work.settle();
    expect(await store.card(id)).toMatchObject({ keeping: { kind: 'until', date: '2031-05-01' } });
    await store.closed('C-6', 'other-felony');
    await store.write([put(cases, { ...(await store.case('C-4')), state: 'merged', mergedInto: 'C-6' })]);
    await store.changed('C-6', (one) => ({ ...one, mergedFrom: ['C-4'] }), 'case-merged');
    await work.settle();
    expect(await store.card(id)).toMatchObject({ keeping: { kind: 'until', date: '2051-05-01' } });
  });

  it('gives way to a change that came while it ran, and its dates never count', async () => {
    const ids = await store.keptMany('C-7', 60);
    let second = '';
    before = async ({ step }) => {
      if (step !== 'settle' || second) return;
      second = await store.closed('C-7', 'other-felony');
    };
    const first = await store.closed('C-7');
    await work.settle();
    expect((await pathOf(first)).states.at(-1)).toBe('Older dates withdrawn');
    expect([await state(first), await state(second)]).toEqual(['abandoned', 'whole']);
    expect(await locks(ids)).toEqual(['not held, 2051-05-01, other-felony']);
    expect((await store.case('C-7')).recalculationId).toBeUndefined();
  });

  it('fails where a person must look, keeps the case from counting, and is started again by the sweep', async () => {
    const ids = await store.keptMany('C-8', 30);
    before = ({ step }) => {
      if (step === 'dates') throw new RecordMissing('for the test');
    };
    const id = await store.closed('C-8');
    await work.settle();
    expect((await pathOf(id)).status).toBe('FAILED');
    expect([await state(id), (await store.case('C-8')).recalculationId]).toEqual(['running', id]);
    before = undefined;
    await work.host.clock.advance(2 * 3_600_000);
    await sweepDeadlines({ records: store.records, now: () => store.now });
    await work.settle();
    expect(await state(id)).toBe('whole');
    expect(await locks(ids)).toEqual([FIVE_YEARS]);
  });

  it('works on one list however often it is started, and counts each batch once', async () => {
    await store.keptMany('C-9', 30);
    const seen: string[] = [];
    before = ({ step }) => void seen.push(step);
    const id = await store.closed('C-9');
    await work.settle();
    const again = { recalculationId: id };
    expect(await recalculationStep(store.needs, { step: 'fetch', ...again })).toEqual({ kind: 'settle' });
    expect(await recalculationStep(store.needs, { step: 'settle', ...again })).toEqual({ kind: 'whole' });
    expect(seen.filter((step) => step === 'dates')).toHaveLength(2);
    expect(store.files.all().filter(({ key }) => key.startsWith('work/'))).toHaveLength(1);
  });
});

describe('whole or not at all', () => {
  it('loses nothing and counts nothing twice, whichever write is the last before a crash', async () => {
    // Every write of a run, one after the other, fails once; what retries do not mend, the sweep starts again.
    for (let crash = 0, crashed = true; crashed; crash++) {
      const number = `C-1${String(crash).padStart(3, '0')}`;
      const ids = await store.keptMany(number, 3);
      const id = await store.closed(number);
      const { write, keep } = store.records;
      let writes = 0;
      crashed = false;
      const failing =
        <Given>(act: (given: Given) => Promise<void>) =>
        async (given: Given): Promise<void> => {
          if (writes++ === crash) {
            crashed = true;
            throw new Error('killed');
          }
          await act(given);
        };
      const needs = { ...store.needs, records: { ...store.records, write: failing(write), keep: failing(keep) } };
      const run = async (with_: typeof needs): Promise<void> => {
        const fetched = (await recalculationStep(with_, { step: 'fetch', recalculationId: id })) as { kind: string };
        if (fetched.kind === 'listed')
          await recalculationStep(with_, { step: 'dates', recalculationId: id, ids: [...ids].toSorted() });
        await recalculationStep(with_, { step: 'settle', recalculationId: id });
      };
      await run(needs).catch(() => undefined);
      if (crashed) expect((await store.case(number)).recalculationId).toBe(id);
      await run(store.needs);
      expect(await locks(ids)).toEqual([FIVE_YEARS]);
      expect([await state(id), (await store.case(number)).recalculationId]).toEqual(['whole', undefined]);
      expect((await store.recalculation(id)).total).toBe(3);
    }
  });

  it('is retried by the workflow where a fault may pass', async () => {
    const ids = await store.keptMany('C-20', 30);
    const failed = new Set<string>();
    before = (given) => {
      const what = JSON.stringify(given);
      if (failed.has(what)) return;
      failed.add(what);
      throw new RecordsBusy('for the test');
    };
    const id = await store.closed('C-20');
    const settled = work.settle();
    for (let wait = 0; wait < 20 && (await state(id)) !== 'whole'; wait++) {
      await work.host.clock.advance(60_000);
      await work.host.clock.settled();
    }
    await settled;
    expect([await state(id), await locks(ids)]).toEqual(['whole', [FIVE_YEARS]]);
  });
});

describe('the recalculation of a hold', () => {
  const fenced = async () => (await everyFence(store.records)).map(({ holds }) => holds.length);
  const closedWith = async (number: string, count: number): Promise<readonly string[]> => {
    const ids = await store.keptMany(number, count);
    await store.closed(number);
    await work.settle();
    return ids;
  };
  const HELD = 'held, 2031-05-01, misdemeanor';

  it('house-hold-wins: binds the records it names, and frees the fence once each has it', async () => {
    const [one, other] = await closedWith('C-30', 2);
    const { holdId, id } = await store.held({ kind: 'records', ids: [one!] });
    expect(await fenced()).toEqual(Array.from({ length: 8 }, () => 1));
    await work.settle();
    expect([await store.lockOf(one!), await store.lockOf(other!)]).toEqual([HELD, FIVE_YEARS]);
    expect((await store.card(one!)).holdIds).toEqual([holdId]);
    expect([await state(id), (await store.hold(holdId)).state]).toEqual(['whole', 'placed']);
    expect(await fenced()).toEqual(Array.from({ length: 8 }, () => 0));
  });

  it('is inherited by what is filed for its cases later, and by cases that are not on file yet', async () => {
    await closedWith('C-31', 1);
    const { holdId } = await store.held({ kind: 'cases', caseNumbers: ['C-31', 'C-32'] });
    await work.settle();
    expect((await store.case('C-31')).holdIds).toEqual([holdId]);
    expect((await everyFence(store.records))[0]!.holds).toEqual([{ holdId, cases: ['C-32'] }]);
    const later = [await store.kept('C-31'), await store.kept('C-32')];
    await work.settle();
    for (const id of later) expect((await store.card(id)).holdIds).toEqual([holdId]);
  });

  it('takes in whole kinds of records, also those that are kept later, as long as it binds', async () => {
    const ids = await closedWith('C-33', 2);
    const camera = await store.kept('C-33', { technology: 'digital-camera', kind: 'image' });
    await work.settle();
    const { holdId } = await store.held({ kind: 'matching', matching: { technology: 'mobile-x-ray' } });
    await work.settle();
    const later = await store.kept('C-33');
    await work.settle();
    expect(await locks([...ids])).toEqual([HELD]);
    expect((await store.card(later)).holdIds).toEqual([holdId]);
    expect((await store.card(camera)).holdIds).toEqual([]);
    expect(await fenced()).toEqual(Array.from({ length: 8 }, () => 1));
  });

  it('lets go only of what it held: the date comes back, and other holds stay', async () => {
    const [one, two] = await closedWith('C-34', 2);
    const first = await store.held({ kind: 'cases', caseNumbers: ['C-34'] });
    const second = await store.held({ kind: 'records', ids: [two!] });
    await work.settle();
    const id = await store.released(first.holdId, nyDate(store.now));
    await work.settle();
    expect([await state(id), (await store.hold(first.holdId)).state]).toEqual(['whole', 'released']);
    expect([await store.lockOf(one!), await store.lockOf(two!)]).toEqual([FIVE_YEARS, HELD]);
    expect((await store.card(two!)).holdIds).toContain(second.holdId);
  });

  it('nysa-legal-action: a legal action that ended keeps for one more year', async () => {
    const ids = await store.keptMany('C-35', 1);
    await store.closed('C-35', 'violation-or-infraction', calendarDate('2026-01-10'));
    const { holdId } = await store.held({ kind: 'cases', caseNumbers: ['C-35'] }, { kind: 'litigation' });
    await work.settle();
    const endedOn = nyDate(store.now);
    await store.released(holdId, endedOn);
    await work.settle();
    expect((await store.card(ids[0]!)).keeping).toMatchObject({ kind: 'until', date: anniversary(endedOn, 1) });
  });
});
