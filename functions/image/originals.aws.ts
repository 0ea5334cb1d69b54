/**
 * Originals of images, by the one door to their bucket (functions/records/kept-files.aws.ts): what a browser may send and
 * fetch by itself, and the copy that is kept.
 *
 * Faults  FilesBusy (retry), OriginalDiffers (do not)
 */
import { DeleteObjectCommand, GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { asked, base64Of, fileClient, keptFilesIn } from '../records/kept-files.aws.ts';
import { OriginalDiffers } from './faults.ts';
import type { Originals } from './originals.ts';

export function originalsIn(bucket: string, client: S3Client = fileClient()): Originals {
  const files = keptFilesIn(bucket, client);
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
      // Rather a fault that a person looks at than a file refused, and removed, because a right was missing.
      const found = await files.head(key);
      return found && { key, versionId: found.versionId, bytes: found.bytes };
    },
    pieces: files.pieces,
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
    async keep({ from, toKey, sha256, imageId, classId, contentType }) {
      // A copy from an interrupted try is used again: a second one would stand under a hold that nothing refers to.
      // Nothing there is the usual case here; a right that is missing shows when the copy is made.
      const there = await files.head(toKey, { deniedMeansNone: true });
      if (there?.sha256 === sha256) {
        await files.setLegalHold(there, true);
        return { versionId: there.versionId };
      }
      const copy = await files.copyHeld({ from, toKey, contentType, tags: { record: imageId, class: classId } });
      if (copy.sha256 !== sha256) {
        throw new OriginalDiffers(
          `image ${imageId}: the stored copy does not have the SHA-256 that was checked; look at both versions before anything else`,
        );
      }
      return { versionId: copy.versionId };
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
