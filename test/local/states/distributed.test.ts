/** A Map in DISTRIBUTED mode: its children, its batches, what it tolerates, and items that stand in a file of S3. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PolicyDocument } from '../../../local/contract.ts';
import { allow, startS3, type S3Host } from '../objects/s3-host.ts';
import { detailsOf, inOrder, openHost, outline, type TestHost } from './host.ts';

let host: TestHost;
let s3: S3Host;
beforeAll(async () => {
  s3 = await startS3();
  await s3.deploy('AWS::S3::Bucket', 'Lists', {});
});
afterAll(() => s3.stop());

/** A host whose state machines' role may do just this in S3. */
const hostThatMay = (statements: PolicyDocument['Statement'], more: object = {}): Promise<TestHost> =>
  openHost(
    { slow: (event: unknown) => event },
    { ...more, services: (_, operation, input) => s3.call(operation, input, statements) },
  );
beforeEach(async () => {
  host = await hostThatMay([allow('s3:GetObject')]);
});
afterEach(() => host.remove());

describe('a Map in DISTRIBUTED mode', () => {
  const distributed = (more: object, States: object): object =>
    inOrder({
      Each: {
        Type: 'Map',
        ...more,
        ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, ...States },
      },
    });

  it('keeps its children out of the history and their results in order', async () => {
    const events = await host.run(
      distributed(
        { Items: [3, 1, 2], Label: 'L' },
        inOrder({ Inner: { Type: 'Pass', Output: '{% $states.input * 10 %}' } }),
      ),
    );
    expect(outline(events).slice(2)).toEqual([
      '3<-2 MapStateStarted',
      '4<-3 MapRunStarted',
      '5<-4 MapRunSucceeded',
      '6<-5 MapStateSucceeded',
      '7<-4 MapStateExited',
      '8<-7 ExecutionSucceeded',
    ]);
    expect(detailsOf(events, 'ExecutionSucceeded')).toMatchObject({ output: '[30,10,20]' });
  });

  it('hands items over in batches', async () => {
    const events = await host.run(
      distributed(
        { Items: [1, 2, 3], ItemBatcher: { MaxItemsPerBatch: '{% 2 %}', BatchInput: { of: 'x' } } },
        inOrder({ Inner: { Type: 'Pass' } }),
      ),
    );
    expect(JSON.parse(detailsOf(events, 'ExecutionSucceeded')['output'] as string)).toEqual([
      { BatchInput: { of: 'x' }, Items: [1, 2] },
      { BatchInput: { of: 'x' }, Items: [3] },
    ]);
  });

  it.each([
    [1, 'ExecutionSucceeded'],
    [0, 'ExecutionFailed'],
  ])('with %i failure tolerated ends in %s when one child fails', async (ToleratedFailureCount, ending) => {
    const odd = {
      StartAt: 'Which',
      States: {
        Which: { Type: 'Choice', Choices: [{ Condition: '{% $states.input = 2 %}', Next: 'No' }], Default: 'Yes' },
        Yes: { Type: 'Succeed' },
        No: { Type: 'Fail', Error: 'Two' },
      },
    };
    const events = await host.run(distributed({ Items: [1, 2, 3], ToleratedFailureCount }, odd));
    expect(events.at(-1)!.type).toBe(ending);
  });

  it('fails like any task when the results are more than 256 KiB', async () => {
    const events = await host.run(
      distributed({ Items: [1, 2] }, inOrder({ Inner: { Type: 'Pass', Output: '{% $pad("x", 140000) %}' } })),
    );
    expect(detailsOf(events, 'ExecutionFailed')).toMatchObject({ error: 'States.DataLimitExceeded' });
  });
});

