/**
 * A host to be killed: forked by durability.test.ts with a folder, it goes on with what is there, begins executions
 * when the folder is new, and says `idle` when nothing runs any more.
 *
 * Tokens a function was given go to a file first, so that the answers outlive the process as they would elsewhere.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { inOrder, openHost, ROLE, type TestHost } from './host.ts';

export const EXECUTIONS_EACH = 4;

const expression = { Type: 'Pass', Assign: { n: '{% $states.input.n %}' }, Output: { n: '{% $n + 1 %}' } };
const first = { Type: 'Pass', Assign: { n: 0 }, Output: { n: 0 } };
const invoke = (name: string, more: object = {}): object => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: name, Payload: '{% $states.input %}' },
  Output: '{% $states.result.Payload %}',
  ...more,
});
const task = invoke('slow', { Retry: [{ ErrorEquals: ['Unlucky'], IntervalSeconds: 1, MaxAttempts: 99 }] });

/** Every kind of waiting and nesting, by the name of its machine. The first one is started by the second. */
export const DEFINITIONS: Readonly<Record<string, object>> = {
  inner: inOrder({
    Work: invoke('slow'),
    Rest: { Type: 'Wait', Seconds: 1 },
    Say: { Type: 'Pass', Output: { said: '{% $states.context.Execution.Name %}' } },
  }),
  nested: inOrder({
    Begin: {
      Type: 'Task',
      Resource: 'arn:aws:states:::states:startExecution.sync:2',
      Arguments: { StateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:inner', Input: {} },
      Output: '{% $states.result.Status %}',
    },
  }),
  chain: inOrder({
    First: first,
    ...Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`Step ${at}`, expression])),
  }),
  tasks: inOrder({ First: first, One: task, Two: task, Three: task }),
  map: inOrder({
    Each: {
      Type: 'Map',
      Items: '{% [1..7] %}',
      MaxConcurrency: 2,
      ItemProcessor: inOrder({ Work: task, Note: { Type: 'Pass', Output: '{% $states.context.Map.Item.Index %}' } }),
    },
    Sum: { Type: 'Pass', Output: '{% $sum($states.input) %}' },
  }),
  parallel: inOrder({
    Both: {
      Type: 'Parallel',
      Branches: [
        inOrder({ Left: task, Deeper: { Type: 'Map', Items: [1, 2], ItemProcessor: inOrder({ Inner: task }) } }),
        inOrder({ Right: { Type: 'Wait', Seconds: 1 }, End: { Type: 'Pass' } }),
      ],
    },
  }),
  token: inOrder({
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Arguments: { FunctionName: 'ask', Payload: { token: '{% $states.context.Task.Token %}' } },
    },
  }),
};

async function main(folder: string): Promise<void> {
  const inbox = join(folder, 'tokens');
  const host: TestHost = await openHost(
    {
      slow: async (event: unknown) => {
        await pause(20);
        return event;
      },
      ask: (event: { token: string }) => appendFileSync(inbox, `${event.token}\n`),
    },
    { folder },
  );
  for (const [name, definition] of Object.entries(DEFINITIONS)) {
    const stateMachineArn = await host.machine(definition, name, { roleArn: ROLE });
    if (name === 'inner') continue;
    for (let at = 0; at < EXECUTIONS_EACH; at++)
      await host.call('StartExecution', { stateMachineArn, name: `${name}-${at}` }).catch(() => undefined);
  }
  process.send?.('ready');
  for (;;) {
    const tokens = existsSync(inbox) ? readFileSync(inbox, 'utf8').split('\n').filter(Boolean) : [];
    for (const taskToken of tokens)
      await host.call('SendTaskSuccess', { taskToken, output: '"answered"' }).catch(() => undefined);
    const running = await Promise.all(
      Object.keys(DEFINITIONS).map(async (name) => {
        const { executions } = await host.call('ListExecutions', {
          stateMachineArn: `arn:aws:states:us-east-1:000000000000:stateMachine:${name}`,
          statusFilter: 'RUNNING',
        });
        return (executions as unknown as object[]).length;
      }),
    );
    if (running.every((count) => count === 0)) break;
    await pause(20);
  }
  process.send?.('idle');
}

if (process.argv[2]) await main(process.argv[2]);
