/**
 * What every kind of state needs while it is at work, and how its expressions are evaluated.
 */
import type { Host } from '../../contract.ts';
import type { Expressions, Field } from '../expression.ts';
import type { Failure, Json, State } from '../language.ts';
import type { Runner } from './runner.ts';
import type { Run } from './run.ts';
import type { Strand } from './strand.ts';

export interface Scene {
  readonly host: Host;
  readonly runner: Runner;
  readonly expressions: Expressions;
  readonly run: Run;
  readonly strand: Strand;
  readonly state: State;
}

/**
 * The second half of a transition: synchronous, run only if the strand is still where it was when the first half
 * began. It changes strands and adds events; the runner commits.
 */
export type Apply = () => void;

/** What $states holds besides input and context. */
export interface Extra {
  readonly result?: Json;
  readonly errorOutput?: Json;
}

export const LARGEST_PAYLOAD_BYTES = 262_144;

export function tooLarge(text: string): boolean {
  return (
    text.length > LARGEST_PAYLOAD_BYTES ||
    (text.length > LARGEST_PAYLOAD_BYTES / 4 && Buffer.byteLength(text) > LARGEST_PAYLOAD_BYTES)
  );
}

/** Evaluates fields of the state at work: their values in order, or a `States.QueryEvaluationError`. */
export async function evaluate(
  scene: Scene,
  fields: readonly Field[],
  extra: Extra = {},
  untilTrue = false,
): Promise<readonly Json[] | Failure> {
  const { strand, run } = scene;
  const question = {
    fields,
    untilTrue,
    now: scene.host.clock.now(),
    names: {
      ...run.variablesOf(strand),
      states: { input: JSON.parse(strand.input) as Json, context: contextOf(scene), ...extra },
    },
  };
  const answer = await scene.expressions.evaluate(question);
  return 'values' in answer ? answer.values : evaluationFailure(strand, answer.refusal.reason, answer.refusal.location);
}

export function isFailure(value: readonly Json[] | Failure): value is Failure {
  return !Array.isArray(value);
}

export function evaluationFailure(strand: Strand, reason: string, location?: string): Failure {
  return {
    error: 'States.QueryEvaluationError',
    cause: inState(strand, reason),
    evaluation: location === undefined ? {} : { location },
  };
}

/** A failure that nothing can catch. */
export function runtimeFailure(strand: Strand, reason: string): Failure {
  return { error: 'States.Runtime', cause: inState(strand, reason), fatal: true };
}

function inState(strand: Strand, reason: string): string {
  return `An error occurred while executing the state '${strand.state}' (entered at the event id #${strand.entered}). ${reason}`;
}

/** The context object. The token is there once the task has one, the item inside a Map. */
export function contextOf({ run, strand, state }: Scene): Json {
  const { row, revision } = run;
  const item = itemOf(run, strand);
  return {
    Execution: {
      Id: row.arn,
      Input: JSON.parse(row.input) as Json,
      StartTime: new Date(row.started).toISOString(),
      Name: row.name,
      RoleArn: revision.role,
      RedriveCount: row.redrives,
      ...(row.redriven === null ? {} : { RedriveTime: new Date(row.redriven).toISOString() }),
    },
    StateMachine: { Id: row.machine, Name: row.machine_name },
    State: {
      Name: strand.state,
      EnteredTime: new Date(strand.enteredAt).toISOString(),
      ...(state.Type === 'Task' || state.Type === 'Parallel' || state.Type === 'Map'
        ? { RetryCount: strand.retries.reduce((sum, spent) => sum + (spent ?? 0), 0) }
        : {}),
    },
    ...(item ? { Map: { Item: item } } : {}),
    ...(strand.token === undefined ? {} : { Task: { Token: strand.token } }),
  };
}

function itemOf(run: Run, strand: Strand): Json | undefined {
  if (strand.item !== undefined) return { Index: strand.index, Value: strand.item };
  const parent = strand.parent === undefined ? undefined : run.strands.get(strand.parent);
  return parent && itemOf(run, parent);
}
