/**
 * What does the ledger cost a write, and how fast is it signed and verified?
 *
 * A change is one transaction: record, ledger entry, head of the chain, after a consistent read of that head. The
 * alternatives write the same record with nothing beside it. All go to the same engine through the same SDK client.
 */
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { DynamoDBDocumentClient, PutCommand, ScanCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { put } from '../functions/records/change.ts';
import { digestKey, type SignedDigest } from '../functions/records/digest.ts';
import { entity, itemOf, type Kept } from '../functions/records/entity.ts';
import { signDigest } from '../functions/records/sign-digest.ts';
import { storedFrom, type Stored } from '../functions/records/stored.ts';
import { storeVerifier } from '../functions/records/verify-store.ts';
import { fromEpochMs } from '../policies/instant.ts';
import { startTable, TABLE, type TestTable } from '../test/records-table.ts';
import { asks, median, note, plain, runs, spread, table, timed } from './show.ts';

/** About the size of a use request. */
interface Sample extends Kept {
  readonly state: string;
  readonly words: string;
  readonly at: string;
}
const samples = entity<Sample>('use-request', ({ at }) => ({ subject: ['person#p-bench', at] }));
const now = () => fromEpochMs(Date.now());
let lastId = 0;
const fresh = (): Sample => ({
  id: `R-${++lastId}`,
  version: 0,
  state: 'submitted',
  words: 'x'.repeat(600),
  at: now(),
});

let { records, client, stop }: TestTable = await startTable();
let documents = DynamoDBDocumentClient.from(client);

const change = (record: Sample) =>
  records.write({
    at: now(),
    by: { kind: 'system', id: 'bench' },
    puts: [put(samples, record)],
    tells: [
      {
        subject: `use-request#${record.id}`,
        act: 'request submitted',
        clauses: ['XR26-USE-05'],
        facts: { version: record.version },
      },
    ],
  });
const alone = () => ({
  TableName: TABLE,
  Item: itemOf(samples, { ...fresh(), version: 1 }),
  ConditionExpression: 'attribute_not_exists(pk)',
});

const WAYS: readonly { readonly name: string; readonly write: () => Promise<unknown> }[] = [
  { name: 'a change: record, entry and head in one transaction', write: () => change(fresh()) },
  {
    name: 'the record alone, in a transaction',
    write: () => documents.send(new TransactWriteCommand({ TransactItems: [{ Put: alone() }] })),
  },
  { name: 'the record alone, on condition', write: () => documents.send(new PutCommand(alone())) },
];
const WRITERS = [1, 8] as const;
const WRITES = 100;

/** So many writers at once, until all is written. Answers writes a second. */
async function rate(writers: number, write: () => Promise<unknown>): Promise<number> {
  let left = WRITES;
  const from = performance.now();
  await Promise.all(
    Array.from({ length: writers }, async () => {
      while (left-- > 0) await write();
    }),
  );
  return WRITES / ((performance.now() - from) / 1000);
}

async function writing(): Promise<void> {
  asks('What does the ledger cost a write?');
  const found = WAYS.map(() => WRITERS.map((): number[] => []));
  for (let round = 0; round <= runs(7); round++) {
    for (const [way, { write }] of WAYS.entries()) {
      for (const [at, writers] of WRITERS.entries()) {
        const perSecond = await rate(writers, write);
        if (round > 0) found[way]![at]!.push(perSecond);
      }
    }
  }
  table(
    ['write', 'a second, one writer', 'a second, eight writers'],
    WAYS.map(({ name }, way) => [name, ...WRITERS.map((_, at) => spread(found[way]![at]!))]),
  );
  note(`Each write is a new record; median of ${runs(7)} rounds of ${WRITES} writes (least–most).`);
}

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const trust = {
  keyId: 'bench',
  signed: (text: string, signature: string) =>
    verify('sha256', Buffer.from(text), publicKey, Buffer.from(signature, 'base64')),
};

/** As many entries as a request has from form to close. */
const ENTRIES = 12;
async function longChain(): Promise<void> {
  const record = fresh();
  for (let version = 0; version < ENTRIES; version++) await change({ ...record, version });
}

/** Signs a digest over every head that is open, with a key of this process in the place of KMS, and a list for a bucket. */
async function signing(): Promise<SignedDigest> {
  const written: SignedDigest[] = [];
  const from = performance.now();
  const { heads } = await signDigest({
    records,
    now,
    last: async () => undefined,
    sign: async (text) => ({
      signature: sign('sha256', Buffer.from(text), privateKey).toString('base64'),
      keyId: trust.keyId,
    }),
    write: async (signed) => void written.push(signed),
  });
  const ms = performance.now() - from;
  table(
    ['digest', 'heads', 'ms', 'heads a second', 'size, kB'],
    [
      [
        'of all that changed',
        heads,
        plain(ms),
        plain(heads / (ms / 1000)),
        plain(JSON.stringify(written[0]).length / 1000),
      ],
    ],
  );
  note('One run: an hour has one digest. Marking each head as seen is one write, and takes nearly all of the time.');
  return written[0]!;
}

async function everyItem(): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await documents.send(
      new ScanCommand({ TableName: TABLE, ConsistentRead: true, ...(from && { ExclusiveStartKey: from }) }),
    );
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from);
  return items;
}

async function verifying(signed: SignedDigest): Promise<void> {
  const digests = [{ key: digestKey(signed.digest.hour), signed, versions: 1, hidden: false }];
  const items = await everyItem();
  const stored = items.map(storedFrom).filter((one): one is Stored => one !== undefined);
  let entries = 0;
  let breaks = 0;
  const check = (all: readonly Stored[]): void => {
    const verifier = storeVerifier(digests, trust);
    for (const one of all) verifier.take(one);
    const finding = verifier.end();
    entries = finding.counts.entries;
    breaks = finding.breaks.length;
  };
  const ways = [
    { name: 'the chains, from an export', ms: await timed(runs(7), () => check(stored)) },
    {
      name: 'the same, each item hashed first',
      ms: await timed(runs(7), () => check(items.map(storedFrom).filter((one): one is Stored => one !== undefined))),
    },
    {
      name: 'the whole table, reading it too',
      ms: await timed(runs(5), async () =>
        check((await everyItem()).map(storedFrom).filter((one): one is Stored => one !== undefined)),
      ),
    },
  ];
  table(
    ['verify', 'entries', 'ms', 'entries a second'],
    ways.map(({ name, ms }) => [name, entries, spread(ms), plain(Math.round(entries / (median(ms) / 1000)))]),
  );
  note(
    `${breaks} breaks found. An export holds items as the last table reads them; reading the whole table is a consistent scan of the local engine.`,
  );
}

try {
  await writing();
} finally {
  await stop();
}
({ records, client, stop } = await startTable());
documents = DynamoDBDocumentClient.from(client);
try {
  asks('How fast is the ledger signed and verified?');
  for (let count = 0; count < runs(200); count += 10) await Promise.all(Array.from({ length: 10 }, longChain));
  await verifying(await signing());
} finally {
  await stop();
}
