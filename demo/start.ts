/**
 * `npm start`: synthesizes the stack (skipped when nothing it is made of has changed), starts the embedded host on it,
 * brings in the demonstration people, and prints one address. Ctrl-C stops everything; the data stays in .postact/.
 */
import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { assembly, ROOT } from './assembly.ts';
import { Client } from './client.ts';
import { exampleRequest } from './example-request.ts';
import { sendKept } from './kept-records.ts';
import type { MachineOutputs } from './machine.ts';
import { putInForce } from './put-in-force.ts';
import { seed, type Outputs } from './seed.ts';

const DATA = resolve(ROOT, process.env.POSTACT_DATA ?? '.postact');

async function main(): Promise<void> {
  const folder = assembly(console.log);
  const ports = { port: process.env.POSTACT_PORT ?? '8080', awsPort: process.env.POSTACT_AWS_PORT ?? '4566' };
  const host = spawn(
    process.execPath,
    [
      join(ROOT, 'local', 'main.ts'),
      '--assembly',
      folder,
      '--data',
      DATA,
      '--port',
      ports.port,
      '--aws-port',
      ports.awsPort,
      '--drill',
      `Drill: a breach in 24 hours=${join(ROOT, 'demo', 'drill-breach.ts')}`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const stop = (signal: NodeJS.Signals) => host.kill(signal);
  process.on('SIGINT', () => stop('SIGINT')).on('SIGTERM', () => stop('SIGTERM'));
  host.once('exit', (code) => process.exit(code ?? 1));

  const { site, endpoint } = await addressesFrom(host.stdout);
  const { outputs, now } = await hostState(site);
  await seed(outputs, { endpoint, now, password: 'Demonstration-only-1' });
  await keepThings(site, endpoint, outputs, now);
  console.log(
    `\n  postact runs at  ${site}\n  inbox            ${site}/mail\n  AWS endpoint     ${endpoint}\n  data             ${DATA}\n\n  To begin, open this example request as Dana Reyes, answer what is left, and send it:\n  ${exampleRequest(site)}\n\n  Ctrl-C stops it.\n`,
  );
}

/** Cases, records of other systems and a schedule, the first time. What does not go through keeps nobody from starting. */
async function keepThings(site: string, endpoint: string, outputs: HostOutputs, now: Date): Promise<void> {
  const mark = join(DATA, 'kept-things-sent');
  if (existsSync(mark)) return;
  try {
    const [first, second] = [new Client(site), new Client(site)];
    await first.signIn('rvance');
    await second.signIn('kdunne');
    await putInForce({ first, second });
    await sendKept(site, endpoint, outputs, now);
    writeFileSync(mark, '');
  } catch (error) {
    console.error('The demonstration cases and records were not sent:', error);
  }
}

type HostOutputs = Outputs & MachineOutputs;

/** Waits for the host's own lines and passes them on from then. */
function addressesFrom(output: NodeJS.ReadableStream): Promise<{ readonly site: string; readonly endpoint: string }> {
  return new Promise((resolve) => {
    let text = '';
    let ready = false;
    output.on('data', (chunk: Buffer) => {
      if (ready) {
        process.stdout.write(chunk);
        return;
      }
      text += chunk.toString();
      const site = /^site\s+(\S+)/m.exec(text)?.[1];
      const endpoint = /^AWS endpoint\s+(\S+)/m.exec(text)?.[1];
      if (site && endpoint) {
        ready = true;
        resolve({ site, endpoint });
      }
    });
  });
}

async function hostState(site: string): Promise<{ readonly outputs: HostOutputs; readonly now: Date }> {
  const json = async (path: string): Promise<Record<string, unknown>> =>
    (await fetch(`${site}${path}`, { headers: { accept: 'application/json' } })).json() as Promise<
      Record<string, unknown>
    >;
  const [outputs, clock] = await Promise.all([json('/_local/outputs'), json('/_local/clock')]);
  return { outputs: outputs.Postact as unknown as HostOutputs, now: new Date(clock.now as string) };
}

await main();
