/**
 * Verifies everything that is stored, in one pass over it: chains, records, membership lines and digests. Items of one
 * partition must come together and in order of sort key, as a scan gives them; partitions in any order.
 *
 * Holds a word on each record (about 300 bytes) and each head that a digest has seen, and never a whole chain.
 */
import { digestBreaks, type DigestTrust, type LastDigest, type StoredDigest } from './digest.ts';
import { chainReader, sealReader, type Break, type ChainReader } from './verify.ts';
import { isLine, type LedgerEntry, type LedgerHead } from './ledger.ts';
import type { Stored } from './stored.ts';

export interface Counts {
  readonly subjects: number;
  readonly entries: number;
  readonly records: number;
  readonly lines: number;
  readonly digests: number;
}

export interface Finding {
  readonly counts: Counts;
  readonly breaks: readonly Break[];
}

export interface StoreVerifier {
  take(stored: Stored): void;
  end(): Finding;
}

/** By subject and seq, what the digests have seen: hash and hour. An entry seen twice is in two hours' digests. */
type Seen = Map<number, { readonly hash: string; readonly hour: string }[]>;

function headsSeen(digests: readonly StoredDigest[]): Map<string, Seen> {
  const seen = new Map<string, Seen>();
  for (const { hour, heads } of digests.flatMap(({ signed }) => signed?.digest ?? [])) {
    for (const { subject, seq, hash } of heads) {
      const of = seen.get(subject) ?? new Map<number, { hash: string; hour: string }[]>();
      of.set(seq, [...(of.get(seq) ?? []), { hash, hour }]);
      seen.set(subject, of);
    }
  }
  return seen;
}

interface ChainAtHand {
  readonly subject: string;
  readonly reader: ChainReader;
  /** What digests have seen of it and has not come yet. */
  readonly awaited: Seen;
  /** The last entry that a digest has seen. */
  seenUpTo: number;
  head?: LedgerHead;
  open?: boolean;
}

/** The caller reads the digests before the items, so that no digest is newer than an item it has seen. */
export function storeVerifier(digests: readonly StoredDigest[], trust: DigestTrust): StoreVerifier {
  const breaks: Break[] = [];
  const seals = sealReader();
  const seen = headsSeen(digests);
  const count = { subjects: 0, entries: 0, records: 0, lines: 0 };
  let chain: ChainAtHand | undefined;
  let last: Pick<LastDigest, 'hour' | 'hash'> | undefined;

  const gone = (subject: string, awaited: Seen): void => {
    for (const [seq, [one]] of awaited)
      breaks.push({ subject, seq, what: `the digest of ${one!.hour} has seen this entry; it is gone` });
  };
  const endChain = (): void => {
    if (!chain) return;
    const { subject, reader, awaited, seenUpTo, head, open } = chain;
    breaks.push(...reader.end(head));
    gone(subject, awaited);
    if (head && !open && head.seq !== seenUpTo) {
      breaks.push({
        subject,
        seq: head.seq,
        what: 'no digest has seen this entry, and the head is not in line for the next: it was altered, or a digest is missing',
      });
    }
    chain = undefined;
  };
  const chainOf = (subject: string): ChainAtHand => {
    if (chain?.subject === subject) return chain;
    endChain();
    count.subjects++;
    chain = { subject, reader: chainReader(subject), awaited: seen.get(subject) ?? new Map(), seenUpTo: 0 };
    seen.delete(subject);
    return chain;
  };
  const takeEntry = (at: ChainAtHand, entry: LedgerEntry): void => {
    count.entries++;
    breaks.push(...at.reader.take(entry));
    for (const { hash, hour } of at.awaited.get(entry.seq) ?? []) {
      at.seenUpTo = entry.seq;
      if (hash !== entry.hash)
        breaks.push({
          subject: at.subject,
          seq: entry.seq,
          what: `the entry is not the one the digest of ${hour} has seen`,
        });
    }
    at.awaited.delete(entry.seq);
    seals.take(entry);
  };

  return {
    take(stored) {
      if (stored.is === 'sealed') {
        count[isLine(stored.name) ? 'lines' : 'records']++;
        seals.found(stored.name, stored.seal, stored.shown);
        return;
      }
      if (stored.is === 'last-digest') {
        last = stored.last;
        return;
      }
      const at = chainOf(stored.subject);
      if (stored.flaw)
        breaks.push({
          subject: stored.subject,
          ...(stored.is === 'entry' && { seq: stored.entry.seq }),
          what: stored.flaw,
        });
      if (stored.is === 'entry') {
        if (stored.under !== undefined) breaks.push(...misplaced(stored.subject, stored.entry.seq, stored.under));
        takeEntry(at, stored.entry);
      }
      if (stored.is === 'head') Object.assign(at, { head: stored.head, open: stored.open });
    },
    end() {
      endChain();
      for (const [subject, awaited] of seen) gone(subject, awaited);
      breaks.push(...seals.end(), ...digestBreaks(digests, trust, last));
      return { counts: { ...count, digests: digests.length }, breaks };
    },
  };
}

/** Names both the entry and the one whose place it took. */
function misplaced(subject: string, seq: number, under: string): Break[] {
  const place = /^entry#(\d{12})$/.exec(under)?.[1];
  const breaks: Break[] = [{ subject, seq, what: `the entry lies under ${under}, which is not its place` }];
  return place === undefined
    ? breaks
    : [...breaks, { subject, seq: Number(place), what: `entry ${seq} lies in its place` }];
}
