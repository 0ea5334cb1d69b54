/**
 * Parallel and Map: how branches and iterations begin, end, fail and are taken down together.
 *
 * Event order and previousEventId follow recordings of the service: the next iteration begins after the same event
 * as the success of the one before it, and the state is left after the same event as its own success.
 */
import { isDistributed, programsOf, type Failure, type Json } from '../language.ts';
import type { Run } from './run.ts';
import type { Strand } from './strand.ts';

/** Begins one branch or iteration after the given event. Map items are shaped when the iteration gets to run. */
export function beginBranch(run: Run, holder: Strand, after: number): void {
  const state = run.stateOf(holder);
  const fork = holder.fork!;
  const index = fork.next++;
  const isMap = state.Type === 'Map';
  const programs = programsOf(state);
  const item = isMap ? run.items.get(holder.id)![index]! : undefined;
  const branch = run.newStrand(
    (programs[index] ?? programs[0]!).StartAt,
    item === undefined ? (fork.input ?? holder.input) : JSON.stringify(item),
    after,
    {
      parent: holder.id,
      index,
      ...(item === undefined ? {} : { item }),
      ...(holder.silent || isDistributed(state) ? { silent: true } : {}),
    },
  );
  fork.live++;
  run.change(holder);
  if (isMap)
    run.emit(branch, 'MapIterationStarted', ['mapIterationStartedEventDetails', { name: holder.state, index }], after);
  run.ready(branch);
}

/** A branch came to its end with an output (JSON text). */
export function branchEnded(run: Run, branch: Strand, output: string): void {
  const holder = run.strands.get(branch.parent!)!;
  branch.phase = 'done';
  branch.output = output;
  run.clearAllDue(branch);
  run.change(branch);
  const last = branch.previous;
  if (run.stateOf(holder).Type === 'Map')
    run.emit(
      branch,
      'MapIterationSucceeded',
      ['mapIterationSucceededEventDetails', { name: holder.state, index: branch.index }],
      last,
    );
  holder.previous = branch.silent ? holder.previous : branch.previous;
  holder.fork!.live--;
  goOn(run, holder, last);
}

/** A branch failed and nothing in it caught that. Tolerated ones count; otherwise all branches end with it. */
export function branchFailed(run: Run, branch: Strand, failure: Failure): void {
  const holder = run.strands.get(branch.parent!)!;
  const fork = holder.fork!;
  const last = branch.previous;
  const isMap = run.stateOf(holder).Type === 'Map';
  const wasTask = run.stateOf(branch).Type === 'Task' && branch.phase !== 'new';
  if (isMap)
    run.emit(
      branch,
      'MapIterationFailed',
      ['mapIterationFailedEventDetails', { name: holder.state, index: branch.index }],
      last,
    );
  if (wasTask && !failure.evaluation) run.emit(branch, 'TaskStateAborted', undefined, last);
  fork.live--;
  fork.failed++;
  if (fork.failed <= fork.tolerated) {
    dropTree(run, branch);
    return goOn(run, holder, last);
  }
  dropTree(run, branch);
  for (const sibling of run.childrenOf(holder).sort((one, other) => one.index - other.index)) {
    if (sibling.phase !== 'done') {
      if (isMap)
        run.emit(
          sibling,
          'MapIterationAborted',
          ['mapIterationAbortedEventDetails', { name: holder.state, index: sibling.index }],
          last,
        );
      tellAborted(run, sibling, last);
    }
    dropTree(run, sibling);
  }
  if (!branch.silent) holder.previous = last;
  const distributed = isDistributed(run.stateOf(holder));
  settle(run, holder, {
    failure: distributed
      ? {
          error: 'States.ExceedToleratedFailureThreshold',
          cause: 'The specified tolerated failure threshold was exceeded',
        }
      : failure,
  });
}

/** Begins the next iteration, or settles the state when none is left. */
function goOn(run: Run, holder: Strand, after: number): void {
  const fork = holder.fork!;
  run.change(holder);
  if (fork.next < fork.length)
    return beginBranch(run, holder, isDistributed(run.stateOf(holder)) ? holder.previous : after);
  if (fork.live > 0) return;
  const children = run.childrenOf(holder).sort((one, other) => one.index - other.index);
  const output = `[${children.map((child) => child.output!).join(',')}]`;
  for (const child of children) run.drop(child);
  settle(run, holder, { output });
}

function settle(run: Run, holder: Strand, outcome: NonNullable<Strand['outcome']>): void {
  holder.phase = 'settling';
  holder.turn++;
  holder.outcome = outcome;
  run.change(holder);
  run.ready(holder);
}

const TELL_ABORTED = new Set(['Task', 'Wait', 'Parallel', 'Map']);

function tellAborted(run: Run, strand: Strand, after: number): void {
  const type = run.stateOf(strand).Type;
  if (strand.phase !== 'new' && TELL_ABORTED.has(type)) run.emit(strand, `${type}StateAborted`, undefined, after);
}

/** Forgets a strand and all below it. */
export function dropTree(run: Run, strand: Strand): void {
  for (const child of run.childrenOf(strand)) dropTree(run, child);
  run.drop(strand);
}

/** Groups items for the children of a distributed Map: by count, by size in bytes, or both. */
export function inBatches(
  items: readonly Json[],
  most: { readonly items?: number; readonly bytes?: number },
  batchInput: Json | undefined,
): Json[] {
  const batches: Json[][] = [];
  let bytes = 0;
  for (const item of items) {
    const size = Buffer.byteLength(JSON.stringify(item)) + 1;
    const current = batches.at(-1);
    if (
      !current ||
      current.length >= (most.items ?? Number.POSITIVE_INFINITY) ||
      bytes + size > (most.bytes ?? Number.POSITIVE_INFINITY)
    ) {
      batches.push([item]);
      bytes = size;
    } else {
      current.push(item);
      bytes += size;
    }
  }
  return batches.map((batch) =>
    batchInput === undefined ? { Items: batch } : { BatchInput: batchInput, Items: batch },
  );
}
