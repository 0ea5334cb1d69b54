/**
 * Asynchronous invocations (InvocationType Event): queued in the journal, tried up to three times, then handed to the
 * on-failure destination or the dead-letter queue. One that a kill interrupted is tried again after the restart.
 * Source: Lambda Developer Guide, "Invoking a function asynchronously" (retries after 1 and 2 minutes; 6 hours at most).
 */
import { randomUUID } from 'node:crypto';
import type { Host, InvokeResult } from '../contract.ts';

export interface AsyncSettings {
  readonly MaximumRetryAttempts?: number;
  readonly MaximumEventAgeInSeconds?: number;
  readonly DestinationConfig?: {
    readonly OnSuccess?: { readonly Destination?: string };
    readonly OnFailure?: { readonly Destination?: string };
  };
}

interface Declared {
  readonly arn: string;
  readonly roleArn: string;
  readonly deadLetterArn: string | undefined;
  settings: AsyncSettings;
}

interface Row {
  id: string;
  function: string;
  payload: string;
  /** Tries that have ended. One that a kill interrupted does not count, as on AWS. */
  tries: number;
  accepted_at: number;
  due_at: number;
}

type Invoke = (functionName: string, payload: string, requestId: string) => Promise<InvokeResult>;

const KIND = 'lambda-async';
const RETRY_AFTER_MS = [60_000, 120_000];
const MAX_AGE_SECONDS = 6 * 60 * 60;

export class AsyncInvocations {
  readonly #host: Host;
  readonly #invoke: Invoke;
  readonly #declared = new Map<string, Declared>();
  #stopping = false;

  constructor(host: Host, invoke: Invoke) {
    this.#host = host;
    this.#invoke = invoke;
    host.journal.define(`CREATE TABLE IF NOT EXISTS lambda_async (
      id TEXT PRIMARY KEY, function TEXT NOT NULL, payload TEXT NOT NULL, tries INTEGER NOT NULL, accepted_at INTEGER NOT NULL, due_at INTEGER NOT NULL)`);
    host.clock.on(KIND, ({ id }) => void this.#try(id));
  }

  declare(functionName: string, arn: string, roleArn: string, deadLetterArn: string | undefined): void {
    this.#declared.set(functionName, { arn, roleArn, deadLetterArn, settings: {} });
  }

  configure(functionName: string, settings: AsyncSettings): void {
    this.#declared.get(functionName)!.settings = settings;
  }

  accept(functionName: string, payload: string): void {
    const now = this.#host.clock.now();
    const id = randomUUID();
    this.#host.journal.transaction(() => {
      this.#host.journal.run('INSERT INTO lambda_async VALUES (?, ?, ?, 0, ?, ?)', id, functionName, payload, now, now);
      this.#host.clock.set({ kind: KIND, id, dueAt: now, payload: null });
    });
  }

  /** Sets every invocation's timer again: the timer of one that was running when the host was killed is gone. */
  start(): void {
    for (const { id, due_at: dueAt } of this.#host.journal.all<Row>('SELECT id, due_at FROM lambda_async')) {
      this.#host.clock.set({ kind: KIND, id, dueAt, payload: null });
    }
  }

  /** What still runs is ended with its worker; that is not the function's failure, and it runs again after the restart. */
  stop(): void {
    this.#stopping = true;
  }

  async #try(id: string): Promise<void> {
    const row = this.#host.journal.get<Row>('SELECT * FROM lambda_async WHERE id = ?', id);
    const declared = row && this.#declared.get(row.function);
    if (!row || !declared) return;
    const done = this.#host.clock.begin();
    try {
      const result = await this.#invoke(row.function, row.payload, id).catch((error: unknown) => failedBy(error));
      if (this.#stopping) return;
      const {
        MaximumRetryAttempts: retries = 2,
        MaximumEventAgeInSeconds: maxAge = MAX_AGE_SECONDS,
        DestinationConfig: to,
      } = declared.settings;
      const retryAt = this.#host.clock.now() + (RETRY_AFTER_MS[row.tries] ?? 0);
      if (result.functionError && row.tries < retries && retryAt - row.accepted_at <= maxAge * 1000) {
        this.#host.journal.transaction(() => {
          this.#host.journal.run('UPDATE lambda_async SET tries = tries + 1, due_at = ? WHERE id = ?', retryAt, id);
          this.#host.clock.set({ kind: KIND, id, dueAt: retryAt, payload: null });
        });
        return;
      }
      const destination = result.functionError ? to?.OnFailure?.Destination : to?.OnSuccess?.Destination;
      if (destination) await this.#send(declared, destination, JSON.stringify(this.#record(row, declared, result)));
      if (result.functionError && declared.deadLetterArn)
        await this.#send(declared, declared.deadLetterArn, row.payload);
      this.#host.journal.run('DELETE FROM lambda_async WHERE id = ?', id);
    } catch (error) {
      this.#host.journal.run('DELETE FROM lambda_async WHERE id = ?', id);
      this.#host.log(
        `function ${row.function}: the result of asynchronous invocation ${id} was not delivered: ${String(error)}`,
      );
    } finally {
      done();
    }
  }

  async #send(from: Declared, destinationArn: string, text: string): Promise<void> {
    const service = destinationArn.split(':')[2]!;
    const name = destinationArn.split(':').at(-1)!;
    const as = this.#host.identities.asRole(from.roleArn);
    const call = (operation: string, input: object): Promise<unknown> => this.#host.call(service, operation, input, as);
    if (service === 'sqs') {
      const lambda = this.#host.identities.asService('lambda.amazonaws.com');
      const { QueueUrl } = (await this.#host.call('sqs', 'GetQueueUrl', { QueueName: name }, lambda)) as {
        QueueUrl: string;
      };
      await call('SendMessage', { QueueUrl, MessageBody: text });
    } else if (service === 'sns') await call('Publish', { TopicArn: destinationArn, Message: text });
    else if (service === 'lambda')
      await call('Invoke', { FunctionName: destinationArn, InvocationType: 'Event', Payload: text });
    else throw new Error(`destination ${destinationArn} is not served; expected a queue, a topic or a function`);
  }

  #record(row: Row, declared: Declared, result: InvokeResult): object {
    return {
      version: '1.0',
      timestamp: new Date(this.#host.clock.now()).toISOString(),
      requestContext: {
        requestId: row.id,
        functionArn: `${declared.arn}:$LATEST`,
        condition: result.functionError ? 'RetriesExhausted' : 'Success',
        approximateInvokeCount: row.tries + 1,
      },
      requestPayload: JSON.parse(row.payload) as unknown,
      responseContext: {
        statusCode: 200,
        executedVersion: result.executedVersion,
        ...(result.functionError ? { functionError: result.functionError } : {}),
      },
      responsePayload: JSON.parse(result.payload) as unknown,
    };
  }
}

function failedBy(error: unknown): InvokeResult {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return {
    payload: JSON.stringify({ errorType: name, errorMessage: message }),
    functionError: 'Unhandled',
    executedVersion: '$LATEST',
  };
}
