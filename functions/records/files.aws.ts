/**
 * The one door to the bucket of images: what is kept is looked at, copied, locked, tagged, listed and destroyed here and
 * nowhere else. Turns S3's words into ours.
 *
 * Faults  FilesBusy (retry), FileMissing (do not); a missing right is thrown as S3 says it
 */
import {
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  PutObjectRetentionCommand,
  PutObjectTaggingCommand,
  type S3Client,
  type ObjectVersion,
} from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import type { FileFound, Files, FileVersion, ListedVersion } from './files.ts';
import { asked, askedOf, base64Of, fileClient, instant, keptFilesIn, named, statusOf } from './kept-files.aws.ts';

export function filesIn(bucket: string, client: S3Client = fileClient()): Files {
  const kept = keptFilesIn(bucket, client);

  /** The lock a refusal was for, if it was for a lock: a right that is missing refuses too. */
  const lockOn = async ({ key, versionId }: FileVersion): Promise<FileFound | undefined> => {
    const found = await kept.head(key, { versionId });
    return found && (found.legalHold || found.retainUntil) ? found : undefined;
  };

  return {
    ...kept,
    async retainUntil(version, until) {
      const Retention = { Mode: 'GOVERNANCE', RetainUntilDate: new Date(until) } as const;
      try {
        await askedOf(version, () =>
          client.send(new PutObjectRetentionCommand({ ...named(bucket, version), Retention })),
        );
        return until;
      } catch (error) {
        if (statusOf(error) !== 403) throw error;
        const there = (await kept.head(version.key, { versionId: version.versionId }))?.retainUntil;
        if (there && there >= until) return there;
        throw error;
      }
    },
    async tag(version, tags) {
      const TagSet = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
      await askedOf(version, () =>
        client.send(new PutObjectTaggingCommand({ ...named(bucket, version), Tagging: { TagSet } })),
      );
    },
    async tagsOf(version) {
      const { TagSet = [] } = await askedOf(version, () =>
        client.send(new GetObjectTaggingCommand(named(bucket, version))),
      );
      return Object.fromEntries(TagSet.map(({ Key, Value }) => [Key ?? '', Value ?? '']));
    },
    async versionsUnder(prefix, { from, most } = {}) {
      const [KeyMarker, VersionIdMarker] = from ? (JSON.parse(from) as [string, string?]) : [];
      const page = await asked(() =>
        client.send(
          new ListObjectVersionsCommand({
            Bucket: bucket,
            Prefix: prefix,
            ...(most && { MaxKeys: most }),
            ...(KeyMarker !== undefined && { KeyMarker }),
            ...(VersionIdMarker && { VersionIdMarker }),
          }),
        ),
      );
      const listed = (marker: boolean, one: ObjectVersion): ListedVersion => ({
        key: one.Key ?? '',
        versionId: one.VersionId ?? 'null',
        at: instant(one.LastModified ?? new Date(0)),
        marker,
        newest: one.IsLatest ?? false,
        bytes: one.Size ?? 0,
      });
      return {
        versions: [
          ...(page.Versions ?? []).map((one) => listed(false, one)),
          ...(page.DeleteMarkers ?? []).map((one) => listed(true, one)),
        ],
        ...(page.IsTruncated && { next: JSON.stringify([page.NextKeyMarker ?? '', page.NextVersionIdMarker]) }),
      };
    },
    async deleteVersion(version) {
      try {
        await asked(() => client.send(new DeleteObjectCommand(named(bucket, version))));
        return { kind: 'deleted' };
      } catch (error) {
        if (statusOf(error) === 404) return { kind: 'deleted' };
        if (statusOf(error) !== 403) throw error;
        // Who destroys may not read: then the store's own words say that it was a lock, and not which.
        if (/object lock/i.test((error as Error).message)) return { kind: 'locked' };
        const lock = await lockOn(version);
        if (!lock) throw error;
        const { legalHold, retainUntil } = lock;
        return { kind: 'locked', legalHold, ...(retainUntil && { retainUntil }) };
      }
    },
    async put(key, content) {
      const body = Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
      const sha256 = createHash('sha256').update(body).digest('hex');
      const { VersionId } = await asked(() =>
        client.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: key,
            Body: body,
            ContentType: typeof content === 'string' ? 'text/plain; charset=utf-8' : 'application/json',
            ChecksumAlgorithm: 'SHA256',
            ChecksumSHA256: base64Of(sha256),
          }),
        ),
      );
      return { key, versionId: VersionId ?? 'null', sha256, bytes: body.byteLength };
    },
    async text(key, versionId) {
      try {
        const { Body } = await asked(() =>
          client.send(new GetObjectCommand({ Bucket: bucket, Key: key, ...(versionId && { VersionId: versionId }) })),
        );
        return await asked(async () => (await Body?.transformToString()) ?? '');
      } catch (error) {
        if (statusOf(error) === 404) return undefined;
        throw error;
      }
    },
  };
}
