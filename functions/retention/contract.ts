/**
 * The retention card of one kept record of any technology: what it is, which cases it belongs to, how long it is kept and
 * why, which holds bind it, how the store locks it, and what became of it in the end. Also the schedules by which dates
 * are worked out, the recalculations that work them out, and the fence no destruction may pass.
 */
import type { CalendarDate } from '../../policies/calendar-date.ts';
import type { Technology } from '../../policies/editions/edition.ts';
import { nyDate, plusMs, type Instant } from '../../policies/instant.ts';
import type { FilePerson, Keeping, KeptKind, Schedule } from '../../policies/retention.ts';
import { put, type Put } from '../records/change.ts';
import { FIRST_STEP_MS } from '../records/deadlines.ts';
import { entity, keyOf, type Kept } from '../records/entity.ts';
import type { NoteTask } from '../records/notes.ts';

export { everyFence, FENCES, fenceOf, fencePuts, fences, fenceTakesIn, type Fence, type Matching } from './fence.ts';
export { firstCard, firstClassOf, type JustKept } from './first-card.ts';
export { keptWith } from './kept-with.ts';
export { lockOf } from './lock-of.ts';
export { progressOf } from './progress.ts';

/** One file in the store, all of whose versions are destroyed with it. */
export interface StoredFile {
  readonly key: string;
  readonly versionId: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** How the store locks a file, as the records want it; the reconciliation holds the store to it. */
export interface Lock {
  readonly legalHold: boolean;
  /** Governance mode. Never moved to an earlier day: nobody has the right to. */
  readonly retainUntil?: Instant;
  /** The object's tag `class`. */
  readonly classId: string;
}

/**
 * `kept`; `proposed`: in a batch that is to be signed; `destroying`: the destroying transaction is done and the files are
 * going; `destroyed`: a tombstone.
 */
export type CardState = 'kept' | 'proposed' | 'destroying' | 'destroyed';

export interface RetentionCard extends Kept {
  /** Of an image its own id; of other records the id their system gave them. */
  readonly id: string;
  readonly state: CardState;
  readonly kind: KeptKind;
  readonly technology: Technology;
  /** `keyOf` the record with what was captured, where it has one here (an image); it is emptied with the card. */
  readonly about?: string;
  readonly capturedAt?: Instant;
  readonly keptAt: Instant;
  readonly caseNumbers: readonly string[];
  readonly person?: FilePerson;
  readonly deviceId?: string;
  /** What a plate read holds. Emptied when it is destroyed. */
  readonly read?: { readonly plate: string; readonly state: string; readonly place: string };
  /** Why an image of a digital camera is relevant (CAM26-RET-02). Emptied when it is destroyed. */
  readonly relevance?: string;
  readonly files: readonly StoredFile[];
  /** Holds placed on this record itself or found to take it in; released ones stay while they count. */
  readonly holdIds: readonly string[];
  readonly keeping: Keeping;
  /** Of each case its version, and the schedule, that `keeping` was worked out from. */
  readonly workedOutFrom: {
    readonly cases: Readonly<Record<string, number>>;
    readonly scheduleId?: string;
    readonly at: Instant;
  };
  /** What the store was last told to do, and since when it does. */
  readonly lock: Lock;
  readonly lockSetAt?: Instant;
  readonly dispositionId?: string;
  /** After a batch was declined or lapsed, or it was taken out of one: not proposed again before this day. */
  readonly notBefore?: CalendarDate;
  /** Who took it out of a batch, and why. */
  readonly objection?: {
    readonly dispositionId: string;
    readonly by: string;
    readonly at: Instant;
    readonly reason: string;
  };
  /** Of a tombstone. */
  readonly destroyed?: {
    readonly at: Instant;
    readonly classId: string;
    readonly scheduleId: string;
    /** SHA-256 over the hashes of its files in order of their keys; of a record without files, of its own canonical text. */
    readonly sha256: string;
    readonly bytes: number;
    readonly versions: number;
    readonly decisionIds: readonly string[];
    readonly certificateId: string;
    readonly filesGoneAt?: Instant;
  };
}

/**
 * Listed by class, and by the day it falls due while it is kept under an approved schedule and no hold (a hold leaves no
 * date). The daily run reads `expiresKey` partitions and nothing else.
 */
export const retentionCards = entity<RetentionCard>('retention', (card) => ({
  subject: [classSubject(card.state === 'destroyed' ? 'destroyed' : card.keeping.classId), card.keptAt],
  ...(card.state === 'kept' &&
    card.keeping.kind === 'until' &&
    card.keeping.approved && { expiresOn: foundOn(card, card.keeping.date) }),
}));

/**
 * The day of the index under which the daily run finds it: not before it was worked out, for days that are past have been
 * read, and a hold that ends after years leaves a date that long is past.
 */
const foundOn = ({ notBefore, workedOutFrom }: RetentionCard, date: CalendarDate): CalendarDate =>
  laterDay(laterDay(date, notBefore), nyDate(workedOutFrom.at));

/** `ofSubject(retentionCards, classSubject('misdemeanor'))` is the index of records of a class. */
export const classSubject = (classId: string): string => `retained#${classId}`;

const laterDay = (one: CalendarDate, other: CalendarDate | undefined): CalendarDate =>
  other && other > one ? other : one;

export const cardKey = (id: string): string => keyOf('retention', id);

/** A version of the schedule, as loaded, tried, and put in force. */
export interface ScheduleRecord extends Kept {
  readonly schedule: Schedule;
  /** `tried`: a dry run has counted what it would change. A second person puts it in force, or somebody withdraws it. */
  readonly state: 'draft' | 'tried' | 'in-force' | 'replaced' | 'withdrawn';
  readonly loadedBy: string;
  readonly loadedAt: Instant;
  readonly dryRunId?: string;
  readonly approvedBy?: string;
  readonly approvedAt?: Instant;
  readonly withdrawnBy?: string;
  readonly withdrawnAt?: Instant;
  /** Why it was put in force, or withdrawn. */
  readonly reason?: string;
}
export const schedules = entity<ScheduleRecord>('schedule', (one) => ({ subject: ['schedules', one.loadedAt] }));

/** Why dates are worked out anew. */
export type RecalculationCause =
  | 'case-opened'
  | 'case-closed'
  | 'case-reopened'
  | 'case-reclassified'
  | 'case-merged'
  | 'case-people-changed'
  | 'record-linked'
  /** The store holds a file longer than the records said. */
  | 'lock-taken-over'
  | 'hold-placed'
  | 'hold-released'
  | 'schedule-tried'
  | 'schedule-in-force';

/** Which cards: those of a case, those a hold names or takes in, or all. */
export type RecalculationScope =
  | { readonly kind: 'case'; readonly caseNumber: string }
  | { readonly kind: 'hold'; readonly holdId: string }
  | { readonly kind: 'all'; readonly scheduleId: string }
  | { readonly kind: 'cards'; readonly ids: readonly string[] };

/**
 * What came of it, by record: each is one of `kept` (without a date), `same`, `longer` and `shorter` (also one that had no
 * date before). Those that fall due at once by it are counted by `due-now` besides.
 */
export type RecalculationCounts = Readonly<Record<'same' | 'longer' | 'shorter' | 'due-now' | 'kept', number>>;

/**
 * One working-out of dates over many cards, whole or not at all: until it is whole, none of the dates it wrote counts,
 * because the case (or the fence) still names it and nothing is destroyed past that.
 */
export interface Recalculation extends Kept {
  readonly cause: RecalculationCause;
  readonly scope: RecalculationScope;
  readonly subject: string;
  readonly state: 'owed' | 'running' | 'whole' | 'abandoned';
  readonly startedAt: Instant;
  readonly startedBy: string;
  /** How many cards; known once they are listed. */
  readonly total?: number;
  readonly endedAt?: Instant;
  /** A dry run writes no card; it counts what would change. */
  readonly dryRun: boolean;
  readonly counts?: RecalculationCounts;
  readonly dueAt?: Instant;
}
export const recalculations = entity<Recalculation>('recalculation', (one) => ({
  subject: [one.subject, one.startedAt],
  ...(one.dueAt && { dueAt: one.dueAt }),
}));

export interface RecalculationAsked {
  readonly cause: RecalculationCause;
  readonly scope: RecalculationScope;
  /** `keyOf` the record whose change made it necessary: a case, a hold, a schedule, a card. */
  readonly subject: string;
  /** Person id, client id, or the function that did it. */
  readonly by: string;
  readonly at: Instant;
  readonly newId: (prefix: string) => string;
  readonly dryRun?: boolean;
}

/**
 * What a change that moves dates owes: put `puts` and `notes` into its transaction, and name `record.id` as
 * `recalculationId` of the case, the hold or the fence the change writes.
 */
export function recalculationOwed({ cause, scope, subject, by, at, newId, dryRun = false }: RecalculationAsked): {
  readonly record: Recalculation;
  readonly puts: readonly Put[];
  readonly note: NoteTask;
  /** The note alone, as a change takes it. */
  readonly notes: readonly NoteTask[];
} {
  const record: Recalculation = {
    id: newId('RA'),
    version: 0,
    cause,
    scope,
    subject,
    state: 'owed',
    startedAt: at,
    startedBy: by,
    dryRun,
    dueAt: plusMs(at, FIRST_STEP_MS),
  };
  const note = recalculationStart(record.id, record.id);
  return { record, puts: [put(recalculations, record)], note, notes: [note] };
}

/** Starts the workflow; `name` makes a second delivery harmless. */
export const recalculationStart = (recalculationId: string, name: string): NoteTask => ({
  kind: 'start',
  workflow: 'recalculation',
  name,
  input: { schema: 1, recalculationId },
});

/** A part of a recalculation that is done: bookkeeping, from which its progress is summed. */
export interface RecalculationPart extends Kept {
  readonly recalculationId: string;
  readonly cards: number;
  readonly at: Instant;
  readonly counts: Readonly<Record<string, number>>;
}
export const recalculationParts = entity<RecalculationPart>('recalculation-part', (part) => ({
  subject: [keyOf('recalculation', part.recalculationId), part.id],
}));
