import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { MakePart } from '../../../local/contract.ts';
import type { RunningHost } from '../../../local/host.ts';
import { functionWithRole, startHost, writeAssembly } from '../write-assembly.ts';

let running: RunningHost | undefined;
afterEach(async () => {
  await running?.stop();
  running = undefined;
});

async function startWith(
  code: string,
  properties: object = {},
  more: object = {},
  settings: Parameters<typeof startHost>[1] = {},
): Promise<RunningHost> {
  running = await startHost(
    writeAssembly({ app: { template: { Resources: { ...functionWithRole(code, properties), ...more } } } }),
    settings,
  );
  return running;
}

async function invoke(payload: unknown = {}): Promise<Record<string, unknown>> {
  const result = await running!.host.functions.invoke('subject', JSON.stringify(payload));
  return { ...result, payload: JSON.parse(result.payload) as unknown };
}

describe('a function', () => {
  it('is given the event and a context with its name, ARN and remaining time', async () => {
    await startWith(
      'export const handler = async (event, context) => ({ event, name: context.functionName, arn: context.invokedFunctionArn, left: context.getRemainingTimeInMillis() })',
    );
    const { payload } = (await invoke({ a: 1 })) as { payload: { left: number } };
    expect(payload).toMatchObject({
      event: { a: 1 },
      name: 'subject',
      arn: 'arn:aws:lambda:us-east-1:000000000000:function:subject',
    });
    expect(payload.left).toBeGreaterThan(2_000);
    expect(payload.left).toBeLessThanOrEqual(3_000);
  });

  it('sees its template environment and its own credentials, and nothing of the process', async () => {
    process.env['SECRET_OF_THE_LAPTOP'] = 'x';
    await startWith('export const handler = async () => process.env', {
      Environment: { Variables: { LIMIT: 3, TABLE: 'records' } },
    });
    const { payload } = await invoke();
    expect(Object.keys(payload as object).sort()).toEqual([
      'AWS_ACCESS_KEY_ID',
      'AWS_DEFAULT_REGION',
      'AWS_ENDPOINT_URL',
      'AWS_ENDPOINT_URL_S3',
      'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
      'AWS_LAMBDA_FUNCTION_NAME',
      'AWS_LAMBDA_FUNCTION_VERSION',
      'AWS_REGION',
      'AWS_SECRET_ACCESS_KEY',
      'AWS_SESSION_TOKEN',
      'LAMBDA_TASK_ROOT',
      'LIMIT',
      'TABLE',
      'TZ',
    ]);
    expect(payload).toMatchObject({ LIMIT: '3', TABLE: 'records', TZ: 'UTC', AWS_ENDPOINT_URL: running!.endpoint });
  });

  it('is kept warm between invocations', async () => {
    await startWith('let count = 0; export const handler = async () => ++count');
    expect([(await invoke()).payload, (await invoke()).payload]).toEqual([1, 2]);
  });

  it('answers its error as type, message and trace', async () => {
    await startWith(
      "export const handler = async () => { throw Object.assign(new Error('no'), { name: 'RecordsBusy' }) }",
    );
    expect(await invoke()).toMatchObject({
      functionError: 'Unhandled',
      payload: {
        errorType: 'RecordsBusy',
        errorMessage: 'no',
        trace: expect.arrayContaining([expect.stringContaining('index.mjs')]),
      },
    });
  });

  it('is ended at its timeout, and works again after it', async () => {
    await startWith(
      'export const handler = async (event) => event.hang ? new Promise(() => setInterval(() => {}, 1000)) : "well"',
      { Timeout: 1 },
    );
    expect(await invoke({ hang: true })).toMatchObject({
      functionError: 'Unhandled',
      payload: {
        errorType: 'Sandbox.Timedout',
        errorMessage: expect.stringMatching(/^RequestId: [\w-]+ Error: Task timed out after 1\.00 seconds$/),
      },
    });
    expect(await invoke({})).toMatchObject({ payload: 'well' });
  });

  it('is ended even when it never yields', async () => {
    await startWith('export const handler = async () => { for (;;); }', { Timeout: 1 });
    expect(await invoke()).toMatchObject({ payload: { errorType: 'Sandbox.Timedout' } });
  });

  it.each([
    ['process.exit(3)', 'Runtime exited with error: exit status 3'],
    ['process.exit(0)', 'Runtime exited without providing a reason'],
    ['const kept = []; for (;;) kept.push(new Array(100_000).fill(1.5))', 'Runtime exited with error: signal: killed'],
  ])('that does %s ends as Runtime.ExitError', async (body, reason) => {
    await startWith(`export const handler = async () => { ${body} }`, { Timeout: 30, MemorySize: 64 });
    expect(await invoke()).toMatchObject({
      payload: { errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining(reason) },
    });
  });

  it('may not answer more than Lambda carries', async () => {
    await startWith("export const handler = async () => 'x'.repeat(7 * 1024 * 1024)");
    expect(await invoke()).toMatchObject({
      functionError: 'Unhandled',
      payload: { errorType: 'Function.ResponseSizeTooLarge' },
    });
  });

  it('that cannot be loaded says why, and is loaded anew the next time', async () => {
    const marker = join(mkdtempSync(join(tmpdir(), 'marker-')), 'ready.mjs');
    await startWith(`import '${marker}'; export const handler = async () => 1`);
    expect(await invoke()).toMatchObject({
      functionError: 'Unhandled',
      payload: { errorMessage: expect.stringContaining('ready.mjs') },
    });
    writeFileSync(marker, '');
    expect(await invoke()).toMatchObject({ payload: 1 });
  });

  it('writes what it logs to its own file', async () => {
    const data = mkdtempSync(join(tmpdir(), 'host-'));
    await startWith(
      "export const handler = async () => { console.log('one'); console.error('two') }",
      {},
      {},
      { data },
    );
    await invoke();
    const path = join(data, 'logs', 'subject.log');
    await expect.poll(() => existsSync(path) && readFileSync(path, 'utf8')).toMatch(/^\S+Z one\n\S+Z two\n$/);
  });

  it('is throttled beyond its reserved concurrency', async () => {
    const code = 'export const handler = async () => new Promise((resolve) => setTimeout(() => resolve(1), 300))';
    await startWith(code, { ReservedConcurrentExecutions: 1 });
    const both = await Promise.allSettled([invoke(), invoke()]);
    expect(both.map((one) => one.status)).toEqual(['fulfilled', 'rejected']);
    expect((both[1] as PromiseRejectedResult).reason).toMatchObject({ code: 'TooManyRequestsException', status: 429 });
  });
});

