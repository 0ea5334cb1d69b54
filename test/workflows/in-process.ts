/**
 * Workflows in this process: the real definitions on the real runner, their functions called as plain functions, records
 * in memory, and the outbox delivered as the stream would. For tests that run thousands of executions; what functions
 * may do, and how they are packed, is the business of the tests on the whole host.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deliverNote, type OutboxNeeds } from '../../functions/records/deliver-outbox.ts';
import { LOOK_AGAIN, notes, type Note, type Workflow } from '../../functions/records/notes.ts';
import type { Records } from '../../functions/records/records.aws.ts';
import type { Instant } from '../../policies/instant.ts';
import { AwsError, type Host } from '../../local/contract.ts';
import { openHost, type Functions, type HistoryEvent, type TestHost } from '../local/states/host.ts';
import { recordsInMemory, type RecordsInMemory } from '../records-in-memory.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface InProcess {
  readonly records: RecordsInMemory;
  readonly host: TestHost;
  /** Delivers notes and lets executions go on until nothing moves any more. */
  settle(): Promise<void>;
  /** The states an execution went through, and whether it has ended. */
  pathOf(
    workflow: Workflow,
    name: string,
  ): Promise<{ readonly status: string; readonly states: readonly string[]; readonly output?: unknown }>;
  /** Every execution of a workflow, however it was started. */
  runsOf(workflow: Workflow): Promise<readonly { readonly name: string; readonly status: string }[]>;
  stop(): void;
}

/** `files` are what the bucket holds, by key, for maps that read their items. `functionsOf` is given the records, and answers a plain function for each `${Name}` of the definitions. */
export async function inProcess(
  workflows: readonly Workflow[],
  functionsOf: (records: Records) => Functions,
  now: () => Instant,
  files: ReadonlyMap<string, string> = new Map(),
): Promise<InProcess> {
  const open: string[] = [];
  const records = recordsInMemory(({ noun, record }) => {
    const note = record as Note | undefined;
    if (noun === notes.noun && note?.dueAt) open.push(note.id);
  });
  const host = await openHost(functionsOf(records), { durable: false, services: bucketOf(files) });
  const machines = new Map<string, string>();
  for (const workflow of workflows) {
    const definition = JSON.parse(
      readFileSync(join(ROOT, 'workflows', workflow, `${workflow}.asl.json`), 'utf8').replaceAll(
        /\$\{(\w+)\}/g,
        (_, name: string) => machines.get(name) ?? name,
      ),
    ) as object;
    const arn = await host.machine(definition, workflow);
    machines.set(workflow, arn).set(`${pascal(workflow)}Workflow`, arn);
  }
  const outbox: OutboxNeeds = {
    records,
    now,
    start: async (workflow, name, input) => {
      await unless(['ExecutionAlreadyExists'], () =>
        host.call('StartExecution', {
          stateMachineArn: machines.get(workflow)!,
          name,
          input: JSON.stringify(input),
        }),
      );
    },
    answer: (taskToken, output) =>
      unless(OVER, () => host.call('SendTaskSuccess', { taskToken, output: JSON.stringify(output) })),
    lookAgain: (taskToken) =>
      unless(OVER, () => host.call('SendTaskFailure', { taskToken, error: LOOK_AGAIN, cause: 'look again' })),
  };
  return {
    records,
    host,
    async settle() {
      do {
        for (const id of open.splice(0)) await deliverNote(outbox, id);
        await host.clock.settled();
      } while (open.length > 0);
    },
    async pathOf(workflow, name) {
      const executionArn = `${machines.get(workflow)!.replace(':stateMachine:', ':execution:')}:${name}`;
      const events: readonly HistoryEvent[] = await host.history(executionArn);
      const { status, output } = (await host.describe(executionArn)) as unknown as {
        readonly status: string;
        readonly output?: string;
      };
      return {
        status,
        states: events.flatMap((event) => {
          const entered = event.stateEnteredEventDetails as { readonly name: string } | undefined;
          return entered ? [entered.name] : [];
        }),
        ...(output !== undefined && { output: JSON.parse(output) as unknown }),
      };
    },
    async runsOf(workflow) {
      const runs: { readonly name: string; readonly status: string }[] = [];
      let nextToken: string | undefined;
      do {
        const page = (await host.call('ListExecutions', {
          stateMachineArn: machines.get(workflow)!,
          ...(nextToken && { nextToken }),
        })) as unknown as { readonly executions: typeof runs; readonly nextToken?: string };
        runs.push(...page.executions);
        nextToken = page.nextToken;
      } while (nextToken);
      return runs;
    },
    stop: () => host.remove(),
  };
}

const pascal = (words: string): string => words.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());

/** The one bucket of the process, which only reads. */
function bucketOf(files: ReadonlyMap<string, string>): Host['call'] {
  return async (service, operation, input) => {
    const { Key } = input as { readonly Key: string };
    if (service !== 's3' || operation !== 'GetObject')
      throw new AwsError('UnknownOperationException', `${service}:${operation} is not served here`);
    const Body = files.get(Key);
    if (Body === undefined) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
    return { Body };
  };
}

const OVER = ['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'];

async function unless(codes: readonly string[], call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!(error instanceof AwsError && codes.includes(error.code))) throw error;
  }
}
