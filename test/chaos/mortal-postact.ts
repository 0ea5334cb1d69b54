/**
 * postact in a process that is killed with SIGKILL at random moments and started again on the same data and ports.
 * The moments hang on what its users do: every so many requests, a random while after the request went out. Some kills
 * come while it is still starting. The same seed gives the same moments, as far as one machine is like another.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assembly, ROOT } from '../../demo/assembly.ts';
import { Client } from '../../demo/client.ts';
import { copySeededTo } from '../seeded.ts';

export interface MortalPostact {
  readonly site: string;
  readonly endpoint: string;
  readonly data: string;
  readonly kills: number;
  /** How many requests people have made. */
  readonly requests: number;
  /** How long each start took until the host answered, in ms. */
  readonly starts: readonly number[];
  /** What the host said on its way. */
  readonly log: readonly string[];
  /** From now on it dies. */
  beginKilling(): void;
  /** Resolves when every kill is done: those left over come now, one after the other. */
  endKilling(): Promise<void>;
  /** Resolves when the host answers. */
  up(): Promise<void>;
  /** A browser whose requests count. */
  client(): Client;
  stop(): Promise<void>;
}

export interface Killing {
  readonly seed: number;
  readonly kills: number;
  /** Requests between two kills, in the mean. */
  readonly every: number;
  /** What the host remembers already. @default the demonstration people, devices and registers */
  readonly data?: string;
}

/** Mulberry32: small, and the same on every machine. */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export async function startMortal({ seed, kills, every, data: known }: Killing): Promise<MortalPostact> {
  const home = mkdtempSync(join(tmpdir(), 'postact-mortal-'));
  const [data, folder] = [join(home, 'data'), ownAssembly(join(home, 'cdk.out'))];
  if (known) cpSync(known, data, { recursive: true });
  else await copySeededTo(data);
  const [port, awsPort] = [await freePort(), await freePort()];
  const site = `http://127.0.0.1:${port}`;
  const random = dice(seed);
  const log: string[] = [];
  const starts: number[] = [];
  let done = 0;
  let requests = 0;
  let counting = false;
  let stopping = false;
  let untilKill = Infinity;
  let child: ChildProcess;
  let ready = Promise.resolve();

  const begin = (): void => {
    const began = Date.now();
    child = spawn(
      process.execPath,
      [
        join(ROOT, 'local', 'main.ts'),
        '--assembly',
        folder,
        '--data',
        data,
        '--port',
        String(port),
        '--aws-port',
        String(awsPort),
      ],
      { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const started = child;
    ready = new Promise((resolve, reject) => {
      started.stderr!.on('data', (chunk: Buffer) => log.push(chunk.toString()));
      started.stdout!.on('data', (chunk: Buffer) => {
        log.push(chunk.toString());
        if (!/^AWS endpoint/m.test(chunk.toString())) return;
        starts.push(Date.now() - began);
        resolve();
      });
      started.once('exit', (code) => {
        if (stopping) return resolve();
        if (code !== null)
          return reject(new Error(`the host ended by itself with ${code}:\n${log.slice(-20).join('')}`));
        begin();
        ready.then(resolve, reject);
      });
    });
    ready.catch(() => undefined);
  };
  const kill = (): void => {
    if (done >= kills || stopping || !child.kill('SIGKILL')) return;
    done++;
    log.push(`--- kill ${done}\n`);
    // One start in six does not live to its end.
    if (random() < 1 / 6) setTimeout(kill, random() * 1_500);
    untilKill = 1 + Math.floor(random() * 2 * every);
  };
  const counted = (): void => {
    requests++;
    if (counting && --untilKill === 0) setTimeout(kill, random() * 150);
  };
  class CountedClient extends Client {
    override request(path: string, init: RequestInit = {}): Promise<Response> {
      counted();
      return super.request(path, { ...init, signal: AbortSignal.timeout(60_000) });
    }
  }

  const killWithTests = (): void => void child.kill('SIGKILL');
  process.once('exit', killWithTests);
  begin();
  await ready;
  return {
    site,
    endpoint: `http://127.0.0.1:${awsPort}`,
    data,
    get kills() {
      return done;
    },
    get requests() {
      return requests;
    },
    starts,
    log,
    beginKilling() {
      counting = true;
      untilKill = 1 + Math.floor(random() * 2 * every);
    },
    async endKilling() {
      counting = false;
      while (done < kills) {
        await ready;
        await new Promise((resolve) => setTimeout(resolve, random() * 300));
        kill();
      }
      // A kill that was set for during a start.
      await new Promise((resolve) => setTimeout(resolve, 1_600));
      await ready;
    },
    up: () => ready,
    client: () => new CountedClient(site),
    async stop() {
      stopping = true;
      process.off('exit', killWithTests);
      const ended = new Promise((resolve) => child.once('exit', resolve));
      if (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL')) await ended;
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** A copy of what the manifest names, so that a synthesis elsewhere does not change what runs here. */
function ownAssembly(to: string): string {
  const from = assembly();
  mkdirSync(to, { recursive: true });
  const { files } = JSON.parse(readFileSync(join(from, 'Postact.assets.json'), 'utf8')) as {
    files: Record<string, { source: { path?: string } }>;
  };
  const named = [
    'manifest.json',
    'Postact.assets.json',
    ...Object.values(files).flatMap(({ source }) => source.path ?? []),
  ];
  for (const path of new Set(named)) cpSync(join(from, path), join(to, path), { recursive: true });
  return to;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
