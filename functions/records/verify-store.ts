/**
 * Verifies everything that is stored, in one pass over it: chains, records, membership lines and digests. Items of one
 * partition must come together and in order of sort key, as a scan gives them; partitions in any order.
 *
 * Holds a word on each record (about 300 bytes) and each head that a digest has seen, and never a whole chain.
 */
import { digestBreaks, type DigestTrust, type LastDigest, type StoredDigest } from './digest.ts';
import { chainReader, sealReader, type Break, type ChainReader } from './verify.ts';
import type { LedgerHead } from './ledger.ts';
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

interface Seen {
  readonly seq: number;
  readonly hash: string;
  readonly hour: string;
}

/** Every digest's heads by subject. The caller reads digests before items, so that no head is newer than its digest. */
function headsSeen(digests: readonly StoredDigest[]): Map<string, Seen[]> {
  const seen = new Map<string, Seen[]>();
  for (const { signed } of digests) {
    for (const { subject, seq, hash } of signed.digest.heads) {
      const known = seen.get(subject) ?? [];
      known.push({ seq, hash, hour: signed.digest.hour });
      seen.set(subject, known);
    }
  }
  return seen;
}

export function storeVerifier(digests: readonly StoredDigest[], trust: DigestTrust): StoreVerifier {
  const breaks: Break[] = [];
  const seals = sealReader();
  const seen = headsSeen(digests);
  const count = { subjects: 0, entries: 0, records: 0, lines: 0 };
  let chain: { readonly subject: string; readonly reader: ChainReader; readonly seen: readonly Seen[]; readonly met: Set<Seen>; strays: boolean; head?: LedgerHead; open?: boolean } | undefined;
  let last: Pick<LastDigest, 'hour' | 'hash'> | undefined;

  const endChain = (): void => {
    if (!chain) return;
    const { subject, reader, head, open } = chain;
    // A stray was named already; what it leaves open at the end is its doing.
    if (head || !chain.strays) breaks.push(...reader.end(head));
    for (const one of chain.seen) {
      if (!chain.met.has(one)) breaks.push({ subject, seq: one.seq, what: `the digest of ${one.hour} has seen this entry; it is gone` });
    }
    if (head && !open && !chain.seen.some(({ seq }) => seq === head.seq)) {
      breaks.push({ subject, seq: head.seq, what: 'no digest has seen this entry, and the head is not in line for the next one: it was altered, or a digest is missing' });
    }
    seen.delete(subject);
    chain = undefined;
  };
  const chainOf = (subject: string) => {
    if (chain?.subject === subject) return chain;
    endChain();
    count.subjects++;
    return (chain = { subject, reader: chainReader(subject), seen: seen.get(subject) ?? [], met: new Set(), strays: false });
  };

  return {
    take(stored) {
      if (stored.is === 'entry') {
        const { entry, subject } = stored;
        const of = chainOf(subject);
        count.entries++;
        breaks.push(...of.reader.take(entry));
        for (const one of of.seen) {
          if (one.seq !== entry.seq) continue;
          of.met.add(one);
          if (one.hash !== entry.hash) breaks.push({ subject, seq: entry.seq, what: `the entry is not the one the digest of ${one.hour} has seen` });
        }
        seals.take(entry);
      } else if (stored.is === 'head') {
        const of = chainOf(stored.subject);
        of.head = stored.head;
        of.open = stored.open;
      } else if (stored.is === 'stray') {
        chainOf(stored.subject).strays = true;
        breaks.push({ subject: stored.subject, what: stored.what, ...(stored.seq !== undefined && { seq: stored.seq }) });
      } else if (stored.is === 'sealed') {
        if (stored.name.startsWith('line#')) count.lines++;
        else count.records++;
        seals.found(stored.name, stored.seal, stored.shown);
      } else {
        last = stored.last;
      }
    },
    end() {
      endChain();
      for (const [subject, heads] of seen) {
        for (const { seq, hour } of heads) breaks.push({ subject, seq, what: `the digest of ${hour} has seen this entry; the whole chain is gone` });
      }
      breaks.push(...seals.end(), ...digestBreaks(digests, trust, last));
      return { counts: { ...count, digests: digests.length }, breaks };
    },
  };
}
