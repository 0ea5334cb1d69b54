/**
 * Does the ledger still tell what happened? Pure: takes what was read and answers with every break, naming the subject
 * and the entry. An empty list is a ledger that holds.
 */
import { hashOf, isEnd, isLine, NO_ENTRY, versionIn, type LedgerEntry, type LedgerHead, type Seal } from './ledger.ts';

export interface Break {
  /** The subject of a chain, the name of a record, or `digest <hour>`. */
  readonly subject: string;
  /** The entry it was found at; absent where no single entry is meant. */
  readonly seq?: number;
  readonly what: string;
}

/** Follows one subject's chain entry by entry, so that no more than one entry need be held. */
export interface ChainReader {
  /** The breaks that this entry shows, given all before it. */
  take(entry: LedgerEntry): Break[];
  /** The breaks that only the end shows. */
  end(head: LedgerHead | undefined): Break[];
}

export function chainReader(subject: string): ChainReader {
  let before: LedgerHead = NO_ENTRY;
  return {
    take(entry) {
      const breaks: Break[] = [];
      const broken = (what: string): void => void breaks.push({ subject, seq: entry.seq, what });
      if (entry.subject !== subject) broken(`the entry names another subject, ${entry.subject}`);
      if (hashOf(entry) !== entry.hash) broken('the entry was altered: its content no longer has its hash');
      if (entry.seq > before.seq + 1) breaks.push(missing(subject, before.seq + 1, entry.seq - 1));
      else if (entry.seq !== before.seq + 1) broken(`the entry is out of order: it comes after entry ${before.seq}`);
      else if (entry.prev !== before.hash)
        broken('the entry does not follow the one before it: one of the two was altered or replaced');
      before = { seq: entry.seq, hash: entry.hash };
      return breaks;
    },
    end(head) {
      if (!head) return before.seq > 0 ? [{ subject, what: 'the head of the chain is missing' }] : [];
      if (head.seq > before.seq) return [missing(subject, before.seq + 1, head.seq)];
      if (head.seq < before.seq)
        return [
          {
            subject,
            seq: before.seq,
            what: `the head says entry ${head.seq} is the last, the chain ends with ${before.seq}: an entry was added or the head was altered`,
          },
        ];
      return head.hash === before.hash
        ? []
        : [
            {
              subject,
              seq: head.seq,
              what: 'the head has another hash than the last entry: one of the two was altered',
            },
          ];
    },
  };
}

const missing = (subject: string, from: number, to: number): Break => ({
  subject,
  seq: from,
  what: from === to ? 'the entry is missing' : `the entries ${from} to ${to} are missing`,
});

/** One subject's chain at once: every entry hashes to its hash, follows its predecessor, and the last is the head. */
export function breaksIn(subject: string, entries: readonly LedgerEntry[], head: LedgerHead | undefined): Break[] {
  const chain = chainReader(subject);
  return [...entries.flatMap((entry) => chain.take(entry)), ...chain.end(head)];
}

/** The last word of the ledger on one record, and the entry that has it. */
interface LastWord {
  readonly seal: Seal;
  readonly subject: string;
  readonly seq: number;
  /** Of a line: another seal of the same moment. */
  readonly or?: Seal;
}

/**
 * Holds every record and membership line against the last entry that names it. A record may be told in the chains of
 * several subjects; its version says which entry is the last. Holds about 300 bytes for each record, and no entry.
 */
export interface SealReader {
  take(entry: LedgerEntry): void;
  /** A record or line as it is; `name` as the ledger has it, `shown` for people. */
  found(name: string, seal: Seal, shown?: string): void;
  end(): Break[];
}

export function sealReader(): SealReader {
  const words = new Map<string, LastWord>();
  const items = new Map<string, { readonly seal: Seal; readonly shown?: string }>();
  return {
    take({ subject, seq, after }) {
      for (const [name, seal] of Object.entries(after)) {
        const word = words.get(name);
        const newer = word ? versionIn(seal) - versionIn(word.seal) : 1;
        // A line's versions are times. Within one chain the order of entries is surer than anybody's clock.
        if (newer > 0 || (isLine(name) && word?.subject === subject)) words.set(name, { seal, subject, seq });
        else if (newer === 0 && word && isLine(name) && word.seal !== seal) words.set(name, { ...word, or: seal });
      }
    },
    found(name, seal, shown) {
      items.set(name, { seal, ...(shown && { shown }) });
    },
    end() {
      const breaks: Break[] = [];
      for (const [name, word] of words) {
        const what = unlike(word, items.get(name)?.seal, isLine(name) ? 'membership line' : 'record');
        if (what) breaks.push({ subject: items.get(name)?.shown ?? name, what });
      }
      for (const [name, { shown }] of items)
        if (!words.has(name))
          breaks.push({ subject: shown ?? name, what: 'it is in the table, and no entry of the ledger tells of it' });
      return breaks;
    },
  };
}

function unlike({ seal: told, or, subject, seq }: LastWord, is: Seal | undefined, kind: string): string | undefined {
  if (is === told || (or !== undefined && is === or)) return undefined;
  const entry = `entry ${seq} of ${subject}`;
  if (isEnd(told)) return is === undefined ? undefined : `the ${kind} was ended by ${entry}, and is there`;
  if (is === undefined)
    return or && isEnd(or) ? undefined : `the ${kind} is missing; ${entry} was the last to write it`;
  const [has, had] = [versionIn(is), versionIn(told)];
  if (kind === 'record' && has < had)
    return `the record was put back to version ${has}; ${entry} left it at version ${had}`;
  if (kind === 'record' && has > had)
    return `version ${has} of the record is told by no entry; ${entry} left it at version ${had}`;
  return `the ${kind} was altered outside the ledger since ${entry} wrote it`;
}
