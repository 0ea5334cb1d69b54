/**
 * One line of control of an execution: the main one, a branch of a Parallel, or an iteration of a Map.
 *
 * A strand is written to the journal with every transition and holds all that is needed to go on after a kill:
 * which state it is in and in what phase, the state's input, its own variables, the task in flight, due times.
 */
import type { Failure, Json } from '../language.ts';

/**
 * `new`: not yet in a state. `entered`: in its state, nothing done yet. `working`: its task is being called (again
 * after a kill). `settling`: the answer is known, the state is about to be left. The rest wait for someone else:
 * `waiting` and `retrying` for a timer, `held` for a token, a worker or a nested execution, `forked` for its
 * children. `done`: it ended and its output waits for its siblings.
 */
export type Phase = 'new' | 'entered' | 'working' | 'settling' | 'waiting' | 'retrying' | 'held' | 'forked' | 'done';

export type Due = 'wait' | 'retry' | 'timeout' | 'heartbeat';

/** What came of a task, a wait or the children: JSON text, or why not. */
export type Outcome = { readonly output: string } | { readonly failure: Failure };

/** A task as it was scheduled. */
export interface Call {
  /** Arguments after evaluation. */
  readonly parameters: Json;
  /** Stays the same when the call is made again after a kill, so that callees can tell. */
  readonly request: string;
  readonly heartbeatSeconds?: number;
  /** The nested execution it waits for. */
  readonly child?: string;
  /** Until a worker has taken it, an activity's task can be given to one. */
  readonly untaken?: boolean;
}

/** A Map or Parallel at work. */
export interface Fork {
  readonly length: number;
  /** How many may run at once. */
  readonly width: number;
  /** The index of the next one to begin. */
  next: number;
  live: number;
  failed: number;
  /** How many may fail before the state does. */
  readonly tolerated: number;
  /** What every branch of a Parallel begins with, if not the state's input. JSON text. */
  readonly input?: string;
}

export interface Strand {
  readonly id: number;
  readonly parent?: number;
  /** Which branch or iteration it is. */
  readonly index: number;
  /** The item of a Map iteration, for $states.context.Map.Item.Value. */
  readonly item?: Json;
  /** Its events are not part of the history (iterations of a distributed Map). */
  readonly silent?: boolean;
  /** Grows with every transition; work that was begun at an earlier turn is out of date. */
  turn: number;
  phase: Phase;
  state: string;
  /** JSON text. */
  input: string;
  /** The StateEntered event: its id, its time, and the event before it. */
  entered: number;
  enteredAt: number;
  enteredAfter: number;
  /** The last event of this strand. */
  previous: number;
  variables: Record<string, Json>;
  /** Attempts spent per retrier of the state. */
  retries: number[];
  due: Partial<Record<Due, number>>;
  token?: string;
  call?: Call;
  fork?: Fork;
  /** Known while `settling`; an answer to a token may come while `working`. */
  outcome?: Outcome;
  /** JSON text, once `done`. */
  output?: string;
}

export function newStrand(
  id: number,
  state: string,
  input: string,
  previous: number,
  place: Pick<Strand, 'parent' | 'index' | 'item' | 'silent'>,
): Strand {
  return {
    id,
    ...place,
    turn: 0,
    phase: 'new',
    state,
    input,
    entered: 0,
    enteredAt: 0,
    enteredAfter: 0,
    previous,
    variables: {},
    retries: [],
    due: {},
  };
}
