/**
 * Entering and leaving a Parallel or a Map: what its branches or items are, and what becomes of their outputs.
 */
import { randomUUID } from 'node:crypto';
import { statesArn } from '../arn.ts';
import type { Field } from '../expression.ts';
import { isDistributed, type Failure, type Json, type State } from '../language.ts';
import { beginBranch, branchFailed, inBatches } from './fork.ts';
import { readItems } from './item-reader.ts';
import { evaluate, evaluationFailure, isFailure, tooLarge, type Apply, type Scene } from './scene.ts';
import type { Fork, Strand } from './strand.ts';
import { enter, evaluateExit, fail, leave } from './transition.ts';

/** An inline Map runs 40 iterations at once when asked for as many as possible; a distributed one is held to as many as one process serves well. */
const WIDEST = { inline: 40, distributed: 100 };

/** Begins the branches of a Parallel. */
export async function forkBranches(scene: Scene): Promise<Apply> {
  const { run, strand, state } = scene;
  const values = await evaluate(
    scene,
    state.Arguments === undefined ? [] : [{ location: 'Arguments', template: state.Arguments }],
  );
  if (isFailure(values)) return fail(scene, values);
  const length = state.Branches!.length;
  return () => {
    run.emit(strand, 'ParallelStateStarted');
    begin(scene, {
      length,
      width: length,
      tolerated: 0,
      ...(values.length > 0 ? { input: JSON.stringify(values[0]) } : {}),
    });
  };
}

/** Begins the iterations of a Map, as many as may run at once. */
export async function forkItems(scene: Scene): Promise<Apply> {
  const { run, strand, state } = scene;
  const fields: Field[] = [sourceOf(state)];
  const numbers = new Map<string, number>();
  const named: readonly (readonly [string, Json | undefined])[] = [
    ['MaxConcurrency', state.MaxConcurrency],
    ['ToleratedFailureCount', state.ToleratedFailureCount],
    ['ToleratedFailurePercentage', state.ToleratedFailurePercentage],
    ['ItemReader/ReaderConfig/MaxItems', state.ItemReader?.ReaderConfig?.MaxItems],
    ['ItemBatcher/MaxItemsPerBatch', state.ItemBatcher?.MaxItemsPerBatch],
    ['ItemBatcher/MaxInputBytesPerBatch', state.ItemBatcher?.MaxInputBytesPerBatch],
  ];
  for (const [location, template] of named)
    if (template !== undefined) fields.push({ location, template, expects: 'number' });
  if (state.ItemBatcher?.BatchInput !== undefined)
    fields.push({ location: 'ItemBatcher/BatchInput', template: state.ItemBatcher.BatchInput });
  const values = await evaluate(scene, fields);
  if (isFailure(values)) return mapFailed(scene, values);
  for (const [index, { location }] of fields.entries())
    if (typeof values[index] === 'number') numbers.set(location, values[index]);
  const items = state.ItemReader
    ? await readItems(scene, state.ItemReader, values[0]!, numbers.get('ItemReader/ReaderConfig/MaxItems'))
    : values[0]!;
  if (!Array.isArray(items)) {
    if (state.ItemReader) return readerFailed(scene, items as Failure);
    return mapFailed(
      scene,
      evaluationFailure(strand, `Map state input must be an array but was: ${JSON.stringify(items)}`),
    );
  }

  const batchItems = numbers.get('ItemBatcher/MaxItemsPerBatch');
  const batchBytes = numbers.get('ItemBatcher/MaxInputBytesPerBatch');
  const batchInput = state.ItemBatcher?.BatchInput === undefined ? undefined : values.at(-1);
  const given = state.ItemBatcher
    ? inBatches(
        items,
        { ...(batchItems ? { items: batchItems } : {}), ...(batchBytes ? { bytes: batchBytes } : {}) },
        batchInput,
      )
    : (items as Json[]);
  const distributed = isDistributed(state);
  const widest = distributed ? WIDEST.distributed : WIDEST.inline;
  const width = Math.min(numbers.get('MaxConcurrency') || widest, widest);
  const tolerated = Math.max(
    numbers.get('ToleratedFailureCount') ?? 0,
    Math.floor(((numbers.get('ToleratedFailurePercentage') ?? 0) / 100) * given.length),
  );
  return () => {
    // Of items that are read the service tells no number, as it begins before it has read them.
    tellStarted(scene, state.ItemReader ? 0 : given.length);
    run.setItems(strand, given);
    begin(scene, { length: given.length, width, tolerated: distributed ? tolerated : 0 });
  };
}