describe('the code of a function', () => {
  it('is CommonJS in .js files, whatever package.json lies above the assembly', async () => {
    const assembly = writeAssembly(
      {
        app: {
          template: {
            Resources: functionWithRole('', {
              Code: { S3Bucket: 'assets', S3Key: 'code.zip' },
              Handler: 'src/app.handle',
            }),
          },
        },
      },
      { code: {} },
    );
    writeFileSync(join(assembly, 'package.json'), '{"type":"module"}');
    mkdirSync(join(assembly, 'asset.code/src'));
    writeFileSync(
      join(assembly, 'asset.code/src/app.js'),
      "const { add } = require('./add.js'); exports.handle = async (event) => add(event.a, 1)",
    );
    writeFileSync(join(assembly, 'asset.code/src/add.js'), 'exports.add = (a, b) => a + b');
    running = await startHost(assembly);
    expect(await invoke({ a: 2 })).toMatchObject({ payload: 3 });
  });

  it('may be a zip archive', async () => {
    const assembly = writeAssembly(
      { app: { template: { Resources: functionWithRole('', { Code: { S3Bucket: 'assets', S3Key: 'code.zip' } }) } } },
      { code: {} },
    );
    const folder = mkdtempSync(join(tmpdir(), 'zip-'));
    writeFileSync(join(folder, 'index.mjs'), `export const handler = async () => 'unzipped' // ${'x'.repeat(500)}`);
    rmSync(join(assembly, 'asset.code'), { recursive: true });
    execFileSync('python3', ['-m', 'zipfile', '-c', join(assembly, 'asset.code'), 'index.mjs'], { cwd: folder });
    running = await startHost(assembly);
    expect(await invoke()).toMatchObject({ payload: 'unzipped' });
  });

  it('is refused for a runtime that is not Node.js', async () => {
    await expect(startWith('', { Runtime: 'python3.13' })).rejects.toThrow(
      'app/Function (AWS::Lambda::Function): Runtime: found python3.13, expected nodejs',
    );
  });
});

describe('an asynchronous invocation', () => {
  const received: unknown[] = [];
  const queues: MakePart = () => ({
    services: [
      {
        signingName: 'sqs',
        operations: {
          GetQueueUrl: ({ QueueName }: { QueueName: string }) => ({ QueueUrl: `http://queues/${QueueName}` }),
          SendMessage: (input: unknown) => void received.push(input),
        },
      },
    ],
  });

  it('is tried three times, one and two minutes apart, and then goes to the on-failure destination', async () => {
    received.length = 0;
    const { host, owner } = await startWith(
      "export const handler = async () => { throw new Error('still no') }",
      {},
      {
        OnFailure: {
          Type: 'AWS::Lambda::EventInvokeConfig',
          Properties: {
            FunctionName: { Ref: 'Function' },
            Qualifier: '$LATEST',
            DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:us-east-1:000000000000:failures' } },
          },
        },
      },
      { parts: [queues] },
    );
    expect(
      await host.call(
        'lambda',
        'Invoke',
        { FunctionName: 'subject', InvocationType: 'Event', Payload: '{"n":1}' },
        owner,
      ),
    ).toMatchObject({ StatusCode: 202 });
    await host.clock.advance(179_000);
    expect(received).toEqual([]);
    await host.clock.advance(2_000);
    expect(received).toHaveLength(1);
    const { QueueUrl, MessageBody } = received[0] as { QueueUrl: string; MessageBody: string };
    expect(QueueUrl).toBe('http://queues/failures');
    expect(JSON.parse(MessageBody)).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
      requestPayload: { n: 1 },
      responsePayload: { errorMessage: 'still no' },
    });
  });

  it('that a stop interrupted is tried again after the restart', async () => {
    const data = mkdtempSync(join(tmpdir(), 'host-'));
    const code =
      "import { appendFileSync } from 'node:fs'; export const handler = async () => { appendFileSync(process.env.MARKS, 'x'); await new Promise((r) => setTimeout(r, 400)); appendFileSync(process.env.MARKS, '.') }";
    const marks = join(data, 'marks');
    const properties = { Environment: { Variables: { MARKS: marks } } };
    const { host, owner } = await startWith(code, properties, {}, { data });
    await host.call('lambda', 'Invoke', { FunctionName: 'subject', InvocationType: 'Event' }, owner);
    await expect.poll(() => existsSync(marks)).toBe(true);
    await running!.stop();
    await startWith(code, properties, {}, { data });
    await expect.poll(() => readFileSync(marks, 'utf8'), { timeout: 5_000 }).toBe('xx.');
  });
});
