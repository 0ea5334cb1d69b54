/**
 * Sends what rules and schedules send, at least once. Each delivery is a row from before it is tried until it is taken
 * or given up; a kill in between means it is sent again, under the same execution name, so a workflow starts once.
 */
import { randomUUID } from 'node:crypto';
import { AwsError, type Caller, type Host } from '../contract.ts';
import type { Target } from './target.ts';

export interface Delivery {
  /** What sends it, for messages: an ARN. */
  readonly from: string;
  readonly service: 'events.amazonaws.com' | 'scheduler.amazonaws.com';
  readonly target: Target;
  readonly input: string;
  /** The name of the execution, if the target is a state machine: the same for the same occurrence. */
  readonly name: string;
}

interface Row {
  readonly id: number;
  readonly delivery: string;
  readonly attempts: number;
  readonly since: number;
}

/** Lambda itself tries an asynchronous call twice more when the function fails. */
const FUNCTION_RETRIES = 2;
const DELIVERY_RETRIES = 185;
const OLDEST_S = 86_400;
const LONGEST_PAUSE_MS = 3_600_000;

export function deliveries(host: Host) {
  const { journal, clock } = host;
  journal.define(
    'CREATE TABLE IF NOT EXISTS events_deliveries (id INTEGER PRIMARY KEY AUTOINCREMENT, delivery TEXT NOT NULL, attempts INTEGER NOT NULL, since INTEGER NOT NULL)',
  );
  const going = new Set<number>();

  clock.on('event-retry', ({ id }) => attempt(Number(id)));

  async function attempt(id: number): Promise<void> {
    const row = journal.get<Row>('SELECT * FROM events_deliveries WHERE id = ?', id);
    if (!row || going.has(id)) return;
    const delivery = JSON.parse(row.delivery) as Delivery;
    const done = clock.begin();
    going.add(id);
    try {
      await send(host, delivery);
      journal.run('DELETE FROM events_deliveries WHERE id = ?', id);
    } catch (error) {
      await failed(row, delivery, error as Error);
    } finally {
      going.delete(id);
      done();
    }
  }

  async function failed(row: Row, delivery: Delivery, error: Error): Promise<void> {
    const { MaximumRetryAttempts = DELIVERY_RETRIES, MaximumEventAgeInSeconds = OLDEST_S } =
      delivery.target.RetryPolicy ?? {};
    const attempts = row.attempts + 1;
    const hopeless = error instanceof AwsError && error.status < 500 && !/Throttl|TooMany/.test(error.code);
    const limit = error instanceof FunctionFailed ? FUNCTION_RETRIES : hopeless ? 0 : MaximumRetryAttempts;
    const pause = Math.min(1_000 * 2 ** (attempts - 1), LONGEST_PAUSE_MS);
    if (attempts <= limit && clock.now() + pause - row.since <= MaximumEventAgeInSeconds * 1_000) {
      journal.transaction(() => {
        journal.run('UPDATE events_deliveries SET attempts = ? WHERE id = ?', attempts, row.id);
        clock.set({ kind: 'event-retry', id: String(row.id), dueAt: clock.now() + pause, payload: null });
      });
      return;
    }
    host.log(
      `events: ${delivery.from} gave up on ${delivery.target.Arn} after ${attempts} tries: ${error.name}: ${error.message}`,
    );
    await toDeadLetters(host, delivery, error, attempts);
    journal.run('DELETE FROM events_deliveries WHERE id = ?', row.id);
  }

  return {
    /** Writes deliveries; joins the transaction it is called in. They go out once `send` is called with what this returns. */
    record: (all: readonly Delivery[]): number[] =>
      all.map(
        (delivery) =>
          journal.get<{ id: number }>(
            'INSERT INTO events_deliveries (delivery, attempts, since) VALUES (?, 0, ?) RETURNING id',
            JSON.stringify(delivery),
            clock.now(),
          )!.id,
      ),
    send(ids: readonly number[]): void {
      for (const id of ids) void attempt(id);
    },
    /** Sends what a kill interrupted; what waits for its next try keeps waiting. */
    resume(): void {
      const rows = journal.all<{ id: number }>(
        `SELECT id FROM events_deliveries WHERE CAST(id AS TEXT) NOT IN (SELECT id FROM clock_timers WHERE kind = 'event-retry')`,
      );
      for (const { id } of rows) void attempt(id);
    },
  };
}

class FunctionFailed extends Error {
  override readonly name = 'FunctionFailed';
}

async function send(host: Host, { from, service, target, input, name }: Delivery): Promise<void> {
  // Without a role (rules on functions, queues and topics) the resource's own policy decides.
  const caller: Caller = target.RoleArn ? host.identities.asRole(target.RoleArn) : host.identities.asService(service);
  switch (target.Arn.split(':')[2]) {
    case 'lambda': {
      if (target.RoleArn) caller.require('lambda:InvokeFunction', target.Arn);
      const { functionError, payload } = await host.functions.invoke(target.Arn, input);
      if (functionError) throw new FunctionFailed(errorTypeOf(payload));
      return;
    }
    case 'states':
      await host
        .call('states', 'StartExecution', { stateMachineArn: target.Arn, input, name }, caller)
        .catch((error: unknown) => {
          // Started before a kill: the name says so.
          if (!(error instanceof AwsError) || error.code !== 'ExecutionAlreadyExists') throw error;
        });
      return;
    case 'sns':
      await host.call('sns', 'Publish', { TopicArn: target.Arn, Message: input }, caller);
      return;
    default:
      await toQueue(
        host,
        target.Arn,
        {
          MessageBody: input,
          SourceArn: from,
          ...(target.SqsParameters?.MessageGroupId ? { MessageGroupId: target.SqsParameters.MessageGroupId } : {}),
        },
        caller,
      );
  }
}

async function toQueue(host: Host, arn: string, message: object, caller: Caller): Promise<void> {
  const { QueueUrl } = (await host.call(
    'sqs',
    'GetQueueUrl',
    { QueueName: arn.split(':').at(-1) },
    host.identities.asService('events.amazonaws.com'),
  )) as { QueueUrl: string };
  await host.call('sqs', 'SendMessage', { QueueUrl, ...message }, caller);
}

async function toDeadLetters(
  host: Host,
  { from, target, input, service }: Delivery,
  error: Error,
  attempts: number,
): Promise<void> {
  const queue = target.DeadLetterConfig?.Arn;
  if (!queue) return;
  const facts = {
    ERROR_CODE: error.name,
    ERROR_MESSAGE: error.message,
    RULE_ARN: from,
    TARGET_ARN: target.Arn,
    RETRY_ATTEMPTS: String(attempts - 1),
    DELIVERY_ID: randomUUID(),
  };
  const MessageAttributes = Object.fromEntries(
    Object.entries(facts).map(([name, StringValue]) => [name, { DataType: 'String', StringValue: StringValue || '-' }]),
  );
  // A schedule writes under its role; a rule as the service, by the queue's policy.
  const caller =
    service === 'scheduler.amazonaws.com' && target.RoleArn
      ? host.identities.asRole(target.RoleArn)
      : host.identities.asService(service);
  await toQueue(host, queue, { MessageBody: input, MessageAttributes, SourceArn: from }, caller).catch(
    (cause: Error) => {
      host.log(`events: the dead letter of ${from} could not be put into ${queue}: ${cause.message}`);
    },
  );
}

/** Only the type: a message of a function may name a person. */
function errorTypeOf(payload: string): string {
  try {
    return String((JSON.parse(payload) as { errorType?: unknown }).errorType ?? 'no errorType');
  } catch {
    return 'no errorType';
  }
}
