/**
 * DynamoDB: the tables, their streams, and the event sources that carry stream records to functions.
 *
 * Every operation is judged here and then sent to the engine. The engine knows nothing of regions, so names in ARNs are
 * translated both ways. A write tells the streams' readers at once; there is no blind polling.
 */
import { join } from 'node:path';
import { AwsError, type Caller, type Host, type MakePart } from '../contract.ts';
import { engineAt, startEngine, type Engine } from './engine.ts';
import { eventSources } from './event-sources.ts';
import { expiry } from './expire-items.ts';
import { needsOf, tableName, tablesWrittenBy } from './table-access.ts';
import { tableProvider } from './deploy-table.ts';

const DATA = [
  'GetItem',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'Query',
  'Scan',
  'BatchGetItem',
  'BatchWriteItem',
  'TransactWriteItems',
  'TransactGetItems',
];
const CONTROL = [
  'CreateTable',
  'DescribeTable',
  'ListTables',
  'UpdateTable',
  'DeleteTable',
  'UpdateTimeToLive',
  'DescribeTimeToLive',
  'TagResource',
  'UntagResource',
  'ListTagsOfResource',
];
const REFUSED = ['ExecuteStatement', 'BatchExecuteStatement', 'ExecuteTransaction'];
const ENGINE_ARN = /^arn:aws:dynamodb:[^:]*:[^:]*:table\//;

/** What the files of this part share: the engine, called with the host's ARNs and answering with them. */
export interface Tables {
  call(operation: string, input: unknown): Promise<Record<string, unknown>>;
  streams(operation: string, input: unknown): Promise<Record<string, unknown>>;
  /** `arn:aws:dynamodb:<region>:<account>:table/`. */
  readonly prefix: string;
  /** True when others may write behind this host's back, so that readers must poll. */
  readonly shared: boolean;
}

export const tables: MakePart = (host) => {
  const elsewhere = process.env['POSTACT_DYNAMODB_ENDPOINT'];
  const engine = elsewhere
    ? Promise.resolve(engineAt(elsewhere))
    : startEngine(join(host.journal.folder, 'tables.sqlite'), (line) => host.log(line));
  engine.catch(() => undefined);
  const shared = translating(host, engine, elsewhere !== undefined);
  const sources = eventSources(host, shared);
  const expiring = expiry(host, shared, (name) => sources.written([name]));

  const serve = (operation: string) => async (input: unknown, caller: Caller) => {
    for (const [action, resource] of needsOf(operation, input, shared.prefix))
      caller.require(action, resource, leadingKey(input));
    const written = tablesWrittenBy(operation, input);
    const done = written.length > 0 ? host.clock.begin() : undefined;
    try {
      const answer = await shared.call(operation, input);
      if (written.length > 0) {
        sources.written(written);
        expiring.written(written, input);
      }
      return answer;
    } finally {
      done?.();
    }
  };

  const operations: Record<string, (input: never, caller: Caller) => unknown> = { ...streamOperations(shared) };
  for (const operation of [...DATA, ...CONTROL]) operations[operation] = serve(operation);
  for (const operation of REFUSED) {
    operations[operation] = () => {
      throw new AwsError(
        'ValidationException',
        `${operation}: PartiQL is not served by this host; use GetItem, Query or TransactWriteItems, or run against AWS`,
      );
    };
  }

  return {
    services: [{ signingName: 'dynamodb', operations }],
    providers: [tableProvider(shared, expiring.enable), sources.provider],
    start: () => sources.start(),
    async stop() {
      sources.stop();
      await engine.then(
        (running) => running.stop(),
        () => undefined,
      );
    },
  };
};

/** ARNs of the host become the engine's on the way in and back on the way out. Items are passed as they are. */
function translating(host: Host, engine: Promise<Engine>, shared: boolean): Tables {
  const prefix = `arn:aws:dynamodb:${host.region}:${host.account}:table/`;
  let theirs = prefix;
  const outward = (value: unknown): unknown =>
    mapped(value, (text) => (text.startsWith(prefix) ? theirs + text.slice(prefix.length) : text));
  const inward = (value: unknown): unknown =>
    mapped(value, (text) => {
      const found = ENGINE_ARN.exec(text)?.[0];
      if (!found) return text;
      theirs = found;
      return prefix + text.slice(found.length);
    });
  const send = async (target: string, input: unknown): Promise<Record<string, unknown>> => {
    const answer = await (await engine).call(target, outward(input));
    return inward(answer) as Record<string, unknown>;
  };
  return {
    prefix,
    shared,
    async call(operation, input) {
      const target = `DynamoDB_20120810.${operation}`;
      if (!DATA.includes(operation)) return await send(target, input);
      const { TableName } = input as { TableName?: string };
      return await (
        await engine
      ).call(target, TableName?.startsWith('arn:') ? { ...(input as object), TableName: tableName(TableName) } : input);
    },
    async streams(operation, input) {
      const answer = await send(`DynamoDBStreams_20120810.${operation}`, input);
      if (operation === 'GetRecords')
        for (const record of (answer['Records'] ?? []) as { awsRegion: string }[]) record.awsRegion = host.region;
      return answer;
    },
  };
}

/** Iterators carry the stream's ARN in front of the engine's own, so that GetRecords can be judged. */
function streamOperations(shared: Tables): Record<string, (input: never, caller: Caller) => unknown> {
  const plain = (operation: string) => (input: unknown, caller: Caller) => {
    for (const [action, resource] of needsOf(operation, input, shared.prefix)) caller.require(action, resource);
    return shared.streams(operation, input);
  };
  const marked = (streamArn: string, iterator: unknown): string | undefined =>
    typeof iterator === 'string' ? `${streamArn}|${iterator}` : undefined;
  return {
    ListStreams: plain('ListStreams'),
    DescribeStream: plain('DescribeStream'),
    async GetShardIterator(input: { StreamArn: string }, caller: Caller) {
      caller.require('dynamodb:GetShardIterator', input.StreamArn);
      const { ShardIterator } = await shared.streams('GetShardIterator', input);
      return { ShardIterator: marked(input.StreamArn, ShardIterator) };
    },
    async GetRecords(input: { ShardIterator: string; Limit?: number }, caller: Caller) {
      const [streamArn, iterator] = input.ShardIterator.split('|');
      if (!streamArn || !iterator)
        throw new AwsError(
          'ValidationException',
          'ShardIterator is not one that this host gave out; ask for a new one with GetShardIterator',
        );
      caller.require('dynamodb:GetRecords', streamArn);
      const answer = await shared.streams('GetRecords', { ...input, ShardIterator: iterator });
      return { ...answer, NextShardIterator: marked(streamArn, answer['NextShardIterator']) };
    },
  };
}

/** The condition key `dynamodb:LeadingKeys`, for operations on one item whose partition key is a string called `pk`. */
function leadingKey(input: unknown): Record<string, string> {
  const { Key, Item } = input as { Key?: Record<string, { S?: string }>; Item?: Record<string, { S?: string }> };
  const leading = (Key ?? Item)?.['pk']?.S;
  return leading === undefined ? {} : { 'dynamodb:LeadingKeys': leading };
}

function mapped(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((each) => mapped(each, change));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapped(each, change)]));
}
