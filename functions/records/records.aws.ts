/**
 * The door to the table: reads by the questions people ask, and one write, the change. Turns DynamoDB's words into ours.
 *
 * Faults  RecordsBusy (retry), ChangedMeanwhile (read and judge again)
 */
import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { CalendarDate } from '../../policies/calendar-date.ts';
import { isBookkeeping, OPEN_HEADS, writesOf, type Change, type Put, type Write } from './change.ts';
import { DUE_SHARDS, expiresKey, keyOf, type Entity, type Kept } from './entity.ts';
import { ChangedMeanwhile, RecordsBusy } from './faults.ts';
import { NO_ENTRY, sealOf, type LedgerEntry, type LedgerHead, type Seal } from './ledger.ts';
import { mayPass } from './may-pass.ts';
import type { Noun } from './nouns.ts';

/** One page of a listing, and the mark to go on from. */
export interface Listing<T> {
  readonly records: readonly T[];
  readonly next?: string;
}

/** Where a listing goes on, its direction, and how many at most (200 unless said). */
export interface Page {
  readonly from?: string;
  readonly newestFirst?: boolean;
  readonly most?: number;
}

export interface DueRecord {
  readonly noun: Noun;
  readonly record: Kept;
}

export interface Records {
  get<T extends Kept>(kind: Entity<T>, id: string): Promise<T | undefined>;
  /** The seal of a record as it is now, to hold against what the ledger says; `key` as `keyOf` gives it. */
  sealOf(key: string): Promise<Seal | undefined>;
  /** Records of one noun that belong to a subject, oldest first. */
  ofSubject<T extends Kept>(kind: Entity<T>, subject: string, page?: Page): Promise<Listing<T>>;
  /** Everything waiting on a desk, soonest deadline first. */
  onDesk(desk: string): Promise<readonly DueRecord[]>;
  /** One partition of the due-index (`dueKey`), up to an instant (exclusive). */
  dueIn(partition: string, until: string): Promise<readonly DueRecord[]>;
  /** What may be proposed for disposal from this day on, in order of ids; `from` is the id the page before ended with. */
  expiringOn<T extends Kept>(kind: Entity<T>, day: CalendarDate, page?: Omit<Page, 'newestFirst'>): Promise<Listing<T>>;
  /** The names listed under another, such as the people of a role. */
  linesOf(from: string): Promise<readonly string[]>;
  ledgerOf(subject: string): Promise<readonly LedgerEntry[]>;
  /** The head of a subject's chain, which says how long the chain has to be; `NO_ENTRY` when nothing was ever told. */
  headOf(subject: string): Promise<LedgerHead>;
  /** The heads that no digest has seen yet. */
  openHeads(): Promise<readonly ({ readonly subject: string } & LedgerHead)[]>;
  /** Takes a head out of that list, unless it has moved on meanwhile. */
  headSeen(head: { readonly subject: string } & LedgerHead): Promise<void>;
  write(change: Change): Promise<void>;
  /**
   * Writes one record of bookkeeping (a delivered note, a session last seen) without a ledger entry, because nothing
   * of legal meaning changes. Throws for any noun that is not bookkeeping.
   */
  keep(next: Put): Promise<void>;
}

