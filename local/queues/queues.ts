/**
 * SQS: standard queues with visibility, delays, long polls and dead-letter queues, durable in the journal.
 *
 * A service that sends (EventBridge, SNS) is judged by the queue's policy; the functions' poller reads as Lambda does,
 * under the function's own role, and is not judged again here.
 */
import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import {
  AwsError,
  type Caller,
  type Host,
  type MakePart,
  type PolicyDocument,
  type ResourceProvider,
} from '../contract.ts';
import { queueStore, type Message, type Queue } from './queue-store.ts';
import { topicsPart } from './topics.ts';

interface OfQueue {
  readonly QueueUrl: string;
}
interface Sent {
  readonly MessageBody: string;
  readonly DelaySeconds?: number;
  readonly MessageAttributes?: unknown;
  /** Not of AWS: what a service sends on behalf of, for the condition key aws:SourceArn of the queue's policy. */
  readonly SourceArn?: string;
}

const MOST_BYTES = 1_048_576;
const MOST_IN_BATCH = 10;

export const queues: MakePart = (host) => {
  const store = queueStore(host.journal);
  const known = new Map<string, Queue>();
  const waiting = new Map<string, Set<() => void>>();
  const { clock } = host;

  const wake = (name: string): void => waiting.get(name)?.forEach((each) => each());
  /** A message hidden until later must wake those who wait, when time comes or is moved there. */
  const expectNext = (name: string): void => {
    const at = store.nextVisible(name, clock.now());
    if (at === undefined) clock.clear('queue-visible', name);
    else clock.set({ kind: 'queue-visible', id: name, dueAt: at, payload: null });
  };
  clock.on('queue-visible', ({ id }) => {
    expectNext(id);
    wake(id);
  });

  function queueFor(operation: string, { QueueUrl }: OfQueue, caller: Caller, sourceArn?: string): Queue {
    const queue = known.get(QueueUrl.split('/').at(-1)!);
    if (!queue) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    if (caller.kind === 'service' && caller.arn.includes('lambda.amazonaws.com')) return queue;
    const policy = queue.policy ?? (caller.kind === 'service' ? { Statement: [] } : undefined);
    caller.require(`sqs:${operation}`, queue.arn, sourceArn ? { 'aws:SourceArn': sourceArn } : {}, policy);
    return queue;
  }
  function add(queue: Queue, sent: Sent, caller: Caller) {
    const bytes = Buffer.byteLength(sent.MessageBody ?? '');
    if (bytes < 1 || bytes > MOST_BYTES)
      throw new AwsError('InvalidParameterValue', `MessageBody has ${bytes} bytes; give 1 to ${MOST_BYTES}`);
    const delayMs = sent.DelaySeconds === undefined ? queue.delayMs : sent.DelaySeconds * 1_000;
    const MessageId = store.add(
      queue,
      { body: sent.MessageBody, attributes: sent.MessageAttributes, sender: caller.arn, delayMs },
      clock.now(),
    );
    if (delayMs > 0) expectNext(queue.name);
    wake(queue.name);
    return { MessageId, MD5OfMessageBody: md5(sent.MessageBody) };
  }
  function batch<T extends { readonly Id: string }>(entries: readonly T[], act: (entry: T) => object) {
    if (entries.length < 1 || entries.length > MOST_IN_BATCH)
      throw new AwsError(
        'TooManyEntriesInBatchRequest',
        `the batch has ${entries.length} entries; give 1 to ${MOST_IN_BATCH}`,
      );
    const answer = { Successful: [] as object[], Failed: [] as object[] };
    for (const entry of entries) {
      try {
        answer.Successful.push({ Id: entry.Id, ...act(entry) });
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        answer.Failed.push({ Id: entry.Id, Code: error.code, Message: error.message, SenderFault: true });
      }
    }
    return answer;
  }
  function hide(
    queue: Queue,
    { ReceiptHandle, VisibilityTimeout }: { ReceiptHandle: string; VisibilityTimeout: number },
  ): void {
    if (!store.hide(queue, ReceiptHandle, clock.now() + VisibilityTimeout * 1_000))
      throw new AwsError('MessageNotInflight', 'no message in flight has this ReceiptHandle');
    expectNext(queue.name);
    wake(queue.name);
  }

  const operations = {
    GetQueueUrl({ QueueName }: { QueueName: string }, caller: Caller) {
      const QueueUrl = urlOf(host, QueueName);
      if (caller.kind !== 'service' || !known.has(QueueName)) queueFor('GetQueueUrl', { QueueUrl }, caller);
      return { QueueUrl };
    },
    GetQueueAttributes(input: OfQueue & { AttributeNames?: readonly string[] }, caller: Caller) {
      const queue = queueFor('GetQueueAttributes', input, caller);
      const { visible, hidden, delayed } = store.counts(queue, clock.now());
      const all: Record<string, string> = {
        QueueArn: queue.arn,
        ApproximateNumberOfMessages: String(visible),
        ApproximateNumberOfMessagesNotVisible: String(hidden),
        ApproximateNumberOfMessagesDelayed: String(delayed),
        VisibilityTimeout: String(queue.visibilityMs / 1_000),
        DelaySeconds: String(queue.delayMs / 1_000),
        MessageRetentionPeriod: String(queue.retentionMs / 1_000),
      };
      const names = input.AttributeNames ?? [];
      return {
        Attributes: Object.fromEntries(
          Object.entries(all).filter(([name]) => names.includes('All') || names.includes(name)),
        ),
      };
    },
    SendMessage: (input: OfQueue & Sent, caller: Caller) =>
      add(queueFor('SendMessage', input, caller, input.SourceArn), input, caller),
    SendMessageBatch(input: OfQueue & { Entries: readonly (Sent & { Id: string })[] }, caller: Caller) {
      const queue = queueFor('SendMessage', input, caller);
      return batch(input.Entries, (entry) => add(queue, entry, caller));
    },
    async ReceiveMessage(
      input: OfQueue & { MaxNumberOfMessages?: number; VisibilityTimeout?: number; WaitTimeSeconds?: number },
      caller: Caller,
    ) {
      const queue = queueFor('ReceiveMessage', input, caller);
      const visibilityMs = input.VisibilityTimeout === undefined ? queue.visibilityMs : input.VisibilityTimeout * 1_000;
      // Waiting is in real time: it is the patience of a caller, not something that happens in the world.
      const until = Date.now() + (input.WaitTimeSeconds === undefined ? queue.waitMs : input.WaitTimeSeconds * 1_000);
      for (;;) {
        const found = store.take(
          queue,
          Math.min(input.MaxNumberOfMessages ?? 1, MOST_IN_BATCH),
          visibilityMs,
          clock.now(),
        );
        if (queue.redrive) wake(queue.redrive.queue);
        if (found.length > 0) {
          expectNext(queue.name);
          return { Messages: found.map(answered) };
        }
        const left = until - Date.now();
        if (left <= 0) return {};
        await pause(queue.name, left);
      }
    },
    DeleteMessage(input: OfQueue & { ReceiptHandle: string }, caller: Caller) {
      store.remove(queueFor('DeleteMessage', input, caller), input.ReceiptHandle);
      return {};
    },
    DeleteMessageBatch(input: OfQueue & { Entries: readonly { Id: string; ReceiptHandle: string }[] }, caller: Caller) {
      const queue = queueFor('DeleteMessage', input, caller);
      return batch(input.Entries, ({ ReceiptHandle }) => (store.remove(queue, ReceiptHandle), {}));
    },
    ChangeMessageVisibility(input: OfQueue & { ReceiptHandle: string; VisibilityTimeout: number }, caller: Caller) {
      hide(queueFor('ChangeMessageVisibility', input, caller), input);
      return {};
    },
    PurgeQueue(input: OfQueue, caller: Caller) {
      store.purge(queueFor('PurgeQueue', input, caller));
      return {};
    },
  };

  let stopped = false;
  function pause(name: string, ms: number): Promise<void> {
    if (stopped) throw new AwsError('ServiceUnavailable', 'the host is stopping', 503);
    return new Promise((resolve) => {
      const waiters = waiting.get(name) ?? new Set();
      waiting.set(name, waiters);
      const done = (): void => {
        clearTimeout(timer);
        waiters.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      timer.unref();
      waiters.add(done);
    });
  }

  const topics = topicsPart(host);
  return {
    services: [
      { signingName: 'sqs', operations },
      { signingName: 'sns', operations: topics.operations },
    ],
    providers: [providerOf(host, known), topics.provider],
    stop() {
      stopped = true;
      for (const name of waiting.keys()) wake(name);
    },
  };
};

const seconds = (otherwise: number) => z.coerce.number().default(otherwise);
const Properties = z.object({
  QueueName: z.string().optional(),
  FifoQueue: z.union([z.boolean(), z.stringbool()]).default(false),
  VisibilityTimeout: seconds(30),
  DelaySeconds: seconds(0),
  MessageRetentionPeriod: seconds(345_600),
  ReceiveMessageWaitTimeSeconds: seconds(0),
  RedrivePolicy: z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number() }).optional(),
});

