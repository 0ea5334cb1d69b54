/**
 * Does the daily run cost what is due, or what is kept?
 *
 * A thousand records are due among 10,000, 100,000 and 1,000,000, of all four technologies. The run reads the index of what
 * expires; the alternative scans the table for what is due. Units are as the engine consumes them by DynamoDB's rules. The
 * run's index reads are apart from what it reads and writes to put the thousand into batches.
 */
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DEMO_SCHEDULE } from '../demo/schedule.ts';
import { syntheticStore, type SyntheticRecord } from '../demo/synthetic-store.ts';
import { proposeDispositions } from '../functions/disposition/propose-dispositions.ts';
import { newId } from '../functions/edge/system.ts';
import { itemOf } from '../functions/records/entity.ts';
import { retentionCards, type RetentionCard } from '../functions/retention/contract.ts';
import { calendarDate, plusDays, plusMonths, plusYears, type CalendarDate } from '../policies/calendar-date.ts';
import { instantOf, nyDate, type Instant } from '../policies/instant.ts';
import { startTable, TABLE } from '../test/records-table.ts';
import { metered } from './metered-client.ts';
import { scan } from './scan.ts';
import { asks, note, plain, QUICK, table, type Cell } from './show.ts';

/** A million takes twelve minutes to write on two quiet cores: `EXPIRY_KEPT=10000,100000` leaves it out. */
const KEPT =
  process.env['EXPIRY_KEPT']?.split(',').map(Number) ?? (QUICK ? [2_000, 10_000] : [10_000, 100_000, 1_000_000]);
const DUE = QUICK ? 200 : 1_000;
/** A scan of more than this takes minutes and tells nothing new: it reads everything. */
const MOST_SCANNED = 100_000;

const started = await startTable();
const documents = DynamoDBDocumentClient.from(started.client, { marshallOptions: { removeUndefinedValues: true } });
const begin = instantOf('2026-11-29T11:00:00.000Z');
const today = nyDate(begin);

/** The card of a record that expires on a day, as a recalculation leaves it. */
function cardOf(one: SyntheticRecord, expiresOn: CalendarDate, workedOutAt: Instant): RetentionCard {
  const { content, capturedOn, ...record } = one;
  const classId = one.kind === 'plate-read' ? 'plate-read' : 'misdemeanor';
  return {
    ...record,
    version: 1,
    state: 'kept',
    keptAt: one.capturedAt,
    files: content
      ? [{ key: `kept/records/${one.id}/original`, versionId: 'v1', sha256: '0'.repeat(64), bytes: content.length }]
      : [],
    holdIds: [],
    keeping: {
      kind: 'until',
      date: expiresOn,
      classId,
      scheduleId: DEMO_SCHEDULE.id,
      approved: true,
      disposeBy: plusMonths(expiresOn, 6),
      why: [
        {
          clause: 'XR21-RET-07',
          classId,
          scheduleId: DEMO_SCHEDULE.id,
          event: 'case closed',
          on: capturedOn,
          until: expiresOn,
          text: 'Misdemeanor: at least 5 years after the case closed.',
        },
      ],
    },
    workedOutFrom: { cases: {}, scheduleId: DEMO_SCHEDULE.id, at: workedOutAt },
    lock: { legalHold: false, classId },
    lockSetAt: workedOutAt,
  };
}

async function keep(cards: Iterable<RetentionCard>): Promise<void> {
  const left = cards[Symbol.iterator]();
  const writer = async (): Promise<void> => {
    for (;;) {
      const items: Record<string, unknown>[] = [];
      for (let one = left.next(); !one.done; one = left.next()) {
        items.push(itemOf(retentionCards, one.value));
        if (items.length === 25) break;
      }
      if (items.length === 0) return;
      await documents.send(
        new BatchWriteCommand({ RequestItems: { [TABLE]: items.map((Item) => ({ PutRequest: { Item } })) } }),
      );
    }
  };
  await Promise.all(Array.from({ length: 8 }, writer));
}

/** Cards that are due in years to come, a chunk of the made-up store at a time. */
function* notDue(from: number, to: number): Iterable<RetentionCard> {
  const CHUNK = 5_000;
  for (let at = from; at < to; at += CHUNK) {
    const { records } = syntheticStore({
      seed: 100 + at,
      records: Math.min(CHUNK, to - at),
      until: today,
      days: 1_500,
    });
    for (const [place, one] of records.entries())
      yield cardOf(one, plusDays(plusYears(today, 1 + (place % 24)), place % 365), begin);
  }
}

let round = 0;
/** A thousand that fell due in the last thirty days, found by the run of `now`. */
async function owe(now: Instant): Promise<void> {
  round++;
  const { records } = syntheticStore({ seed: round, records: DUE, until: plusYears(nyDate(now), -6), days: 300 });
  await keep(
    records.map((one, place) => {
      const id = `due-${round}-${one.id}`;
      return cardOf({ ...one, id }, plusDays(nyDate(now), -(place % 30)), now);
    }),
  );
}

const scanForDue = (now: Instant): Promise<number> =>
  scan(documents, {
    TableName: TABLE,
    FilterExpression: 'begins_with(due, :expires) AND dueOrder < :now',
    ExpressionAttributeValues: { ':expires': 'expires#', ':now': nyDate(now) },
  });

/** The daily run of a moment, and how many lists it wrote. */
async function run(at: Instant) {
  let lists = 0;
  const done = await proposeDispositions({
    records: started.records,
    files: {
      put: async (key: string) => {
        lists++;
        return { key, versionId: 'v1', sha256: '0'.repeat(64), bytes: 0 };
      },
    },
    now: () => at,
    newId,
  });
  return { ...done, lists };
}

asks('Does the daily run cost what is due, or what is kept?');
try {
  const meter = metered(started.client);
  const rows: Cell[][] = [];
  let there = 0;
  let day = calendarDate(today);
  // The first run of all looks back to the first edition, once; what each day costs is that of the runs after it.
  await run(instantOf(`${day}T11:00:00.000Z`));
  for (const kept of KEPT) {
    await keep(notDue(there, kept));
    there = kept;
    day = plusDays(day, 1);
    const now = instantOf(`${day}T11:00:00.000Z`);
    await owe(now);
    meter.taken();
    const from = performance.now();
    const { due, proposed, lists } = await run(now);
    const ms = performance.now() - from;
    const used = meter.taken();
    rows.push([
      plain(kept),
      'daily run, by the index of what expires',
      due,
      proposed,
      used.calls,
      plain(used.reads),
      plain(used.units - used.reads),
      plain(Math.round(ms)),
      lists,
    ]);
    if (kept > MOST_SCANNED) continue;
    meter.taken();
    const scanFrom = performance.now();
    const found = await scanForDue(now);
    const scanned = meter.taken();
    rows.push([
      plain(kept),
      'scan for what is due',
      found,
      '',
      scanned.calls,
      plain(scanned.reads),
      0,
      plain(Math.round(performance.now() - scanFrom)),
      '',
    ]);
  }
  table(
    [
      'records kept',
      'how',
      'due found',
      'put into batches',
      'calls',
      'read units',
      'write units',
      'ms',
      'lists written',
    ],
    rows,
  );
  note(
    'Each round has its own thousand that are due. The scan comes after the run has proposed them, so it finds none; it reads the whole table all the same. Lists of batches go to a store that is not measured here.',
  );
} finally {
  await started.stop();
}
