/**
 * Carries a queue's messages to a function, as Lambda's queue poller does: what the function does not answer for
 * stays in the queue, and comes back after its visibility timeout or goes to the dead-letter queue.
 */
import type { Host } from '../contract.ts';
import { passes, type Mapping, type Reader } from './event-sources.ts';

interface Message {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly MD5OfBody: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly MessageAttributes?: Readonly<
    Record<string, { StringValue?: string; BinaryValue?: string; DataType: string }>
  >;
}

const DEFAULT_BATCH = 10;
const WAIT_S = 20;

export function queueReader(host: Host, mapping: Mapping): Reader {
  const caller = host.identities.asService('lambda.amazonaws.com');
  let stopped = false;
  let running = false;

  async function run(): Promise<void> {
    const { QueueUrl } = (await host.call(
      'sqs',
      'GetQueueUrl',
      { QueueName: mapping.EventSourceArn.split(':').at(-1) },
      caller,
    )) as { QueueUrl: string };
    while (!stopped) {
      const asked = {
        QueueUrl,
        MaxNumberOfMessages: Math.min(mapping.BatchSize ?? DEFAULT_BATCH, 10),
        WaitTimeSeconds: WAIT_S,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      };
      const { Messages = [] } = (await host.call('sqs', 'ReceiveMessage', asked, caller)) as { Messages?: Message[] };
      if (Messages.length === 0 || stopped) continue;
      const done = host.clock.begin();
      try {
        const finished = await deliver(Messages);
        if (finished.length > 0) {
          await host.call(
            'sqs',
            'DeleteMessageBatch',
            {
              QueueUrl,
              Entries: finished.map((message, index) => ({ Id: String(index), ReceiptHandle: message.ReceiptHandle })),
            },
            caller,
          );
        }
      } finally {
        done();
      }
    }
  }

  /** Returns the messages that need not come back: those done, and those no filter asks for. */
  async function deliver(messages: readonly Message[]): Promise<Message[]> {
    const fitting: Message[] = [];
    for (const message of messages)
      if (await passes(host, mapping, { ...message, body: parsed(message.Body) })) fitting.push(message);
    const dropped = messages.filter((message) => !fitting.includes(message));
    if (fitting.length === 0) return dropped;
    try {
      const { payload, functionError } = await host.functions.invoke(
        mapping.FunctionName,
        JSON.stringify({ Records: fitting.map(asEvent) }),
      );
      if (functionError) return dropped;
      const partial = mapping.FunctionResponseTypes.includes('ReportBatchItemFailures');
      const reported = partial
        ? ((JSON.parse(payload || 'null') as { batchItemFailures?: { itemIdentifier: string }[] } | null)
            ?.batchItemFailures ?? [])
        : [];
      return [
        ...dropped,
        ...fitting.filter((message) => !reported.some((item) => item.itemIdentifier === message.MessageId)),
      ];
    } catch {
      return dropped;
    }
  }

  const asEvent = (message: Message) => ({
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes ?? {},
    messageAttributes: Object.fromEntries(
      Object.entries(message.MessageAttributes ?? {}).map(([name, { StringValue, BinaryValue, DataType }]) => [
        name,
        {
          stringValue: StringValue,
          binaryValue: BinaryValue,
          stringListValues: [],
          binaryListValues: [],
          dataType: DataType,
        },
      ]),
    ),
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: mapping.EventSourceArn,
    awsRegion: host.region,
  });

  function poke(): void {
    if (running || stopped) return;
    running = true;
    run()
      .catch((error: Error) => {
        if (!stopped)
          host.log(
            `tables: reading ${mapping.EventSourceArn} ended (${error.name}: ${error.message}); restart the host to read it again`,
          );
      })
      .finally(() => {
        running = false;
      });
  }

  return {
    id: mapping.id,
    poke,
    retry: poke,
    stop() {
      stopped = true;
    },
  };
}

/** Filters see a JSON body as JSON and any other as text. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
