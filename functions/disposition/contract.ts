/**
 * A disposition: a batch of records that have fallen due, proposed by the daily run, open to objection for a grace
 * period, signed by three offices (Charter 1133(f)), destroyed record by record, and certified.
 */
import type { CalendarDate } from '../../policies/calendar-date.ts';
import type { Technology } from '../../policies/editions/edition.ts';
import { earlierOf, type Instant } from '../../policies/instant.ts';
import { entity, keyOf, type Kept } from '../records/entity.ts';

export { nextReminder } from './reminders.ts';

/** Who has to sign, in the order they are shown: the agency's records officer, the Law Department, the Department of Records. */
export const SIGNING_OFFICES = ['records-officer', 'law-department', 'records-commissioner'] as const;
export type SigningOffice = (typeof SIGNING_OFFICES)[number];

export type DispositionState = 'proposed' | 'signing' | 'destroying' | 'destroyed' | 'declined' | 'lapsed' | 'emptied';

export interface Disposition extends Kept {
  readonly state: DispositionState;
  readonly classId: string;
  readonly scheduleId: string;
  readonly technology: Technology;
  /** How many records it was proposed with; those held or taken out since are counted by `leftOut`. */
  readonly records: number;
  readonly leftOut: number;
  readonly bytes: number;
  /** First and last day of eligibility, and of capture, among its records. */
  readonly eligibleFrom: CalendarDate;
  readonly eligibleUntil: CalendarDate;
  readonly capturedFrom?: CalendarDate;
  readonly capturedUntil?: CalendarDate;
  /** Six months after the first of them became eligible. */
  readonly disposeBy: CalendarDate;
  /** The list of its records in the store of images (`certificates/<id>/…`), and its SHA-256, which is what is signed. */
  readonly list: { readonly key: string; readonly versionId: string; readonly sha256: string };
  readonly proposedAt: Instant;
  /** Set while records are still being put into it; nobody is told, and nothing of it goes on, before that is done. */
  readonly gathering?: true;
  /** Set while the records of a batch that has ended without destruction are still being put back. */
  readonly givingBack?: true;
  /** Of the first batch of a day, on which mails the day's digest is sent: how much was proposed in all. */
  readonly digest?: { readonly batches: number; readonly records: number };
  readonly digestOwed?: true;
  readonly graceEndsAt: Instant;
  /** Until when the offices may sign; set when they are asked. */
  readonly signingEndsAt?: Instant;
  /** Who answers for the six months; at first the records officer asked first. */
  readonly ownerId?: string;
  readonly decisions: readonly { readonly office: SigningOffice; readonly decisionId: string }[];
  readonly destroyedRecords?: number;
  readonly certificateId?: string;
  /** Of a batch that was declined: by which office. Who and why is in its decision. */
  readonly declinedBy?: SigningOffice;
  readonly destructionBeganAt?: Instant;
  readonly endedAt?: Instant;
  readonly step: string;
  /** When its workflow is late, and when whoever answers for it is reminded of the six months; `dueAt` is the earlier. */
  readonly lateAt?: Instant;
  readonly remindAt?: Instant;
  readonly dueAt?: Instant;
}

const OPEN: readonly DispositionState[] = ['proposed', 'signing', 'destroying'];

export const dispositions = entity<Disposition>('disposition', (one) => ({
  subject: [`dispositions#${OPEN.includes(one.state) ? 'open' : 'ended'}`, one.proposedAt],
  ...(OPEN.includes(one.state) && { desk: ['role#records-officer', `${one.disposeBy}T00:00:00Z`] as const }),
  ...(one.dueAt && { dueAt: one.dueAt }),
}));

/** What the workflow waits for while anyone may object. */
export const objectionsTo = (dispositionId: string) => ({
  on: keyOf('disposition', dispositionId),
  for: 'objections',
});

export const isOpen = ({ state }: Pick<Disposition, 'state'>): boolean => OPEN.includes(state);

/** `dueAt`, from when its workflow is late and when somebody is reminded; neither once it has ended. */
export function withDue(one: Disposition): Disposition {
  const { dueAt: _, lateAt, remindAt, ...rest } = one;
  if (!isOpen(one) && !one.givingBack) return rest;
  const dueAt = lateAt && remindAt ? earlierOf(lateAt, remindAt) : (lateAt ?? remindAt);
  return { ...rest, ...(lateAt && { lateAt }), ...(remindAt && { remindAt }), ...(dueAt && { dueAt }) };
}

/** `linesOf(membersLine(id))` lists the cards of a batch. */
export const membersLine = (dispositionId: string): string => `members#${keyOf('disposition', dispositionId)}`;

/** What proves a destruction: what, how much, when, how, on whose signatures; signed by the decision key. */
export interface Certificate extends Kept {
  readonly dispositionId: string;
  /** The canonical text that was signed holds exactly these fields. */
  readonly says: {
    readonly dispositionId: string;
    readonly classId: string;
    readonly scheduleId: string;
    readonly technology: Technology;
    readonly records: number;
    readonly bytes: number;
    readonly versions: number;
    readonly destroyedFrom: Instant;
    readonly destroyedUntil: Instant;
    readonly method: string;
    /** SHA-256 of the list of tombstones (id, hash, time), one line each in order of id. */
    readonly listSha256: string;
    readonly signatures: readonly {
      readonly office: SigningOffice;
      readonly decisionId: string;
      readonly personId: string;
      readonly at: Instant;
    }[];
  };
  readonly list: { readonly key: string; readonly versionId: string; readonly sha256: string };
  readonly signature: { readonly of: string; readonly value: string; readonly keyId: string };
  readonly at: Instant;
}
export const certificates = entity<Certificate>('certificate', (one) => ({ subject: ['certificates', one.at] }));

/** One line of the list that is signed: a record, by its number, hash, size and dates. Names nobody. */
export interface ListedRecord {
  readonly id: string;
  /** As in its tombstone, when it is destroyed. */
  readonly sha256: string;
  readonly bytes: number;
  readonly eligibleOn: CalendarDate;
  readonly capturedOn?: CalendarDate;
}

export const listKey = (dispositionId: string): string => `certificates/${dispositionId}/list.json`;
export const tombstonesKey = (dispositionId: string): string => `certificates/${dispositionId}/tombstones.txt`;
