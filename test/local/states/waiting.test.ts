/** Executions that wait: for time, for a token, for a worker, for another execution. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detailsOf, inOrder, openHost, outline, type TestHost } from './host.ts';

let host: TestHost;
const asked: string[] = [];

beforeAll(async () => {
  host = await openHost({
    ask: (event: { token: string }) => void asked.push(event.token),
    hang: () => new Promise(() => undefined),
  });
});
afterAll(() => host.remove());

const ask = (more: object = {}): object => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
  Arguments: { FunctionName: 'ask', Payload: { token: '{% $states.context.Task.Token %}' } },
  ...more,
});

async function start(definition: object, input: object = {}): Promise<string> {
  const { executionArn } = await host.call('StartExecution', {
    stateMachineArn: await host.machine(definition),
    input: JSON.stringify(input),
  });
  await host.clock.settled();
  return executionArn!;
}

describe('an execution that waits', () => {
  it('lies still through a day and goes on when the clock has come there', async () => {
    const execution = await start(inOrder({ Rest: { Type: 'Wait', Seconds: 86_400 } }));
    await host.clock.advance(86_399_000);
    expect(await host.describe(execution)).toMatchObject({ status: 'RUNNING' });
    await host.clock.advance(1_000);
    expect(outline(await host.history(execution))).toEqual([
      '1<-0 ExecutionStarted',
      '2<-0 WaitStateEntered',
      '3<-2 WaitStateExited',
      '4<-3 ExecutionSucceeded',
    ]);
  });

  it('goes on with what the token was answered, once', async () => {
    const execution = await start(inOrder({ Ask: ask() }));
    const taskToken = asked.at(-1)!;
    await host.call('SendTaskSuccess', { taskToken, output: '{"answer":"approve"}' });
    await host.clock.settled();
    const events = await host.history(execution);
    expect(outline(events).slice(2)).toEqual([
      '3<-2 TaskScheduled',
      '4<-3 TaskStarted',
      '5<-4 TaskSubmitted',
      '6<-5 TaskSucceeded',
      '7<-6 TaskStateExited',
      '8<-7 ExecutionSucceeded',
    ]);
    expect(detailsOf(events, 'ExecutionSucceeded')).toMatchObject({ output: '{"answer":"approve"}' });
    await expect(host.call('SendTaskSuccess', { taskToken, output: '1' })).rejects.toMatchObject({
      code: 'TaskTimedOut',
    });
  });

  it('refuses tokens and outputs that are none', async () => {
    await expect(host.call('SendTaskSuccess', { taskToken: 'guess', output: '1' })).rejects.toMatchObject({
      code: 'InvalidToken',
    });
    await expect(host.call('SendTaskSuccess', { taskToken: 'guess', output: 'yes' })).rejects.toMatchObject({
      code: 'InvalidOutput',
    });
  });

  it('gives null for what a failure did not say', async () => {
    const definition = {
      StartAt: 'Ask',
      States: {
        Ask: ask({ Next: 'Done', Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Done' }] }),
        Done: { Type: 'Succeed' },
      },
    };
    const execution = await start(definition);
    await host.call('SendTaskFailure', { taskToken: asked.at(-1)! });
    await host.clock.settled();
    expect(await host.describe(execution)).toMatchObject({ output: '{"Error":null,"Cause":null}' });
  });

  it('times out at its due time, and a heartbeat puts off only the heartbeat', async () => {
    const execution = await start(
      inOrder({ Ask: ask({ TimeoutSeconds: '{% $states.input.limit %}', HeartbeatSeconds: 10 }) }),
      { limit: 25 },
    );
    const taskToken = asked.at(-1)!;
    for (const _ of [1, 2]) {
      await host.clock.advance(9_000);
      await host.call('SendTaskHeartbeat', { taskToken });
    }
    await host.clock.advance(6_000);
    expect(await host.describe(execution)).toMatchObject({ status: 'RUNNING' });
    await host.clock.advance(1_500);
    expect(outline(await host.history(execution)).slice(5)).toEqual(['6<-5 TaskTimedOut', '7<-6 ExecutionFailed']);
    expect(await host.describe(execution)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  });

  it('answers to States.HeartbeatTimeout when no heartbeat came', async () => {
    const definition = {
      StartAt: 'Ask',
      States: {
        Ask: ask({
          HeartbeatSeconds: 5,
          Next: 'Late',
          Catch: [{ ErrorEquals: ['States.HeartbeatTimeout'], Next: 'Late' }],
        }),
        Late: { Type: 'Succeed' },
      },
    };
    const execution = await start(definition);
    await host.clock.advance(5_000);
    expect(await host.describe(execution)).toMatchObject({ output: '{"Error":"States.Timeout","Cause":""}' });
  });

  it('ends as TIMED_OUT, with no error, when the whole takes too long', async () => {
    const execution = await start({ ...inOrder({ Ask: ask() }), TimeoutSeconds: 60 });
    await host.clock.advance(60_000);
    const { status, error } = await host.describe(execution);
    expect({ status, error }).toEqual({ status: 'TIMED_OUT', error: undefined });
  });

  it('waits for a nested execution and sees its output as JSON', async () => {
    const inner = await host.machine(
      inOrder({
        Rest: { Type: 'Wait', Seconds: 60 },
        Say: { Type: 'Pass', Output: { said: '{% $states.input.word %}' } },
      }),
    );
    const execution = await start(
      inOrder({
        Start: {
          Type: 'Task',
          Resource: 'arn:aws:states:::states:startExecution.sync:2',
          Arguments: { StateMachineArn: inner, Input: { word: 'yes' } },
          Output: '{% $states.result.Output.said %}',
        },
      }),
    );
    await host.clock.advance(60_000);
    expect(await host.describe(execution)).toMatchObject({ status: 'SUCCEEDED', output: '"yes"' });
  });

  it('stops the nested execution along with the one that waits for it', async () => {
    const inner = await host.machine(inOrder({ Ask: ask() }));
    const execution = await start(
      inOrder({
        Start: {
          Type: 'Task',
          Resource: 'arn:aws:states:::states:startExecution.sync',
          Arguments: { StateMachineArn: inner },
        },
      }),
    );
    await host.call('StopExecution', { executionArn: execution, error: 'Enough', cause: 'no more' });
    const { executions } = await host.call('ListExecutions', { stateMachineArn: inner });
    expect(executions![0]).toMatchObject({ status: 'ABORTED' });
    expect(await host.describe(execution)).toMatchObject({ status: 'ABORTED', error: 'Enough', cause: 'no more' });
  });

  it('gives its task to a worker that was there first', async () => {
    const { activityArn } = await host.call('CreateActivity', { name: 'stamp' });
    const worker = host.call('GetActivityTask', { activityArn, workerName: 'clerk' });
    const execution = await start(inOrder({ Stamp: { Type: 'Task', Resource: activityArn } }), { form: 7 });
    const { taskToken, input } = await worker;
    expect(input).toBe('{"form":7}');
    await host.call('SendTaskSuccess', { taskToken, output: '"stamped"' });
    await host.clock.settled();
    expect(outline(await host.history(execution)).slice(2)).toEqual([
      '3<-2 ActivityScheduled',
      '4<-3 ActivityStarted',
      '5<-4 ActivitySucceeded',
      '6<-5 TaskStateExited',
      '7<-6 ExecutionSucceeded',
    ]);
  });
});
