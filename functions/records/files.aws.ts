/**
 * The one door to the bucket of images: what is kept is looked at, copied, locked, tagged, listed and destroyed here and
 * nowhere else. Turns S3's words into ours.
 *
 * Faults  FilesBusy (retry), FileMissing (do not); a missing right is thrown as S3 says it
 */
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectRetentionCommand,
  PutObjectTaggingCommand,
  S3Client,
  S3ServiceException,
  type ObjectVersion,
} from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import type { Instant } from '../../policies/instant.ts';
import { FileMissing, FilesBusy } from './faults.ts';
import type { FileFound, Files, FileVersion, ListedVersion } from './files.ts';
import { mayPass } from './may-pass.ts';

/** The SDK's own checksums would be added to links and forms that browsers use; what must be checked is checked by SHA-256. */
export const fileClient = (): S3Client =>
  new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED' });

export const base64Of = (hex: string): string => Buffer.from(hex, 'hex').toString('base64');
const hexOf = (base64: string): string => Buffer.from(base64, 'base64').toString('hex');
const instant = (date: Date): Instant => date.toISOString() as Instant;

/** Of a copy made elsewhere in the bucket, as S3 wants its source named. */
const sourceOf = (bucket: string, { key, versionId }: FileVersion): string =>
  `${bucket}/${key.split('/').map(encodeURIComponent).join('/')}?versionId=${encodeURIComponent(versionId)}`;

export function filesIn(bucket: string, client: S3Client = fileClient()): Files {
  const named = ({ key, versionId }: FileVersion) => ({ Bucket: bucket, Key: key, VersionId: versionId });

  const head: Files['head'] = async (key, { versionId, deniedMeansNone } = {}) => {
    try {
      const found = await asked(() =>
        client.send(
          new HeadObjectCommand({
            Bucket: bucket,
            Key: key,
            ...(versionId && { VersionId: versionId }),
            ChecksumMode: 'ENABLED',
          }),
        ),
      );
      return {
        key,
        versionId: found.VersionId ?? 'null',
        bytes: found.ContentLength ?? 0,
        ...(found.ChecksumSHA256 && { sha256: hexOf(found.ChecksumSHA256) }),
        notes: found.Metadata ?? {},
        legalHold: found.ObjectLockLegalHoldStatus === 'ON',
        ...(found.ObjectLockRetainUntilDate && { retainUntil: instant(found.ObjectLockRetainUntilDate) }),
      };
    } catch (error) {
      if (statusOf(error) === 404 || (deniedMeansNone && statusOf(error) === 403)) return undefined;
      throw error;
    }
  };

  const hashOf: Files['hashOf'] = async (version) => {
    const hash = createHash('sha256');
    for await (const piece of pieces(version)) hash.update(piece);
    return hash.digest('hex');
  };

  async function* pieces(version: FileVersion): AsyncIterable<Uint8Array> {
    const { Body } = await asked(() => client.send(new GetObjectCommand(named(version))));
    try {
      if (Body) for await (const piece of Body as AsyncIterable<Uint8Array>) yield piece;
    } catch (error) {
      throw inOurWords(error);
    }
  }

  const setLegalHold: Files['setLegalHold'] = async (version, on) => {
    const LegalHold = { Status: on ? 'ON' : 'OFF' } as const;
    await askedOf(version, () => client.send(new PutObjectLegalHoldCommand({ ...named(version), LegalHold })));
  };

  /** The lock a refusal was for, if it was for a lock: a right that is missing refuses too. */
  const lockOn = async ({ key, versionId }: FileVersion): Promise<FileFound | undefined> => {
    const found = await head(key, { versionId });
    return found && (found.legalHold || found.retainUntil) ? found : undefined;
  };

  return {
    bucket,
    head,
    pieces,
    hashOf,
    setLegalHold,
    async copyHeld({ from, toKey, contentType, tags, notes }) {
      const { VersionId: versionId = 'null', CopyObjectResult } = await asked(() =>
        client.send(
          new CopyObjectCommand({
            Bucket: bucket,
            Key: toKey,
            CopySource: sourceOf(bucket, from),
            ChecksumAlgorithm: 'SHA256',
            MetadataDirective: 'REPLACE',
            ...(notes && { Metadata: { ...notes } }),
            ContentType: contentType,
            TaggingDirective: 'REPLACE',
            Tagging: new URLSearchParams(tags).toString(),
            ObjectLockLegalHoldStatus: 'ON',
          }),
        ),
      );
      const copy = { key: toKey, versionId };
      // The copy is asked for with its hold; a store that passes over that is put right here.
      await setLegalHold(copy, true);
      // What the store did not say of a copy is read from the copy.
      const said = CopyObjectResult?.ChecksumSHA256;
      return { ...copy, sha256: said ? hexOf(said) : await hashOf(copy) };
    },
    async retainUntil(version, until) {
      const Retention = { Mode: 'GOVERNANCE', RetainUntilDate: new Date(until) } as const;
      try {
        await askedOf(version, () => client.send(new PutObjectRetentionCommand({ ...named(version), Retention })));
        return until;
      } catch (error) {
        if (statusOf(error) !== 403) throw error;
        const there = (await head(version.key, { versionId: version.versionId }))?.retainUntil;
        if (there && there >= until) return there;
        throw error;
      }
    },
    async tag(version, tags) {
      const TagSet = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
      await askedOf(version, () =>
        client.send(new PutObjectTaggingCommand({ ...named(version), Tagging: { TagSet } })),
      );
    },
    async tagsOf(version) {
      const { TagSet = [] } = await askedOf(version, () => client.send(new GetObjectTaggingCommand(named(version))));
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
        await asked(() => client.send(new DeleteObjectCommand(named(version))));
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

const statusOf = (error: unknown): number | undefined =>
  error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;

/** Asked of a version that is known to be there. */
async function askedOf<T>({ key }: FileVersion, ask: () => Promise<T>): Promise<T> {
  try {
    return await asked(ask);
  } catch (error) {
    if (statusOf(error) !== 404) throw error;
    throw new FileMissing(`a version under ${key} that the records name is not in the store`, { cause: error });
  }
}

/** Also for the doors that sign links and forms for browsers. */
export async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw inOurWords(error);
  }
}

export function inOurWords(error: unknown): unknown {
  const busy = mayPass(error);
  return busy ? new FilesBusy(`the store of files did not answer (${busy}); try again`, { cause: error }) : error;
}
