/**
 * AWS::Lambda::EventSourceMapping: carries the records of a table's stream, or the messages of a queue, to a function.
 */
import { z } from 'zod';
import type { Host, ResourceProvider } from '../contract.ts';
import { queueReader } from './deliver-queue.ts';
import { streamReader } from './deliver-stream.ts';
import type { Tables } from './tables.ts';

const count = z.coerce.number().int();
const Properties = z.object({
  FunctionName: z.string(),
  EventSourceArn: z.string(),
  Enabled: z.union([z.boolean(), z.stringbool()]).default(true),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']).optional(),
  BatchSize: count.min(1).max(10_000).optional(),
  BisectBatchOnFunctionError: z.union([z.boolean(), z.stringbool()]).default(false),
  /** -1 is without end, as on AWS. */
  MaximumRetryAttempts: count.default(-1),
  MaximumRecordAgeInSeconds: count.default(-1),
  FunctionResponseTypes: z.array(z.string()).default([]),
  FilterCriteria: z
    .object({ Filters: z.array(z.object({ Pattern: z.string() })).default([]) })
    .default({ Filters: [] }),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.string() }).optional() }).optional(),
});

/** How one source is read. MaximumBatchingWindowInSeconds is an upper bound to waiting; this host never waits. */
export interface Mapping extends z.infer<typeof Properties> {
  readonly id: string;
}

/** Reads one source until stopped. */
export interface Reader {
  readonly id: string;
  /** The table it reads, if it reads one. */
  readonly table?: string;
  /** New records are there. Holds `clock.settled()` back until they are delivered or in backoff. */
  poke(): void;
  /** As poke, and ends a backoff. */
  retry(): void;
  stop(): void;
}

/** Whether any of the mapping's filters fits what was read; the events part knows the pattern language. */
export async function passes(host: Host, mapping: Mapping, record: unknown): Promise<boolean> {
  const { Filters } = mapping.FilterCriteria;
  if (Filters.length === 0) return true;
  const caller = host.identities.asService('lambda.amazonaws.com');
  for (const { Pattern } of Filters) {
    const { Result } = (await host.call(
      'events',
      'TestEventPattern',
      { EventPattern: Pattern, Event: JSON.stringify(record) },
      caller,
    )) as { Result: boolean };
    if (Result) return true;
  }
  return false;
}

export function eventSources(host: Host, tables: Tables) {
  const mappings = new Map<string, Mapping>();
  const readers: Reader[] = [];
  let polling: NodeJS.Timeout | undefined;

  host.clock.on('stream-retry', ({ id }) => readers.find((reader) => reader.id === id)?.retry());

  const provider: ResourceProvider = {
    types: ['AWS::Lambda::EventSourceMapping'],
    deploy({ logicalId, properties, physicalId }) {
      const mapping = { ...Properties.parse(properties), id: physicalId };
      const service = mapping.EventSourceArn.split(':')[2];
      if (service !== 'dynamodb' && service !== 'sqs') {
        throw new Error(
          `event source mapping ${logicalId}: EventSourceArn is of ${service}; this host reads dynamodb streams and sqs queues, remove the mapping or run against AWS`,
        );
      }
      mappings.set(physicalId, mapping);
      const arn = `arn:aws:lambda:${host.region}:${host.account}:event-source-mapping:${physicalId}`;
      return { ref: physicalId, attributes: { Id: physicalId, EventSourceMappingArn: arn } };
    },
  };

  return {
    provider,
    start(): void {
      for (const mapping of mappings.values()) {
        if (mapping.Enabled)
          readers.push(
            mapping.EventSourceArn.split(':')[2] === 'sqs'
              ? queueReader(host, mapping)
              : streamReader(host, tables, mapping),
          );
      }
      // What a kill left undelivered, and what was in backoff, is tried at once.
      for (const reader of readers) reader.retry();
      if (!tables.shared) return;
      polling = setInterval(() => readers.forEach((reader) => reader.poke()), 1_000);
      polling.unref();
    },
    stop(): void {
      clearInterval(polling);
      for (const reader of readers.splice(0)) reader.stop();
    },
    /** Wakes the readers of these tables. */
    written(names: readonly string[]): void {
      for (const reader of readers) if (reader.table !== undefined && names.includes(reader.table)) reader.poke();
    },
  };
}
