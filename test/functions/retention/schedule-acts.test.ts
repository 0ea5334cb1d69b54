/** A schedule is loaded, tried and put in force by two people; trying changes nothing, and shortening destroys nothing. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEMO_SCHEDULE } from '../../../demo/schedule.ts';
import { put } from '../../../functions/records/change.ts';
import { persons } from '../../../functions/records/standing.ts';
import { everyFence, fencePuts, schedules, type Recalculation } from '../../../functions/retention/contract.ts';
import { recalculationStep } from '../../../functions/retention/recalculation-step.ts';
import {
  approveSchedule,
  loadSchedule,
  tryOutSchedule,
  withdrawSchedule,
  type ScheduleDone,
} from '../../../functions/retention/schedule-acts.ts';
import type { Role } from '../../../policies/roles.ts';
import type { Schedule, ScheduleClass } from '../../../policies/retention.ts';
import { startTable, type TestTable } from '../../records-table.ts';
import { CLOSED_ON, Retained } from './retained.ts';

let table: TestTable;
let store: Retained;
beforeAll(async () => {
  table = await startTable();
});
afterAll(() => table.stop());

let many = 0;
const REASON = 'The two offices have approved it, and its day has come';
const needs = () => ({ records: store.records, now: () => store.now, newId: store.newId });

/** A version of the demonstration schedule under an id of its own. */
function version(change: (one: ScheduleClass) => ScheduleClass = (one) => one, more: Partial<Schedule> = {}): Schedule {
  return { ...DEMO_SCHEDULE, id: `demo-${++many}`, classes: DEMO_SCHEDULE.classes.map(change), ...more };
}
const shorter = (one: ScheduleClass): ScheduleClass =>
  one.id === 'misdemeanor' ? { ...one, rule: { kind: 'after-closing', years: 3 } } : one;

const load = (schedule: Schedule, by = 'p-vance') => loadSchedule(needs(), { text: JSON.stringify(schedule), by });
async function run(recalculationId: string): Promise<Recalculation> {
  const fetched = (await recalculationStep(store.needs, { step: 'fetch', recalculationId })) as { key?: string };
  const ids = fetched.key ? (JSON.parse((await store.files.text(fetched.key))!) as string[]) : [];
  for (let from = 0; from < ids.length; from += 25)
    await recalculationStep(store.needs, { step: 'dates', recalculationId, ids: ids.slice(from, from + 25) });
  await recalculationStep(store.needs, { step: 'settle', recalculationId });
  return store.recalculation(recalculationId);
}
const done = (answer: ScheduleDone) => {
  if (answer.kind !== 'done') throw new Error(JSON.stringify(answer.because));
  return answer.schedule;
};
const fields = (answer: ScheduleDone): readonly string[] =>
  answer.kind === 'refused' ? answer.because.map(({ field }) => field ?? '') : [];
/** Loaded and tried, and the counts. */
async function tried(schedule: Schedule) {
  done(await load(schedule));
  const { dryRunId } = done(await tryOutSchedule(needs(), { id: schedule.id, by: 'p-vance' }));
  return (await run(dryRunId!)).counts;
}

beforeEach(async () => {
  store = new Retained(table.records);
  const person = async (id: string, roles: readonly Role[]) => {
    const before = await store.records.get(persons, id);
    const one = { directoryName: id, name: id, email: `${id}@example.org`, uniformed: false, rank: 'civilian' };
    const more = { bureau: 'records', command: 'records', roles, active: true };
    await store.write([put(persons, { id, version: before?.version ?? 0, ...one, ...more })]);
  };
  await person('p-vance', ['records-officer']);
  await person('p-dunne', ['records-officer']);
  await person('p-ortiz', ['investigator']);
  store = new Retained(table.records);
  Object.assign(store, { newId: (prefix: string) => `${prefix}-${++many}` });
  // What an earlier test put in force.
  const copies = await everyFence(store.records);
  await store.write(fencePuts(copies, ({ scheduleId: _, recalculationId: __, ...copy }) => copy));
});

describe('loading a schedule', () => {
  it('XR26-RET-05: takes one that is sound, and the same one again as the same', async () => {
    const schedule = version();
    expect(done(await load(schedule))).toMatchObject({ state: 'draft', loadedBy: 'p-vance', version: 1 });
    expect(done(await load(schedule))).toMatchObject({ version: 1 });
    expect(fields(await load({ ...schedule, title: 'Another' }))).toEqual(['id']);
  });

  it.each(['', 'no JSON', '{}', '[]', 'null'])('refuses %j, and writes nothing', async (text) => {
    const answer = await loadSchedule(needs(), { text, by: 'p-vance' });
    expect(answer.kind).toBe('refused');
    expect(JSON.stringify(answer)).not.toContain('no JSON');
  });

  it('is for records officers', async () => {
    expect(fields(await load(version(), 'p-ortiz'))).toContain('person');
    expect(fields(await load(version(), 'p-nobody'))).toContain('person');
  });
});

describe('trying a schedule', () => {
  it('counts what it would change, over every record, and changes no card', async () => {
    await store.inForce(version());
    const id = await store.kept(store.newId('C'));
    const { caseNumbers } = await store.card(id);
    await run(await store.closed(caseNumbers[0]!));
    const before = await store.card(id);
    expect(before.keeping).toMatchObject({ kind: 'until', date: '2031-05-01' });
    const schedule = version(shorter);
    const counts = await tried(schedule);
    // The store has locked it until 2031 already, and no lock is shortened.
    expect(counts).toMatchObject({ shorter: 0, longer: 0, 'due-now': 0 });
    expect(counts!.same).toBeGreaterThan(0);
    expect(await store.card(id)).toEqual(before);
    expect(await store.records.get(schedules, schedule.id)).toMatchObject({ state: 'tried' });
  });

  it('does not begin twice', async () => {
    const schedule = version();
    done(await load(schedule));
    const first = done(await tryOutSchedule(needs(), { id: schedule.id, by: 'p-vance' }));
    const second = done(await tryOutSchedule(needs(), { id: schedule.id, by: 'p-dunne' }));
    expect(second.dryRunId).toBe(first.dryRunId);
  });
});

