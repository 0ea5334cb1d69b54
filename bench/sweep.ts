/**
 * Does the hourly sweep cost what is due, or what is kept?
 *
 * Ten notes are overdue among 1,000, 10,000 and 100,000 kept records. The sweep reads the due-index by day and shard; the
 * alternative scans the table for what is due. Units are as the engine consumes them by DynamoDB's rules.
 */
import { DynamoDBDocumentClient, BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { sweepDeadlines } from '../functions/deadline/sweep-deadlines.ts';
import { put } from '../functions/records/change.ts';
import { entity, itemOf, type Kept } from '../functions/records/entity.ts';
import { notes } from '../functions/records/notes.ts';
import { fromEpochMs, plusMinutes, type Instant } from '../policies/instant.ts';
import { startTable, TABLE } from '../test/records-table.ts';
import { metered } from './metered-client.ts';
import { scan } from './scan.ts';
import { asks, note, plain, QUICK, runs, spread, table, type Cell } from './show.ts';

const KEPT = QUICK ? [1_000, 5_000] : [1_000, 10_000, 100_000];
const DUE = 10;

/** A closed request: by subject in an index, due no more. About 1 KB. */
interface Closed extends Kept {
  readonly words: string;
}
const closed = entity<Closed>('use-request', ({ id }) => ({ subject: ['person#p-bench', id] }));

const started = await startTable();
const documents = DynamoDBDocumentClient.from(started.client);
const begin = fromEpochMs(Date.now());

async function keep(from: number, to: number): Promise<void> {
  const batches = Array.from({ length: Math.ceil((to - from) / 25) }, (_, at) => from + at * 25);
  const writer = async (): Promise<void> => {
    for (let first = batches.pop(); first !== undefined; first = batches.pop()) {
      const items = Array.from({ length: Math.min(25, to - first) }, (_, at) =>
        itemOf(closed, { id: `R-${first! + at}`, version: 1, words: 'x'.repeat(800) }),
      );
      await documents.send(
        new BatchWriteCommand({ RequestItems: { [TABLE]: items.map((Item) => ({ PutRequest: { Item } })) } }),
      );
    }
  };
  await Promise.all(Array.from({ length: 4 }, writer));
}

let round = 0;
const noteOf = (at: number, version: number) =>
  ({
    id: `N-${round}-${at}`,
    version,
    since: begin,
    task: { kind: 'look-again', waiting: { on: 'decision#D-1', for: 'answer' } },
  }) as const;
/** Ten notes that nobody delivered, due a minute ago. */
async function owe(): Promise<void> {
  for (let at = 0; at < DUE; at++)
    await started.records.keep(put(notes, { ...noteOf(at, 0), dueAt: plusMinutes(begin, -1) }));
}
/** The sweep has given each a new time; they are delivered, and due no more. */
async function deliver(): Promise<void> {
  for (let at = 0; at < DUE; at++) await started.records.keep(put(notes, { ...noteOf(at, 2), deliveredAt: begin }));
  round++;
}

const scanForDue = (now: Instant): Promise<number> =>
  scan(documents, {
    TableName: TABLE,
    FilterExpression: 'dueOrder < :now',
    ExpressionAttributeValues: { ':now': now },
  });

asks('Does the sweep cost what is due, or what is kept?');
try {
  const meter = metered(started.client);
  const rows: Cell[][] = [];
  let there = 0;
  for (const kept of KEPT) {
    await keep(there, kept);
    there = kept;
    const ways = {
      sweep: { ms: [] as number[], calls: 0, units: 0, found: 0 },
      scan: { ms: [] as number[], calls: 0, units: 0, found: 0 },
    };
    const timedOnce = async (way: keyof typeof ways, look: () => Promise<number>): Promise<void> => {
      meter.taken();
      const from = performance.now();
      const found = await look();
      ways[way].ms.push(performance.now() - from);
      Object.assign(ways[way], meter.taken(), { found });
    };
    for (let count = 0; count < runs(4); count++) {
      await owe();
      // Once is enough for what takes ten seconds and reads the same each time.
      if (count === 0) await timedOnce('scan', () => scanForDue(begin));
      await timedOnce('sweep', async () => (await sweepDeadlines({ records: started.records, now: () => begin })).due);
      await deliver();
    }
    for (const [way, { ms, calls, units, found }] of Object.entries(ways))
      rows.push([
        plain(kept),
        way === 'sweep' ? 'sweep, by the due-index' : 'scan for what is due',
        found,
        calls,
        plain(units),
        spread(ms),
      ]);
  }
  table(['records kept', 'how', 'due found', 'calls', 'units', 'ms: median (least–most)'], rows);
  note(
    'The sweep’s calls, units and time include putting the ten right, a read and a write of each; the scan’s are for finding them only. Calls and units are of the last run.',
  );
} finally {
  await started.stop();
}
