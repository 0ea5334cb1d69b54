/**
 * What a walk through a workflow took, counted from the history that Step Functions' own API answers. One state entered
 * is one transition; Step Functions bills each, and each retry of one. The walks of the benches meet no retry.
 */
import {
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SFNClient,
  type HistoryEvent,
} from '@aws-sdk/client-sfn';
import type { Postact } from '../test/postact.ts';

/** As aws.amazon.com/step-functions/pricing gives it for us-east-1, Standard workflows; read there by others, not checked by this program. */
const DOLLARS_PER_TRANSITION = 0.025 / 1000;
/** What a poll costs where no callback wakes the workflow: wait, look, and the choice whether to go on. */
export const POLL = { everyMinutes: 5, transitions: 3 };

/** What every table of transitions has to say of its numbers. */
export const COUNTED =
  'Transitions are counted from histories. $0.025 per 1,000 transitions is from the price page and was not checked against a bill; the first 4,000 a month are free.';

export interface Walk {
  /** States entered, nested decisions included. */
  readonly states: number;
  /** Of those, states of the decision workflow. */
  readonly inDecision: number;
  /** How long it waited for people or time, by the host's clock. */
  readonly waitedMinutes: number;
  readonly waits: number;
}

/** One way through a workflow. */
export interface Path {
  readonly name: string;
  /** Goes the way; answers the name of the execution. */
  readonly walk: () => Promise<string>;
}

async function historyOf(client: SFNClient, executionArn: string): Promise<HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(new GetExecutionHistoryCommand({ executionArn, ...(nextToken && { nextToken }) }));
    events.push(...(page.events ?? []));
    nextToken = page.nextToken;
  } while (nextToken);
  return events;
}

/** Waiting is from a callback task's entry to its exit; a nested execution's waits are counted in it, not here. */
function walkOf(events: readonly HistoryEvent[], nested: readonly HistoryEvent[]): Walk {
  const entered = (all: readonly HistoryEvent[]) => all.filter(({ type }) => type?.endsWith('StateEntered'));
  const waits = [...events, ...nested].flatMap((event, at, all) => {
    if (event.type !== 'TaskScheduled' || event.taskScheduledEventDetails?.resource !== 'invoke.waitForTaskToken')
      return [];
    const exit = all.slice(at).find(({ type }) => type === 'TaskStateExited');
    return exit ? [(exit.timestamp!.getTime() - event.timestamp!.getTime()) / 60_000] : [];
  });
  return {
    states: entered(events).length + entered(nested).length,
    inDecision: entered(nested).length,
    waitedMinutes: waits.reduce((sum, one) => sum + one, 0),
    waits: waits.length,
  };
}

/** The walk of the execution of this name, with those that it started. */
export async function walked(postact: Postact, execution: string): Promise<Walk> {
  const client = new SFNClient({
    endpoint: postact.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
  });
  try {
    const { stateMachines = [] } = await client.send(new ListStateMachinesCommand({}));
    for (const { stateMachineArn } of stateMachines) {
      const { executions = [] } = await client.send(new ListExecutionsCommand({ stateMachineArn }));
      const arn = executions.find(({ name }) => name === execution || name === `image-${execution}`)?.executionArn;
      if (!arn) continue;
      const events = await historyOf(client, arn);
      const nested: HistoryEvent[] = [];
      for (const { taskSubmittedEventDetails: task } of events) {
        if (!task?.resource?.startsWith('startExecution')) continue;
        const { ExecutionArn } = JSON.parse(task.output ?? '{}') as { ExecutionArn?: string };
        if (ExecutionArn) nested.push(...(await historyOf(client, ExecutionArn)));
      }
      return walkOf(events, nested);
    }
    throw new Error(`no execution is called ${execution}`);
  } finally {
    client.destroy();
  }
}

/** What so many transitions cost, a thousand times. */
export const per1000 = (transitions: number): string => `$${(1000 * transitions * DOLLARS_PER_TRANSITION).toFixed(3)}`;

/** What the same walk would take if the workflow looked every few minutes instead of being woken. */
export const ifPolled = ({ states, waitedMinutes, waits }: Walk): number =>
  states - waits + POLL.transitions * Math.max(waits, Math.ceil(waitedMinutes / POLL.everyMinutes));
