/**
 * The ledger: for each subject a chain of entries, each holding the hash of the one before. An entry is written in the
 * same transaction as the change it tells of, so nothing is done that it does not hold.
 *
 * An entry carries ids, kinds, clauses and hashes. What a person typed stays in the record; the entry has its hash, and
 * the seal of everything the change wrote: version and hash of the item as the table holds it, index keys included. So
 * an item altered, hidden from a desk or put back to an older version behind the ledger's back is found too.
 */
import type { Instant } from '../../policies/instant.ts';
import { canonical, sha256 } from './canonical.ts';

/** Who did it. `system` names the function or workflow that acted by itself. */
export type Actor =
  | { readonly kind: 'person'; readonly id: string }
  | { readonly kind: 'external'; readonly id: string }
  | { readonly kind: 'system'; readonly id: string };

/** What one change tells the ledger about one subject. */
export interface Told {
  /** The record the story belongs to, as `keyOf` names it. */
  readonly subject: string;
  /** What happened, a fixed text such as `request submitted`. */
  readonly act: string;
  /** The policy edition it was judged by, where it was judged. */
  readonly edition?: string;
  /** The clauses that decided it. */
  readonly clauses?: readonly string[];
  /** Ids, kinds, counts, instants and hashes. Never a name, a plate, a place or free text. */
  readonly facts?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

export interface LedgerEntry extends Told {
  readonly seq: number;
  readonly at: Instant;
  readonly by: Actor;
  /** Each record and membership line this change wrote or ended, by name, and its seal. */
  readonly after: Readonly<Record<string, Seal>>;
  /** Hash of entry `seq - 1` of the same subject, or 64 zeros for the first. */
  readonly prev: string;
  readonly hash: string;
}

export interface LedgerHead {
  readonly seq: number;
  readonly hash: string;
}

export const NO_ENTRY: LedgerHead = { seq: 0, hash: '0'.repeat(64) };

/** The hash of an entry: over everything in it except the hash itself. */
export function hashOf(entry: Omit<LedgerEntry, 'hash'>): string {
  const { hash: _, ...told } = entry as LedgerEntry;
  return sha256(canonical(told));
}

export function entryAfter(
  head: LedgerHead,
  told: Told,
  at: Instant,
  by: Actor,
  after: Readonly<Record<string, Seal>>,
): LedgerEntry {
  const entry = { ...told, seq: head.seq + 1, at, by, after, prev: head.hash };
  return { ...entry, hash: hashOf(entry) };
}

/** Sort keys must order as numbers do: twelve digits last longer than any subject. */
export const entryKey = (seq: number): string => `entry#${String(seq).padStart(12, '0')}`;

/** `<version>:<SHA-256 of the whole item's canonical text>`; of an ended membership line `<version>:ended`. */
export type Seal = string;

export const sealOf = (version: number, item: Readonly<Record<string, unknown>>): Seal => `${version}:${sha256(item)}`;
export const sealOfEnd = (version: number): Seal => `${version}:ended`;
export const isEnd = (seal: Seal): boolean => seal.endsWith(':ended');
export const versionIn = (seal: Seal): number => Number.parseInt(seal, 10);

/** A membership line's name in the ledger. Its ends may name a person, so only their hash is told. */
export const lineName = (from: string, to: string): string => `line#${sha256([from, to])}`;

export const isLine = (name: string): boolean => name.startsWith('line#');

/** A line has no count of its own; the milliseconds of its change order its seals. */
export const lineVersion = (since: string): number => Date.parse(since);
