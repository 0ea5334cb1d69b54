/**
 * A small host for the tests of the runner: a real journal and clock, functions written in the test, and everyone
 * may do everything unless the test says otherwise.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HostClock } from '../../../local/clock.ts';
import { AwsError, type Caller, type Host, type InvokeResult, type Part } from '../../../local/contract.ts';
import { Journal } from '../../../local/journal.ts';
import { states } from '../../../local/states/states.ts';

export const OWNER: Caller = {
  arn: 'arn:aws:iam::000000000000:root',
  kind: 'owner',
  may: () => true,
  require: () => undefined,
};
export const ROLE = 'arn:aws:iam::000000000000:role/runner';

export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: string;
  readonly [details: string]: unknown;
}

export type Functions = Readonly<Record<string, (event: never) => unknown>>;

/** An error a function of a test throws: its name is the errorType. */
export class Raised extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

export interface TestHost {
  readonly clock: HostClock;
  readonly part: Part;
  readonly invoked: { readonly name: string; readonly requestId: string | undefined }[];
  call(operation: string, input: object, caller?: Caller): Promise<Record<string, never>>;
  /** Creates a machine; its ARN. */
  machine(definition: object, name?: string, more?: object): Promise<string>;
  /** Runs a definition to its end; its history. */
  run(definition: object, input?: unknown): Promise<HistoryEvent[]>;
  history(executionArn: string): Promise<HistoryEvent[]>;
  describe(executionArn: string): Promise<Record<string, never>>;
  /** Stops without warning, as far as the same process can, and keeps the folder. */
  stop(): void;
  remove(): void;
}

export async function openHost(
  functions: Functions = {},
  options: {
    readonly folder?: string;
    readonly role?: Caller;
    readonly services?: Host['call'];
    /** False where nothing is killed: then the disk is not waited for. @default true */
    readonly durable?: boolean;
  } = {},
): Promise<TestHost> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'states-'));
  const journal = new Journal(folder);
  if (options.durable === false) journal.define('PRAGMA synchronous = OFF');
  const clock = new HostClock(journal);
  const invoked: { name: string; requestId: string | undefined }[] = [];
  const invoke = async (
    target: string,
    payload: string,
    { requestId }: { readonly requestId?: string } = {},
  ): Promise<InvokeResult> => {
    const name = target.split(':').at(-1)!;
    const handler = functions[name];
    if (!handler) throw new AwsError('ResourceNotFoundException', `Function not found: ${target}:$LATEST`, 404);
    invoked.push({ name, requestId });
    try {
      return {
        payload: JSON.stringify((await handler(JSON.parse(payload) as never)) ?? null),
        executedVersion: '$LATEST',
      };
    } catch (error) {
      const { name: errorType, message: errorMessage } = error as Error;
      return {
        payload: JSON.stringify({ errorType, errorMessage, trace: [] }),
        functionError: 'Unhandled',
        executedVersion: '$LATEST',
      };
    }
  };
  const host: Host = {
    journal,
    clock,
    region: 'us-east-1',
    account: '000000000000',
    functions: { invoke },
    identities: {
      asRole: () => options.role ?? OWNER,
      asService: () => OWNER,
      identifyRequest: () => OWNER,
      secretOf: () => undefined,
      callerOf: () => OWNER,
    },
    endpoint: () => 'http://127.0.0.1:1',
    site: () => 'http://127.0.0.1:2',
    call:
      options.services ??
      (async (service, operation) => {
        throw new AwsError('UnknownOperationException', `${service}:${operation} is not served here`);
      }),
    asset: () => undefined,
    log: (line) => console.error(line),
  };
  const part = states(host);
  const operations = part.services![0]!.operations as Readonly<
    Record<string, (input: object, caller: Caller) => unknown>
  >;
  await part.start?.();
  clock.start();
  let machines = 0;
  const test: TestHost = {
    clock,
    part,
    invoked,
    call: async (operation, input, caller = OWNER) =>
      (await operations[operation]!(input, caller)) as Record<string, never>,
    machine: async (definition, name = `machine-${++machines}`, more = {}) => {
      const { stateMachineArn } = await test.call('CreateStateMachine', {
        name,
        roleArn: ROLE,
        definition: JSON.stringify({ QueryLanguage: 'JSONata', ...definition }),
        ...more,
      });
      return stateMachineArn!;
    },
    run: async (definition, input = {}) => {
      const { executionArn } = await test.call('StartExecution', {
        stateMachineArn: await test.machine(definition),
        input: JSON.stringify(input),
      });
      await clock.settled();
      return test.history(executionArn!);
    },
    history: async (executionArn) =>
      (await test.call('GetExecutionHistory', { executionArn, maxResults: 1000 }))[
        'events'
      ] as unknown as HistoryEvent[],
    describe: (executionArn) => test.call('DescribeExecution', { executionArn }),
    stop: () => {
      void part.stop?.();
      clock.stop();
      journal.close();
    },
    remove: () => {
      test.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return test;
}

/** `id<-previous Type` of each event, for comparing whole histories. */
export function outline(events: readonly HistoryEvent[]): string[] {
  return events.map(({ id, previousEventId, type }) => `${id}<-${previousEventId} ${type}`);
}

/** The details of the first event of a type. */
export function detailsOf(events: readonly HistoryEvent[], type: string): Record<string, unknown> {
  const event = events.find((candidate) => candidate.type === type);
  if (!event) throw new Error(`no ${type} among ${outline(events).join(', ')}`);
  return (Object.entries(event).find(([field]) => field.endsWith('EventDetails'))?.[1] ?? {}) as Record<
    string,
    unknown
  >;
}

/** A definition of states that follow each other in the order given. */
export function inOrder(states: Record<string, object>): object {
  const names = Object.keys(states);
  const linked = names.map((name, index) => {
    const next = names[index + 1];
    if ('Type' in states[name]! && states[name].Type === 'Succeed') return [name, states[name]];
    return [name, { ...(next === undefined ? { End: true } : { Next: next }), ...states[name] }];
  });
  return { StartAt: names[0], States: Object.fromEntries(linked) };
}
