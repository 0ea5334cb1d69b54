import { createHash, randomBytes } from 'node:crypto';
import { get } from 'node:http';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  DeleteObjectTaggingCommand,
  GetBucketAclCommand,
  GetBucketLocationCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal, startS3, type S3Host } from './s3-host.ts';

let host: S3Host;
let s3: S3Client;
const Bucket = 'plain-bucket';
const Versioned = 'versioned-bucket';

beforeAll(async () => {
  host = await startS3();
  s3 = host.client();
  await host.deploy('AWS::S3::Bucket', 'Plain', {
    BucketName: Bucket,
    NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
  });
  await host.deploy('AWS::S3::Bucket', 'Versioned', {
    BucketName: Versioned,
    VersioningConfiguration: { Status: 'Enabled' },
  });
});
afterAll(() => host.stop());

const text = async (key: string, more: object = {}) =>
  (await s3.send(new GetObjectCommand({ Bucket, Key: key, ...more }))).Body!.transformToString();

describe('a bucket', () => {
  it('is made by the template with its names as attributes, and keeps its objects when deployed again', async () => {
    const first = await host.deploy('AWS::S3::Bucket', 'Images', {});
    await s3.send(new PutObjectCommand({ Bucket: first.ref, Key: 'kept', Body: 'kept' }));
    const second = await host.deploy('AWS::S3::Bucket', 'Images', { VersioningConfiguration: { Status: 'Enabled' } });
    expect(second).toEqual(first);
    expect(first.attributes).toMatchObject({
      Arn: 'arn:aws:s3:::images',
      RegionalDomainName: 'images.s3.us-east-1.amazonaws.com',
    });
    expect((await s3.send(new HeadObjectCommand({ Bucket: 'images', Key: 'kept' }))).ContentLength).toBe(4);
  });

  it('is made, found, listed and deleted through the API, but not deleted while it holds a version', async () => {
    await s3.send(new CreateBucketCommand({ Bucket: 'made-here', ObjectLockEnabledForBucket: true }));
    expect((await refusal(s3.send(new CreateBucketCommand({ Bucket: 'made-here' })))).code).toBe(
      'BucketAlreadyOwnedByYou',
    );
    expect((await s3.send(new HeadBucketCommand({ Bucket: 'made-here' }))).BucketRegion).toBe('us-east-1');
    expect((await s3.send(new GetBucketLocationCommand({ Bucket: 'made-here' }))).LocationConstraint).toBeUndefined();
    const put = await s3.send(new PutObjectCommand({ Bucket: 'made-here', Key: 'a', Body: 'a' }));
    const marker = await s3.send(new DeleteObjectCommand({ Bucket: 'made-here', Key: 'a' }));
    expect(await refusal(s3.send(new DeleteBucketCommand({ Bucket: 'made-here' })))).toMatchObject({
      code: 'BucketNotEmpty',
      status: 409,
    });
    for (const VersionId of [put.VersionId!, marker.VersionId!])
      await s3.send(new DeleteObjectCommand({ Bucket: 'made-here', Key: 'a', VersionId }));
    await s3.send(new DeleteBucketCommand({ Bucket: 'made-here' }));
    expect((await s3.send(new ListBucketsCommand({}))).Buckets!.map((one) => one.Name)).not.toContain('made-here');
    expect((await refusal(s3.send(new HeadBucketCommand({ Bucket: 'made-here' })))).status).toBe(404);
  });

  it('refuses an operation that is not served, by its name', async () => {
    expect(await refusal(s3.send(new GetBucketAclCommand({ Bucket })))).toMatchObject({
      code: 'NotImplemented',
      status: 501,
      message: expect.stringContaining('acl'),
    });
  });
});

