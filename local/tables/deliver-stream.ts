/**
 * Carries a table's stream to a function, in order, at least once, as Lambda's stream poller does.
 *
 * The checkpoint of a shard is written after the function succeeded, so a kill repeats at most one batch. A batch that
 * fails is halved (if asked), tried again with growing pauses, and given up by count or age. The first two pauses are
 * short and real, since most failures pass; the longer ones hang on the host's clock and hold nothing up.
 */
import { randomUUID } from 'node:crypto';
import type { Host } from '../contract.ts';
import { passes, type Mapping, type Reader } from './event-sources.ts';
import { tableName } from './table-access.ts';
import type { Tables } from './tables.ts';

interface StreamRecord {
  readonly eventID: string;
  readonly eventName: string;
  readonly dynamodb: {
    readonly SequenceNumber: string;
    ApproximateCreationDateTime?: number;
    readonly NewImage?: Readonly<Record<string, unknown>>;
    readonly OldImage?: Readonly<Record<string, unknown>>;
  };
}

interface Checkpoint {
  readonly sequence: string | null;
  readonly attempts: number;
  /** Host time at which the batch now failing was first tried. */
  readonly since: number | null;
}

const SHORT_PAUSES_MS = [100, 300];
const LONGEST_PAUSE_MS = 900_000;
/** How long a list of shards is good for. A shard that ends is seen at once; one that appears beside it, after this. */
const SHARDS_KNOWN_MS = 10_000;
const DEFAULT_BATCH = 100;

