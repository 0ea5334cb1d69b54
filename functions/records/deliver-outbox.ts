/**
 * Delivers one note of the outbox: starts the workflow it names, or answers the ones that wait: two, where the sweep
 * started another for one that only seemed lost. At least once; twice is harmless, because executions are named and a
 * token is answered once.
 */
import type { Instant } from '../../policies/instant.ts';
import { put } from './change.ts';
import { RecordMissing } from './faults.ts';
import { notes, type NoteTask, type Workflow } from './notes.ts';
import type { Records } from './records.aws.ts';
import { tokensOf, waitId, waits } from './waits.ts';

export interface OutboxNeeds {
  readonly records: Pick<Records, 'get' | 'keep'>;
  readonly now: () => Instant;
  /** Starts an execution. Resolves too when one of that name was started before. */
  readonly start: (workflow: Workflow, name: string, input: object) => Promise<void>;
  /** Answers a task token. Resolves too when no one waits on it any more. */
  readonly answer: (token: string, output: object) => Promise<void>;
  /** Fails a task token with `LookAgain`. Resolves too when no one waits on it any more. */
  readonly lookAgain: (token: string) => Promise<void>;
}

export async function deliverNote(needs: OutboxNeeds, noteId: string): Promise<void> {
  const note = await needs.records.get(notes, noteId);
  if (!note)
    throw new RecordMissing(`note ${noteId} is not in the table; the stream tells of a note that was never written`);
  if (note.deliveredAt) return;
  await done(needs, note.task);
  const { dueAt: _, ...kept } = note;
  await needs.records.keep(put(notes, { ...kept, deliveredAt: needs.now() }));
}

async function done(needs: OutboxNeeds, task: NoteTask): Promise<void> {
  if (task.kind === 'start') return needs.start(task.workflow, task.name, task.input);
  const wait = await needs.records.get(waits, waitId(task.waiting));
  // Nobody waits yet: whoever asks next looks at the record first and finds the answer there.
  const told = (token: string) => (task.kind === 'wake' ? needs.answer(token, task.output) : needs.lookAgain(token));
  await Promise.all(tokensOf(wait).map(told));
}
