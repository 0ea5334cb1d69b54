/**
 * Does the ledger still tell what happened? Pure: takes what was read and answers with every break, naming the entry.
 *
 * Answers a list of breaks; an empty list is a ledger that holds.
 */
import { sha256 } from './canonical.ts';
import { hashOf, NO_ENTRY, type LedgerEntry, type LedgerHead } from './ledger.ts';

export interface Break {
  readonly subject: string;
  /** The entry it was found at; absent where the whole chain is missing. */
  readonly seq?: number;
  readonly what: string;
}

/** One subject's chain: every entry hashes to its hash, follows its predecessor, and the last is the head. */
export function breaksIn(subject: string, entries: readonly LedgerEntry[], head: LedgerHead | undefined): Break[] {
  const breaks: Break[] = [];
  let before: LedgerHead = NO_ENTRY;
  for (const entry of entries) {
    const at = { subject, seq: entry.seq };
    if (entry.subject !== subject) breaks.push({ ...at, what: `the entry names another subject, ${entry.subject}` });
    if (hashOf(entry) !== entry.hash) breaks.push({ ...at, what: 'the entry was altered: its content no longer has its hash' });
    if (entry.seq !== before.seq + 1) breaks.push({ ...at, what: `${entry.seq - before.seq - 1} entries before it are missing` });
    else if (entry.prev !== before.hash) breaks.push({ ...at, what: 'the entry does not follow the one before it' });
    before = { seq: entry.seq, hash: entry.hash };
  }
  if (!head) {
    if (entries.length > 0) breaks.push({ subject, what: 'the head of the chain is missing' });
  } else if (head.seq !== before.seq || head.hash !== before.hash) {
    breaks.push({ subject, seq: head.seq, what: `the head says entry ${head.seq} is the last, the chain ends with ${before.seq}: an entry was removed, added or replaced` });
  }
  return breaks;
}

/** The records as they are, against the last hash that any chain gives for each of them. */
export function recordBreaks(chains: ReadonlyMap<string, readonly LedgerEntry[]>, records: ReadonlyMap<string, { readonly version: number }>): Break[] {
  const known = new Map<string, Set<string>>();
  for (const entries of chains.values()) {
    for (const entry of entries) {
      for (const [key, hash] of Object.entries(entry.after)) known.set(key, (known.get(key) ?? new Set()).add(hash));
    }
  }
  const breaks: Break[] = [];
  for (const [key, hashes] of known) {
    const record = records.get(key);
    if (!record) breaks.push({ subject: key, what: 'the record is missing from the table' });
    else if (!hashes.has(sha256(record))) breaks.push({ subject: key, what: `version ${record.version} of the record was altered outside the ledger` });
    else if (hashes.size > 0 && record.version < hashes.size) breaks.push({ subject: key, what: `the record was put back to version ${record.version}` });
  }
  for (const key of records.keys()) if (!known.has(key)) breaks.push({ subject: key, what: 'the record is not in the ledger' });
  return breaks;
}