export function streamReader(host: Host, tables: Tables, mapping: Mapping): Reader {
  const { journal, clock } = host;
  journal.define('CREATE TABLE IF NOT EXISTS tables_checkpoints (mapping TEXT, shard TEXT, sequence TEXT, attempts INTEGER NOT NULL, since INTEGER, PRIMARY KEY (mapping, shard))');
  const streamArn = mapping.EventSourceArn;
  const wanted = mapping.BatchSize ?? DEFAULT_BATCH;
  const iterators = new Map<string, string>();
  let size = wanted;
  let stopped = false;
  let running = false;
  let news = false;
  let settled: (() => void) | undefined;
  let known: { readonly shards: readonly string[]; readonly at: number } | undefined;

  function poke(evenIfWaiting = false): void {
    if (stopped || (!evenIfWaiting && backingOff())) return;
    news = true;
    settled ??= clock.begin();
    if (!running) void run();
  }

  const backingOff = (): boolean => journal.get(`SELECT 1 FROM clock_timers WHERE kind = 'stream-retry' AND id = ?`, mapping.id) !== undefined;

  async function run(): Promise<void> {
    running = true;
    try {
      while (news && !stopped) {
        news = false;
        for (const shard of await shards()) if (!(await drain(shard))) break;
      }
    } catch (error) {
      if (!stopped) {
        host.log(`tables: reading ${streamArn} failed (${(error as Error).name}: ${(error as Error).message}); tried again in 5 s`);
        clock.set({ kind: 'stream-retry', id: mapping.id, dueAt: clock.now() + 5_000, payload: null });
      }
    } finally {
      running = false;
      settled?.();
      settled = undefined;
    }
  }

  async function shards(): Promise<readonly string[]> {
    if (known && performance.now() - known.at < SHARDS_KNOWN_MS) return known.shards;
    const { StreamDescription } = (await tables.streams('DescribeStream', { StreamArn: streamArn })) as { StreamDescription: { Shards?: { ShardId: string; SequenceNumberRange: { EndingSequenceNumber?: string } }[] } };
    const found = StreamDescription.Shards ?? [];
    for (const { ShardId, SequenceNumberRange } of found) {
      // A mapping that begins at LATEST begins, on its first day, after what the shard holds; from then on the checkpoint says.
      const begin = mapping.StartingPosition === 'LATEST' ? (SequenceNumberRange.EndingSequenceNumber ?? null) : null;
      journal.run('INSERT INTO tables_checkpoints VALUES (?, ?, ?, 0, NULL) ON CONFLICT DO NOTHING', mapping.id, ShardId, begin);
    }
    const ids = found.map((shard) => shard.ShardId);
    if (ids.length > 0) known = { shards: ids, at: performance.now() };
    return ids;
  }

  /** Delivers all that a shard holds. False if a batch is in backoff or the reader was stopped. */
  async function drain(shard: string): Promise<boolean> {
    for (;;) {
      const { records, next } = await read(shard);
      if (records.length === 0) return true;
      const outcome = await deliver(shard, records);
      if (outcome === 'wait' || stopped) return false;
      if (outcome === 'again') iterators.delete(shard);
      else if (next) iterators.set(shard, next);
      else known = undefined;
    }
  }

  async function read(shard: string): Promise<{ records: StreamRecord[]; next: string | undefined }> {
    let iterator = iterators.get(shard);
    if (!iterator) {
      const { sequence } = checkpointOf(shard);
      const where = sequence === null ? { ShardIteratorType: 'TRIM_HORIZON' } : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: sequence };
      iterator = (await tables.streams('GetShardIterator', { StreamArn: streamArn, ShardId: shard, ...where }))['ShardIterator'] as string;
    }
    const answer = await tables.streams('GetRecords', { ShardIterator: iterator, Limit: Math.min(size, 1_000) });
    const records = answer['Records'] as StreamRecord[];
    const offset = clock.now() - Date.now();
    for (const { dynamodb } of records) dynamodb.ApproximateCreationDateTime = Math.floor((dynamodb.ApproximateCreationDateTime ?? Date.now() / 1_000) + offset / 1_000);
    return { records, next: answer['NextShardIterator'] as string | undefined };
  }

  function checkpointOf(shard: string): Checkpoint {
    return journal.get<Checkpoint>('SELECT sequence, attempts, since FROM tables_checkpoints WHERE mapping = ? AND shard = ?', mapping.id, shard)!;
  }

  function advance(shard: string, sequence: string): void {
    journal.run('UPDATE tables_checkpoints SET sequence = ?, attempts = 0, since = NULL WHERE mapping = ? AND shard = ?', sequence, mapping.id, shard);
  }

  async function deliver(shard: string, records: StreamRecord[]): Promise<'done' | 'again' | 'wait'> {
    const last = records.at(-1)!.dynamodb.SequenceNumber;
    const fitting: StreamRecord[] = [];
    for (const record of records) if (!isUnchanged(record) && (await passes(host, mapping, record))) fitting.push(record);
    if (fitting.length > 0) {
      const failure = await invoke(fitting);
      if (stopped) return 'wait';
      if (failure) return await failed(shard, records, fitting, failure);
    }
    advance(shard, last);
    size = wanted;
    return 'done';
  }

  async function invoke(records: StreamRecord[]): Promise<Failure | undefined> {
    const Records = records.map((record) => ({ ...record, eventSourceARN: streamArn }));
    try {
      const { payload, functionError, executedVersion } = await host.functions.invoke(mapping.FunctionName, JSON.stringify({ Records }));
      if (functionError) return { functionError, executedVersion };
      if (!mapping.FunctionResponseTypes.includes('ReportBatchItemFailures')) return undefined;
      const reported = (JSON.parse(payload || 'null') as { batchItemFailures?: { itemIdentifier: string }[] } | null)?.batchItemFailures ?? [];
      if (reported.length === 0) return undefined;
      const at = records.findIndex((record) => reported.some((item) => item.itemIdentifier === record.dynamodb.SequenceNumber));
      return { functionError: 'Unhandled', executedVersion, firstFailed: Math.max(at, 0) };
    } catch (error) {
      return { functionError: (error as Error).name, executedVersion: '$LATEST' };
    }
  }

  /** Decides what becomes of a batch that failed. */
  async function failed(shard: string, records: StreamRecord[], fitting: StreamRecord[], failure: Failure): Promise<'again' | 'wait'> {
    if (failure.firstFailed) {
      // Those before the first failed one are done. The rest is a batch of its own, with its own count of tries.
      advance(shard, fitting[failure.firstFailed - 1]!.dynamodb.SequenceNumber);
      return 'again';
    }
    if (mapping.BisectBatchOnFunctionError && records.length > 1) {
      size = Math.ceil(records.length / 2);
      return 'again';
    }
    const before = checkpointOf(shard);
    const attempts = before.attempts + 1;
    const since = before.since ?? clock.now();
    const tooOld = mapping.MaximumRecordAgeInSeconds >= 0 && clock.now() - since > mapping.MaximumRecordAgeInSeconds * 1_000;
    if (tooOld || (mapping.MaximumRetryAttempts >= 0 && attempts > mapping.MaximumRetryAttempts)) {
      await giveUp(shard, records, failure, attempts, tooOld ? 'RecordAgeExceeded' : 'RetryAttemptsExhausted');
      advance(shard, records.at(-1)!.dynamodb.SequenceNumber);
      size = wanted;
      return 'again';
    }
    journal.run('UPDATE tables_checkpoints SET attempts = ?, since = ? WHERE mapping = ? AND shard = ?', attempts, since, mapping.id, shard);
    host.log(`tables: ${mapping.FunctionName} failed on ${records.length} records of ${tableName(streamArn)} (try ${attempts}); they are kept and tried again`);
    const short = SHORT_PAUSES_MS[attempts - 1];
    if (short !== undefined) {
      await new Promise((resolve) => setTimeout(resolve, short));
      return 'again';
    }
    iterators.delete(shard);
    clock.set({ kind: 'stream-retry', id: mapping.id, dueAt: clock.now() + Math.min(1_000 * 2 ** (attempts - 3), LONGEST_PAUSE_MS), payload: null });
    return 'wait';
  }

  async function giveUp(shard: string, records: StreamRecord[], failure: Failure, attempts: number, condition: string): Promise<void> {
    host.log(`tables: gave up ${records.length} records of ${tableName(streamArn)} for ${mapping.FunctionName}: ${condition}`);
    const destination = mapping.DestinationConfig?.OnFailure?.Destination;
    if (!destination) return;
    const caller = host.identities.asService('lambda.amazonaws.com');
    const { QueueUrl } = (await host.call('sqs', 'GetQueueUrl', { QueueName: destination.split(':').at(-1) }, caller)) as { QueueUrl: string };
    const arrival = (record: StreamRecord): string => new Date((record.dynamodb.ApproximateCreationDateTime ?? 0) * 1_000).toISOString();
    const letter = {
      requestContext: { requestId: randomUUID(), functionArn: mapping.FunctionName.startsWith('arn:') ? mapping.FunctionName : `arn:aws:lambda:${host.region}:${host.account}:function:${mapping.FunctionName}`, condition, approximateInvokeCount: attempts },
      responseContext: { statusCode: 200, executedVersion: failure.executedVersion, functionError: failure.functionError },
      version: '1.0',
      timestamp: new Date(clock.now()).toISOString(),
      DDBStreamBatchInfo: {
        shardId: shard,
        startSequenceNumber: records[0]!.dynamodb.SequenceNumber,
        endSequenceNumber: records.at(-1)!.dynamodb.SequenceNumber,
        approximateArrivalOfFirstRecord: arrival(records[0]!),
        approximateArrivalOfLastRecord: arrival(records.at(-1)!),
        batchSize: records.length,
        streamArn,
      },
    };
    await host.call('sqs', 'SendMessage', { QueueUrl, MessageBody: JSON.stringify(letter) }, caller);
  }

  return {
    id: mapping.id,
    table: tableName(streamArn),
    poke: () => poke(),
    retry: () => poke(true),
    stop() {
      stopped = true;
    },
  };
}

interface Failure {
  readonly functionError: string;
  readonly executedVersion: string;
  /** Index of the first record that the function reported as failed; those before it are done. */
  readonly firstFailed?: number;
}

/** DynamoDB writes no record for a write that changes nothing; the engine does. */
function isUnchanged({ eventName, dynamodb }: StreamRecord): boolean {
  return eventName === 'MODIFY' && sorted(dynamodb.NewImage) === sorted(dynamodb.OldImage) && dynamodb.NewImage !== undefined;
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => (each !== null && typeof each === 'object' && !Array.isArray(each) ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1))) : each));
}
