/**
 * The door to where enclosed files lie, in the bucket of the images: they arrive under `incoming/`, which is swept, and
 * stay under `enclosed/`, under legal hold. Turns S3's words into ours.
 *
 * Faults  EnclosuresBusy (retry)
 */
import {
  CopyObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectLegalHoldCommand,
  S3Client,
  S3ServiceException,
  type HeadObjectCommandOutput,
} from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { createHash } from 'node:crypto';
import { mayPass } from '../records/may-pass.ts';
import type { EnclosureStore } from './enclosure-store.ts';
import { EnclosuresBusy } from './faults.ts';

const CONTENT_TYPE = 'application/octet-stream';
const hexOf = (base64: string): string => Buffer.from(base64, 'base64').toString('hex');

export function enclosuresIn(
  bucket: string,
  // The SDK's own checksums would be added to forms that browsers send; the store's SHA-256 of the copy is what counts.
  client: S3Client = new S3Client({
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  }),
): EnclosureStore {
  const head = async (key: string): Promise<HeadObjectCommandOutput | undefined> => {
    try {
      return await asked(() =>
        client.send(new HeadObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: 'ENABLED' })),
      );
    } catch (error) {
      // To whom may list only under a prefix, S3 says 403 of what is not there; a right that is missing shows at the copy.
      if (error instanceof S3ServiceException && [403, 404].includes(error.$metadata.httpStatusCode ?? 0))
        return undefined;
      throw error;
    }
  };

  /** What the store did not say of a copy is read from the copy, piece by piece. */
  const hashOf = async (key: string, versionId: string): Promise<string> => {
    const hash = createHash('sha256');
    const { Body } = await asked(() =>
      client.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId })),
    );
    await asked(async () => {
      if (Body) for await (const piece of Body as AsyncIterable<Uint8Array>) hash.update(piece);
    });
    return hash.digest('hex');
  };

  /** The copy is asked for with its hold; a store that passes over that, or a hold lifted since, is put right here. */
  const hold = (key: string, versionId: string) =>
    asked(() =>
      client.send(
        new PutObjectLegalHoldCommand({ Bucket: bucket, Key: key, VersionId: versionId, LegalHold: { Status: 'ON' } }),
      ),
    );

  return {
    // Forms of a bucket have one origin, and only the SDK knows how a bucket is addressed.
    origin: async () => new URL((await createPresignedPost(client, { Bucket: bucket, Key: 'incoming/' })).url).origin,
    uploadForm({ key, mostBytes, seconds, backTo }) {
      return createPresignedPost(client, {
        Bucket: bucket,
        Key: key,
        Expires: seconds,
        Conditions: [['content-length-range', 1, mostBytes]],
        Fields: { 'Content-Type': CONTENT_TYPE, success_action_redirect: backTo },
      });
    },
    async arrived(key) {
      const found = await head(key);
      return found && { versionId: found.VersionId ?? 'null', bytes: found.ContentLength ?? 0 };
    },
    async take({ from, toKey, disclosureId }) {
      const stored = (versionId: string, sha256: string) => ({
        key: toKey,
        versionId,
        sha256,
        bytes: from.bytes,
        contentType: CONTENT_TYPE,
      });
      // A copy from an interrupted try is used again: a second one would stand under a hold that nothing refers to.
      const there = await head(toKey);
      if (there?.VersionId && there.Metadata?.['from-version'] === from.versionId) {
        await hold(toKey, there.VersionId);
        return stored(
          there.VersionId,
          there.ChecksumSHA256 ? hexOf(there.ChecksumSHA256) : await hashOf(toKey, there.VersionId),
        );
      }
      const { VersionId: versionId = 'null', CopyObjectResult } = await asked(() =>
        client.send(
          new CopyObjectCommand({
            Bucket: bucket,
            Key: toKey,
            CopySource: `${bucket}/${from.key}?versionId=${encodeURIComponent(from.versionId)}`,
            ChecksumAlgorithm: 'SHA256',
            MetadataDirective: 'REPLACE',
            Metadata: { 'from-version': from.versionId },
            ContentType: CONTENT_TYPE,
            TaggingDirective: 'REPLACE',
            Tagging: new URLSearchParams({ record: disclosureId, class: 'unclassed' }).toString(),
            ObjectLockLegalHoldStatus: 'ON',
          }),
        ),
      );
      await hold(toKey, versionId);
      const said = CopyObjectResult?.ChecksumSHA256;
      return stored(versionId, said ? hexOf(said) : await hashOf(toKey, versionId));
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

function inOurWords(error: unknown): unknown {
  const busy = mayPass(error);
  return busy
    ? new EnclosuresBusy(`the store of enclosed files did not answer (${busy}); try again`, { cause: error })
    : error;
}
