/**
 * The outbox: what must happen elsewhere because of a change, written in the change's own transaction and delivered
 * from the table's stream. A note is done at least once; each kind is safe to do twice.
 */
import type { Instant } from '../../policies/instant.ts';
import { entity, keyOf, type Kept } from './entity.ts';

/** The workflows, by the folder they live in. */
export type Workflow =
  | 'use-request'
  | 'decision'
  | 'image-intake'
  | 'disclosure'
  | 'breach'
  | 'recalculation'
  | 'disposition'
  | 'reconciliation';

/** Where a waiting workflow left its task token: which record, and which question about it. */
export interface Waiting {
  /** `keyOf` of the record. */
  readonly on: string;
  /** A fixed word, such as `answer` or `deployment`. */
  readonly for: string;
}

export type NoteTask =
  /** Starts a workflow. `name` makes a second delivery harmless. Input carries ids and a schema version only. */
  | {
      readonly kind: 'start';
      readonly workflow: Workflow;
      readonly name: string;
      readonly input: Readonly<Record<string, string | number>>;
    }
  /** Answers the task token of a waiting workflow. No one waiting is fine: the workflow looks at the record first. */
  | {
      readonly kind: 'wake';
      readonly waiting: Waiting;
      readonly output: Readonly<Record<string, string | number | boolean>>;
    }
  /** Ends a wait without an answer, so that the workflow looks again at once (a bounced mail, an overdue stage). */
  | { readonly kind: 'look-again'; readonly waiting: Waiting };

/** The error a workflow catches when it is to look again. */
export const LOOK_AGAIN = 'LookAgain';

export interface Note extends Kept {
  readonly task: NoteTask;
  readonly since: Instant;
  /** When the sweep takes it up if the stream has not; absent once delivered. */
  readonly dueAt?: Instant;
  readonly deliveredAt?: Instant;
}

export const notes = entity<Note>('note', (note) => (note.dueAt ? { dueAt: note.dueAt } : {}));

export { keyOf };
