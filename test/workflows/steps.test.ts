/**
 * How the steps of all workflows are written: named as sentences, waiting as long as a clause says, retrying only what
 * may pass, and judging nothing. What each workflow does is in the tests of its name.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { LOOK_AGAIN } from '../../functions/records/notes.ts';
import { Fault } from '../../policies/faults.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const filesOf = (room: string) =>
  readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' }).map(
    (path) => `${room}/${path.replaceAll('\\', '/')}`,
  );
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly TimeoutSeconds?: unknown;
  readonly Retry?: readonly { readonly ErrorEquals: readonly string[] }[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[] }[];
  readonly Choices?: readonly { readonly Condition: string }[];
  readonly Branches?: readonly { readonly States: Record<string, State> }[];
  readonly ItemProcessor?: { readonly States: Record<string, State> };
}
interface Named {
  readonly workflow: string;
  readonly name: string;
  readonly type: string;
  readonly state: State;
}

/** What a state of each kind is called, so that a run reads as sentences. */
const STATE_NAME: Readonly<Record<string, RegExp>> = {
  Task: /^(Ask|Check|Destroy|Fetch|Send|Start|Stop|Write) /,
  Choice: /\?$/,
  Wait: /^Wait (for|until) /,
  Map: /^For each /,
  Parallel: /^At the same time: /,
  Pass: /^Note /,
  Succeed: / (approved|closed|collected|declined|destroyed|kept|lapsed|received|refused|revoked|withdrawn)$/,
  Fail: / failed$/,
};

function statesIn(workflow: string, states: Readonly<Record<string, State>>): Named[] {
  return Object.entries(states).flatMap(([name, state]) => [
    { workflow, name, type: state.Type, state },
    ...[...(state.Branches ?? []), ...(state.ItemProcessor ? [state.ItemProcessor] : [])].flatMap((inner) =>
      statesIn(workflow, inner.States),
    ),
  ]);
}

const workflows = filesOf('workflows').filter((path) => path.endsWith('.asl.json'));
const states = workflows.flatMap((path) =>
  statesIn(basename(path, '.asl.json'), (JSON.parse(read(path)) as { States: Record<string, State> }).States),
);
const tasks = states.filter(({ type }) => type === 'Task');

describe('the workflows', () => {
  it.each(states)('$workflow: the $type state "$name" reads as a sentence', ({ name, type }) => {
    expect(name).toMatch(STATE_NAME[type]!);
    expect(name.length).toBeLessThanOrEqual(60);
  });

  it.each(tasks)('$workflow: "$name" waits as long as policy says, and hears when nobody answers', ({ state }) => {
    const waits = state.Resource?.endsWith('.waitForTaskToken') ?? false;
    expect(String(state.TimeoutSeconds ?? 'none')).toMatch(waits ? /^\{% \$[\w.]+[sS]econds %\}$/ : /^none$/);
    expect((state.Catch ?? []).some(({ ErrorEquals }) => ErrorEquals.includes('States.Timeout'))).toBe(waits);
  });

  it.each(states.filter(({ type }) => type === 'Choice'))(
    '$workflow: "$name" compares kinds and judges nothing',
    ({ state }) => {
      for (const { Condition } of state.Choices ?? []) expect(Condition).toMatch(/^\{% \$\w+\.kind = '[a-z-]+' %\}$/);
    },
  );
});

describe('faults and what workflows do about them', () => {
  const faults: { readonly from: string; readonly called: string; readonly fault: Fault }[] = [];
  beforeAll(async () => {
    for (const path of [...filesOf('policies'), ...filesOf('functions')].filter(
      (one) => basename(one) === 'faults.ts',
    )) {
      const exported = (await import(/* @vite-ignore */ pathToFileURL(join(ROOT, path)).href)) as Record<
        string,
        unknown
      >;
      for (const [called, one] of Object.entries(exported)) {
        if (one === Fault || !(typeof one === 'function' && one.prototype instanceof Fault)) continue;
        faults.push({ from: path, called, fault: new (one as new (message: string) => Fault)('for the test') });
      }
    }
  });

  it('are called by the name their class has, each in one place', () => {
    expect(faults.length).toBeGreaterThan(3);
    expect(faults.filter(({ called, fault }) => fault.name !== called)).toEqual([]);
    expect(new Set(faults.map(({ called }) => called)).size).toBe(faults.length);
  });

  const TRANSIENT = [
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
    'Lambda.TooManyRequestsException',
  ];
  it.each(tasks)('$workflow: "$name" retries what may pass and nothing else', ({ state }) => {
    const retried = (state.Retry ?? []).flatMap(({ ErrorEquals }) => ErrorEquals);
    const mayPass = new Set([
      ...faults.filter(({ fault }) => fault.retryable).map(({ called }) => called),
      'TimeoutError',
      ...TRANSIENT,
      // A workflow that failed may be run again: it reads its record first.
      ...(state.Resource?.includes('states:startExecution') ? ['States.TaskFailed'] : []),
    ]);
    expect(retried.filter((name) => !mayPass.has(name))).toEqual([]);
    if (state.Resource?.includes('lambda:invoke'))
      expect(retried).toEqual(
        expect.arrayContaining(['RecordsBusy', 'ChangedMeanwhile', 'TimeoutError', ...TRANSIENT]),
      );
  });

  it.each(tasks)('$workflow: "$name" catches only what somebody raises', ({ state }) => {
    const raised = new Set(['States.Timeout', LOOK_AGAIN, ...faults.map(({ called }) => called)]);
    expect((state.Catch ?? []).flatMap(({ ErrorEquals }) => ErrorEquals).filter((name) => !raised.has(name))).toEqual(
      [],
    );
  });
});
