/**
 * Enclosed files, by the one door to the bucket of images (functions/records/kept-files.aws.ts): they arrive under
 * `incoming/`, which is swept, and stay under `enclosed/`, under legal hold.
 *
 * Faults  FilesBusy (retry)
 */
import type { S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { fileClient, keptFilesIn } from '../records/kept-files.aws.ts';
import type { EnclosureStore } from './enclosure-store.ts';

const CONTENT_TYPE = 'application/octet-stream';

export function enclosuresIn(bucket: string, client: S3Client = fileClient()): EnclosureStore {
  const files = keptFilesIn(bucket, client);
  // To whom may list only under a prefix, S3 says 403 of what is not there; a right that is missing shows at the copy.
  const head = (key: string) => files.head(key, { deniedMeansNone: true });
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
      return found && { versionId: found.versionId, bytes: found.bytes };
    },
    async take({ from, toKey, enclosureId, classId }) {
      const stored = (versionId: string, sha256: string) => ({
        key: toKey,
        versionId,
        sha256,
        bytes: from.bytes,
        contentType: CONTENT_TYPE,
      });
      // A copy from an interrupted try is used again: a second one would stand under a hold that nothing refers to.
      const there = await head(toKey);
      if (there?.notes['from-version'] === from.versionId) {
        await files.setLegalHold(there, true);
        return stored(there.versionId, there.sha256 ?? (await files.hashOf(there)));
      }
      const copy = await files.copyHeld({
        from,
        toKey,
        contentType: CONTENT_TYPE,
        tags: { record: enclosureId, class: classId },
        notes: { 'from-version': from.versionId },
      });
      return stored(copy.versionId, copy.sha256);
    },
  };
}
