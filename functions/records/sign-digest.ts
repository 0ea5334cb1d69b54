/** Signs what changed since the last digest. Safe to run twice in an hour: the second run finds nothing new to say. */
import type { Instant } from '../../policies/instant.ts';
import { sha256 } from './canonical.ts';
import { put } from './change.ts';
import { digestText, FIRST, hourOf, LAST_DIGEST_ID, lastDigests, type Digest, type SignedDigest } from './digest.ts';
import type { Records } from './records.aws.ts';

export interface DigestNeeds {
  readonly records: Pick<Records, 'openHeads' | 'headSeen' | 'get' | 'keep'>;
  readonly now: () => Instant;
  readonly last: () => Promise<SignedDigest | undefined>;
  readonly sign: (text: string) => Promise<{ readonly signature: string; readonly keyId: string }>;
  /** Writes a digest that was never written before. */
  readonly write: (signed: SignedDigest) => Promise<void>;
}

export async function signDigest(needs: DigestNeeds): Promise<{ readonly hour: string; readonly heads: number }> {
  const { records } = needs;
  const [found, remembered, heads] = await Promise.all([
    needs.last(),
    records.get(lastDigests, LAST_DIGEST_ID),
    records.openHeads(),
  ]);
  const at = needs.now();
  const hour = hourOf(at);
  const last = found && { hour: found.digest.hour, hash: sha256(digestText(found.digest)) };
  // One that the table remembers and the bucket lost is followed all the same, so that the gap stays for all to see.
  const before = remembered && (!last || remembered.hour > last.hour) ? remembered : last;
  if (before && before.hour >= hour) return { hour: before.hour, heads: 0 };

  const digest: Digest = {
    schema: 1,
    hour,
    after: before?.hour ?? '',
    signedAt: at,
    heads: [...heads].sort((a, b) => (a.subject < b.subject ? -1 : 1)),
    prev: before?.hash ?? FIRST,
  };
  const text = digestText(digest);
  await needs.write({ digest, ...(await needs.sign(text)) });
  await records.keep(
    put(lastDigests, { id: LAST_DIGEST_ID, version: remembered?.version ?? 0, hour, hash: sha256(text) }),
  );
  // A head that is not marked (a crash here, or a newer entry) is in the next digest again, which harms nobody.
  for (const head of heads) await records.headSeen(head);
  return { hour, heads: heads.length };
}
