/** Destroying kept files with the rights a function has for that, and no more: every version, under the rules of locks. */
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectTaggingCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectRetentionCommand,
  PutObjectTaggingCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS, refusal, startS3, type S3Host } from './s3-host.ts';

let host: S3Host;
let s3: S3Client;
let destroyer: S3Client;
let locker: S3Client;
const Bucket = 'kept-files';
const KEPT = `arn:aws:s3:::${Bucket}/kept/*`;

beforeAll(async () => {
  host = await startS3();
  await host.deploy('AWS::S3::Bucket', 'Kept', { BucketName: Bucket, ObjectLockEnabled: true });
});
// Clients are made with the host's time, which a test may have moved.
beforeEach(() => {
  s3 = host.client();
  destroyer = host.client([
    { Effect: 'Allow', Action: 's3:DeleteObjectVersion', Resource: KEPT },
    {
      Effect: 'Allow',
      Action: 's3:ListBucketVersions',
      Resource: `arn:aws:s3:::${Bucket}`,
      Condition: { StringLike: { 's3:prefix': 'kept/*' } },
    },
  ]);
  locker = host.client([
    {
      Effect: 'Allow',
      Action: ['s3:PutObjectRetention', 's3:PutObjectLegalHold', 's3:PutObjectTagging', 's3:PutObjectVersionTagging'],
      Resource: KEPT,
    },
  ]);
});
afterAll(() => host.stop());

const put = async (Key: string): Promise<string> =>
  (await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }))).VersionId!;
const inDays = (days: number): Date => new Date(host.clock.now() + days * DAY_MS);
const retain = (Key: string, until: Date, more: object = {}) =>
  locker.send(
    new PutObjectRetentionCommand({ Bucket, Key, Retention: { Mode: 'GOVERNANCE', RetainUntilDate: until }, ...more }),
  );
const hold = (Key: string, Status: 'ON' | 'OFF') =>
  locker.send(new PutObjectLegalHoldCommand({ Bucket, Key, LegalHold: { Status } }));

/** One page of versions and markers, in the order of the listing. */
async function page(Prefix: string, after: object = {}) {
  const listed = await destroyer.send(new ListObjectVersionsCommand({ Bucket, Prefix, MaxKeys: 2, ...after }));
  const all = [...(listed.Versions ?? []), ...(listed.DeleteMarkers ?? [])];
  return {
    ids: all.map(({ Key, VersionId }) => ({ Key: Key!, VersionId: VersionId! })),
    next: listed.IsTruncated
      ? { KeyMarker: listed.NextKeyMarker, VersionIdMarker: listed.NextVersionIdMarker }
      : undefined,
  };
}

describe('destroying', () => {
  it('page by page leaves no version behind, though the page before is gone when the next is read', async () => {
    for (const key of ['kept/many/a', 'kept/many/a', 'kept/many/a', 'kept/many/b', 'kept/many/a']) await put(key);
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'kept/many/b' }));
    let after: object | undefined = {};
    let destroyed = 0;
    while (after) {
      const { ids, next }: Awaited<ReturnType<typeof page>> = await page('kept/many/', after);
      const { Errors } = await destroyer.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: ids } }));
      expect(Errors).toBeUndefined();
      destroyed += ids.length;
      after = next;
    }
    expect(destroyed).toBe(6);
    expect((await page('kept/many/')).ids).toEqual([]);
  });

  it('twice is as once: a version that is gone is answered like one that goes', async () => {
    const VersionId = await put('kept/twice');
    const again = () => destroyer.send(new DeleteObjectCommand({ Bucket, Key: 'kept/twice', VersionId }));
    await again();
    expect((await again()).$metadata.httpStatusCode).toBe(204);
  });

  it.each([
    ['a legal hold', (key: string) => hold(key, 'ON')],
    ['a date to come', (key: string) => retain(key, inDays(1))],
  ])('is refused under %s, even to one who asks to bypass it', async (_, lock) => {
    const Key = 'kept/locked';
    const VersionId = await put(Key);
    await lock(Key);
    const destroy = (more: object = {}) => destroyer.send(new DeleteObjectCommand({ Bucket, Key, VersionId, ...more }));
    expect(await refusal(destroy())).toMatchObject({ code: 'AccessDenied', status: 403 });
    expect((await refusal(destroy({ BypassGovernanceRetention: true }))).code).toBe('AccessDenied');
    const { Errors } = await destroyer.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key, VersionId }] }, BypassGovernanceRetention: true }),
    );
    expect(Errors).toMatchObject([{ Key, VersionId, Code: 'AccessDenied' }]);
    await hold(Key, 'OFF');
    await host.clock.advance(2 * DAY_MS);
    // Past its date and free of its hold it goes.
    await host.client().send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
  });

  it('needs the right to it, where it is done, and gives none to lock or to hide', async () => {
    const VersionId = await put('other/a');
    await put('kept/a');
    const wrong = [
      () => destroyer.send(new DeleteObjectCommand({ Bucket, Key: 'other/a', VersionId })),
      () => destroyer.send(new DeleteObjectCommand({ Bucket, Key: 'kept/a' })),
      () => destroyer.send(new ListObjectVersionsCommand({ Bucket, Prefix: 'other/' })),
      () => destroyer.send(new PutObjectLegalHoldCommand({ Bucket, Key: 'kept/a', LegalHold: { Status: 'OFF' } })),
      () => destroyer.send(new PutObjectRetentionCommand({ Bucket, Key: 'kept/a', Retention: {} })),
      () => destroyer.send(new PutObjectTaggingCommand({ Bucket, Key: 'kept/a', Tagging: { TagSet: [] } })),
      () => locker.send(new DeleteObjectCommand({ Bucket, Key: 'other/a', VersionId })),
      () => locker.send(new PutObjectLegalHoldCommand({ Bucket, Key: 'other/a', LegalHold: { Status: 'ON' } })),
      () => locker.send(new GetObjectTaggingCommand({ Bucket, Key: 'kept/a' })),
    ];
    for (const call of wrong) expect((await refusal(call())).code).toBe('AccessDenied');
  });
});

describe('one who locks', () => {
  it('lengthens a date, and without the right to bypass shortens none', async () => {
    await put('kept/dated');
    await retain('kept/dated', inDays(10));
    await retain('kept/dated', inDays(20));
    expect((await refusal(retain('kept/dated', inDays(5)))).code).toBe('AccessDenied');
    expect((await refusal(retain('kept/dated', inDays(5), { BypassGovernanceRetention: true }))).code).toBe(
      'AccessDenied',
    );
  });

  it('tags the version it names', async () => {
    const [first, second] = [await put('kept/tagged'), await put('kept/tagged')];
    const TagSet = [{ Key: 'class', Value: 'five-years' }];
    await locker.send(
      new PutObjectTaggingCommand({ Bucket, Key: 'kept/tagged', VersionId: first, Tagging: { TagSet } }),
    );
    const tagsOf = async (VersionId: string) =>
      (await s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'kept/tagged', VersionId }))).TagSet;
    expect([await tagsOf(first), await tagsOf(second)]).toEqual([TagSet, []]);
  });
});
