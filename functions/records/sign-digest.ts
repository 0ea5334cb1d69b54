/** Signs what changed since the last digest. Safe to run twice in an hour: the second run finds nothing new to say. */
import type { Instant } from '../../policies/instant.ts';
import { sha256 } from './canonical.ts';
import { digestText, FIRST, hourOf, type Digest, type SignedDigest } from './digest.ts';
import type { Records } from './records.aws.ts';

export interface DigestNeeds {
  readonly records: Pick<Records, 'openHeads' | 'headSeen'>;
  readonly now: () => Instant;
  readonly last: () => Promise<SignedDigest | undefined>;
  readonly sign: (text: string) => Promise<{ readonly signature: string; readonly keyId: string }>;
  /** Writes a digest that was never written before. */
  readonly write: (signed: SignedDigest) => Promise<void>;
}

export async function signDigest(needs: DigestNeeds): Promise<{ readonly hour: string; readonly heads: number }> {
  const [last, heads] = await Promise.all([needs.last(), needs.records.openHeads()]);
  const at = needs.now();
  const hour = hourOf(at);
  if (last && last.digest.hour >= hour) return { hour: last.digest.hour, heads: 0 };

  const digest: Digest = {
    schema: 1,
    hour,
    after: last?.digest.hour ?? '',
    signedAt: at,
    heads: [...heads].sort((a, b) => (a.subject < b.subject ? -1 : 1)),
    prev: last ? sha256(digestText(last.digest)) : FIRST,
  };
  await needs.write({ digest, ...(await needs.sign(digestText(digest))) });
  // A head that is not marked (a crash here, or a newer entry) is in the next digest again, which harms nobody.
  for (const head of heads) await needs.records.headSeen(head);
  return { hour, heads: heads.length };
}