describe('putting a schedule in force', () => {
  const approve = (id: string, by = 'p-dunne', reason = REASON) => approveSchedule(needs(), { id, by, reason });

  it('house-two-people-on-schedule: is for a second person, after a dry run that is whole, with a reason', async () => {
    const schedule = version();
    done(await load(schedule));
    expect(fields(await approve(schedule.id))).toEqual(['dryRun']);
    const { dryRunId } = done(await tryOutSchedule(needs(), { id: schedule.id, by: 'p-vance' }));
    expect(fields(await approve(schedule.id))).toEqual(['dryRun']);
    await run(dryRunId!);
    expect(fields(await approve(schedule.id, 'p-vance'))).toEqual(['approver']);
    expect(fields(await approve(schedule.id, 'p-ortiz'))).toEqual(['person']);
    expect(fields(await approve(schedule.id, 'p-dunne', ' '))).toEqual(['reason']);
    expect(done(await approve(schedule.id))).toMatchObject({
      state: 'in-force',
      approvedBy: 'p-dunne',
      reason: REASON,
    });
  });

  it('XR26-RET-05: refuses one that not both offices approved, or whose day is to come', async () => {
    const one = version(undefined, { approvals: DEMO_SCHEDULE.approvals.slice(0, 1) });
    await tried(one);
    expect(fields(await approve(one.id))).toEqual(['records-department']);
    const later = version(undefined, { from: '2027-01-01' as Schedule['from'] });
    await tried(later);
    expect(fields(await approve(later.id))).toEqual(['from']);
  });

  it('names it on every copy of the fence with the working-out of everything, and replaces the one before', async () => {
    const [first, second] = [version(), version(shorter)];
    await tried(first);
    done(await approve(first.id));
    await tried(second);
    const [old] = await everyFence(store.records);
    const approved = done(await approve(second.id));
    // Sent twice, it is done once.
    expect(done(await approve(second.id))).toMatchObject({ version: approved.version });
    const fences = await everyFence(store.records);
    expect(new Set(fences.map(({ scheduleId }) => scheduleId))).toEqual(new Set([second.id]));
    const [recalculationId, ...others] = new Set(fences.map((fence) => fence.recalculationId));
    expect([recalculationId === old!.recalculationId, others]).toEqual([false, []]);
    expect(await store.records.get(schedules, first.id)).toMatchObject({ state: 'replaced' });
    // The working-out for the one before is given up; the newer makes everything whole.
    expect((await run(old!.recalculationId!)).state).toBe('abandoned');
    expect((await run(recalculationId!)).state).toBe('whole');
    expect((await everyFence(store.records)).map((fence) => fence.recalculationId)).toEqual(
      Array.from({ length: 8 }, () => undefined),
    );
  });

  it('house-locks-stand: moves no date to before a lock, and destroys nothing by itself', async () => {
    const number = store.newId('C');
    const id = await store.kept(number);
    await run(await store.closed(number, 'misdemeanor', CLOSED_ON));
    // Nothing is in force: the date is shown, nothing counts by it, and the hold stays.
    expect(await store.lockOf(id)).toBe('held, no day, misdemeanor');
    const schedule = version(shorter);
    await tried(schedule);
    done(await approve(schedule.id));
    const [fence] = await everyFence(store.records);
    await run(fence!.recalculationId!);
    expect(await store.card(id)).toMatchObject({ state: 'kept', keeping: { kind: 'until', date: '2029-05-01' } });
    expect(await store.lockOf(id)).toBe('not held, 2029-05-01, misdemeanor');
  });
});

describe('withdrawing a schedule', () => {
  const withdraw = (id: string, by = 'p-vance', reason = 'Its misdemeanor period is mistyped') =>
    withdrawSchedule(needs(), { id, by, reason });

  it('keeps it on file, and nobody puts it in force any more', async () => {
    const schedule = version();
    await tried(schedule);
    expect(done(await withdraw(schedule.id))).toMatchObject({
      state: 'withdrawn',
      withdrawnBy: 'p-vance',
      withdrawnAt: store.now,
      schedule,
    });
    const approved = await approveSchedule(needs(), { id: schedule.id, by: 'p-dunne', reason: REASON });
    expect(fields(approved)).toEqual(['schedule']);
    expect(fields(await tryOutSchedule(needs(), { id: schedule.id, by: 'p-vance' }))).toEqual(['schedule']);
    expect(done(await load(schedule)).state).toBe('withdrawn');
  });

  it('stays withdrawn when its trial ends later', async () => {
    const schedule = version();
    done(await load(schedule));
    const { dryRunId } = done(await tryOutSchedule(needs(), { id: schedule.id, by: 'p-vance' }));
    done(await withdraw(schedule.id));
    await run(dryRunId!);
    expect((await store.records.get(schedules, schedule.id))!.state).toBe('withdrawn');
  });

  it('is for records officers, with a reason, and not of one that is in force', async () => {
    const schedule = version();
    await tried(schedule);
    expect(fields(await withdraw(schedule.id, 'p-ortiz'))).toEqual(['person']);
    expect(fields(await withdraw(schedule.id, 'p-vance', ' '))).toEqual(['reason']);
    done(await approveSchedule(needs(), { id: schedule.id, by: 'p-dunne', reason: REASON }));
    expect(fields(await withdraw(schedule.id))).toEqual(['schedule']);
  });
});