describe('an ItemReader', () => {
  const put = (Key: string, Body: string) => s3.client().send(new PutObjectCommand({ Bucket: 'lists', Key, Body }));
  const reading = (Key: string, InputType: string, more: object = {}, inner?: object): object =>
    inOrder({
      Each: {
        Type: 'Map',
        Label: 'L',
        ItemReader: {
          Resource: 'arn:aws:states:::s3:getObject',
          ReaderConfig: { InputType, ...more },
          Arguments: { Bucket: '{% $states.input.bucket %}', Key },
        },
        ItemBatcher: { MaxItemsPerBatch: 2 },
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          ...(inner ?? inOrder({ Inner: { Type: 'Pass', Output: '{% $sum($states.input.Items.n) %}' } })),
        },
      },
    });
  const input = { bucket: 'lists' };

  it.each([
    ['JSON', '[{"n":1},{"n":2},{"n":3}]'],
    ['JSONL', '{"n":1}\n{"n":2}\r\n\n{"n":3}\n'],
  ])('reads %s, in batches, as the role', async (type, text) => {
    await put(`read.${type}`, text);
    const events = await host.run(reading(`read.${type}`, type), input);
    expect(outline(events).slice(1)).toEqual([
      '2<-0 MapStateEntered',
      '3<-2 MapStateStarted',
      '4<-3 MapRunStarted',
      '5<-4 MapRunSucceeded',
      '6<-5 MapStateSucceeded',
      '7<-4 MapStateExited',
      '8<-7 ExecutionSucceeded',
    ]);
    expect(detailsOf(events, 'MapStateStarted')).toEqual({ length: 0 });
    expect(detailsOf(events, 'ExecutionSucceeded')).toMatchObject({ output: '[3,3]' });
  });

  it('reads no more than MaxItems', async () => {
    await put('most.jsonl', '{"n":1}\n{"n":2}\n{"n":3}\n');
    const events = await host.run(reading('most.jsonl', 'JSONL', { MaxItems: '{% 1 %}' }), input);
    expect(detailsOf(events, 'ExecutionSucceeded')).toMatchObject({ output: '[1]' });
  });

  it.each([
    ['absent.json', 'JSON', undefined, 'Access Denied'],
    ['wrong.json', 'JSON', '{"n":1}', 'Attempting to map over non-iterable node.'],
    ['broken.jsonl', 'JSONL', '{"n":1}\n{"n"', 's3://lists/broken.jsonl cannot be read: line 2: '],
  ])('that cannot read %s fails the map run, which can be caught', async (key, type, text, words) => {
    if (text !== undefined) await put(key, text);
    const events = await host.run(reading(key, type), input);
    expect(outline(events).slice(1)).toEqual([
      '2<-0 MapStateEntered',
      '3<-2 MapStateStarted',
      '4<-3 MapRunStarted',
      '5<-4 MapRunFailed',
      '6<-5 MapStateFailed',
      '7<-6 ExecutionFailed',
    ]);
    const failure = detailsOf(events, 'ExecutionFailed');
    expect(failure).toMatchObject({ error: 'States.ItemReaderFailed' });
    expect(failure['cause']).toContain(words);
    const caught = { ...(reading(key, type) as { States: { Each: object } }).States.Each };
    const definition = {
      StartAt: 'Each',
      States: {
        Each: { ...caught, Catch: [{ ErrorEquals: ['States.ItemReaderFailed'], Next: 'Say' }] },
        Say: { Type: 'Succeed', Output: '{% $states.input.Error %}' },
      },
    };
    expect(detailsOf(await host.run(definition, input), 'ExecutionSucceeded')).toMatchObject({
      output: '"States.ItemReaderFailed"',
    });
  });

  it('is refused by S3, in its words, when the role may not read there', async () => {
    await put('secret.json', '[]');
    const elsewhere = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::lists/lists/*' };
    const other = await hostThatMay([elsewhere]);
    const events = await other.run(reading('secret.json', 'JSON'), input);
    other.remove();
    const failure = detailsOf(events, 'ExecutionFailed');
    expect(failure['error']).toBe('States.ItemReaderFailed');
    expect(failure['cause']).toMatch(/s3:GetObject.*arn:aws:s3:::lists\/secret\.json.*Error Code: AccessDenied/);
  });

  it('is not read again after a kill: the children that are left get the items of before', async () => {
    await put('kept.json', '[{"n":1},{"n":2},{"n":3},{"n":4}]');
    const folder = mkdtempSync(join(tmpdir(), 'states-items-'));
    const rest = inOrder({
      Rest: { Type: 'Wait', Seconds: 60 },
      Sum: { Type: 'Pass', Output: '{% $sum($states.input.Items.n) %}' },
    });
    const before = await hostThatMay([allow('s3:GetObject')], { folder });
    const each = (reading('kept.json', 'JSON', {}, rest) as { States: { Each: object } }).States.Each;
    const stateMachineArn = await before.machine(inOrder({ Each: { ...each, MaxConcurrency: 1 } }));
    const { executionArn } = await before.call('StartExecution', { stateMachineArn, input: JSON.stringify(input) });
    await before.clock.settled();
    before.stop();
    await put('kept.json', '[]');

    const after = await hostThatMay([], { folder });
    await after.clock.advance(200_000);
    const { output } = await after.describe(executionArn!);
    after.stop();
    rmSync(folder, { recursive: true });
    expect(output).toBe('[3,7]');
  });
});