/** Queues of the template; each start brings them again. Their messages are in the journal, by queue name. */
function providerOf(host: Host, known: Map<string, Queue>): ResourceProvider {
  return {
    types: ['AWS::SQS::Queue', 'AWS::SQS::QueuePolicy'],
    deploy({ logicalId, type, properties, physicalId }) {
      if (type === 'AWS::SQS::QueuePolicy') {
        const { Queues, PolicyDocument: policy } = z
          .object({ Queues: z.array(z.string()), PolicyDocument: z.custom<PolicyDocument>() })
          .parse(properties);
        for (const name of Queues.map((url) => url.split('/').at(-1)!)) {
          const queue = known.get(name);
          if (queue) known.set(name, { ...queue, policy });
        }
        return { ref: physicalId, attributes: { Id: physicalId } };
      }
      const wanted = Properties.parse(properties);
      if (wanted.FifoQueue)
        throw new Error(
          `queue ${logicalId}: FifoQueue is true; this host has standard queues, use one or run against AWS`,
        );
      const name = wanted.QueueName ?? physicalId;
      const arn = `arn:aws:sqs:${host.region}:${host.account}:${name}`;
      known.set(name, {
        name,
        arn,
        visibilityMs: wanted.VisibilityTimeout * 1_000,
        delayMs: wanted.DelaySeconds * 1_000,
        retentionMs: wanted.MessageRetentionPeriod * 1_000,
        waitMs: wanted.ReceiveMessageWaitTimeSeconds * 1_000,
        redrive: wanted.RedrivePolicy
          ? {
              queue: wanted.RedrivePolicy.deadLetterTargetArn.split(':').at(-1)!,
              after: wanted.RedrivePolicy.maxReceiveCount,
            }
          : null,
        policy: known.get(name)?.policy ?? null,
      });
      const url = urlOf(host, name);
      return { ref: url, attributes: { Arn: arn, QueueName: name, QueueUrl: url } };
    },
  };
}

function answered(message: Message) {
  return {
    MessageId: message.id,
    ReceiptHandle: message.receipt ?? randomUUID(),
    Body: message.body,
    MD5OfBody: md5(message.body),
    Attributes: {
      SenderId: message.sender,
      SentTimestamp: String(message.sentAt),
      ApproximateReceiveCount: String(message.receives),
      ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? message.sentAt),
    },
    ...(message.attributes === '{}' ? {} : { MessageAttributes: JSON.parse(message.attributes) as unknown }),
  };
}

function urlOf(host: Host, name: string): string {
  return `${host.endpoint()}/${host.account}/${name}`;
}

/** The protocol's checksum of a body; not for security. */
function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
