/**
 * The door to the bucket a package is sealed in, and to the key that signs its list. A package goes up in parts as it is
 * made, so a file of any size needs no more memory than a few parts.
 *
 * Faults  PackageBusy (retry)
 */
import { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import { inOurWords } from './busy.ts';
import type { PackageStore } from './package-store.ts';

/** 10,000 parts is the most S3 takes: 80 GB. Two are on their way at a time, 16 MB. */
const PART_BYTES = 8 * 1024 * 1024;
const PARTS_AT_ONCE = 2;

const placeOf = (deliveryId: string, what: 'package.zip' | 'passphrase'): string => `sealed/${deliveryId}/${what}`;

export function packageStoreIn(
  bucket: string,
  signingKey: string,
  s3: S3Client = new S3Client({}),
  kms: KMSClient = new KMSClient({}),
): PackageStore {
  return {
    async *pieces({ key, versionId }) {
      try {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
        if (Body) for await (const piece of Body as AsyncIterable<Uint8Array>) yield piece;
      } catch (error) {
        throw inOurWords(error);
      }
    },
    async writePackage(deliveryId, bytes) {
      const Key = placeOf(deliveryId, 'package.zip');
      const Body = Readable.fromWeb(bytes as NodeStream<Uint8Array>);
      const upload = new Upload({
        client: s3,
        params: { Bucket: bucket, Key, Body, ContentType: 'application/zip' },
        partSize: PART_BYTES,
        queueSize: PARTS_AT_ONCE,
      });
      const { VersionId } = await asked(() => upload.done());
      return { key: Key, versionId: VersionId! };
    },
    async writePassphrase(deliveryId, passphrase) {
      const Key = placeOf(deliveryId, 'passphrase');
      const put = new PutObjectCommand({
        Bucket: bucket,
        Key,
        Body: passphrase,
        ContentType: 'text/plain; charset=utf-8',
      });
      const { VersionId } = await asked(() => s3.send(put));
      return { key: Key, versionId: VersionId! };
    },
    async sign(text) {
      const Message = createHash('sha256').update(text).digest();
      const { Signature } = await asked(() =>
        kms.send(
          new SignCommand({ KeyId: signingKey, Message, MessageType: 'DIGEST', SigningAlgorithm: 'ECDSA_SHA_256' }),
        ),
      );
      return Signature!;
    },
    async publicKey() {
      return (await asked(() => kms.send(new GetPublicKeyCommand({ KeyId: signingKey })))).PublicKey!;
    },
  };
}

async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw inOurWords(error);
  }
}
