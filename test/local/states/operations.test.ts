/** The API around executions: names, revisions, versions and aliases, permissions, and what the template deploys. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AwsError, type Caller } from '../../../local/contract.ts';
import { detailsOf, inOrder, openHost, OWNER, ROLE, type TestHost } from './host.ts';

let host: TestHost;
const say = (word: string, more: object = {}): object =>
  inOrder({ Rest: { Type: 'Wait', Seconds: 60 }, Say: { Type: 'Pass', Output: word, ...more } });

/** Someone to whom everything is denied. */
const STRANGER: Caller = {
  arn: 'arn:aws:sts::000000000000:assumed-role/stranger/x',
  kind: 'role',
  may: () => false,
  require: (action, resource) => {
    throw new AwsError(
      'AccessDeniedException',
      `User: ${STRANGER.arn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
    );
  },
};

beforeAll(async () => {
  host = await openHost({ echo: (event) => event });
});
afterAll(() => host.remove());

/** Starts an execution and lets it come to rest. */
async function start(stateMachineArn: string, more: object = {}): Promise<string> {
  const { executionArn } = await host.call('StartExecution', { stateMachineArn, ...more });
  await host.clock.settled();
  return executionArn!;
}

describe('starting an execution', () => {
  it('again under a name gives the one that runs, and refuses another input', async () => {
    const stateMachineArn = await host.machine(say('a'));
    const first = await start(stateMachineArn, { name: 'once', input: '{"n":1}' });
    expect(await start(stateMachineArn, { name: 'once', input: '{"n":1}' })).toBe(first);
    await expect(start(stateMachineArn, { name: 'once', input: '{"n":2}' })).rejects.toMatchObject({
      code: 'ExecutionAlreadyExists',
      message: `Execution Already Exists: '${first}'`,
    });
  });

  it('keeps a closed name for 90 days', async () => {
    const stateMachineArn = await host.machine(inOrder({ Say: { Type: 'Succeed' } }));
    await start(stateMachineArn, { name: 'closed' });
    await host.clock.advance(89 * 86_400_000);
    await expect(start(stateMachineArn, { name: 'closed' })).rejects.toMatchObject({ code: 'ExecutionAlreadyExists' });
    await host.clock.advance(2 * 86_400_000);
    await expect(start(stateMachineArn, { name: 'closed' })).resolves.toContain(':closed');
  });

  it.each([
    ['text that is no JSON', { input: 'not json' }, 'InvalidExecutionInput'],
    ['more than 256 KiB', { input: JSON.stringify('x'.repeat(262_145)) }, 'ValidationException'],
    ['a name with a blank', { name: 'two words' }, 'InvalidName'],
    ['a name of 81 characters', { name: 'n'.repeat(81) }, 'InvalidName'],
  ])('refuses %s', async (_, more, code) => {
    await expect(start(await host.machine(say('a')), more)).rejects.toMatchObject({ code });
  });

  it('is denied to who may not, in the words of AWS', async () => {
    const stateMachineArn = await host.machine(say('a'));
    await expect(host.call('StartExecution', { stateMachineArn }, STRANGER)).rejects.toMatchObject({
      code: 'AccessDeniedException',
      message: expect.stringContaining('states:StartExecution') as string,
    });
  });
});

describe('a changed machine', () => {
  it('leaves a run in flight the definition it began with', async () => {
    const stateMachineArn = await host.machine(say('before'));
    const running = await start(stateMachineArn);
    await host.call('UpdateStateMachine', {
      stateMachineArn,
      definition: JSON.stringify({ QueryLanguage: 'JSONata', ...say('after') }),
    });
    const later = await start(stateMachineArn);
    await host.clock.advance(60_000);
    expect([(await host.describe(running))['output'], (await host.describe(later))['output']]).toEqual([
      '"before"',
      '"after"',
    ]);
  });

  it('is still there under its version, and an alias leads to it', async () => {
    const stateMachineArn = await host.machine(say('one'), 'versioned', { publish: true });
    const { stateMachineVersionArn } = await host.call('UpdateStateMachine', {
      stateMachineArn,
      definition: JSON.stringify({ QueryLanguage: 'JSONata', ...say('two') }),
      publish: true,
    });
    expect(stateMachineVersionArn).toBe(`${stateMachineArn}:2`);
    const { stateMachineAliasArn } = await host.call('CreateStateMachineAlias', {
      name: 'live',
      routingConfiguration: [{ stateMachineVersionArn: `${stateMachineArn}:1`, weight: 100 }],
    });
    const execution = await start(stateMachineAliasArn!);
    await host.clock.advance(60_000);
    expect(await host.describe(execution)).toMatchObject({
      output: '"one"',
      stateMachineAliasArn,
      stateMachineVersionArn: `${stateMachineArn}:1`,
    });
    await expect(
      host.call('DeleteStateMachineVersion', { stateMachineVersionArn: `${stateMachineArn}:1` }),
    ).rejects.toMatchObject({ code: 'ConflictException' });
  });
});

describe('the history', () => {
  it('comes in pages and from the end', async () => {
    const stateMachineArn = await host.machine(inOrder({ One: { Type: 'Pass' }, Two: { Type: 'Succeed' } }));
    const executionArn = await start(stateMachineArn);
    const all = await host.history(executionArn);
    const { events, nextToken } = await host.call('GetExecutionHistory', {
      executionArn,
      maxResults: 4,
      reverseOrder: true,
    });
    const rest = await host.call('GetExecutionHistory', { executionArn, maxResults: 4, reverseOrder: true, nextToken });
    expect([...(events as unknown as typeof all), ...(rest['events'] as unknown as typeof all)]).toEqual(
      [...all].reverse(),
    );
    expect(rest['nextToken']).toBeUndefined();
  });
});

describe('a task done as a role', () => {
  it('that may not call the function fails with the words of AWS', async () => {
    const poor = await openHost({ echo: (event) => event }, { role: STRANGER });
    const events = await poor.run(
      inOrder({
        Ask: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Arguments: { FunctionName: 'echo' } },
      }),
    );
    poor.remove();
    expect(detailsOf(events, 'TaskFailed')).toMatchObject({
      error: 'Lambda.AWSLambdaException',
      cause: expect.stringContaining(
        'is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:us-east-1:000000000000:function:echo',
      ) as string,
    });
    expect(poor.invoked).toEqual([]);
  });

  it('reaches other services through the host, and names one that is not served', async () => {
    const calls: unknown[] = [];
    const served = await openHost(
      {},
      {
        services: async (service, operation, input, caller) => {
          calls.push([service, operation, input, caller.arn]);
          if (service !== 'sqs')
            throw new AwsError('UnknownOperationException', `${service}:${operation} is not served here`);
          return { MessageId: 'm' };
        },
      },
    );
    const sent = await served.run(
      inOrder({
        Send: {
          Type: 'Task',
          Resource: 'arn:aws:states:::sqs:sendMessage',
          Arguments: { QueueUrl: 'q', MessageBody: { a: 1 } },
        },
      }),
    );
    const failed = await served.run(
      inOrder({
        Put: { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:ssm:putParameter', Arguments: { Name: 'n' } },
      }),
    );
    served.remove();
    expect(calls[0]).toEqual(['sqs', 'SendMessage', { QueueUrl: 'q', MessageBody: '{"a":1}' }, OWNER.arn]);
    expect(JSON.parse(detailsOf(sent, 'TaskSucceeded')['output'] as string)).toMatchObject({
      MessageId: 'm',
      SdkHttpMetadata: { HttpStatusCode: 200 },
    });
    expect(detailsOf(failed, 'TaskFailed')).toMatchObject({
      error: 'Ssm.SsmException',
      cause: expect.stringContaining('ssm:PutParameter is not served here') as string,
    });
  });
});

describe('the template', () => {
  const deploy = async (
    type: string,
    properties: Record<string, unknown>,
  ): Promise<{ ref: string; attributes: Readonly<Record<string, unknown>> }> =>
    host.part.providers![0]!.deploy({
      logicalId: 'Thing',
      type: `AWS::StepFunctions::${type}`,
      properties,
      physicalId: 'Thing-1234',
    });

  it('deploys a machine under its name with its substitutions, and again without change', async () => {
    const properties = {
      RoleArn: ROLE,
      DefinitionString: JSON.stringify({
        QueryLanguage: 'JSONata',
        ...inOrder({ Say: { Type: 'Pass', Output: '${Word}' } }),
      }),
      DefinitionSubstitutions: { Word: 'quote "it"' },
    };
    const first = await deploy('StateMachine', properties);
    expect(first.ref).toBe('arn:aws:states:us-east-1:000000000000:stateMachine:Thing-1234');
    const execution = await start(first.ref);
    expect(await host.describe(execution)).toMatchObject({ output: '"quote \\"it\\""' });
    expect(await deploy('StateMachine', properties)).toEqual(first);
    const version = await deploy('StateMachineVersion', { StateMachineArn: first.ref });
    const alias = await deploy('StateMachineAlias', {
      Name: 'live',
      RoutingConfiguration: [{ StateMachineVersionArn: version.ref, Weight: 100 }],
    });
    expect([version.ref, alias.ref]).toEqual([`${first.ref}:1`, `${first.ref}:live`]);
    expect((await deploy('Activity', { Name: 'stamp' })).ref).toBe(
      'arn:aws:states:us-east-1:000000000000:activity:stamp',
    );
  });
});
