/** The door to the table under load: a hundred at once, on the real engine. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { put } from '../../../functions/records/change.ts';
import { entity, type Kept } from '../../../functions/records/entity.ts';
import { ChangedMeanwhile } from '../../../functions/records/faults.ts';
import { untilWritten } from '../../../functions/records/until-written.ts';
import { breaksIn } from '../../../functions/records/verify.ts';
import { instantOf } from '../../../policies/instant.ts';
import { startTable, type TestTable } from '../../records-table.ts';

interface Counter extends Kept {
  readonly count: number;
}
const counters = entity<Counter>('device');
const sessions = entity<Counter>('session');
const AT = instantOf('2026-11-24T15:00:00Z');
const BY = { kind: 'system', id: 'test' } as const;
const RACERS = 100;

let table: TestTable;
beforeAll(async () => {
  table = await startTable();
});
afterAll(() => table?.stop());

/** Reads, adds one, writes: an act that loses an update if anything does. */
async function count(id: string, subject = `device#${id}`): Promise<void> {
  const { records } = table;
  const was = await records.get(counters, id);
  await records.write({
    at: AT,
    by: BY,
    puts: [put(counters, { id, version: was?.version ?? 0, count: (was?.count ?? 0) + 1 })],
    tells: [{ subject, act: 'counted' }],
  });
}
const chainOf = async (subject: string) => ({
  entries: await table.records.ledgerOf(subject),
  head: await table.records.headOf(subject),
});
const race = (act: (turn: number) => Promise<void>) =>
  Promise.allSettled(Array.from({ length: RACERS }, (_, turn) => act(turn)));

describe('a hundred acts at once', () => {
  it('on one record: one wins, and the others are told that it changed meanwhile', async () => {
    await count('D-1');
    const was = (await table.records.get(counters, 'D-1'))!;
    const answers = await race(() =>
      table.records.write({
        at: AT,
        by: BY,
        puts: [put(counters, { ...was, count: 2 })],
        tells: [{ subject: 'device#D-1', act: 'counted' }],
      }),
    );
    const failed = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as Error] : []));
    expect([
      answers.length - failed.length,
      failed.filter((error) => error instanceof ChangedMeanwhile).length,
    ]).toEqual([1, RACERS - 1]);
    expect(await table.records.ledgerOf('device#D-1')).toHaveLength(2);
  });

  it('that each try until written lose no update, and those that gave up wrote nothing', async () => {
    const answers = await race(() => untilWritten(() => count('D-2')));
    const written = answers.filter(({ status }) => status === 'fulfilled').length;
    expect(written).toBeGreaterThan(RACERS / 4);
    const record = await table.records.get(counters, 'D-2');
    const { entries, head } = await chainOf('device#D-2');
    expect(record).toMatchObject({ count: written, version: written });
    expect(entries).toHaveLength(written);
    expect(breaksIn('device#D-2', entries, head)).toEqual([]);
  });

  it('that tell one subject of records of their own leave one chain, without a gap', async () => {
    const answers = await race((turn) => untilWritten(() => count(`D-3-${turn}`, 'person#p-1')));
    const written = answers.filter(({ status }) => status === 'fulfilled').length;
    const { entries, head } = await chainOf('person#p-1');
    expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: written }, (_, at) => at + 1));
    expect(breaksIn('person#p-1', entries, head)).toEqual([]);
    const told = new Set(entries.flatMap(({ after }) => Object.keys(after)));
    for (let turn = 0; turn < RACERS; turn++)
      expect((await table.records.get(counters, `D-3-${turn}`)) !== undefined).toBe(told.has(`device#D-3-${turn}`));
  });

  it('on subjects of their own all go through', async () => {
    const answers = await race((turn) => untilWritten(() => count(`D-4-${turn}`)));
    expect(answers.filter(({ status }) => status === 'rejected')).toEqual([]);
  });

  it('that tell two subjects crosswise leave both chains whole, each entry in both', async () => {
    const subjects = ['use-request#R-1', 'use-request#R-2'] as const;
    const tell = (turn: number) =>
      untilWritten(() =>
        table.records.write({
          at: AT,
          by: BY,
          puts: [],
          tells: (turn % 2 ? subjects : subjects.toReversed()).map((subject) => ({
            subject,
            act: 'crossed',
            facts: { turn },
          })),
        }),
      );
    await race(tell);
    const [one, two] = [await chainOf(subjects[0]), await chainOf(subjects[1])];
    expect(breaksIn(subjects[0], one.entries, one.head)).toEqual([]);
    expect(breaksIn(subjects[1], two.entries, two.head)).toEqual([]);
    expect(one.entries.map(({ facts }) => facts)).toEqual(two.entries.map(({ facts }) => facts));
    expect(one.entries.length).toBeGreaterThan(RACERS / 4);
  });
});

