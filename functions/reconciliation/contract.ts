/**
 * A reconciliation: the store and the records held against each other, both ways, once a day. It puts nothing right by
 * itself but a lock that is weaker than the records say; everything else it reports to somebody who can act.
 */
import type { Instant } from '../../policies/instant.ts';
import { entity, type Kept } from '../records/entity.ts';

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

export interface Reconciliation extends Kept {
  /** The day in New York. */
  readonly id: string;
  readonly state: 'running' | 'agreed' | 'differs';
  readonly startedAt: Instant;
  readonly endedAt?: Instant;
  readonly mark?: string;
  readonly files: number;
  readonly cards: number;
  readonly differences: number;
  /** The first hundred; the rest is counted. */
  readonly shown: readonly Difference[];
  /** Cards by class, and records due by month of the next 24, as of this run. */
  readonly byClass: Readonly<Record<string, { readonly records: number; readonly bytes: number }>>;
  readonly dueByMonth: Readonly<Record<string, Readonly<Record<string, number>>>>;
}
export const reconciliations = entity<Reconciliation>('reconciliation', (one) => ({
  subject: ['reconciliations', one.id],
}));
