/**
 * The half of the door to the bucket of images by which files come to be kept: looked at, read, and copied under legal
 * hold. Apart from files.aws.ts, which has the rest, so that a page that takes a file carries no command to destroy one.
 *
 * Faults  FilesBusy (retry), FileMissing (do not); a missing right is thrown as S3 says it
 */
import {
  CopyObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectLegalHoldCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import type { Instant } from '../../policies/instant.ts';
import { FileMissing, FilesBusy } from './faults.ts';
import type { Files, FileVersion } from './files.ts';
import { mayPass } from './may-pass.ts';

/** The SDK's own checksums would be added to links and forms that browsers use; what must be checked is checked by SHA-256. */
export const fileClient = (): S3Client =>
  new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED' });

export const base64Of = (hex: string): string => Buffer.from(hex, 'hex').toString('base64');
const hexOf = (base64: string): string => Buffer.from(base64, 'base64').toString('hex');
export const instant = (date: Date): Instant => date.toISOString() as Instant;

/** Of a copy made elsewhere in the bucket, as S3 wants its source named. */
const sourceOf = (bucket: string, { key, versionId }: FileVersion): string =>
  `${bucket}/${key.split('/').map(encodeURIComponent).join('/')}?versionId=${encodeURIComponent(versionId)}`;

/** A version, as S3 wants it named. */
export const named = (bucket: string, { key, versionId }: FileVersion) => ({
  Bucket: bucket,
  Key: key,
  VersionId: versionId,
});

export type KeptFiles = Pick<Files, 'bucket' | 'head' | 'pieces' | 'hashOf' | 'copyHeld' | 'setLegalHold'>;

export function keptFilesIn(bucket: string, client: S3Client = fileClient()): KeptFiles {
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
    const { Body } = await asked(() => client.send(new GetObjectCommand(named(bucket, version))));
    try {
      if (Body) for await (const piece of Body as AsyncIterable<Uint8Array>) yield piece;
    } catch (error) {
      throw inOurWords(error);
    }
  }

  const setLegalHold: Files['setLegalHold'] = async (version, on) => {
    const LegalHold = { Status: on ? 'ON' : 'OFF' } as const;
    await askedOf(version, () => client.send(new PutObjectLegalHoldCommand({ ...named(bucket, version), LegalHold })));
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
  };
}

export const statusOf = (error: unknown): number | undefined =>
  error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;

/** Asked of a version that is known to be there. */
export async function askedOf<T>({ key }: FileVersion, ask: () => Promise<T>): Promise<T> {
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
