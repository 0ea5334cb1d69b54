/** What an execution leaves in its history, event by event, as recordings of the service have it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detailsOf, inOrder, openHost, outline, Raised, type TestHost } from './host.ts';

let host: TestHost;
let failures = 0;

beforeAll(async () => {
  host = await openHost({
    echo: (event) => event,
    fails: () => {
      throw new Raised('Busy', 'try later');
    },
    recovers: () => {
      if (failures-- > 0) throw new Raised('Busy', 'try later');
      return 'well';
    },
  });
});
afterAll(() => host.remove());

const invoke = (name: string, more: object = {}): object => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: name, Payload: '{% $states.input %}' },
  ...more,
});

describe('the history of an execution', () => {
  it('shows the first state as coming after nothing, then each after the one before', async () => {
    const events = await host.run(
      inOrder({ One: { Type: 'Pass', Output: { n: '{% $states.input.n + 1 %}' } }, Two: { Type: 'Pass' } }),
      { n: 1 },
    );
    expect(outline(events)).toEqual([
      '1<-0 ExecutionStarted',
      '2<-0 PassStateEntered',
      '3<-2 PassStateExited',
      '4<-3 PassStateEntered',
      '5<-4 PassStateExited',
      '6<-5 ExecutionSucceeded',
    ]);
    expect(detailsOf(events, 'ExecutionSucceeded')).toEqual({ output: '{"n":2}', outputDetails: { truncated: false } });
  });

  it('keeps a failed evaluation beside the state, with where it failed and why', async () => {
    const events = await host.run(
      inOrder({ One: { Type: 'Pass' }, Two: { Type: 'Pass', Output: { sum: '{% $nothing %}' } } }),
    );
    expect(outline(events).slice(3)).toEqual([
      '4<-3 PassStateEntered',
      '5<-3 EvaluationFailed',
      '6<-5 ExecutionFailed',
    ]);
    expect(detailsOf(events, 'EvaluationFailed')).toEqual({
      error: 'States.QueryEvaluationError',
      cause: `An error occurred while executing the state 'Two' (entered at the event id #4). The JSONata expression '$nothing' specified for the field 'Output/sum' returned nothing (undefined).`,
      location: 'Output/sum',
      state: 'Two',
    });
  });

  it('tells of assigned variables as JSON text, and gives both Assign and Output the values from before', async () => {
    const events = await host.run(
      inOrder({
        One: { Type: 'Pass', Assign: { n: 42 } },
        Two: { Type: 'Pass', Assign: { n: 18, old: '{% $n %}' }, Output: '{% $n %}' },
      }),
    );
    const exit = events.filter(({ type }) => type === 'PassStateExited')[1]!['stateExitedEventDetails'];
    expect(exit).toMatchObject({ assignedVariables: { n: '18', old: '42' }, output: '42' });
  });

  it('leaves no event for a retry, only the next attempt', async () => {
    failures = 1;
    const retried = invoke('recovers', {
      Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 1, MaxAttempts: 2 }],
      Output: '{% $states.result.Payload & $states.context.State.RetryCount %}',
    });
    const { executionArn } = await host.call('StartExecution', {
      stateMachineArn: await host.machine(inOrder({ Ask: retried })),
    });
    await host.clock.settled();
    await host.clock.advance(1_000);
    const events = await host.history(executionArn!);
    expect(outline(events)).toEqual([
      '1<-0 ExecutionStarted',
      '2<-0 TaskStateEntered',
      '3<-2 TaskScheduled',
      '4<-3 TaskStarted',
      '5<-4 TaskFailed',
      '6<-5 TaskScheduled',
      '7<-6 TaskStarted',
      '8<-7 TaskSucceeded',
      '9<-8 TaskStateExited',
      '10<-9 ExecutionSucceeded',
    ]);
    expect(detailsOf(events, 'ExecutionSucceeded')).toMatchObject({ output: '"well1"' });
  });

  it('hands a caught error on as Error and Cause', async () => {
    const definition = {
      StartAt: 'Ask',
      States: {
        Ask: invoke('fails', {
          Next: 'Never',
          Catch: [
            { ErrorEquals: ['States.TaskFailed'], Assign: { seen: '{% $states.errorOutput.Error %}' }, Next: 'Caught' },
          ],
        }),
        Never: { Type: 'Fail' },
        Caught: { Type: 'Succeed' },
      },
    };
    const events = await host.run(definition);
    expect(outline(events).slice(4)).toEqual([
      '5<-4 TaskFailed',
      '6<-5 TaskStateExited',
      '7<-6 SucceedStateEntered',
      '8<-7 SucceedStateExited',
      '9<-8 ExecutionSucceeded',
    ]);
    const output = JSON.parse(detailsOf(events, 'ExecutionSucceeded')['output'] as string) as {
      Error: string;
      Cause: string;
    };
    expect(output.Error).toBe('Busy');
    expect(JSON.parse(output.Cause)).toMatchObject({ errorMessage: 'try later' });
  });

  it('shows a Map iteration by iteration, the next one after the same event as the success before it', async () => {
    const events = await host.run(
      inOrder({
        Each: { Type: 'Map', Items: [1, 2], MaxConcurrency: 1, ItemProcessor: inOrder({ Inner: { Type: 'Pass' } }) },
      }),
    );
    expect(outline(events).slice(1)).toEqual([
      '2<-0 MapStateEntered',
      '3<-2 MapStateStarted',
      '4<-3 MapIterationStarted',
      '5<-4 PassStateEntered',
      '6<-5 PassStateExited',
      '7<-6 MapIterationSucceeded',
      '8<-6 MapIterationStarted',
      '9<-8 PassStateEntered',
      '10<-9 PassStateExited',
      '11<-10 MapIterationSucceeded',
      '12<-11 MapStateSucceeded',
      '13<-11 MapStateExited',
      '14<-13 ExecutionSucceeded',
    ]);
  });

  it.each([
    ['a number', '{% 1 %}', `returned an unexpected result type. Expected 'array', but was 'number' for value: 1`],
    ['a function', '{% $sum %}', 'returned an unsupported result type.'],
    [
      'a call of nothing',
      '{% $none() %}',
      'threw an error during evaluation. T1006: Attempted to invoke a non-function',
    ],
  ])('fails a Map whose Items are %s before it starts', async (_, Items, reason) => {
    const events = await host.run(
      inOrder({ Each: { Type: 'Map', Items, ItemProcessor: inOrder({ Inner: { Type: 'Pass' } }) } }),
    );
    expect(outline(events)).toEqual([
      '1<-0 ExecutionStarted',
      '2<-0 MapStateEntered',
      '3<-0 EvaluationFailed',
      '4<-3 MapStateFailed',
      '5<-4 ExecutionFailed',
    ]);
    expect(detailsOf(events, 'ExecutionFailed')['cause']).toContain(reason);
  });

  it('takes all branches down with the one that fails, and says so of tasks', async () => {
    const Branches = [inOrder({ Ask: invoke('fails') }), inOrder({ Rest: { Type: 'Wait', Seconds: 1000 } })];
    const events = await host.run(inOrder({ Both: { Type: 'Parallel', Branches } }));
    const failed = events.find(({ type }) => type === 'TaskFailed')!.id;
    expect(outline(events).slice(-5)).toEqual([
      `${failed}<-${failed - 1} TaskFailed`,
      `${failed + 1}<-${failed} TaskStateAborted`,
      `${failed + 2}<-${failed} WaitStateAborted`,
      `${failed + 3}<-${failed} ParallelStateFailed`,
      `${failed + 4}<-${failed + 3} ExecutionFailed`,
    ]);
  });

  it('leaves the fields of a Fail out when the state has none', async () => {
    const events = await host.run({ StartAt: 'No', States: { No: { Type: 'Fail' } } });
    expect(outline(events)).toEqual(['1<-0 ExecutionStarted', '2<-0 FailStateEntered', '3<-2 ExecutionFailed']);
    expect(detailsOf(events, 'ExecutionFailed')).toEqual({});
  });
});
