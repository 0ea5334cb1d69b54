/** Records in memory answer as a real table does, over random changes: what is taken, what is refused, what is then found. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { put } from '../functions/records/change.ts';
import { dueKey, DUE_SHARDS, entity, type Kept } from '../functions/records/entity.ts';
import { ChangedMeanwhile } from '../functions/records/faults.ts';
import type { Records } from '../functions/records/records.aws.ts';
import { instantOf, plusMinutes } from '../policies/instant.ts';
import { recordsInMemory } from './records-in-memory.ts';
import { startTable, type TestTable } from './records-table.ts';

interface Thing extends Kept {
  readonly of: string;
  readonly desk?: string;
  readonly due?: boolean;
}
const START = instantOf('2026-11-24T15:00:00Z');
const things = entity<Thing>('device', (thing) => ({
  subject: [thing.of, thing.id],
  ...(thing.desk && { desk: [thing.desk, thing.id] as const }),
  ...(thing.due && { dueAt: START }),
}));

let table: TestTable;
beforeAll(async () => {
  table = await startTable();
});
afterAll(() => table?.stop());

interface Step {
  readonly id: string;
  readonly version: number;
  readonly of: string;
  readonly desk?: string | undefined;
  readonly due: boolean;
  readonly line: string;
  readonly ends: boolean;
  readonly unchanged: number;
}

async function take(records: Records, prefix: string, step: Step, minute: number): Promise<string> {
  const id = `${prefix}${step.id}`;
  const line = { from: `${prefix}line#${step.line}`, to: step.id };
  try {
    await records.write({
      at: plusMinutes(START, minute),
      by: { kind: 'system', id: 'test' },
      puts: [
        put(things, {
          id,
          version: step.version,
          of: `${prefix}${step.of}`,
          due: step.due,
          ...(step.desk && { desk: `${prefix}${step.desk}` }),
        }),
      ],
      tells: [{ subject: `${prefix}${step.of}`, act: 'changed' }],
      ...(step.ends ? { endedLines: [line] } : { lines: [line] }),
      // A table takes no transaction that writes and checks one item.
      ...(step.unchanged > 0 &&
        step.id !== 'other' && { unchanged: [{ key: `device#${prefix}other`, version: step.unchanged }] }),
    });
    return 'taken';
  } catch (error) {
    if (error instanceof ChangedMeanwhile) return 'refused';
    throw error;
  }
}

async function seen(records: Records, prefix: string, step: Step) {
  const due = await Promise.all(
    Array.from({ length: DUE_SHARDS }, (_, shard) =>
      records.dueIn(dueKey(START.slice(0, 10), shard), plusMinutes(START, 1)),
    ),
  );
  const id = `${prefix}${step.id}`;
  return {
    record: await records.get(things, id),
    sealed: await records.sealOf(`device#${id}`),
    ofSubject: await pages(records, `${prefix}${step.of}`),
    desk: await records.onDesk(`${prefix}${step.desk}`),
    due: due.flat().filter(({ record }) => record.id.startsWith(prefix)),
    lines: await records.linesOf(`${prefix}line#${step.line}`),
    head: await records.headOf(`${prefix}${step.of}`),
    ledger: await records.ledgerOf(`${prefix}${step.of}`),
  };
}

/** Page by page; what a page names to go on from is each store's own. */
async function pages(records: Records, subject: string) {
  const found: (readonly Thing[])[] = [];
  let from: string | undefined;
  do {
    const page = await records.ofSubject(things, subject, { newestFirst: true, most: 2, ...(from && { from }) });
    found.push(page.records);
    from = page.next;
  } while (from);
  return found;
}

const word = fc.constantFrom('a', 'b', 'other');
const step = fc.record({
  id: word,
  version: fc.nat(3),
  of: word,
  desk: fc.option(word, { nil: undefined }),
  due: fc.boolean(),
  line: word,
  ends: fc.boolean(),
  unchanged: fc.nat(2),
});

describe('records in memory', () => {
  it('answer as the table does', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const memory = recordsInMemory();
        const prefix = `${run++}-`;
        for (const [minute, one] of steps.entries()) {
          const outcomes = [
            await take(table.records, prefix, one, minute),
            await take(memory, prefix, one, minute),
          ] as const;
          expect(outcomes[1]).toBe(outcomes[0]);
          expect(await seen(memory, prefix, one)).toEqual(await seen(table.records, prefix, one));
        }
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});