/** What is to be evaluated for the items: themselves, or where they are read. */
function sourceOf({ ItemReader, Items }: State): Field {
  if (ItemReader) return { location: 'ItemReader/Arguments', template: ItemReader.Arguments };
  if (Items === undefined) return { location: 'Items', template: '{% $states.input %}' };
  return { location: 'Items', template: Items, expects: 'array' };
}

function tellStarted({ run, strand, state, host }: Scene, length: number): void {
  run.emit(strand, 'MapStateStarted', ['mapStateStartedEventDetails', { length }]);
  if (!isDistributed(state)) return;
  const mapRunArn = statesArn(host, 'mapRun', `${run.row.machine_name}/${state.Label ?? randomUUID()}:${randomUUID()}`);
  run.emit(strand, 'MapRunStarted', ['mapRunStartedEventDetails', { mapRunArn }]);
}

function begin({ run, strand }: Scene, shape: Pick<Fork, 'length' | 'width' | 'tolerated' | 'input'>): void {
  const { length, width } = shape;
  strand.phase = 'forked';
  strand.fork = { ...shape, next: 0, live: 0, failed: 0 };
  const after = strand.previous;
  while (strand.fork.next < Math.min(width, length)) beginBranch(run, strand, after);
  if (length > 0) return;
  strand.phase = 'settling';
  strand.outcome = { output: '[]' };
}

/** The first step of a branch: into its first state. An iteration's input is shaped by the ItemSelector. */
export async function beginStrand(scene: Scene): Promise<Apply> {
  const { run, strand } = scene;
  const holder = strand.parent === undefined ? undefined : run.strands.get(strand.parent)!;
  const selector = holder && run.stateOf(holder).ItemSelector;
  if (!holder || selector === undefined) return () => enter(scene, strand, strand.state, strand.input);
  // The selector belongs to the Map: its names are those of the Map's state, with the item of this iteration.
  const seen = { ...holder, item: strand.item!, index: strand.index };
  const values = await evaluate({ ...scene, strand: seen, state: run.stateOf(holder) }, [
    { location: 'ItemSelector', template: selector },
  ]);
  if (!isFailure(values)) return () => enter(scene, strand, strand.state, JSON.stringify(values[0]));
  return () => {
    const { error, cause, evaluation } = values;
    run.emit(strand, 'EvaluationFailed', [
      'evaluationFailedEventDetails',
      { error, cause, ...evaluation, state: holder.state },
    ]);
    branchFailed(run, strand, { ...values });
  };
}

/** All branches have ended, or one failure ended them all. */
export async function gather(scene: Scene): Promise<Apply> {
  const { run, strand, state } = scene;
  const outcome = strand.outcome!;
  const distributed = isDistributed(state);
  const failure =
    'failure' in outcome ? outcome.failure : distributed && tooLarge(outcome.output) ? tooMuch(strand) : undefined;
  if (failure || 'failure' in outcome) {
    return fail(scene, failure!, (retried) => {
      if (distributed) run.emit(strand, 'MapRunFailed', ['mapRunFailedEventDetails', { ...failure }]);
      if (!retried) run.emit(strand, `${state.Type}StateFailed`);
    });
  }
  const exit = await evaluateExit(scene, state, { result: JSON.parse(outcome.output) as Json }, outcome.output);
  /** Returns the event that the exit is shown to come after. */
  const succeed = (): number => {
    const last = strand.previous;
    if (distributed) run.emit(strand, 'MapRunSucceeded');
    run.emit(strand, `${state.Type}StateSucceeded`);
    return last;
  };
  if (!('output' in exit)) {
    const failing = await fail(scene, exit);
    return () => {
      succeed();
      failing();
    };
  }
  return () => leave(scene, exit, state.Next, succeed());
}

/** Results that are not written to S3 are the state's, and as large as a state's may be. */
const tooMuch = ({ state }: Strand): Failure => ({
  error: 'States.DataLimitExceeded',
  cause: `The state/task '${state}' returned a result with a size exceeding the maximum number of bytes service limit.`,
});

/** A failure to read the items is the map run's: it had begun. */
function readerFailed(scene: Scene, failure: Failure): Promise<Apply> {
  return fail(scene, failure, (retried) => {
    tellStarted(scene, 0);
    scene.run.emit(scene.strand, 'MapRunFailed', ['mapRunFailedEventDetails', { ...failure }]);
    if (!retried) scene.run.emit(scene.strand, 'MapStateFailed');
  });
}

function mapFailed(scene: Scene, failure: Failure): Promise<Apply> {
  return fail(scene, failure, (retried) => {
    if (!retried) scene.run.emit(scene.strand, 'MapStateFailed');
  });
}
