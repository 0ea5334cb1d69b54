/**
 * The door to the bucket of originals. Turns S3's words into ours.
 *
 * Faults  OriginalsBusy (retry), OriginalDiffers (do not)
 */
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectLegalHoldCommand,
  S3Client,
  S3ServiceException,
  type HeadObjectCommandOutput,
} from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { createHash } from 'node:crypto';
import { mayPass } from '../records/may-pass.ts';
import { OriginalDiffers, OriginalsBusy } from './faults.ts';
import type { Originals } from './originals.ts';

const base64Of = (hex: string): string => Buffer.from(hex, 'hex').toString('base64');

export function originalsIn(
  bucket: string,
  // The SDK's own checksums would be added to links and forms that browsers use; what must be checked is checked by SHA-256.
  client: S3Client = new S3Client({
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  }),
): Originals {
  const head = async (
    key: string,
    meansNothingThere: readonly number[],
  ): Promise<HeadObjectCommandOutput | undefined> => {
    try {
      return await asked(() =>
        client.send(new HeadObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: 'ENABLED' })),
      );
    } catch (error) {
      if (error instanceof S3ServiceException && meansNothingThere.includes(error.$metadata.httpStatusCode ?? 0))
        return undefined;
      throw error;
    }
  };

  /** What the store did not say of a copy is read from the copy. */
  const hashOf = async (key: string, versionId: string): Promise<string> => {
    const hash = createHash('sha256');
    const { Body } = await asked(() =>
      client.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId })),
    );
    await asked(async () => {
      if (Body) for await (const piece of Body as AsyncIterable<Uint8Array>) hash.update(piece);
    });
    return hash.digest('base64');
  };

  /** The copy is asked for with its hold; a store that passes over that, or a hold lifted since, is put right here. */
  const held = async (key: string, versionId: string): Promise<{ readonly versionId: string }> => {
    const LegalHold = { Status: 'ON' } as const;
    await asked(() =>
      client.send(new PutObjectLegalHoldCommand({ Bucket: bucket, Key: key, VersionId: versionId, LegalHold })),
    );
    return { versionId };
  };

  return {
    bucket,
    // Forms and links of a bucket have one origin, and only the SDK knows how a bucket is addressed.
    origin: async () => new URL((await createPresignedPost(client, { Bucket: bucket, Key: 'incoming/' })).url).origin,
    uploadForm({ key, mostBytes, seconds, backTo, sha256 }) {
      return createPresignedPost(client, {
        Bucket: bucket,
        Key: key,
        Expires: seconds,
        Conditions: [['content-length-range', 1, mostBytes]],
        Fields: {
          'Content-Type': 'application/octet-stream',
          ...(backTo ? { success_action_redirect: backTo } : { success_action_status: '201' }),
          ...(sha256 && { 'x-amz-checksum-algorithm': 'SHA256', 'x-amz-checksum-sha256': base64Of(sha256) }),
        },
      });
    },
    async newest(key) {
      // To whom has no right to list, S3 says 403 for what is not there, as for what may not be read. Rather a fault that
      // a person looks at than a file refused, and removed, because a right was missing.
      const found = await head(key, [404]);
      return found && { key, versionId: found.VersionId ?? 'null', bytes: found.ContentLength ?? 0 };
    },
    async *pieces({ key, versionId }) {
      const { Body } = await asked(() =>
        client.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId })),
      );
      try {
        if (Body) for await (const piece of Body as AsyncIterable<Uint8Array>) yield piece;
      } catch (error) {
        throw inOurWords(error);
      }
    },
    sourceOf({ key, versionId, bytes }) {
      return {
        size: bytes,
        read: (offset, length) =>
          asked(async () => {
            const Range = `bytes=${offset}-${Math.min(bytes, offset + length) - 1}`;
            const { Body } = await client.send(
              new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId, Range }),
            );
            return (await Body?.transformToByteArray()) ?? new Uint8Array(0);
          }),
      };
    },
    async keep({ from, toKey, sha256, imageId, contentType }) {
      // A copy from an interrupted try is used again: a second one would stand under a hold that nothing refers to.
      // Nothing there is the usual case here; a right that is missing shows when the copy is made.
      const there = await head(toKey, [403, 404]);
      if (there?.VersionId && there.ChecksumSHA256 === base64Of(sha256)) return held(toKey, there.VersionId);
      const { VersionId, CopyObjectResult } = await asked(() =>
        client.send(
          new CopyObjectCommand({
            Bucket: bucket,
            Key: toKey,
            CopySource: `${bucket}/${from.key}?versionId=${encodeURIComponent(from.versionId)}`,
            ChecksumAlgorithm: 'SHA256',
            MetadataDirective: 'REPLACE',
            ContentType: contentType,
            TaggingDirective: 'REPLACE',
            Tagging: new URLSearchParams({ record: imageId, class: 'unclassed' }).toString(),
            ObjectLockLegalHoldStatus: 'ON',
          }),
        ),
      );
      const found = CopyObjectResult?.ChecksumSHA256 ?? (VersionId && (await hashOf(toKey, VersionId)));
      if (!VersionId || found !== base64Of(sha256)) {
        throw new OriginalDiffers(
          `image ${imageId}: the stored copy does not have the SHA-256 that was checked; look at both versions before anything else`,
        );
      }
      return held(toKey, VersionId);
    },
    async remove({ key, versionId }) {
      if (versionId)
        await asked(() => client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId })));
      await asked(() => client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key })));
    },
    link({ key, versionId, seconds, as, fileName, contentType }) {
      const get = new GetObjectCommand({
        Bucket: bucket,
        Key: key,
        VersionId: versionId,
        ResponseContentDisposition: `${as}; filename="${fileName}"`,
        ResponseContentType: contentType,
        ResponseCacheControl: 'no-store',
      });
      return getSignedUrl(client, get, { expiresIn: seconds });
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
    ? new OriginalsBusy(`the store of originals did not answer (${busy}); try again`, { cause: error })
    : error;
}
