/** The doors to the digest's key and bucket. Digests sort by name in order of time, so the last one listed is the last. */
import { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import {
  GetObjectCommand,
  ListObjectVersionsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type ListObjectVersionsCommandOutput,
} from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { digestKey, signedFrom, type SignedDigest, type StoredDigest } from './digest.ts';
import type { DigestNeeds } from './sign-digest.ts';

export interface Digests extends Pick<DigestNeeds, 'last' | 'sign' | 'write'> {
  /** Every digest that was ever written, in order of time, in its first version. */
  all(): Promise<readonly StoredDigest[]>;
  /** The public key as SPKI, PEM, and the name that signatures give it. */
  publicKey(): Promise<{ readonly pem: string; readonly keyId: string }>;
}

export function digestsIn(
  bucket: string,
  key: string,
  s3: S3Client = new S3Client({}),
  kms: KMSClient = new KMSClient({}),
): Digests {
  const textOf = async (Key: string, VersionId?: string): Promise<string> => {
    const found = await s3.send(new GetObjectCommand({ Bucket: bucket, Key, ...(VersionId && { VersionId }) }));
    return found.Body!.transformToString();
  };
  const keysUnder = async (Prefix: string, StartAfter?: string): Promise<string[]> => {
    const keys: string[] = [];
    let token: string | undefined;
    do {
      const page = await s3.send(
        new ListObjectsV2Command({
          Bucket: bucket,
          Prefix,
          ...(StartAfter && { StartAfter }),
          ...(token && { ContinuationToken: token }),
        }),
      );
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
      return key ? (JSON.parse(await textOf(key)) as SignedDigest) : undefined;
    },
    async sign(text) {
      const Message = createHash('sha256').update(text).digest();
      const signed = await kms.send(
        new SignCommand({ KeyId: key, Message, MessageType: 'DIGEST', SigningAlgorithm: 'ECDSA_SHA_256' }),
      );
      return { signature: Buffer.from(signed.Signature!).toString('base64'), keyId: signed.KeyId! };
    },
    async write(signed) {
      // IfNoneMatch: two runs in one hour write one digest.
      const Body = JSON.stringify(signed);
      await s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: digestKey(signed.digest.hour),
          Body,
          ContentType: 'application/json',
          ChecksumAlgorithm: 'SHA256',
          IfNoneMatch: '*',
        }),
      );
    },
    async all() {
      const written = await everyVersion(bucket, s3);
      const digests: StoredDigest[] = [];
      for (let at = 0; at < written.length; at += READ_AT_ONCE) {
        const some = written.slice(at, at + READ_AT_ONCE);
        digests.push(
          ...(await Promise.all(
            some.map(async ({ first, ...one }) => ({ ...one, signed: signedFrom(await textOf(one.key, first)) })),
          )),
        );
      }
      return digests;
    },
    async publicKey() {
      const { PublicKey, KeyId } = await kms.send(new GetPublicKeyCommand({ KeyId: key }));
      return {
        pem: `-----BEGIN PUBLIC KEY-----\n${Buffer.from(PublicKey!)
          .toString('base64')
          .replace(/(.{64})/g, '$1\n')}\n-----END PUBLIC KEY-----\n`,
        keyId: KeyId!,
      };
    },
  };
}

/** How many digests are on their way at a time. Engineering: S3 takes thousands. */
const READ_AT_ONCE = 32;

interface Written {
  readonly key: string;
  readonly versions: number;
  readonly hidden: boolean;
  /** The oldest version, which Object Lock keeps. */
  readonly first: string;
}

/** Each key under `digests/`, in order, however often it was written over or deleted since. */
async function everyVersion(Bucket: string, s3: S3Client): Promise<Written[]> {
  const written = new Map<string, Omit<Written, 'hidden'>>();
  const hidden = new Set<string>();
  let page: ListObjectVersionsCommandOutput | undefined;
  do {
    const from = page && { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
    page = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: 'digests/', ...from }));
    for (const { Key, IsLatest } of page.DeleteMarkers ?? []) if (IsLatest) hidden.add(Key!);
    // Of one key the newest version comes first, so the last one met is the oldest.
    for (const { Key, VersionId } of page.Versions ?? []) {
      written.set(Key!, { key: Key!, first: VersionId!, versions: (written.get(Key!)?.versions ?? 0) + 1 });
    }
  } while (page.IsTruncated);
  return [...written.values()]
    .map((one) => ({ ...one, hidden: hidden.has(one.key) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}
