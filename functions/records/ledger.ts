/**
 * The ledger: for each subject a chain of entries, each holding the hash of the one before. An entry is written in the
 * same transaction as the change it tells of, so nothing is done that it does not hold.
 *
 * An entry carries ids, kinds, clauses and hashes. What a person typed stays in the record; the entry has its hash, and
 * the hash of every record as the change left it, so that a record altered behind the ledger's back is found too.
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
  /** Each record this change wrote, and the SHA-256 of its canonical text. */
  readonly after: Readonly<Record<string, string>>;
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

export function entryAfter(head: LedgerHead, told: Told, at: Instant, by: Actor, after: Readonly<Record<string, string>>): LedgerEntry {
  const entry = { ...told, seq: head.seq + 1, at, by, after, prev: head.hash };
  return { ...entry, hash: hashOf(entry) };
}

/** Sort keys must order as numbers do: twelve digits last longer than any subject. */
export const entryKey = (seq: number): string => `entry#${String(seq).padStart(12, '0')}`;
