import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { events } from '../../../local/events/events.ts';
import { mail } from '../../../local/mail/mail.ts';
import { queues } from '../../../local/queues/queues.ts';
import { tables } from '../../../local/tables/tables.ts';
import { owner, roleThatMay, smallHost, type SmallHost } from '../tables/small-host.ts';

interface Message {
  readonly Body: string;
  readonly ReceiptHandle: string;
  readonly Attributes: Record<string, string>;
}

let host: SmallHost;
let QueueUrl: string;
let work: (bodies: string[]) => unknown;

beforeEach(async () => {
  work = () => undefined;
  host = await smallHost([queues, events, mail, tables], {
    functions: {
      work: (event: { Records: { body: string; messageId: string }[] }) =>
        work(event.Records.map((record) => record.body)),
    },
  });
  const dead = await host.deploy('AWS::SQS::Queue', 'Dead', { QueueName: 'dead' });
  ({ ref: QueueUrl } = await host.deploy('AWS::SQS::Queue', 'Jobs', {
    QueueName: 'jobs',
    VisibilityTimeout: 60,
    RedrivePolicy: { deadLetterTargetArn: dead.attributes['Arn'], maxReceiveCount: 2 },
  }));
});
afterEach(() => host.stop());

const call = (operation: string, input: object, as = owner) => host.call('sqs', operation, { QueueUrl, ...input }, as);
const receive = async (input: object = {}) =>
  ((await call('ReceiveMessage', { MaxNumberOfMessages: 10, ...input })) as { Messages?: Message[] }).Messages ?? [];
const bodies = async (input: object = {}) => (await receive(input)).map((message) => message.Body);
const send = (MessageBody: string, more: object = {}) => call('SendMessage', { MessageBody, ...more });

describe('a queue', () => {
  it('hides a message from others until its visibility ends or it is deleted', async () => {
    await send('a');
    await send('b');
    const [first] = await receive({ MaxNumberOfMessages: 1 });
    expect(await bodies({ VisibilityTimeout: 600 })).toEqual(['b']);
    await host.clock.advance(61_000);
    const [again] = await receive();
    expect(again).toMatchObject({ Body: 'a', Attributes: { ApproximateReceiveCount: '2' } });
    expect(again!.ReceiptHandle).not.toBe(first!.ReceiptHandle);
    await call('DeleteMessage', { ReceiptHandle: again!.ReceiptHandle });
    expect(await call('GetQueueAttributes', { AttributeNames: ['All'] })).toMatchObject({
      Attributes: { ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '1' },
    });
  });

  it('moves a message that was received too often to the dead letters', async () => {
    await send('bad');
    for (let time = 0; time < 3; time++) {
      await receive();
      await host.clock.advance(61_000);
    }
    expect(await bodies()).toEqual([]);
    expect(await bodies({ QueueUrl: QueueUrl.replace('jobs', 'dead') })).toEqual(['bad']);
  });

  it('answers a waiting receiver as soon as a message comes, or shows again as time moves', async () => {
    host.clock.start();
    const waiting = bodies({ WaitTimeSeconds: 5 });
    await send('a');
    expect(await waiting).toEqual(['a']);
    const again = bodies({ WaitTimeSeconds: 5 });
    await host.clock.advance(61_000);
    expect(await again).toEqual(['a']);
    const delayed = bodies({ WaitTimeSeconds: 5 });
    await send('later', { DelaySeconds: 900 });
    await host.clock.advance(901_000);
    expect(await delayed).toContain('later');
  });

  it('takes and deletes in batches, and says which entries failed', async () => {
    const answer = await call('SendMessageBatch', {
      Entries: [
        { Id: '1', MessageBody: 'a' },
        { Id: '2', MessageBody: '' },
      ],
    });
    expect(answer).toMatchObject({
      Successful: [{ Id: '1', MD5OfMessageBody: '0cc175b9c0f1b6a831c399e269772661' }],
      Failed: [{ Id: '2', SenderFault: true }],
    });
    const Entries = (await receive()).map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    await call('DeleteMessageBatch', { Entries });
    await host.clock.advance(61_000);
    expect(await bodies()).toEqual([]);
  });

  it('is not there for those who may not use it, or by a wrong name', async () => {
    await expect(async () => call('SendMessage', { MessageBody: 'a' }, roleThatMay())).rejects.toThrow(
      'sqs:SendMessage on resource: arn:aws:sqs:us-east-1:000000000000:jobs',
    );
    await expect(async () => call('SendMessage', { MessageBody: 'a', QueueUrl: 'x/none' })).rejects.toMatchObject({
      code: 'QueueDoesNotExist',
    });
  });
});

