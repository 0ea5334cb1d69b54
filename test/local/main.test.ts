/** The host as people run it: a process of its own, that may be killed at any time. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterEach, describe, expect, it } from 'vitest';
import { functionWithRole, writeAssembly } from './write-assembly.ts';

const MAIN = fileURLToPath(new URL('../../local/main.ts', import.meta.url));
const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

interface Process {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly code: number | null; readonly said: string }>;
  /** Resolves with the AWS endpoint once the host has printed it. */
  readonly endpoint: Promise<string>;
}

function run(...flags: string[]): Process {
  const child = spawn(process.execPath, [MAIN, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  let said = '';
  const endpoint = new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        said += chunk;
        const [, address] = /^AWS endpoint\s+(http:\S+)$/m.exec(said) ?? [];
        if (address) resolve(address);
      });
    }
  });
  const ended = new Promise<{ code: number | null; said: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, said })),
  );
  return { child, ended, endpoint };
}

describe('main.ts', () => {
  it('takes up asynchronous work after kill -9, and ends on SIGTERM', { timeout: 30_000 }, async () => {
    const data = mkdtempSync(join(tmpdir(), 'host-'));
    const marks = join(data, 'marks');
    const code =
      "import { appendFileSync } from 'node:fs'; export const handler = async () => { appendFileSync(process.env.MARKS, 'x'); await new Promise((r) => setTimeout(r, 500)); appendFileSync(process.env.MARKS, '.') }";
    const assembly = writeAssembly({
      app: { template: { Resources: functionWithRole(code, { Environment: { Variables: { MARKS: marks } } }) } },
    });
    const flags = ['--assembly', assembly, '--data', data, '--port', '0', '--aws-port', '0'];

    const first = run(...flags);
    const lambda = new LambdaClient({
      region: 'us-east-1',
      endpoint: await first.endpoint,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    await lambda.send(new InvokeCommand({ FunctionName: 'subject', InvocationType: 'Event', Payload: '{}' }));
    await expect.poll(() => existsSync(marks), { timeout: 5_000 }).toBe(true);
    first.child.kill('SIGKILL');
    await first.ended;

    const second = run(...flags);
    await expect.poll(() => readFileSync(marks, 'utf8'), { timeout: 10_000 }).toBe('xx.');
    second.child.kill('SIGTERM');
    expect((await second.ended).code).toBe(0);
  });

  it.each([
    [[], '--assembly is missing; usage: node local/main.ts'],
    [['--assembly', '/nowhere'], '/nowhere/manifest.json is not there'],
    [['--assembly', '/nowhere', '--drill', 'No path'], '--drill: found No path, expected NAME=PATH'],
    [['--assembly', '/nowhere', '--drill', 'It=/nowhere.ts'], '--drill: found It=/nowhere.ts, expected NAME=PATH'],
    [['--assembly', '/nowhere', '--port', 'http'], '--port: found http, expected a port from 0 to 65535'],
  ])('with %j ends with 1 and says why', async (flags, reason) => {
    const { code, said } = await run(...flags, '--data', mkdtempSync(join(tmpdir(), 'host-'))).ended;
    expect([code, said]).toEqual([1, expect.stringContaining(reason)]);
  });
});
