/**
 * How a strand enters a state, leaves it, ends, or fails: retried, caught, or taken up by whoever holds the strand.
 */
import type { Catcher, Failure, Json, JsonObject, Retrier } from '../language.ts';
import { branchEnded, branchFailed } from './fork.ts';
import type { Run } from './run.ts';
import { evaluate, isFailure, runtimeFailure, tooLarge, type Apply, type Extra, type Scene } from './scene.ts';
import type { Strand } from './strand.ts';

/** Enters a state: its StateEntered event, and nothing known yet. `input` is JSON text. */
export function enter(scene: Pick<Scene, 'run' | 'host'>, strand: Strand, name: string, input: string): void {
  const { run } = scene;
  run.clearAllDue(strand);
  Object.assign(strand, {
    phase: 'entered',
    state: name,
    input,
    retries: [],
    enteredAfter: strand.previous,
    enteredAt: scene.host.clock.now(),
  });
  forgetAttempt(strand);
  strand.entered = run.emit(strand, `${run.stateOf(strand).Type}StateEntered`, [
    'stateEnteredEventDetails',
    { name, input, inputDetails: { truncated: false } },
  ]);
}

/** Forgets what belonged to one attempt of a state. */
export function forgetAttempt(strand: Strand): void {
  delete strand.token;
  delete strand.call;
  delete strand.fork;
  delete strand.outcome;
}

export interface Exit {
  /** JSON text. */
  readonly output: string;
  readonly assigned: JsonObject;
}

/** Evaluates Assign and Output, both with the variables as they were. Without Output, `unshaped` goes out. */
export async function evaluateExit(
  scene: Scene,
  shape: { readonly Output?: Json; readonly Assign?: JsonObject },
  extra: Extra,
  unshaped: string,
): Promise<Exit | Failure> {
  const values = await evaluate(
    scene,
    [
      ...(shape.Assign === undefined ? [] : [{ location: 'Assign', template: shape.Assign }]),
      ...(shape.Output === undefined ? [] : [{ location: 'Output', template: shape.Output }]),
    ],
    extra,
  );
  if (isFailure(values)) return values;
  const output = shape.Output === undefined ? unshaped : JSON.stringify(values.at(-1));
  if (tooLarge(output)) {
    return {
      error: 'States.DataLimitExceeded',
      cause: `The state/task '${scene.strand.state}' returned a result with a size exceeding the maximum number of bytes service limit.`,
      fatal: true,
    };
  }
  return { output, assigned: shape.Assign === undefined ? {} : (values[0] as JsonObject) };
}

/** Leaves the state by its exit and enters the next one, or ends the strand. */
export function leave(scene: Scene, exit: Exit, next: string | undefined, previous = scene.strand.previous): void {
  const { run, strand, state } = scene;
  const assigned = Object.entries(exit.assigned);
  Object.assign(strand.variables, exit.assigned);
  const details = {
    name: strand.state,
    output: exit.output,
    outputDetails: { truncated: false },
    ...(assigned.length === 0
      ? {}
      : {
          assignedVariables: Object.fromEntries(assigned.map(([name, value]) => [name, JSON.stringify(value)])),
          assignedVariablesDetails: { truncated: false },
        }),
  };
  run.emit(strand, `${state.Type}StateExited`, ['stateExitedEventDetails', details], previous);
  if (next !== undefined) enter(scene, strand, next, exit.output);
  else if (strand.parent === undefined) run.end({ status: 'SUCCEEDED', output: exit.output }, strand.previous);
  else branchEnded(run, strand, exit.output);
}

/**
 * Plans what follows a failure. `announce` adds the events that tell of it, before anything else; it is told
 * whether the state is tried again.
 */
export async function fail(
  scene: Scene,
  failure: Failure,
  announce: (retried: boolean) => void = () => undefined,
): Promise<Apply> {
  const { run, strand, state } = scene;
  const tell = (retried: boolean): void => {
    if (failure.evaluation) tellEvaluation(run, strand, failure);
    announce(retried);
  };
  if (!failure.fatal) {
    const at = (state.Retry ?? []).findIndex((retrier) => matches(retrier.ErrorEquals, failure));
    const retrier = state.Retry?.[at];
    const spent = strand.retries[at] ?? 0;
    if (retrier && spent < (retrier.MaxAttempts ?? 3)) {
      return () => {
        tell(true);
        run.clearAllDue(strand);
        forgetAttempt(strand);
        for (let index = 0; index <= at; index++) strand.retries[index] ??= 0;
        strand.retries[at] = spent + 1;
        strand.phase = 'retrying';
        run.setDue(strand, 'retry', scene.host.clock.now() + delayMs(retrier, spent));
      };
    }
    const catcher = state.Catch?.find(({ ErrorEquals }) => matches(ErrorEquals, failure));
    if (catcher) return caught(scene, catcher, failure, tell);
  }
  return () => {
    tell(false);
    die(run, strand, failure);
  };
}

async function caught(
  scene: Scene,
  catcher: Catcher,
  failure: Failure,
  tell: (retried: boolean) => void,
): Promise<Apply> {
  const { run, strand } = scene;
  const errorOutput = {
    Error: failure.error ?? null,
    Cause: failure.cause ?? (failure.error === 'States.Timeout' ? '' : null),
  };
  const exit = await evaluateExit(scene, catcher, { errorOutput }, JSON.stringify(errorOutput));
  return () => {
    tell(false);
    if ('output' in exit) return leave(scene, exit, catcher.Next);
    if (exit.evaluation) tellEvaluation(run, strand, exit);
    die(run, strand, exit);
  };
}

/** Hands the failure to whoever holds the strand: the state it was forked by, or the execution. */
function die(run: Run, strand: Strand, failure: Failure): void {
  if (strand.parent === undefined) run.end({ status: 'FAILED', failure }, strand.previous);
  else branchFailed(run, strand, failure);
}

function tellEvaluation(run: Run, strand: Strand, { error, cause, evaluation }: Failure): void {
  const { location, afterEntry } = evaluation ?? {};
  const previous = strand.previous === strand.entered && !afterEntry ? strand.enteredAfter : strand.previous;
  run.emit(
    strand,
    'EvaluationFailed',
    [
      'evaluationFailedEventDetails',
      { error, cause, ...(location === undefined ? {} : { location }), state: strand.state },
    ],
    previous,
  );
}

function matches(names: readonly string[], { error, alias }: Failure): boolean {
  return names.some(
    (name) =>
      name === 'States.ALL' ||
      (name === 'States.TaskFailed' && error !== 'States.Timeout') ||
      (error !== undefined && (name === error || name === alias)),
  );
}

function delayMs(
  { IntervalSeconds = 1, BackoffRate = 2, MaxDelaySeconds, JitterStrategy }: Retrier,
  spent: number,
): number {
  const seconds = Math.min(IntervalSeconds * BackoffRate ** spent, MaxDelaySeconds ?? Number.POSITIVE_INFINITY);
  return Math.round(seconds * 1_000 * (JitterStrategy === 'FULL' ? Math.random() : 1));
}

/** Ends a strand whose own state machine is at fault in a way no Catch may hide. */
export function refuse(scene: Scene, reason: string): Apply {
  const failure = runtimeFailure(scene.strand, reason);
  return () => die(scene.run, scene.strand, failure);
}