describe('a queue that feeds a function', () => {
  beforeEach(async () => {
    await host.deploy('AWS::Lambda::EventSourceMapping', 'Work', {
      FunctionName: 'work',
      EventSourceArn: 'arn:aws:sqs:us-east-1:000000000000:jobs',
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      FilterCriteria: { Filters: [{ Pattern: '{"body":{"kind":["real"]}}' }] },
    });
    await host.start();
  });

  it('gives it what its filter asks for, once', async () => {
    const seen: string[] = [];
    work = (given) => void seen.push(...given);
    await send('{"kind":"real"}');
    await send('{"kind":"other"}');
    await expect.poll(() => seen).toEqual(['{"kind":"real"}']);
    await host.clock.settled();
    await host.clock.advance(61_000);
    expect(seen).toHaveLength(1);
    expect(await call('GetQueueAttributes', { AttributeNames: ['All'] })).toMatchObject({
      Attributes: { ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0' },
    });
  });

  it('gives up what it fails on to the dead letters', async () => {
    work = () => {
      throw new Error('down');
    };
    await send('{"kind":"real"}');
    await host.clock.advance(3 * 61_000);
    expect(await bodies({ QueueUrl: QueueUrl.replace('jobs', 'dead'), WaitTimeSeconds: 1 })).toEqual([
      '{"kind":"real"}',
    ]);
  });
});

it('a stream that gives up a batch writes of it to its failure queue', async () => {
  work = () => {
    throw new Error('down');
  };
  const table = await host.deploy('AWS::DynamoDB::Table', 'Records', {
    TableName: 'records',
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
  });
  const Filters = [{ Pattern: '{"eventName":["INSERT"],"dynamodb":{"NewImage":{"pk":{"S":[{"prefix":"outbox#"}]}}}}' }];
  await host.deploy('AWS::Lambda::EventSourceMapping', 'Outbox', {
    FunctionName: 'work',
    EventSourceArn: table.attributes['StreamArn'],
    StartingPosition: 'LATEST',
    MaximumRetryAttempts: 0,
    FilterCriteria: { Filters },
    DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:us-east-1:000000000000:dead' } },
  });
  await host.start();
  for (const pk of ['request#1', 'outbox#1'])
    await host.call('dynamodb', 'PutItem', { TableName: 'records', Item: { pk: { S: pk } } }, owner);
  await host.clock.settled();
  expect(host.invoked).toMatchObject([{ event: { Records: [{ dynamodb: { Keys: { pk: { S: 'outbox#1' } } } }] } }]);
  const [letter] = await bodies({ QueueUrl: QueueUrl.replace('jobs', 'dead') });
  expect(JSON.parse(letter!)).toMatchObject({
    requestContext: { condition: 'RetryAttemptsExhausted' },
    DDBStreamBatchInfo: { streamArn: table.attributes['StreamArn'] },
  });
});

it('a topic reaches queues and inboxes', async () => {
  const topic = await host.deploy('AWS::SNS::Topic', 'Alarms', { TopicName: 'alarms' });
  await host.deploy('AWS::SNS::Subscription', 'ToPerson', {
    TopicArn: topic.ref,
    Protocol: 'email',
    Endpoint: 'kim@police.example',
  });
  await host.deploy('AWS::SNS::Subscription', 'ToQueue', {
    TopicArn: topic.ref,
    Protocol: 'sqs',
    Endpoint: 'arn:aws:sqs:us-east-1:000000000000:jobs',
    RawMessageDelivery: true,
  });
  await host.call('sns', 'Publish', { TopicArn: topic.ref, Subject: 'Alarm', Message: 'late' }, owner);
  expect(await bodies()).toEqual(['late']);
  expect(await (await fetch(`${host.site()}/mail.json?to=kim@police.example`)).json()).toMatchObject([
    { subject: 'Alarm', text: 'late' },
  ]);
});
