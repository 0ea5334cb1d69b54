/** The doors to the digest's key and bucket. Digests sort by name in order of time, so the last one listed is the last. */
import { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { digestKey, type SignedDigest } from './digest.ts';
import type { DigestNeeds } from './sign-digest.ts';

export interface Digests extends Pick<DigestNeeds, 'last' | 'sign' | 'write'> {
  all(): Promise<readonly SignedDigest[]>;
  /** The public key as SPKI, PEM. */
  publicKey(): Promise<string>;
}

export function digestsIn(bucket: string, key: string, s3: S3Client = new S3Client({}), kms: KMSClient = new KMSClient({})): Digests {
  const read = async (Key: string): Promise<SignedDigest> => {
    const found = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
    return JSON.parse(await found.Body!.transformToString()) as SignedDigest;
  };
  const keysUnder = async (Prefix: string, StartAfter?: string): Promise<string[]> => {
    const keys: string[] = [];
    let token: string | undefined;
    do {
      const page = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix, ...(StartAfter && { StartAfter }), ...(token && { ContinuationToken: token }) }));
      keys.push(...(page.Contents ?? []).map((object) => object.Key!));
      token = page.NextContinuationToken;
    } while (token);
    return keys;
  };
  const foldersUnder = async (Prefix: string): Promise<string[]> => {
    const page = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix, Delimiter: '/' }));
    return (page.CommonPrefixes ?? []).map((folder) => folder.Prefix!);
  };

  return {
    async last() {
      // Year, month, day: three listings however many digests there are.
      let prefix = 'digests/';
      for (let level = 0; level < 3; level++) {
        const folder = (await foldersUnder(prefix)).at(-1);
        if (!folder) return undefined;
        prefix = folder;
      }
      const key = (await keysUnder(prefix)).at(-1);
      return key ? read(key) : undefined;
    },
    async sign(text) {
      const Message = createHash('sha256').update(text).digest();
      const signed = await kms.send(new SignCommand({ KeyId: key, Message, MessageType: 'DIGEST', SigningAlgorithm: 'ECDSA_SHA_256' }));
      return { signature: Buffer.from(signed.Signature!).toString('base64'), keyId: signed.KeyId! };
    },
    async write(signed) {
      // IfNoneMatch: two runs in one hour write one digest.
      const Body = JSON.stringify(signed);
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: digestKey(signed.digest.hour), Body, ContentType: 'application/json', ChecksumAlgorithm: 'SHA256', IfNoneMatch: '*' }));
    },
    async all() {
      return Promise.all((await keysUnder('digests/')).map(read));
    },
    async publicKey() {
      const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId: key }));
      return `-----BEGIN PUBLIC KEY-----\n${Buffer.from(PublicKey!).toString('base64').replace(/(.{64})/g, '$1\n')}\n-----END PUBLIC KEY-----\n`;
    },
  };
}
