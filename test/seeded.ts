/**
 * What a host remembers once the demonstration people, devices, training and registers are in it. It is made once in a
 * run, by the first test that starts a host, through the same doors as ever, and copied for each.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { assembly } from '../demo/assembly.ts';
import { seed, type Outputs } from '../demo/seed.ts';
import { createHost } from '../local/host.ts';
import { allParts } from '../local/parts.ts';

/** Set for the run by global-setup.ts: a folder that goes when the run ends. */
const HOME = 'POSTACT_SEEDED';

/** Copies it to a folder that is still empty or not there. */
export async function copySeededTo(folder: string): Promise<void> {
  const home = process.env[HOME];
  if (!home) throw new Error(`${HOME} names no folder: run the tests with vitest, whose global setup sets it`);
  const [data, done] = [join(home, 'data'), join(home, 'done')];
  if (isMine(join(home, 'making'))) writeFileSync(done, await make(data).then(() => '', String));
  while (!existsSync(done)) await pause(100);
  const failure = readFileSync(done, 'utf8');
  if (failure) throw new Error(`the demonstration data could not be made: ${failure}`);
  cpSync(data, folder, { recursive: true });
}

/** True for the one process that makes the folder. */
function isMine(mark: string): boolean {
  try {
    mkdirSync(mark);
    return true;
  } catch {
    return false;
  }
}

async function make(data: string): Promise<void> {
  const running = await createHost({
    assembly: assembly(),
    data,
    port: 0,
    awsPort: 0,
    parts: allParts,
    log: () => undefined,
  });
  try {
    await seed(running.outputs.Postact as unknown as Outputs, {
      endpoint: running.endpoint,
      now: new Date(running.host.clock.now()),
      password: 'Demonstration-only-1',
    });
    await running.host.clock.settled();
  } finally {
    await running.stop();
  }
}
