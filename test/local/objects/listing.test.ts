import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  type ListObjectVersionsCommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal, startS3, type S3Host } from './s3-host.ts';

let host: S3Host;
let s3: S3Client;
const Bucket = 'versioned-bucket';

beforeAll(async () => {
  host = await startS3();
  s3 = host.client();
  await host.deploy('AWS::S3::Bucket', 'Deployed', {
    BucketName: Bucket,
    VersioningConfiguration: { Status: 'Enabled' },
  });
});
afterAll(() => host.stop());

describe('versions', () => {
  it('are kept, hidden by a delete marker, and come back when the marker goes', async () => {
    const Key = 'kept';
    const one = await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'one' }));
    const two = await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'two' }));
    const marker = await s3.send(new DeleteObjectCommand({ Bucket, Key }));
    expect(marker.DeleteMarker).toBe(true);
    const read = (VersionId?: string) =>
      s3
        .send(new GetObjectCommand({ Bucket, Key, ...(VersionId ? { VersionId } : {}) }))
        .then((got) => got.Body!.transformToString());
    expect(await refusal(read())).toMatchObject({ code: 'NoSuchKey', status: 404 });
    expect(await refusal(read(marker.VersionId))).toMatchObject({ code: 'MethodNotAllowed', status: 405 });
    expect(await read(one.VersionId)).toBe('one');
    const listed = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: Key }));
    expect(listed.Versions!.map((version) => [version.VersionId, version.IsLatest])).toEqual([
      [two.VersionId, false],
      [one.VersionId, false],
    ]);
    expect(listed.DeleteMarkers!.map((version) => [version.VersionId, version.IsLatest])).toEqual([
      [marker.VersionId, true],
    ]);
    await s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId: marker.VersionId! }));
    expect(await read()).toBe('two');
  });
});

describe('a listing', () => {
  const keys = ['a', 'b/1', 'b/2', 'b/3/x', 'b0', 'c/1', 'c/2', 'd'];
  beforeAll(async () => {
    await s3.send(new CreateBucketCommand({ Bucket: 'listed' }));
    for (const Key of keys) await s3.send(new PutObjectCommand({ Bucket: 'listed', Key, Body: Key }));
    await host.deploy('AWS::S3::Bucket', 'ListedVersions', {
      BucketName: 'listed-versions',
      VersioningConfiguration: { Status: 'Enabled' },
    });
    for (const Key of [...keys, ...keys])
      await s3.send(new PutObjectCommand({ Bucket: 'listed-versions', Key, Body: Key }));
  });

  it.each([1, 2, 3, 1000])(
    'groups by delimiter and pages without loss or repetition, %i at a time',
    async (pageSize) => {
      const found: string[] = [];
      for await (const page of paginateListObjectsV2({ client: s3, pageSize }, { Bucket: 'listed', Delimiter: '/' })) {
        expect(page.KeyCount).toBeLessThanOrEqual(pageSize);
        found.push(
          ...(page.Contents ?? []).map((one) => one.Key!),
          ...(page.CommonPrefixes ?? []).map((one) => one.Prefix!),
        );
      }
      expect(found.toSorted()).toEqual(['a', 'b/', 'b0', 'c/', 'd']);
    },
  );

  it.each([1, 3, 1000])('pages through versions, %i at a time', async (MaxKeys) => {
    const found: string[] = [];
    for (let from: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {}; from;) {
      const page: ListObjectVersionsCommandOutput = await s3.send(
        new ListObjectVersionsCommand({ Bucket: 'listed-versions', MaxKeys, ...from }),
      );
      found.push(...(page.Versions ?? []).map((one) => `${one.Key} ${one.IsLatest}`));
      from = page.IsTruncated
        ? { KeyMarker: page.NextKeyMarker!, VersionIdMarker: page.NextVersionIdMarker! }
        : undefined;
    }
    expect(found).toEqual(keys.flatMap((key) => [`${key} true`, `${key} false`]));
  });

  it('starts after a key and within a prefix', async () => {
    const listed = await s3.send(new ListObjectsV2Command({ Bucket: 'listed', Prefix: 'b/', StartAfter: 'b/1' }));
    expect(listed.Contents!.map((one) => one.Key)).toEqual(['b/2', 'b/3/x']);
  });
});
