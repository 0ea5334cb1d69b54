/**
 * One change: the records as they are to be, what the ledger is told, and what must happen elsewhere because of it.
 * All of it is one TransactWriteItems, so all of it is done or none.
 */
import { randomUUID } from 'node:crypto';
import type { Instant } from '../../policies/instant.ts';
import {
  entryAfter,
  entryKey,
  lineName,
  lineVersion,
  sealOf,
  sealOfEnd,
  type Actor,
  type LedgerHead,
  type Seal,
  type Told,
} from './ledger.ts';
import { itemOf, keyOf, notDueBefore, type Entity, type Kept } from './entity.ts';
import { mails, type Mail, type MailKind } from './mail-owed.ts';
import { notes, type Note, type NoteTask } from './notes.ts';
import type { Noun } from './nouns.ts';
import { DELIVERY_GRACE_MS } from './deadlines.ts';

/** A record to write whole, on condition that the table still has `record.version - 1` of it (none, for version 1). */
export interface Put {
  readonly item: Record<string, unknown>;
  readonly key: string;
  readonly version: number;
}

/** Makes the next version of a record. `record.version` is the version it was read at; 0 for a new one. */
export function put<T extends Kept>(kind: Entity<T>, record: T): Put {
  const next = { ...record, version: record.version + 1 };
  return { item: itemOf(kind, next), key: keyOf(kind.noun, record.id), version: next.version };
}

export interface MailOwed {
  /** Given where a record has to know its mail; otherwise made here. */
  readonly id?: string;
  readonly kind: MailKind;
  readonly to: Mail['to'];
  readonly about: string;
  readonly subject: string;
}

/** The nouns whose every change need not be told: they serve delivery, sign-in and the digests, and decide nothing. */
const BOOKKEEPING: readonly unknown[] = [
  'note',
  'wait',
  'session',
  'sign-in',
  'sweep',
  'digest',
  'recalculation-part',
] satisfies readonly Noun[];
export const isBookkeeping = (noun: unknown): boolean => BOOKKEEPING.includes(noun);

/** A membership line: `from` lists `to`, such as a role its people or a case its images. */
export interface Line {
  readonly from: string;
  readonly to: string;
}

export interface Change {
  readonly at: Instant;
  readonly by: Actor;
  readonly puts: readonly Put[];
  /** One for each subject whose story this is part of; at least one. */
  readonly tells: readonly Told[];
  readonly notes?: readonly NoteTask[];
  readonly mails?: readonly MailOwed[];
  readonly lines?: readonly Line[];
  readonly endedLines?: readonly Line[];
  /** Records that are read but not written, and must not have changed since; version 0 was not there, and must not be. */
  readonly unchanged?: readonly { readonly key: string; readonly version: number }[];
}

/** One member of a TransactWriteItems, without the table's name. */
export type Write =
  | { readonly put: Record<string, unknown>; readonly condition: string; readonly values?: Record<string, unknown> }
  | { readonly remove: { readonly pk: string; readonly sk: string } }
  | {
      readonly check: { readonly pk: string; readonly sk: string };
      readonly condition: string;
      readonly values?: Record<string, unknown>;
    };

/** DynamoDB's own limit for one transaction. */
export const MOST_WRITES = 100;

const FREE = 'attribute_not_exists(pk)';
const SAME_VERSION = 'version = :was';

/**
 * Turns a change into the writes of its transaction, given the head of each subject's chain.
 * Throws if nothing is told (a change the ledger does not hold must not happen) or if it is too large.
 */
export function writesOf(change: Change, headOf: (subject: string) => LedgerHead): Write[] {
  if (change.tells.length === 0)
    throw new Error('a change was written without telling the ledger; add what happened to `tells`');
  const subjects = new Set(change.tells.map((told) => told.subject));
  if (subjects.size !== change.tells.length)
    throw new Error(`one change tells a subject twice (${[...subjects].join(', ')}); tell it once`);

  const puts = [...change.puts, ...(change.mails ?? []).map((owed) => put(mails, mailOf(owed, change.at)))].map(
    (one) => ({ ...one, item: notDueBefore(one.item, change.at, one.key.slice(one.key.indexOf('#') + 1)) }),
  );
  const lines = (change.lines ?? []).map((line) => lineItem(line, change.at));
  const after = Object.fromEntries([
    ...puts
      .filter(({ item }) => !isBookkeeping(item.noun))
      .map(({ key, version, item }) => [key, sealOf(version, item)] as const),
    ...lines.map((item) => [lineName(item.pk, item.sk), sealOf(lineVersion(item.since), item)] as const),
    ...(change.endedLines ?? []).map(
      ({ from, to }) => [lineName(from, to), sealOfEnd(lineVersion(change.at))] as const,
    ),
  ]);
  const writes: Write[] = [];
  for (const { item, version } of puts)
    writes.push(
      version === 1
        ? { put: item, condition: FREE }
        : { put: item, condition: SAME_VERSION, values: { ':was': version - 1 } },
    );
  for (const told of change.tells) writes.push(...tellWrites(told, change, after, headOf(told.subject)));
  for (const task of change.notes ?? []) writes.push({ put: itemOf(notes, noteOf(task, change.at)), condition: FREE });
  for (const item of lines) writes.push({ put: item, condition: `${FREE} OR attribute_exists(pk)` });
  for (const { from, to } of change.endedLines ?? []) writes.push({ remove: { pk: from, sk: to } });
  for (const { key, version } of change.unchanged ?? [])
    writes.push({
      check: { pk: key, sk: 'record' },
      ...(version === 0 ? { condition: FREE } : { condition: SAME_VERSION, values: { ':was': version } }),
    });
  if (writes.length > MOST_WRITES)
    throw new Error(
      `a change of ${writes.length} writes does not fit one transaction of ${MOST_WRITES}; split it by record`,
    );
  return writes;
}

function tellWrites(told: Told, change: Change, after: Readonly<Record<string, Seal>>, head: LedgerHead): Write[] {
  const entry = entryAfter(head, told, change.at, change.by, after);
  const pk = `ledger#${told.subject}`;
  const nextHead = {
    pk,
    sk: 'head',
    noun: 'ledger',
    seq: entry.seq,
    hash: entry.hash,
    due: OPEN_HEADS,
    dueOrder: told.subject,
  };
  return [
    { put: { pk, sk: entryKey(entry.seq), noun: 'ledger', entry }, condition: FREE },
    head.seq === 0
      ? { put: nextHead, condition: FREE }
      : { put: nextHead, condition: 'seq = :seq AND #hash = :hash', values: { ':seq': head.seq, ':hash': head.hash } },
  ];
}

/** The heads no digest has seen yet share an index key, so that the hourly digest reads only what changed. */
export const OPEN_HEADS = 'heads#open';

const lineItem = ({ from, to }: Line, since: Instant) => ({ pk: from, sk: to, noun: 'role', since });

function noteOf(task: NoteTask, at: Instant): Note {
  return { id: randomUUID(), version: 1, task, since: at, dueAt: graceAfter(at) };
}

function mailOf(owed: MailOwed, at: Instant): Mail {
  return {
    ...owed,
    id: owed.id ?? randomUUID(),
    version: 0,
    owedAt: at,
    state: 'owed',
    attempts: 0,
    dueAt: graceAfter(at),
  };
}

const graceAfter = (at: Instant): Instant => new Date(Date.parse(at) + DELIVERY_GRACE_MS).toISOString() as Instant;
