/** A key of our own and a bucket in memory, for signing digests without a cloud. The key is a real one. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { digestKey, type SignedDigest, type StoredDigest } from '../../../functions/records/digest.ts';
import type { DigestNeeds } from '../../../functions/records/sign-digest.ts';

export interface Signer extends Pick<DigestNeeds, 'last' | 'sign' | 'write'> {
  readonly pem: string;
  readonly keyId: string;
  /** By object key; tests may take from it. */
  readonly bucket: Map<string, SignedDigest>;
  stored(): readonly StoredDigest[];
}

export function signer(): Signer {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const keyId = 'arn:aws:kms:us-east-1:000000000000:key/test';
  const bucket = new Map<string, SignedDigest>();
  const inOrder = () => [...bucket].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    keyId,
    bucket,
    pem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    last: async () => inOrder().at(-1)?.[1],
    sign: async (text) => ({ signature: sign('sha256', Buffer.from(text), privateKey).toString('base64'), keyId }),
    async write(signed) {
      const key = digestKey(signed.digest.hour);
      if (bucket.has(key)) throw new Error(`${key} was written before`);
      bucket.set(key, structuredClone(signed));
    },
    stored: () => inOrder().map(([key, signed]) => ({ key, signed, versions: 1, hidden: false })),
  };
}
