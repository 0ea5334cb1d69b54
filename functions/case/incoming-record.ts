/**
 * A record that another system handed in: what it said of it, until its file has arrived and the card is written. From
 * then on it says only that it was taken, and what was sent by its hash, so that the same is taken once.
 */
import type { Instant } from '../../policies/instant.ts';
import { entity, keyOf, type Kept } from '../records/entity.ts';
import { cardKey } from '../retention/contract.ts';

export interface IncomingRecord extends Kept {
  readonly id: string;
  /** `lapsed`: no file came within the day; it may be announced again, as it was or otherwise. */
  readonly state: 'awaiting-file' | 'kept' | 'lapsed';
  /** Client id of the system that announced it. */
  readonly from: string;
  /** SHA-256 of the canonical text of what was sent. */
  readonly sha256: string;
  readonly at: Instant;
  /** The message as it was sent. Absent once the card holds what it says, and once it has lapsed. */
  readonly said?: unknown;
  /** When it lapses, if the file has not come. */
  readonly dueAt?: Instant;
}

export const incomingRecords = entity<IncomingRecord>('incoming-record', (one) => ({
  subject: [cardKey(one.id), one.at],
  ...(one.state === 'awaiting-file' && one.dueAt && { dueAt: one.dueAt }),
}));

export const incomingRecordKey = (id: string): string => keyOf('incoming-record', id);

export const incomingFileOf = (id: string): string => `incoming/records/${id}/original`;
export const keptFileOf = (id: string): string => `kept/records/${id}/original`;
