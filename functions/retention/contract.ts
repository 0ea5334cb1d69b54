/**
 * The retention card of one kept record of any technology: what it is, which cases it belongs to, how long it is kept and
 * why, which holds bind it, how the store locks it, and what became of it in the end. Also the schedules by which dates
 * are worked out, the recalculations that work them out, and the fence no destruction may pass.
 */
import type { CalendarDate } from '../../policies/calendar-date.ts';
import type { Technology } from '../../policies/editions/edition.ts';
import { plusHours, type Instant } from '../../policies/instant.ts';
import type { FilePerson, Keeping, KeptKind, Schedule } from '../../policies/retention.ts';
import { put, type Put } from '../records/change.ts';
import { entity, keyOf, type Kept } from '../records/entity.ts';
import type { NoteTask } from '../records/notes.ts';

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
  /** After a batch was declined or lapsed: not proposed again before this day. */
  readonly notBefore?: CalendarDate;
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
    card.keeping.approved && { expiresOn: laterDay(card.keeping.date, card.notBefore) }),
}));

/** `ofSubject(retentionCards, classSubject('misdemeanor'))` is the index of records of a class. */
export const classSubject = (classId: string): string => `retained#${classId}`;

const laterDay = (one: CalendarDate, other: CalendarDate | undefined): CalendarDate =>
  other && other > one ? other : one;

export const cardKey = (id: string): string => keyOf('retention', id);

/** A version of the schedule, as loaded, tried, and put in force. */
export interface ScheduleRecord extends Kept {
  readonly schedule: Schedule;
  /** `tried`: a dry run has counted what it would change; `approved`: by a second person; then in force from its day. */
  readonly state: 'draft' | 'tried' | 'in-force' | 'replaced' | 'withdrawn';
  readonly loadedBy: string;
  readonly loadedAt: Instant;
  readonly dryRunId?: string;
  readonly approvedBy?: string;
  readonly approvedAt?: Instant;
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
  readonly counts?: Readonly<Record<'same' | 'longer' | 'shorter' | 'due-now' | 'kept', number>>;
  readonly dueAt?: Instant;
}
export const recalculations = entity<Recalculation>('recalculation', (one) => ({
  subject: [one.subject, one.startedAt],
  ...(one.dueAt && { dueAt: one.dueAt }),
}));

/** After how many hours the sweep asks what became of a recalculation. Engineering, not law. */
const HOURS_TO_RECALCULATE = 1;

/** A recalculation as a change owes it: its record, and the note that starts its workflow, for the change's transaction. */
export function recalculationOwed(owed: {
  readonly cause: RecalculationCause;
  readonly scope: RecalculationScope;
  readonly subject: string;
  readonly by: string;
  readonly at: Instant;
  readonly newId: (prefix: string) => string;
  readonly dryRun?: boolean;
}): { readonly record: Recalculation; readonly note: NoteTask; readonly puts: readonly Put[] } {
  const record: Recalculation = {
    id: owed.newId('RC'),
    version: 0,
    cause: owed.cause,
    scope: owed.scope,
    subject: owed.subject,
    state: 'owed',
    startedAt: owed.at,
    startedBy: owed.by,
    dryRun: owed.dryRun ?? false,
    dueAt: plusHours(owed.at, HOURS_TO_RECALCULATE),
  };
  return {
    record,
    note: {
      kind: 'start',
      workflow: 'recalculation',
      name: `recalculation-${record.id}`,
      input: { schema: 1, recalculationId: record.id },
    },
    puts: [put(recalculations, record)],
  };
}

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

/** Which records a hold takes in, besides those it names. Absent fields take in all. */
export interface Matching {
  readonly technology?: Technology;
  readonly capturedFrom?: CalendarDate;
  readonly capturedUntil?: CalendarDate;
  readonly deviceId?: string;
}

/**
 * What every destruction must hold still, in copies so that destructions do not wait for one another: holds that are
 * being placed or take in whole kinds of records, the schedule in force, and a recalculation of everything. Whoever
 * changes one changes every copy in one transaction; a destroying transaction names the version of one copy.
 */
export interface Fence extends Kept {
  /** `0` to `7`. */
  readonly id: string;
  /** The schedule in force; absent while none is, and then nothing falls due. */
  readonly scheduleId?: string;
  /** Holds that take in by what they match, while they bind; and any hold while it is being placed on what it names. */
  readonly holds: readonly {
    readonly holdId: string;
    readonly matching?: Matching;
    readonly cases?: readonly string[];
    readonly cards?: readonly string[];
  }[];
  readonly recalculationId?: string;
}
export const fences = entity<Fence>('fence');
export const FENCES = 8;
/** Which copy of the fence a card's destruction names. */
export const fenceOf = (cardId: string): string =>
  String(Array.from(cardId).reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) % 65_521, 7) % FENCES);
