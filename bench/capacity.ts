/**
 * What does each step of the main job consume of DynamoDB, and what does a request cost?
 *
 * The whole job is walked on the local host over an engine that says what each operation consumes. A step is what one
 * person does, with all that follows from it until nothing more happens: the functions, the workflow, the outbox, the mails.
 * Reading streams is free for functions and is not in it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask, assign, close, decide, deploymentIn, end, fileImage, sendFile, start } from '../test/job.ts';
import { png } from '../test/functions/image/samples.ts';
import { startPostact, type Postact } from '../test/postact.ts';
import { startMeteredEngine, type Use } from './metered-engine.ts';
import { asks, median, note, plain, runs, table, type Cell } from './show.ts';

/** On demand, us-east-1, per unit; as the price page has it, not checked against a bill. */
const DOLLARS = { write: 0.625e-6, read: 0.125e-6 };

/** People stay signed in: signing in once more after the clock was moved is counted by itself. */
const STEPS = [
  'sign in (captain)',
  'ask',
  'decide',
  'assign',
  'start',
  'file an image',
  'send the file',
  'end',
  'close',
] as const;
type Step = (typeof STEPS)[number];

/** Walks one request from form to close with one image; answers what each step used. */
async function walkJob(postact: Postact, taken: () => Use[]): Promise<Map<Step, Use[]>> {
  const used = new Map<Step, Use[]>();
  const step = async <T>(name: Step, work: () => Promise<T>): Promise<T> => {
    await postact.settled();
    taken();
    const result = await work();
    await postact.settled();
    used.set(name, taken());
    return result;
  };
  const signedIn = async (...people: readonly string[]): Promise<void> => {
    for (const one of people) await postact.as(one);
  };
  await step('sign in (captain)', () => signedIn('p-reyes'));
  const id = await step('ask', () => ask(postact, 'p-reyes', {}, { inMinutes: 30, forMinutes: 60 }));
  await signedIn('p-lee', 'p-brandt');
  await step('decide', () => decide(postact, 'p-lee', id));
  const deployment = deploymentIn(await step('assign', () => assign(postact, id)));
  await postact.advance(31);
  await signedIn('p-ortiz');
  await step('start', () => start(postact, deployment));
  await postact.advance(2);
  await signedIn('p-ortiz', 'p-brandt');
  const { client } = await step('file an image', () => fileImage(postact, id));
  await step('send the file', () => sendFile(client, png()));
  await step('end', () => end(postact, deployment, 1));
  await step('close', () => close(postact, deployment));
  await postact.advance(90); // Past the use's time, so that operator and device are free again.
  return used;
}

interface Sum {
  readonly reads: number;
  readonly writes: number;
  readonly plainWrites: number;
  readonly indexWrites: number;
  readonly items: number;
  readonly operations: number;
}

const sumOf = (uses: readonly Use[]): Sum => {
  const of = (pick: (use: Use) => number): number => uses.reduce((sum, use) => sum + pick(use), 0);
  return {
    reads: of(({ reads }) => reads),
    writes: of(({ tableWrites, indexWrites }) => tableWrites + indexWrites),
    plainWrites: of(({ tableWrites, indexWrites, forTransaction }) => tableWrites + indexWrites - forTransaction),
    indexWrites: of(({ indexWrites }) => indexWrites),
    items: of(({ items }) => items),
    operations: uses.length,
  };
};

asks('What does each step of the main job consume of DynamoDB?');
const folder = mkdtempSync(join(tmpdir(), 'bench-capacity-'));
const engine = await startMeteredEngine(join(folder, 'tables.sqlite'));
process.env['POSTACT_DYNAMODB_ENDPOINT'] = engine.endpoint;
let postact: Postact | undefined;
try {
  postact = await startPostact();
  const walks: Map<Step, Use[]>[] = [];
  for (let count = 0; count < runs(3); count++) walks.push(await walkJob(postact, engine.taken));

  const mid = (pick: (sum: Sum) => number, of: readonly Step[]): number =>
    median(walks.map((walk) => pick(sumOf(of.flatMap((step) => walk.get(step) ?? [])))));
  const dollars = (writes: number, reads: number): string =>
    `$${(1000 * (writes * DOLLARS.write + reads * DOLLARS.read)).toFixed(3)}`;
  const rowOf = (name: string, of: readonly Step[]): Cell[] => {
    const [writes, reads, plainWrites] = [
      mid((sum) => sum.writes, of),
      mid((sum) => sum.reads, of),
      mid((sum) => sum.plainWrites, of),
    ];
    return [
      name,
      mid((sum) => sum.operations, of),
      mid((sum) => sum.items, of),
      plain(reads),
      plain(writes),
      plain(mid((sum) => sum.indexWrites, of)),
      dollars(writes, reads),
      plain(plainWrites),
      dollars(plainWrites, reads),
    ];
  };
  const withoutImage = STEPS.filter((step) => !['file an image', 'send the file', 'sign in (captain)'].includes(step));
  table(
    [
      'step',
      'operations',
      'items written',
      'read units',
      'write units',
      'of these indexes',
      'per 1,000',
      'write units without transactions',
      'per 1,000',
    ],
    [
      ...STEPS.map((step) => rowOf(step, [step])),
      rowOf('a request, from ask to close', withoutImage),
      rowOf('the same with an image', [...withoutImage, 'file an image', 'send the file']),
    ],
  );
  note(
    `Median of ${walks.length} walks. Prices are $0.625 and $0.125 per million write and read units (on demand, us-east-1; from the price page, not checked against a bill). Without transactions a record could be there and its ledger entry not.`,
  );
} finally {
  await postact?.stop();
  await engine.stop();
  rmSync(folder, { recursive: true, force: true });
}
