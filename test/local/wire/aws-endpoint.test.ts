import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { GetEmailIdentityCommand, SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AwsError, type MakePart } from '../../../local/contract.ts';
import type { RunningHost } from '../../../local/host.ts';
import { functionWithRole, startHost, writeAssembly } from '../write-assembly.ts';

let running: RunningHost;
const asked: unknown[] = [];

const services: MakePart = () => ({
  services: [
    {
      signingName: 'ses',
      operations: {
        SendEmail: (input: unknown) => (asked.push(input), { MessageId: 'm1' }),
        GetEmailIdentity: (input: unknown) => (asked.push(input), { VerifiedForSendingStatus: true }),
      },
    },
    {
      signingName: 'dynamodb',
      operations: {
        GetItem: () => {
          throw new AwsError('TransactionCanceledException', 'no', 400, { CancellationReasons: [{ Code: 'None' }] });
        },
      },
    },
    {
      signingName: 'states',
      operations: {
        StartExecution: () => {
          throw new TypeError('a defect');
        },
      },
    },
  ],
  paths: { '/oidc/': async (request, response) => void response.end(`own ${request.url}`) },
});

beforeEach(async () => {
  asked.length = 0;
  const code =
    "export const handler = async (event) => { if (event.fail) throw new Error('no'); return { got: event } }";
  running = await startHost(writeAssembly({ app: { template: { Resources: functionWithRole(code) } } }), {
    parts: [services],
  });
});
afterEach(() => running.stop());

const settings = (): {
  region: string;
  endpoint: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  maxAttempts: number;
} => ({
  region: 'us-east-1',
  endpoint: running.endpoint,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  maxAttempts: 1,
});

describe('the AWS endpoint', () => {
  it('speaks REST-JSON: Lambda’s payloads, function errors and lists', async () => {
    const lambda = new LambdaClient(settings());
    const done = await lambda.send(new InvokeCommand({ FunctionName: 'subject', Payload: '{"a":1}' }));
    expect([done.StatusCode, done.ExecutedVersion, done.Payload!.transformToString()]).toEqual([
      200,
      '$LATEST',
      '{"got":{"a":1}}',
    ]);
    expect(await lambda.send(new InvokeCommand({ FunctionName: 'subject', Payload: '{"fail":true}' }))).toMatchObject({
      StatusCode: 200,
      FunctionError: 'Unhandled',
    });
    expect(await lambda.send(new InvokeCommand({ FunctionName: 'subject', InvocationType: 'DryRun' }))).toMatchObject({
      StatusCode: 204,
    });
    expect((await lambda.send(new ListFunctionsCommand({}))).Functions).toMatchObject([
      { FunctionName: 'subject', Runtime: 'nodejs24.x' },
    ]);
    await expect(lambda.send(new InvokeCommand({ FunctionName: 'other' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('speaks REST-JSON: labels of the path and members of the body are one input', async () => {
    const ses = new SESv2Client(settings());
    await ses.send(
      new SendEmailCommand({
        FromEmailAddress: 'a@example.org',
        Content: { Simple: { Subject: { Data: 's' }, Body: { Text: { Data: 't' } } } },
      }),
    );
    await ses.send(new GetEmailIdentityCommand({ EmailIdentity: 'a+b@example.org' }));
    expect(asked).toMatchObject([
      { FromEmailAddress: 'a@example.org', Content: { Simple: { Subject: { Data: 's' } } } },
      { EmailIdentity: 'a+b@example.org' },
    ]);
  });

  it('speaks AWS JSON: errors carry their name and their own members', async () => {
    const error: unknown = await new DynamoDBClient(settings())
      .send(new GetItemCommand({ TableName: 't', Key: {} }))
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      name: 'TransactionCanceledException',
      message: 'no',
      CancellationReasons: [{ Code: 'None' }],
      $metadata: { requestId: expect.any(String) },
    });
  });

  it('answers a defect of the host as a 500', async () => {
    const start = new SFNClient(settings()).send(new StartExecutionCommand({ stateMachineArn: 'x' }));
    await expect(start).rejects.toMatchObject({
      name: 'InternalFailure',
      message: 'the host failed: a defect',
      $metadata: { httpStatusCode: 500 },
    });
  });

  it('names an operation that nobody serves, with a status the SDK does not retry', async () => {
    const { ListStateMachinesCommand } = await import('@aws-sdk/client-sfn');
    const list = new SFNClient({ ...settings(), maxAttempts: 3 }).send(new ListStateMachinesCommand({}));
    await expect(list).rejects.toMatchObject({
      name: 'UnknownOperationException',
      $metadata: { httpStatusCode: 400, attempts: 1 },
      message:
        'states:ListStateMachines is not served by this host; AWS or an AWS emulator serves it (set AWS_ENDPOINT_URL)',
    });
  });

  it('tells who calls (STS GetCallerIdentity)', async () => {
    const response = await fetch(running.endpoint, {
      method: 'POST',
      body: 'Action=GetCallerIdentity&Version=2011-06-15',
      headers: {
        authorization:
          'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=00',
        'x-amz-date': '20260101T000000Z',
        'content-type': 'application/x-www-form-urlencoded',
      },
    });
    expect(await response.text()).toContain('<Account>000000000000</Account>');
  });

  it('leaves a part’s own paths to the part', async () => {
    expect(await (await fetch(`${running.endpoint}/oidc/keys`)).text()).toBe('own /oidc/keys');
  });
});
