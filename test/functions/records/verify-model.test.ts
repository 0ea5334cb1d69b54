/**
 * Any history of changes, retries, lines, digests and crashes leaves a ledger that holds; and in any such history, any
 * one thing put back to an older state is found. Histories are made by fast-check and run on the real table.
 */
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonical } from '../../../functions/records/canonical.ts';
import { put } from '../../../functions/records/change.ts';
import { entity, type Kept } from '../../../functions/records/entity.ts';
import { ChangedMeanwhile } from '../../../functions/records/faults.ts';
import { signDigest } from '../../../functions/records/sign-digest.ts';
import { instantOf, plusMinutes } from '../../../policies/instant.ts';
import { startTable, TABLE, type TestTable } from '../../records-table.ts';
import { signer, type Signer } from './signer.ts';
import { ledgerOf, type Item, type StoredLedger } from './stored-ledger.ts';

interface Thing extends Kept {
  readonly text: string;
  readonly waits: boolean;
}
const things = entity<Thing>('device', ({ waits, text }) =>
  waits ? { desk: ['role#custodian', 'soon'], subject: ['fleet', text.toWellFormed().slice(0, 40)] } : {},
);

let table: TestTable;
beforeAll(async () => {
  table = await startTable();
});
afterAll(() => table?.stop());

/** What a history has come to, as simply as it can be said. */
interface Model {
  readonly versions: Map<string, number>;
  readonly lines: Set<string>;
  readonly told: Map<string, number>;
}
/** How many runs the table has seen, whichever try of the test they belong to. */
let runs = 0;

/** One run's own corner of the table: its ids carry its number, so that runs do not meet. */
interface World {
  readonly run: number;
  readonly key: Signer;
  minutes: number;
  /** Every state the corner was in, for putting things back. */
  readonly snapshots: Item[][];
}
type Command = fc.AsyncCommand<Model, World>;

const at = (world: World) => plusMinutes(instantOf('2026-11-24T06:00:00Z'), world.minutes);
const BY = { kind: 'system', id: 'test' } as const;
const idOf = (world: World, thing: number) => `${world.run}-${thing}`;
const subjectsOf = (world: World, about: readonly number[]) =>
  [...new Set(about)].map((one) => `device#${idOf(world, one)}`);

async function tell(
  model: Model,
  world: World,
  about: readonly number[],
  rest: {
    puts?: readonly ReturnType<typeof put>[];
    lines?: { from: string; to: string }[];
    endedLines?: { from: string; to: string }[];
  },
): Promise<void> {
  world.minutes += 1;
  const subjects = subjectsOf(world, about);
  await table.records.write({
    at: at(world),
    by: BY,
    puts: rest.puts ?? [],
    tells: subjects.map((subject) => ({ subject, act: 'told' })),
    ...rest,
  });
  for (const subject of subjects) model.told.set(subject, (model.told.get(subject) ?? 0) + 1);
}

const writes = (thing: number, also: readonly number[], text: string, waits: boolean): Command => ({
  check: () => true,
  async run(model, world) {
    const id = idOf(world, thing);
    const version = model.versions.get(id) ?? 0;
    expect((await table.records.get(things, id))?.version ?? 0).toBe(version);
    await tell(model, world, [thing, ...also], { puts: [put(things, { id, version, text, waits })] });
    model.versions.set(id, version + 1);
  },
  toString: () => `writes ${thing}, telling ${also.join(' and ')}`,
});
const writesStale = (thing: number): Command => ({
  check: () => true,
  async run(model, world) {
    const id = idOf(world, thing);
    const stale = (model.versions.get(id) ?? 0) + 1;
    const before = new Map(model.told);
    await expect(
      tell(model, world, [thing], { puts: [put(things, { id, version: stale, text: 'stale', waits: false })] }),
    ).rejects.toBeInstanceOf(ChangedMeanwhile);
    expect(model.told).toEqual(before);
  },
  toString: () => `writes ${thing} over a version that is not there`,
});
const lists = (thing: number, ends: boolean): Command => ({
  check: () => true,
  async run(model, world) {
    const line = { from: `role#${world.run}`, to: idOf(world, thing) };
    await tell(model, world, [thing], ends ? { endedLines: [line] } : { lines: [line] });
    if (ends) model.lines.delete(line.to);
    else model.lines.add(line.to);
    expect(new Set(await table.records.linesOf(line.from))).toEqual(model.lines);
  },
  toString: () => `${ends ? 'ends' : 'begins'} the line to ${thing}`,
});
const digests = (crashes: boolean): Command => ({
  check: () => true,
  async run(_, world) {
    world.minutes += 60;
    const own = (subject: string): boolean => subject.startsWith(`device#${world.run}-`);
    // The table is shared by all runs: this one's digest sees its own corner, and remembers the last one in its bucket.
    const records = {
      ...table.records,
      openHeads: async () => (await table.records.openHeads()).filter(({ subject }) => own(subject)),
      get: async () => undefined,
      keep: async () => undefined,
      ...(crashes && { headSeen: () => Promise.reject(new Error('crashed here')) }),
    };
    await signDigest({ ...world.key, records, now: () => at(world) }).catch((error: Error) =>
      expect(error.message).toBe('crashed here'),
    );
  },
  toString: () => `signs a digest${crashes ? ' and crashes' : ''}`,
});
const looks = (): Command => ({
  check: () => true,
  async run(_, world) {
    world.snapshots.push(await corner(world));
  },
  toString: () => 'is looked at',
});

