/**
 * The host a drill runs against: the one that is given, the one of `npm start` if it runs, or one of its own on free
 * ports with a data folder that goes with it.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './assembly.ts';

export interface DrillHost {
  readonly site: string;
  /** Where the AWS services are served. */
  readonly endpoint: string;
  readonly how: string;
  stop(): Promise<void>;
}

/** Throws when a site is given and no host answers there. */
export async function drillHost(given: string | undefined): Promise<DrillHost> {
  const usual = `http://127.0.0.1:${process.env.POSTACT_PORT ?? '8080'}`;
  const running = await addressesOf(given ?? usual);
  if (running) return { ...running, how: 'which was running already', stop: async () => undefined };
  if (given) throw new Error(`no host answers at ${given}; start one with npm start, or leave --site out`);
  return ownHost();
}

/** What the host says of itself; undefined when nothing of ours answers there. */
async function addressesOf(site: string): Promise<{ readonly site: string; readonly endpoint: string } | undefined> {
  try {
    const answer = await fetch(`${site}/_local/addresses`);
    return answer.ok ? ((await answer.json()) as { site: string; endpoint: string }) : undefined;
  } catch {
    return undefined;
  }
}

async function ownHost(): Promise<DrillHost> {
  const data = mkdtempSync(join(tmpdir(), 'postact-drill-'));
  const child = spawn(process.execPath, [join(ROOT, 'demo', 'start.ts')], {
    env: { ...process.env, POSTACT_DATA: data, POSTACT_PORT: '0', POSTACT_AWS_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    }
    rmSync(data, { recursive: true, force: true });
  };
  try {
    const running = await addressesOf(await siteFrom(child));
    if (!running) throw new Error('the host of the drill came up and does not answer; see its lines above');
    return { ...running, how: 'which the drill started for itself', stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The site's address, once the host is up and the demonstration people are on it. */
function siteFrom(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const site = /postact runs at\s+(http:\S+)/.exec(said)?.[1];
      if (site) resolve(site);
    });
    child.once('exit', (code) => reject(new Error(`the host of the drill ended with ${code}:\n${said}`)));
  });
}
