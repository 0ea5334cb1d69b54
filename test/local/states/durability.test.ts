/** What is left of executions when their host is killed, again and again, at any moment. */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { openHost, type HistoryEvent } from './host.ts';
import { DEFINITIONS, EXECUTIONS_EACH } from './killed-host.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const KILLS = 10;

/** Runs a host on the folder until it says a word, and for some ms longer; then kills it. */
async function hostUntil(folder: string, word: 'ready' | 'idle', longerMs = 0): Promise<void> {
  const child = fork(fileURLToPath(new URL('./killed-host.ts', import.meta.url)), [folder], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await new Promise<void>((resolve, reject) => {
    child.on('message', (said) => {
      if (said === word) resolve();
    });
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`the host ended by itself with ${code}`))));
  });
  await pause(longerMs);
  // With nothing left to do it may have ended by itself meanwhile; then there is nobody to kill.
  if (child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.removeAllListeners('exit').on('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

/** What happened, whatever its order among branches. */
function happenings(events: readonly HistoryEvent[]): string[] {
  return events
    .map(({ type, ...event }) => {
      const { name = '', index = '' } = (event['stateEnteredEventDetails'] ??
        event['stateExitedEventDetails'] ??
        event['mapIterationStartedEventDetails'] ??
        event['mapIterationSucceededEventDetails'] ??
        {}) as { name?: string; index?: number };
      return `${type} ${name} ${index}`.trim();
    })
    .sort();
}

async function histories(folder: string): Promise<Map<string, HistoryEvent[]>> {
  const host = await openHost({}, { folder });
  const found = new Map<string, HistoryEvent[]>();
  for (const name of Object.keys(DEFINITIONS)) {
    const { executions } = await host.call('ListExecutions', {
      stateMachineArn: `arn:aws:states:us-east-1:000000000000:stateMachine:${name}`,
    });
    for (const { executionArn } of executions as unknown as { executionArn: string }[])
      found.set(executionArn, await host.history(executionArn));
  }
  host.stop();
  return found;
}

describe('executions whose host is killed', () => {
  it('come to the same end, with each event once, as if nothing had been', { timeout: 200_000 }, async () => {
    const quiet = mkdtempSync(join(tmpdir(), 'states-quiet-'));
    const killed = mkdtempSync(join(tmpdir(), 'states-killed-'));
    folders.push(quiet, killed);
    await hostUntil(quiet, 'idle');
    const expected = new Map<string, string[]>();
    for (const [arn, events] of await histories(quiet)) expected.set(arn.split(':')[6]!, happenings(events));

    for (let kill = 0; kill < KILLS; kill++) await hostUntil(killed, 'ready', Math.random() * 150);
    await hostUntil(killed, 'idle');
    const found = await histories(killed);
    expect(found.size).toBe(Object.keys(DEFINITIONS).length * EXECUTIONS_EACH);
    for (const [arn, events] of found) {
      expect(
        events.map(({ id }) => id),
        arn,
      ).toEqual(events.map((_, at) => at + 1));
      expect(
        events.every(({ id, previousEventId }) => previousEventId < id),
        arn,
      ).toBe(true);
      expect(happenings(events), arn).toEqual(expected.get(arn.split(':')[6]!));
    }
  });

  it('call a function in flight again, for the same request and with no events of its own', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'states-again-'));
    folders.push(folder);
    const before = await openHost({ hang: () => new Promise(() => undefined) }, { folder });
    const stateMachineArn = await before.machine({
      StartAt: 'Ask',
      States: {
        Ask: {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke',
          Arguments: { FunctionName: 'hang' },
          End: true,
        },
      },
    });
    const { executionArn } = await before.call('StartExecution', { stateMachineArn });
    await pause(100);
    before.stop();

    const after = await openHost({ hang: () => 'at last' }, { folder });
    await after.clock.settled();
    const events = await after.history(executionArn!);
    after.stop();
    expect(after.invoked).toEqual(before.invoked);
    expect(events.map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('keep the time their waits are due', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'states-due-'));
    folders.push(folder);
    const before = await openHost({}, { folder });
    const stateMachineArn = await before.machine({
      StartAt: 'Rest',
      States: { Rest: { Type: 'Wait', Seconds: 3_600, End: true } },
    });
    const { executionArn } = await before.call('StartExecution', { stateMachineArn });
    await before.clock.advance(1_800_000);
    before.stop();

    const after = await openHost({}, { folder });
    await after.clock.advance(1_700_000);
    expect(await after.describe(executionArn!)).toMatchObject({ status: 'RUNNING' });
    await after.clock.advance(100_000);
    expect(await after.describe(executionArn!)).toMatchObject({ status: 'SUCCEEDED' });
    after.stop();
  });
});