describe('a write that fails in one part', () => {
  it('is not done in any', async () => {
    await count('D-5');
    const stale = put(counters, { id: 'D-5', version: 0, count: 9 });
    const fresh = put(counters, { id: 'D-6', version: 0, count: 1 });
    const writing = table.records.write({
      at: AT,
      by: BY,
      puts: [fresh, stale],
      tells: [{ subject: 'device#D-6', act: 'x' }],
      lines: [{ from: 'role#x', to: 'p-1' }],
      notes: [{ kind: 'look-again', waiting: { on: 'x', for: 'y' } }],
    });
    await expect(writing).rejects.toBeInstanceOf(ChangedMeanwhile);
    expect(await table.records.get(counters, 'D-6')).toBeUndefined();
    expect(await table.records.ledgerOf('device#D-6')).toEqual([]);
    expect(await table.records.linesOf('role#x')).toEqual([]);
  });

  it('when what it only read has changed since', async () => {
    await count('D-7');
    const writing = (version: number) =>
      table.records.write({
        at: AT,
        by: BY,
        puts: [put(counters, { id: `D-8-${version}`, version: 0, count: 1 })],
        tells: [{ subject: `device#D-8-${version}`, act: 'x' }],
        unchanged: [{ key: 'device#D-7', version }],
      });
    await expect(writing(2)).rejects.toBeInstanceOf(ChangedMeanwhile);
    await writing(1);
  });
});

describe('keeping without telling', () => {
  it('is for bookkeeping alone', async () => {
    await expect(table.records.keep(put(counters, { id: 'D-9', version: 0, count: 1 }))).rejects.toThrow(
      'device#D-9 is no bookkeeping',
    );
    expect(await table.records.get(counters, 'D-9')).toBeUndefined();
    await table.records.keep(put(sessions, { id: 's-1', version: 0, count: 1 }));
    expect(await table.records.get(sessions, 's-1')).toMatchObject({ count: 1, version: 1 });
  });

  it('holds to the version that was read, too', async () => {
    await table.records.keep(put(sessions, { id: 's-2', version: 0, count: 1 }));
    await expect(table.records.keep(put(sessions, { id: 's-2', version: 0, count: 2 }))).rejects.toBeInstanceOf(
      ChangedMeanwhile,
    );
  });
});

describe('the heads that no digest has seen', () => {
  it('are listed until seen, and again when their chain goes on', async () => {
    const openOnes = async () => (await table.records.openHeads()).filter(({ subject }) => subject === 'device#D-10');
    await count('D-10');
    const [seen] = await openOnes();
    await count('D-10');
    await table.records.headSeen(seen!);
    expect((await openOnes()).map(({ seq }) => seq)).toEqual([2]);
    await table.records.headSeen((await openOnes())[0]!);
    expect(await openOnes()).toEqual([]);
    await count('D-10');
    expect((await openOnes()).map(({ seq }) => seq)).toEqual([3]);
  });
});
