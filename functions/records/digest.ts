/**
 * The hourly digest: the heads of all chains that changed in the hour, signed, and chained to the digest before it.
 * It lies in a bucket where nobody can change it, so a chain rewritten as a whole is found as well.
 */
import type { Instant } from '../../policies/instant.ts';
import { canonical, sha256 } from './canonical.ts';
import type { Break } from './verify.ts';
import type { LedgerEntry } from './ledger.ts';

export interface Digest {
  readonly schema: 1;
  /** The last hour it covers, such as `2026-11-24T15` (UTC). A quiet hour has a digest too, with no heads. */
  readonly hour: string;
  /** The hour of the digest before it, or '' for the first: every change after that hour's digest is in this one. */
  readonly after: string;
  readonly signedAt: Instant;
  readonly heads: readonly { readonly subject: string; readonly seq: number; readonly hash: string }[];
  /** SHA-256 of the canonical text of the digest before, or 64 zeros for the first. */
  readonly prev: string;
}

export interface SignedDigest {
  readonly digest: Digest;
  /** ECDSA over SHA-256 of the digest's canonical text, DER, base64. */
  readonly signature: string;
  readonly keyId: string;
}

export const FIRST = '0'.repeat(64);

/** Object key, in order of time: `digests/2026/11/24/15.json`. */
export const digestKey = (hour: string): string => `digests/${hour.replaceAll('-', '/').replace('T', '/')}.json`;

export const hourOf = (at: Instant): string => at.slice(0, 13);

export const digestText = (digest: Digest): string => canonical(digest);

/** The chain of digests against itself and against the entries; `signed` tells if a signature is the key's. */
export function digestBreaks(
  digests: readonly SignedDigest[],
  chains: ReadonlyMap<string, readonly LedgerEntry[]>,
  signed: (text: string, signature: string) => boolean,
): Break[] {
  const breaks: Break[] = [];
  let before: Digest | undefined;
  for (const { digest, signature } of digests) {
    const subject = `digest ${digest.hour}`;
    if (!signed(digestText(digest), signature)) breaks.push({ subject, what: 'the signature is not the key’s' });
    if (before && digest.after !== before.hour) breaks.push({ subject, what: `it follows the digest of ${digest.after || 'nothing'}, not that of ${before.hour}` });
    if (digest.prev !== (before ? sha256(digestText(before)) : FIRST)) breaks.push({ subject, what: 'it does not follow the digest before it' });
    for (const head of digest.heads) {
      const entry = chains.get(head.subject)?.find(({ seq }) => seq === head.seq);
      if (!entry) breaks.push({ subject: head.subject, seq: head.seq, what: `the digest of ${digest.hour} has seen this entry; it is gone` });
      else if (entry.hash !== head.hash) breaks.push({ subject: head.subject, seq: head.seq, what: `the entry is not the one the digest of ${digest.hour} has seen` });
    }
    before = digest;
  }
  return breaks;
}