/** Every item of a run, read by its partitions. */
async function corner(world: World): Promise<Item[]> {
  const documents = DynamoDBDocumentClient.from(table.client);
  const partitions = [
    `role#${world.run}`,
    ...Array.from({ length: THINGS }, (_, thing) => idOf(world, thing)).flatMap((id) => [
      `device#${id}`,
      `ledger#device#${id}`,
    ]),
  ];
  const found = await Promise.all(
    partitions.map((pk) =>
      documents.send(
        new QueryCommand({
          TableName: TABLE,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': pk },
          ConsistentRead: true,
        }),
      ),
    ),
  );
  return found.flatMap(({ Items = [] }) => Items);
}
const verifierOf = (world: World, items: readonly Item[]): StoredLedger =>
  ledgerOf(items, world.key.stored(), world.key.pem, world.key.keyId);
/** The corner has no last digest of its own in the shared table; that is tested where the table is not shared. */
const breaksOf = (ledger: StoredLedger, tampered?: Parameters<StoredLedger['finding']>[0]) =>
  ledger.finding(tampered).breaks.filter(({ subject }) => subject !== 'the last digest');

const THINGS = 4;
const thing = fc.integer({ min: 0, max: THINGS - 1 });
const history = fc.commands(
  [
    fc
      .tuple(thing, fc.array(thing, { maxLength: 2 }), fc.string({ unit: 'binary', maxLength: 20 }), fc.boolean())
      .map((args) => writes(...args)),
    fc
      .tuple(thing, fc.array(thing, { maxLength: 2 }), fc.string({ unit: 'binary', maxLength: 20 }), fc.boolean())
      .map((args) => writes(...args)),
    thing.map((one) => writesStale(one)),
    fc.tuple(thing, fc.boolean()).map((args) => lists(...args)),
    fc.boolean().map((crashes) => digests(crashes)),
    fc.constant(looks()),
  ],
  { maxCommands: 25, size: 'max' },
);

describe('any history', () => {
  it('leaves a ledger that holds, and in which whatever is put back is found', async () => {
    let putBack = 0;
    const holds = () =>
      fc.assert(
        fc.asyncProperty(history, async (commands) => {
          const world: World = { run: ++runs, key: signer(), minutes: 0, snapshots: [] };
          const model: Model = { versions: new Map(), lines: new Set(), told: new Map() };
          await fc.asyncModelRun(() => ({ model, real: world }), commands);

          const items = await corner(world);
          const ledger = verifierOf(world, items);
          expect(breaksOf(ledger)).toEqual([]);
          const { counts } = ledger.finding();
          expect([counts.subjects, counts.entries]).toEqual([
            model.told.size,
            [...model.told.values()].reduce((sum, told) => sum + told, 0),
          ]);
          expect([counts.records, counts.lines]).toEqual([model.versions.size, model.lines.size]);

          for (const { places, older, name } of rollbacks(items, world.snapshots)) {
            putBack++;
            const found = breaksOf(
              ledger,
              places === undefined ? { added: [older] } : { items: new Map([[places, older]]) },
            );
            expect(
              found.map(({ subject }) => subject),
              name,
            ).toEqual(expect.arrayContaining([expect.stringContaining(name)]));
          }
        }),
        { numRuns: 25, endOnFailure: true },
      );
    // How much a history leaves to put back is chance; more of them are made until enough was.
    for (let batches = 0; batches < 4 && putBack <= 20; batches++) await holds();
    expect(putBack).toBeGreaterThan(20);
  }, 120_000);
});

/** Each record as it was in a snapshot and no longer is, one at a time. */
function rollbacks(
  items: readonly Item[],
  snapshots: readonly Item[][],
): { places: number | undefined; older: Item; name: string }[] {
  const place = new Map(items.map((item, index) => [`${String(item['pk'])} ${String(item['sk'])}`, index]));
  return snapshots.flat().flatMap((older) => {
    if (older['sk'] === 'head' || older['entry']) return [];
    const places = place.get(`${String(older['pk'])} ${String(older['sk'])}`);
    if (places !== undefined && canonical(items[places]) === canonical(older)) return [];
    return [{ places, older, name: String(older['pk']) }];
  });
}
