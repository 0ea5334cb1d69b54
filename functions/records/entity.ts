/**
 * What a noun's record is called and how it is found. A record is always written whole and on condition of its
 * version, so its index keys are derived from it afresh each time and cannot go stale (docs/adr/0003). Only what fell due
 * before it is written stands in the index under the moment of writing (`notDueBefore`).
 */
import type { CalendarDate } from '../../policies/calendar-date.ts';
import type { Instant } from '../../policies/instant.ts';
import type { Noun } from './nouns.ts';

/** Every record has these. `version` is 1 when first written and grows by one with each change. */
export interface Kept {
  readonly id: string;
  readonly version: number;
}

/** A record about to be written: the version it was read at, or 0 if it is new. */
export interface Finding {
  /** What it belongs to, for "everything about one request or case", and the order within it. */
  readonly subject?: readonly [of: string, order: string];
  /** Whose desk it waits on (`person#…` or `role#…`), and by when. */
  readonly desk?: readonly [desk: string, by: string];
  /** When it falls due; the sweep reads only what is due. */
  readonly dueAt?: Instant;
  /** From which day in New York its disposal may be proposed; read by the daily run alone. Not together with `dueAt`. */
  readonly expiresOn?: CalendarDate;
}

export interface Entity<T extends Kept> {
  readonly noun: Noun;
  /** Which of the table's indexes a record is in, judged from the record alone. */
  readonly findBy: (record: T) => Finding;
}

export function entity<T extends Kept>(noun: Noun, findBy: (record: T) => Finding = () => ({})): Entity<T> {
  return { noun, findBy };
}

/** The table's name for one record, such as `use-request#R-7K3M-Q9TX`. Also its name in the ledger. */
export const keyOf = (noun: Noun, id: string): string => `${noun}#${id}`;

/** How many partitions a month of due records is spread over, so that a busy one stays below one partition's limit. */
export const DUE_SHARDS = 4;

const shardOf = (id: string): number =>
  Array.from(id).reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) % 65_521, 7) % DUE_SHARDS;

/**
 * The partition of the due-index that a day is in: that of its month. What is done leaves the index, so a month holds what
 * is due and is read from its beginning; and to make up for decades takes hundreds of reads, not tens of thousands.
 */
export const dueKey = (day: string, shard: number): string => `due#${day.slice(0, 7)}#${shard}`;

/** As `dueKey`, for what expires: apart, so that the hourly sweep never reads it. */
export const expiresKey = (day: CalendarDate, shard: number): string => `expires#${day.slice(0, 7)}#${shard}`;

/** The first days of the months from that of one day to that of another. */
export function monthsFrom(first: string, last: string): readonly string[] {
  const months: string[] = [];
  for (let [year, month] = first.split('-').map(Number) as [number, number]; ; month++) {
    if (month > 12) [year, month] = [year + 1, 1];
    const day = `${year}-${String(month).padStart(2, '0')}-01`;
    if (day > last) return months;
    months.push(day);
  }
}

/**
 * An item as it is written at a moment. What fell due before it was written is due from then on: the days before have been
 * read, and nobody looks at them again.
 */
export function notDueBefore(item: Record<string, unknown>, at: Instant, id: string): Record<string, unknown> {
  const { due, dueOrder } = item;
  if (typeof due !== 'string' || !due.startsWith('due#') || String(dueOrder) >= at) return item;
  return { ...item, ...dueKeys(at, id) };
}

const dueKeys = (at: Instant, id: string) => ({ due: dueKey(at.slice(0, 10), shardOf(id)), dueOrder: `${at}#${id}` });

/** The item as the table holds it: keys, index keys, and the record itself in one attribute. */
export function itemOf<T extends Kept>(kind: Entity<T>, record: T): Record<string, unknown> {
  const { subject, desk, dueAt, expiresOn } = kind.findBy(record);
  if (dueAt && expiresOn)
    throw new Error(`${keyOf(kind.noun, record.id)} both falls due and expires; it can be in one index only`);
  return {
    pk: keyOf(kind.noun, record.id),
    sk: 'record',
    noun: kind.noun,
    version: record.version,
    record,
    ...(subject && { subject: subject[0], subjectOrder: `${kind.noun}#${subject[1]}#${record.id}` }),
    ...(desk && { desk: desk[0], deskOrder: `${desk[1]}#${record.id}` }),
    ...(dueAt && dueKeys(dueAt, record.id)),
    ...(expiresOn && { due: expiresKey(expiresOn, shardOf(record.id)), dueOrder: `${expiresOn}#${record.id}` }),
  };
}