export function recordsIn(table: string, client: DynamoDBClient = new DynamoDBClient({})): Records {
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });

  const asked = async <T>(ask: () => Promise<T>): Promise<T> => {
    try {
      return await ask();
    } catch (error) {
      throw inOurWords(error);
    }
  };
  const getItem = (pk: string, sk: string) =>
    canBeKey(pk)
      ? asked(
          async () =>
            (await documents.send(new GetCommand({ TableName: table, Key: { pk, sk }, ConsistentRead: true }))).Item,
        )
      : undefined;
  const every = async (query: Omit<QueryCommandInput, 'TableName'>): Promise<Record<string, unknown>[]> => {
    const items: Record<string, unknown>[] = [];
    let from: Record<string, unknown> | undefined;
    do {
      const page = await asked(() =>
        documents.send(new QueryCommand({ ...query, TableName: table, ...(from && { ExclusiveStartKey: from }) })),
      );
      items.push(...(page.Items ?? []));
      from = page.LastEvaluatedKey;
    } while (from);
    return items;
  };
  const headOf = async (subject: string): Promise<LedgerHead> => {
    const head = await getItem(`ledger#${subject}`, 'head');
    return head ? { seq: Number(head.seq), hash: String(head.hash) } : NO_ENTRY;
  };

  return {
    async get<T extends Kept>(kind: Entity<T>, id: string) {
      return (await getItem(keyOf(kind.noun, id), 'record'))?.record as T | undefined;
    },
    async sealOf(key) {
      const item = await getItem(key, 'record');
      return item && sealOf(Number(item.version), item);
    },
    async ofSubject<T extends Kept>(kind: Entity<T>, subject: string, page: Page = {}) {
      if (!canBeKey(subject)) return { records: [] };
      const found = await asked(() =>
        documents.send(
          new QueryCommand({
            TableName: table,
            IndexName: 'by-subject',
            KeyConditionExpression: 'subject = :subject AND begins_with(subjectOrder, :noun)',
            ExpressionAttributeValues: { ':subject': subject, ':noun': `${kind.noun}#` },
            ScanIndexForward: !page.newestFirst,
            Limit: page.most ?? 200,
            ...(page.from && {
              ExclusiveStartKey: JSON.parse(Buffer.from(page.from, 'base64url').toString()) as Record<string, unknown>,
            }),
          }),
        ),
      );
      const next = found.LastEvaluatedKey && Buffer.from(JSON.stringify(found.LastEvaluatedKey)).toString('base64url');
      return { records: (found.Items ?? []).map((item) => item.record as T), ...(next && { next }) };
    },
    async onDesk(desk) {
      const items = await every({
        IndexName: 'by-desk',
        KeyConditionExpression: 'desk = :desk',
        ExpressionAttributeValues: { ':desk': desk },
      });
      return items.map((item) => ({ noun: item.noun as Noun, record: item.record as Kept }));
    },
    async dueIn(partition, until) {
      const items = await every({
        IndexName: 'by-due',
        KeyConditionExpression: 'due = :due AND dueOrder < :until',
        ExpressionAttributeValues: { ':due': partition, ':until': until },
      });
      return items.map((item) => ({ noun: item.noun as Noun, record: item.record as Kept }));
    },
    async expiringOn<T extends Kept>(kind: Entity<T>, day: CalendarDate, { from = '', most = 200 }: Page = {}) {
      const shards = await Promise.all(
        Array.from({ length: DUE_SHARDS }, (_, shard) =>
          asked(() =>
            documents.send(
              new QueryCommand({
                TableName: table,
                IndexName: 'by-due',
                KeyConditionExpression: 'due = :due AND dueOrder BETWEEN :after AND :end',
                // Of one day: what sorts above all of its ids is `$`. A character after the id leaves out the id itself.
                ExpressionAttributeValues: {
                  ':due': expiresKey(day, shard),
                  ':after': `${day}#${from}${from && ' '}`,
                  ':end': `${day}$`,
                },
                Limit: most,
              }),
            ),
          ),
        ),
      );
      const inOrder = shards
        .flatMap(({ Items }) => Items ?? [])
        .filter(({ noun }) => noun === kind.noun)
        .map(({ record }) => record as T)
        .toSorted((a, b) => (a.id < b.id ? -1 : 1));
      const more = inOrder.length > most || shards.some(({ LastEvaluatedKey }) => LastEvaluatedKey);
      const records = inOrder.slice(0, most);
      return { records, ...(more && records.length > 0 && { next: records.at(-1)!.id }) };
    },
    async linesOf(from) {
      if (!canBeKey(from)) return [];
      const items = await every({
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': from },
        ConsistentRead: true,
      });
      return items.map((item) => String(item.sk)).filter((sk) => sk !== 'record');
    },
    async ledgerOf(subject) {
      if (!canBeKey(subject)) return [];
      const items = await every({
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :entry)',
        ExpressionAttributeValues: { ':pk': `ledger#${subject}`, ':entry': 'entry#' },
        ConsistentRead: true,
      });
      return items.map((item) => item.entry as LedgerEntry);
    },
    headOf,
    async openHeads() {
      const items = await every({
        IndexName: 'by-due',
        KeyConditionExpression: 'due = :due',
        ExpressionAttributeValues: { ':due': OPEN_HEADS },
      });
      return items.map((item) => ({ subject: String(item.dueOrder), seq: Number(item.seq), hash: String(item.hash) }));
    },
    async headSeen({ subject, seq, hash }) {
      const condition = { ConditionExpression: 'seq = :seq', ExpressionAttributeValues: { ':seq': seq } };
      const item = { pk: `ledger#${subject}`, sk: 'head', noun: 'ledger', seq, hash };
      try {
        await asked(() => documents.send(new PutCommand({ TableName: table, Item: item, ...condition })));
      } catch (error) {
        if (!(error instanceof ChangedMeanwhile)) throw error;
      }
    },
    async write(change) {
      const subjects = change.tells.map((told) => told.subject);
      const heads = new Map(
        await Promise.all(subjects.map(async (subject) => [subject, await headOf(subject)] as const)),
      );
      const writes = writesOf(change, (subject) => heads.get(subject) ?? NO_ENTRY);
      await asked(() =>
        documents.send(new TransactWriteCommand({ TransactItems: writes.map((write) => memberOf(write, table)) })),
      );
    },
    async keep(next) {
      if (!isBookkeeping(next.item.noun))
        throw new Error(`${next.key} is no bookkeeping; write it as a change that tells the ledger`);
      await asked(() =>
        documents.send(new PutCommand({ TableName: table, Item: next.item, ...conditionOf(next.version) })),
      );
    },
  };
}