describe('an object', () => {
  it('comes back as it went in, with its metadata, ETag and checksum', async () => {
    const Body = randomBytes(100_000);
    const put = await s3.send(
      new PutObjectCommand({
        Bucket,
        Key: 'whole',
        Body,
        ContentType: 'image/png',
        CacheControl: 'no-store',
        Metadata: { officer: 'x-1' },
      }),
    );
    expect(put.ETag).toBe(`"${createHash('md5').update(Body).digest('hex')}"`);
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'whole', ChecksumMode: 'ENABLED' }));
    expect(Buffer.compare(await got.Body!.transformToByteArray(), Body)).toBe(0);
    expect(got).toMatchObject({
      ContentType: 'image/png',
      CacheControl: 'no-store',
      Metadata: { officer: 'x-1' },
      ETag: put.ETag,
      ChecksumCRC32: put.ChecksumCRC32,
      ServerSideEncryption: 'AES256',
    });
    const attributes = await s3.send(
      new GetObjectAttributesCommand({
        Bucket,
        Key: 'whole',
        ObjectAttributes: ['ETag', 'ObjectSize', 'StorageClass', 'Checksum'],
      }),
    );
    expect(attributes).toMatchObject({
      ETag: put.ETag!.replaceAll('"', ''),
      ObjectSize: 100_000,
      StorageClass: 'STANDARD',
      Checksum: { ChecksumCRC32: put.ChecksumCRC32 },
    });
  });

  it('comes in as a stream with its checksum in the trailer', async () => {
    const Body = Readable.from([Buffer.alloc(70_000, 1), Buffer.alloc(70_000, 2)]);
    await s3.send(
      new PutObjectCommand({ Bucket, Key: 'streamed', Body, ContentLength: 140_000, ChecksumAlgorithm: 'SHA256' }),
    );
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'streamed', ChecksumMode: 'ENABLED' }));
    expect(head.ContentLength).toBe(140_000);
    expect(head.ChecksumSHA256).toBe(
      createHash('sha256').update(Buffer.alloc(70_000, 1)).update(Buffer.alloc(70_000, 2)).digest('base64'),
    );
    expect(head.ContentEncoding).toBeUndefined();
  });

  it('is read by range', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'digits', Body: '0123456789' }));
    expect(await text('digits', { Range: 'bytes=2-4' })).toBe('234');
    expect(await text('digits', { Range: 'bytes=7-' })).toBe('789');
    expect(await text('digits', { Range: 'bytes=-3' })).toBe('789');
    expect(await text('digits', { Range: 'bytes=8-100' })).toBe('89');
    expect((await s3.send(new GetObjectCommand({ Bucket, Key: 'digits', Range: 'bytes=2-4' }))).ContentRange).toBe(
      'bytes 2-4/10',
    );
    expect(await refusal(text('digits', { Range: 'bytes=10-' }))).toMatchObject({ code: 'InvalidRange', status: 416 });
  });

  it('is read and written on conditions', async () => {
    const { ETag } = await s3.send(new PutObjectCommand({ Bucket, Key: 'conditional', Body: 'one', IfNoneMatch: '*' }));
    expect(
      await refusal(s3.send(new PutObjectCommand({ Bucket, Key: 'conditional', Body: 'two', IfNoneMatch: '*' }))),
    ).toMatchObject({ code: 'PreconditionFailed', status: 412 });
    expect((await refusal(text('conditional', { IfNoneMatch: ETag }))).status).toBe(304);
    expect((await refusal(text('conditional', { IfMatch: '"other"' }))).status).toBe(412);
    expect(await text('conditional', { IfMatch: ETag })).toBe('one');
    await s3.send(new PutObjectCommand({ Bucket, Key: 'conditional', Body: 'two', IfMatch: ETag! }));
    expect(await text('conditional')).toBe('two');
  });

  it('answers with the headers the link asks for', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'named', Body: 'x' }));
    const got = await s3.send(
      new GetObjectCommand({
        Bucket,
        Key: 'named',
        ResponseContentDisposition: 'attachment; filename="a.png"',
        ResponseContentType: 'image/png',
      }),
    );
    expect(got).toMatchObject({ ContentDisposition: 'attachment; filename="a.png"', ContentType: 'image/png' });
    expect((await refusal(text('named', { ResponseContentDisposition: 'attachment; filename="日.png"' }))).code).toBe(
      'InvalidArgument',
    );
  });

  it.each([
    'a/../b',
    '../../etc/passwd',
    '/',
    'ü +&<>"\r\n%2F?#',
    ' lead and trail ',
    '\u0001control',
    '💾'.repeat(256),
  ])('may have any key: %j', async (Key) => {
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
    expect(await text(Key)).toBe(Key);
    const listed = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: Key, EncodingType: 'url' }));
    expect(listed.Contents!.map((one) => decodeURIComponent(one.Key!))).toContain(Key);
    const removed = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key }] } }));
    expect(removed.Errors).toBeUndefined();
    expect(await refusal(text(Key))).toMatchObject({ code: 'NoSuchKey', status: 404 });
  });

  it('is refused with a key over 1,024 bytes', async () => {
    expect((await refusal(s3.send(new PutObjectCommand({ Bucket, Key: 'ü'.repeat(513), Body: '' })))).code).toBe(
      'KeyTooLongError',
    );
  });

  it('is copied with or without its metadata and tags, from any version', async () => {
    const first = await s3.send(
      new PutObjectCommand({
        Bucket: Versioned,
        Key: 'from',
        Body: 'first',
        Metadata: { a: '1' },
        Tagging: 'class=open',
        ContentType: 'text/plain',
      }),
    );
    await s3.send(new PutObjectCommand({ Bucket: Versioned, Key: 'from', Body: 'second' }));
    const CopySource = `${Versioned}/from?versionId=${first.VersionId}`;
    await s3.send(new CopyObjectCommand({ Bucket, Key: 'to', CopySource }));
    const copied = await s3.send(new GetObjectCommand({ Bucket, Key: 'to' }));
    expect(copied).toMatchObject({ Metadata: { a: '1' }, ContentType: 'text/plain', TagCount: 1 });
    expect(await copied.Body!.transformToString()).toBe('first');
    await s3.send(
      new CopyObjectCommand({
        Bucket,
        Key: 'to',
        CopySource,
        MetadataDirective: 'REPLACE',
        Metadata: { b: '2' },
        TaggingDirective: 'REPLACE',
        Tagging: 'class=closed&n=2',
      }),
    );
    expect((await s3.send(new HeadObjectCommand({ Bucket, Key: 'to' }))).Metadata).toEqual({ b: '2' });
    expect((await s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'to' }))).TagSet).toEqual([
      { Key: 'class', Value: 'closed' },
      { Key: 'n', Value: '2' },
    ]);
    await s3.send(new DeleteObjectCommand({ Bucket: Versioned, Key: 'from', VersionId: first.VersionId! }));
    expect(await text('to')).toBe('first');
    expect(
      (await refusal(s3.send(new CopyObjectCommand({ Bucket, Key: 'to', CopySource: `${Bucket}/to` })))).code,
    ).toBe('InvalidRequest');
  });

  it('has at most ten tags, which can be changed without a new version', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'tagged', Body: '' }));
    await s3.send(
      new PutObjectTaggingCommand({ Bucket, Key: 'tagged', Tagging: { TagSet: [{ Key: 'a & b', Value: '<1>' }] } }),
    );
    expect((await s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'tagged' }))).TagSet).toEqual([
      { Key: 'a & b', Value: '<1>' },
    ]);
    const TagSet = Array.from({ length: 11 }, (_, n) => ({ Key: `k${n}`, Value: '' }));
    expect(
      (await refusal(s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'tagged', Tagging: { TagSet } })))).code,
    ).toBe('BadRequest');
    await s3.send(new DeleteObjectTaggingCommand({ Bucket, Key: 'tagged' }));
    expect((await s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'tagged' }))).TagSet).toEqual([]);
  });

  it("is found by the bucket's name in the Host as well", async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'a/hosted', Body: 'hosted' }));
    const headers = {
      host: `${Bucket}.s3.localhost`,
      authorization:
        'AWS4-HMAC-SHA256 Credential=o/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0',
      'x-amz-date': '20260101T000000Z',
    };
    const length = await new Promise((resolve, reject) => {
      get(`${host.endpoint}/a/hosted`, { headers }, (answer) => {
        answer.resume();
        resolve(answer.headers['content-length']);
      }).on('error', reject);
    });
    expect(length).toBe('6');
  });

  it('tells the event bus that it came and went', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'told', Body: 'abc' }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'told' }));
    await expect.poll(() => host.events.filter((one) => one.Detail.includes('"told"')).length).toBe(2);
    const [made, gone] = host.events.filter((one) => one.Detail.includes('"told"'));
    expect(made).toMatchObject({
      Source: 'aws.s3',
      DetailType: 'Object Created',
      Resources: [`arn:aws:s3:::${Bucket}`],
    });
    expect(JSON.parse(made!.Detail)).toMatchObject({
      bucket: { name: Bucket },
      object: { key: 'told', size: 3 },
      reason: 'PutObject',
    });
    expect(JSON.parse(gone!.Detail)).toMatchObject({ 'deletion-type': 'Permanently Deleted', reason: 'DeleteObject' });
  });
});
