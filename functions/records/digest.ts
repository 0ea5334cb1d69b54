/**
 * The hourly digest: the heads of all chains that changed in the hour, signed, and chained to the digest before it.
 * It lies in a bucket where nobody can change it, so a chain rewritten as a whole is found as well.
 */
import { verify, type KeyObject } from 'node:crypto';
import type { Instant } from '../../policies/instant.ts';
import { canonical, sha256 } from './canonical.ts';
import { entity, type Kept } from './entity.ts';
import type { Break } from './verify.ts';

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

/**
 * A digest as the bucket holds it. Object Lock keeps what was written under a name, but lets more be written over it or
 * a marker hide it; so the oldest version is the one that counts, and any other is a break.
 */
export interface StoredDigest {
  readonly key: string;
  /** Absent when what lies there cannot be read as a digest. */
  readonly signed: SignedDigest | undefined;
  readonly versions: number;
  readonly hidden: boolean;
}

/** What lies in the bucket as a signed digest, if it has the shape of one. Whether it is true is for `digestBreaks`. */
export function signedFrom(text: string): SignedDigest | undefined {
  try {
    const { digest, signature, keyId } = JSON.parse(text) as SignedDigest;
    const fits =
      [digest.hour, digest.after, digest.prev, signature, keyId].every((member) => typeof member === 'string') &&
      digest.heads.every(({ subject }) => typeof subject === 'string');
    return fits ? (JSON.parse(text) as SignedDigest) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The last digest, as the table remembers it, so that one that vanished from the end of the chain is missed: the next
 * digest follows what was signed, not what is still there.
 */
export interface LastDigest extends Kept {
  readonly hour: string;
  readonly hash: string;
}

export const lastDigests = entity<LastDigest>('digest');
export const LAST_DIGEST_ID = 'last';

export const FIRST = '0'.repeat(64);

/** Object key, in order of time: `digests/2026/11/24/15.json`. */
export const digestKey = (hour: string): string => `digests/${hour.replaceAll('-', '/').replace('T', '/')}.json`;

export const hourOf = (at: Instant): string => at.slice(0, 13);

export const digestText = (digest: Digest): string => canonical(digest);

export interface DigestTrust {
  /** Whether a signature over a text is the key's. */
  readonly signed: (text: string, signature: string) => boolean;
  /** The key that every digest names as its own: its ARN, or the id at the ARN's end. */
  readonly keyId: string;
}

/** Trust in one public key. A signature counts only in the one spelling that base64 has for it. */
export const trustIn = (key: KeyObject, keyId: string): DigestTrust => ({
  keyId,
  signed(text, signature) {
    const bytes = Buffer.from(signature, 'base64');
    return bytes.toString('base64') === signature && verify('sha256', Buffer.from(text), key, bytes);
  },
});

/** The chain of digests against itself, against the key, and against the last one the table remembers. */
export function digestBreaks(
  digests: readonly StoredDigest[],
  trust: DigestTrust,
  last?: Pick<LastDigest, 'hour' | 'hash'>,
): Break[] {
  const breaks: Break[] = [];
  let before: Digest | undefined;
  for (const stored of digests) {
    if (!stored.signed) {
      breaks.push({ subject: stored.key, what: 'it cannot be read as a digest: it was altered' });
      continue;
    }
    const { digest, signature, keyId } = stored.signed;
    const broken = (what: string): void => void breaks.push({ subject: nameOf(digest.hour), what });
    if (stored.key !== digestKey(digest.hour)) broken(`it lies under ${stored.key}, which is another hour’s place`);
    if (stored.versions > 1)
      broken(`it was written over ${stored.versions - 1} times; the first version is the one that was looked at`);
    if (stored.hidden) broken('a delete marker hides it');
    if (!trust.signed(digestText(digest), signature))
      broken('the signature is not the key’s: the digest was altered or made by somebody else');
    if (keyId !== trust.keyId && !keyId.endsWith(`:key/${trust.keyId}`))
      broken(`it names the key ${keyId}, expected ${trust.keyId}`);
    if (Object.keys(stored.signed).length !== 3) broken('it holds more than a digest, a signature and a key');
    const expected = before ? { after: before.hour, prev: sha256(digestText(before)) } : { after: '', prev: FIRST };
    if (digest.after !== expected.after) {
      if (digest.after > expected.after)
        breaks.push({ subject: nameOf(digest.after), what: `it is missing: the digest of ${digest.hour} follows it` });
      else
        broken(
          `it follows the digest of ${digest.after || 'nothing'}, expected ${expected.after || 'nothing'}: a digest was added or put elsewhere`,
        );
    } else if (digest.prev !== expected.prev) {
      broken(
        `it does not follow the digest of ${digest.after || 'nothing'} as that is now: one of the two was altered`,
      );
    }
    before = digest;
  }
  return [...breaks, ...lastBreaks(digests, last)];
}

/** The table may be one digest behind: a call can end between writing a digest and remembering it. */
function lastBreaks(digests: readonly StoredDigest[], last: Pick<LastDigest, 'hour' | 'hash'> | undefined): Break[] {
  const [one, two] = [digests.at(-1)?.signed?.digest, digests.at(-2)?.signed?.digest];
  if (!last)
    return digests.length > 1 ? [{ subject: 'the last digest', what: 'the table does not remember it any more' }] : [];
  if (!one || last.hour > one.hour)
    return [{ subject: nameOf(last.hour), what: 'it is missing: the table remembers it as the last one signed' }];
  const same = [one, two].some(
    (digest) => digest && digest.hour === last.hour && sha256(digestText(digest)) === last.hash,
  );
  return same
    ? []
    : [{ subject: nameOf(last.hour), what: 'it is not the digest that the table remembers as the last one signed' }];
}

const nameOf = (hour: string): string => `digest ${hour}`;
