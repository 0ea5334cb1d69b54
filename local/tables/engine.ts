/**
 * The database engine behind the tables: a child process over one file, or another endpoint that speaks DynamoDB.
 *
 * The engine keeps tables and streams in the same SQLite file, so both survive kill -9 together. It is started through
 * a shell that waits on a pipe from this process: when the host dies, however it dies, the pipe closes and the shell
 * kills the engine, so no orphan keeps the file. If the engine dies alone it is started again; calls made meanwhile wait.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo } from 'node:net';
import { AwsError } from '../contract.ts';
import { indexStream } from './index-stream.ts';

const DYING_WITH_THE_HOST =
  'exec 3<&0; "$@" & engine=$!; trap "kill -9 $engine" TERM; (cat <&3 >/dev/null; kill -9 $engine) & wait $engine';
const START_PATIENCE_MS = 5_000;
/** More deaths than this within a minute mean that starting again does not help. */
const DEATHS_PER_MINUTE = 5;

export interface Engine {
  /** Sends one operation, such as `DynamoDB_20120810.GetItem`. Throws AwsError with the engine's own code and members. */
  call(target: string, input: unknown): Promise<Record<string, unknown>>;
  stop(): Promise<void>;
}

/** An engine served elsewhere, such as `http://127.0.0.1:8000`. */
export function engineAt(endpoint: string): Engine {
  return { call: (target, input) => send(endpoint, target, input), stop: async () => undefined };
}

/** Starts the engine over `file`. Throws when this machine's platform has no engine package or it does not answer in 5 s. */
export async function startEngine(file: string, log: (line: string) => void): Promise<Engine> {
  const binary = engineBinary();
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const deaths: number[] = [];
  let stopped = false;
  let child: ChildProcess;
  let ready: Promise<void>;

  const begin = (): void => {
    child = spawn(
      'sh',
      ['-c', DYING_WITH_THE_HOST, 'engine', binary, 'serve', '--port', String(port), '--db-path', file],
      { stdio: ['pipe', 'ignore', 'ignore'] },
    );
    child.stdin?.on('error', () => undefined);
    child.once('exit', (code) => {
      child.stdin?.destroy();
      if (stopped) return;
      deaths.push(Date.now());
      if (deaths.filter((at) => at > Date.now() - 60_000).length > DEATHS_PER_MINUTE) {
        ready = Promise.reject(
          new Error(
            `the table engine over ${file} ended ${DEATHS_PER_MINUTE} times in a minute; look at free disk space and restart the host`,
          ),
        );
        ready.catch(() => undefined);
        log(
          `tables: the engine keeps ending (code ${code}); not started again, look at free disk space and restart the host`,
        );
        return;
      }
      log(`tables: the engine ended (code ${code}) and is started again over ${file}; nothing acknowledged is lost`);
      begin();
    });
    ready = answering(endpoint);
    ready.catch(() => undefined);
  };
  begin();
  await ready!;
  if (!indexStream(file))
    log(`tables: the engine keeps its streams in a way that is not known here; writes become slower as they grow`);

  return {
    async call(target, input) {
      for (let attempt = 0; ; attempt++) {
        await ready;
        try {
          return await send(endpoint, target, input);
        } catch (error) {
          // Only a connection that was refused is safe to try again: a write that was cut off may have been done.
          if (stopped || attempt >= 20 || !(error instanceof TypeError) || !wasRefused(error)) throw error;
          await new Promise((resolve) => setTimeout(resolve, 25));
        }
      }
    },
    async stop() {
      stopped = true;
      const ended = new Promise<void>((resolve) =>
        child.exitCode !== null || child.signalCode !== null ? resolve() : child.once('exit', () => resolve()),
      );
      child.stdin?.end();
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function engineBinary(): string {
  const name = `@dynoxide/${process.platform}-${process.arch}`;
  try {
    return createRequire(import.meta.url).resolve(`${name}/dynoxide`);
  } catch (cause) {
    throw new Error(
      `no table engine for this machine: package ${name} is not installed; run npm install, or set POSTACT_DYNAMODB_ENDPOINT to an endpoint that speaks DynamoDB`,
      { cause },
    );
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answering(endpoint: string): Promise<void> {
  const until = Date.now() + START_PATIENCE_MS;
  for (;;) {
    try {
      await fetch(endpoint);
      return;
    } catch (cause) {
      if (Date.now() > until)
        throw new Error(`the table engine does not answer at ${endpoint} after ${START_PATIENCE_MS} ms`, { cause });
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

function wasRefused(error: TypeError): boolean {
  return (error.cause as { code?: string } | undefined)?.code === 'ECONNREFUSED';
}

async function send(endpoint: string, target: string, input: unknown): Promise<Record<string, unknown>> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': target,
      // The engine wants a signature to be there and does not check it; the host has judged the caller already.
      'x-amz-date': '20260101T000000Z',
      authorization:
        'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=0',
    },
    body: JSON.stringify(input ?? {}),
  });
  const body = JSON.parse((await response.text()) || '{}') as Record<string, unknown>;
  if (response.ok) return body;
  const { __type, message, Message, ...members } = body;
  throw new AwsError(
    String(__type ?? 'InternalServerError')
      .split('#')
      .at(-1)!,
    String(message ?? Message ?? 'the table engine gave no message'),
    response.status,
    members,
  );
}
