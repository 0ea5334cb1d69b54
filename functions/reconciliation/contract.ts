/**
 * A reconciliation: the store and the records held against each other, both ways, once a day. It puts nothing right by
 * itself but a lock that is weaker than the records say; everything else it reports to somebody who can act.
 */
import { plusMonths, type CalendarDate } from '../../policies/calendar-date.ts';
import { plusHours, type Instant } from '../../policies/instant.ts';
import { entity, keyOf, type Kept } from '../records/entity.ts';
import type { NoteTask } from '../records/notes.ts';
import { roleLine } from '../records/standing.ts';

export type DifferenceKind =
  /** A file no card knows. */
  | 'file-without-record'
  /** A card whose file is not there. */
  | 'record-without-file'
  /** A tombstone whose file is still there. */
  | 'destroyed-but-there'
  /** A lock or tag other than the card says. */
  | 'lock-differs'
  | 'tag-differs'
  /** More versions than the card knows. */
  | 'versions-differ';

export interface Difference {
  readonly kind: DifferenceKind;
  readonly key: string;
  readonly cardId?: string;
  readonly expected: string;
  readonly found: string;
  readonly mended?: boolean;
}

/** Records and their bytes. */
export interface Amount {
  readonly records: number;
  readonly bytes: number;
}

/** What one comparison counted on its way. Records that move from one class to another meanwhile may be a few off. */
export interface Counted {
  readonly files: number;
  readonly cards: number;
  readonly differences: number;
  readonly mended: number;
  /** The first hundred; the rest is counted. */
  readonly shown: readonly Difference[];
  readonly byKind: Readonly<Partial<Record<DifferenceKind, number>>>;
  /** Cards by class; tombstones under `destroyed`. */
  readonly byClass: Readonly<Record<string, Amount>>;
  /** Kept under a hold, by class: they have no date. */
  readonly heldByClass: Readonly<Record<string, number>>;
  /** Records that fall due, by month (`2027-03`) of the next 24 and in it by class. */
  readonly dueByMonth: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Records that may be proposed today, by class; and those that are in a batch already. */
  readonly eligible: Readonly<Record<string, number>>;
  readonly proposed: Readonly<Record<string, number>>;
}

/** How far ahead what falls due is counted, this month included. */
const MONTHS_AHEAD = 24;

export const monthOf = (day: CalendarDate): string => day.slice(0, 7);

/** The months that are counted from a day on, that day's own first, as `2027-03`. */
export const monthsFrom = (day: CalendarDate): readonly string[] =>
  Array.from({ length: MONTHS_AHEAD }, (_, index) => monthOf(plusMonths(`${monthOf(day)}-01` as CalendarDate, index)));

export const NOTHING_COUNTED: Counted = {
  files: 0,
  cards: 0,
  differences: 0,
  mended: 0,
  shown: [],
  byKind: {},
  byClass: {},
  heldByClass: {},
  dueByMonth: {},
  eligible: {},
  proposed: {},
};

export interface Reconciliation extends Kept, Counted {
  /** The day in New York. */
  readonly id: string;
  readonly state: 'running' | 'agreed' | 'differs';
  readonly startedAt: Instant;
  readonly endedAt?: Instant;
  /** What somebody did about the differences. */
  readonly done?: { readonly by: string; readonly at: Instant; readonly text: string };
  /** A later one that found differences too, and has taken its place on the desk. */
  readonly followedBy?: string;
  /** While it runs: when the sweep sees whether it still does. */
  readonly dueAt?: Instant;
}

/** It stays on the desk until somebody has said what was done, or a later one differs. */
export const isOpen = ({ state, done, followedBy }: Reconciliation): boolean =>
  state === 'differs' && !done && !followedBy;

/** How long after its end a difference is meant to be looked at: before the next comparison ends. */
const HOURS_TO_LOOK = 24;
export const lookBy = ({ startedAt, endedAt }: Pick<Reconciliation, 'startedAt' | 'endedAt'>): Instant =>
  plusHours(endedAt ?? startedAt, HOURS_TO_LOOK);

export const reconciliations = entity<Reconciliation>('reconciliation', (one) => ({
  subject: ['reconciliations', one.id],
  ...(isOpen(one) && { desk: [roleLine('records-officer'), lookBy(one)] as const }),
  ...(one.state === 'running' && one.dueAt && { dueAt: one.dueAt }),
}));

export const reconciliationKey = (id: string): string => keyOf('reconciliation', id);

/**
 * How far a comparison has come, step by step: bookkeeping, of which only the end is told to the ledger. A step is done on
 * condition of the version, so none is counted twice.
 */
export interface Progress extends Kept {
  /** `reconciliation/<day>`. */
  readonly id: string;
  readonly at: Instant;
  readonly steps: number;
  readonly mark: Mark;
  readonly counted: Counted;
}

/** Where it goes on: in the store, then among the cards of each class, then nowhere. */
export type Mark =
  | { readonly in: 'files'; readonly folder: string; readonly from?: string }
  | { readonly in: 'cards'; readonly classId: string; readonly from?: string }
  | { readonly in: 'end' };

export const progresses = entity<Progress>('sweep');
export const progressId = (reconciliationId: string): string => `reconciliation/${reconciliationId}`;

/** A run of the workflow. Two runs of one day do no harm: each step is counted once, whoever does it. */
export const runOf = (id: string, which: string): NoteTask => ({
  kind: 'start',
  workflow: 'reconciliation',
  name: `${id}-${which}`,
  input: { schema: 1, reconciliationId: id },
});