/** DynamoDB's own limit for a partition key. What an address or a form names beyond it is on no record. */
const MOST_KEY_BYTES = 2048;

const canBeKey = (key: string): boolean => Buffer.byteLength(key) <= MOST_KEY_BYTES;

const conditionOf = (version: number) =>
  version === 1
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : { ConditionExpression: 'version = :was', ExpressionAttributeValues: { ':was': version - 1 } };

function memberOf(write: Write, TableName: string) {
  if ('remove' in write) return { Delete: { TableName, Key: write.remove } };
  const condition = {
    TableName,
    ConditionExpression: write.condition,
    ...(write.values && { ExpressionAttributeValues: write.values }),
    ...(write.condition.includes('#hash') && { ExpressionAttributeNames: { '#hash': 'hash' } }),
  };
  return 'put' in write
    ? { Put: { ...condition, Item: write.put } }
    : { ConditionCheck: { ...condition, Key: write.check } };
}

function inOurWords(error: unknown): unknown {
  if (error instanceof ConditionalCheckFailedException)
    return new ChangedMeanwhile('a record changed while this change was made; read it again', { cause: error });
  if (error instanceof TransactionCanceledException) {
    const codes = (error.CancellationReasons ?? [])
      .map((reason) => reason.Code ?? 'None')
      .filter((code) => code !== 'None');
    if (codes.includes('ConditionalCheckFailed'))
      return new ChangedMeanwhile('a record changed while this change was made; read it again', { cause: error });
    return new RecordsBusy(`the table put the change off (${[...new Set(codes)].join(', ')}); try again`, {
      cause: error,
    });
  }
  const busy = mayPass(error);
  return busy ? new RecordsBusy(`the table did not answer (${busy}); try again`, { cause: error }) : error;
}
