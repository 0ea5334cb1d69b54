import { createHash, randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
  type ChecksumAlgorithm,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal, startS3, type S3Host } from './s3-host.ts';

let host: S3Host;
let s3: S3Client;
const Bucket = 'large';
const MB = 1024 * 1024;
const first = randomBytes(5 * MB);
const second = randomBytes(1000);

beforeAll(async () => {
  host = await startS3();
  s3 = host.client();
  await host.deploy('AWS::S3::Bucket', 'Large', { BucketName: Bucket });
});
afterAll(() => host.stop());

const begin = async (Key: string, more: object = {}) => ({
  Bucket,
  Key,
  UploadId: (await s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ...more }))).UploadId!,
});
const part = (
  at: { Bucket: string; Key: string; UploadId: string },
  PartNumber: number,
  Body: Buffer,
  more: object = {},
) => s3.send(new UploadPartCommand({ ...at, PartNumber, Body, ...more }));
const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest();

describe('a multipart upload', () => {
  it('becomes one object, read whole, by range over the seam and by part', async () => {
    const at = await begin('joined', { ContentType: 'image/tiff', Metadata: { a: 'b' }, Tagging: 'x=1' });
    const [two, one] = [await part(at, 2, second), await part(at, 1, first)];
    expect((await s3.send(new ListPartsCommand(at))).Parts!.map((found) => [found.PartNumber, found.Size])).toEqual([
      [1, 5 * MB],
      [2, 1000],
    ]);
    expect(
      (await s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads!.map((found) => found.UploadId),
    ).toContain(at.UploadId);
    const Parts = [
      { PartNumber: 1, ETag: one.ETag },
      { PartNumber: 2, ETag: two.ETag },
    ];
    const done = await s3.send(new CompleteMultipartUploadCommand({ ...at, MultipartUpload: { Parts } }));
    expect(done.ETag).toBe(`"${md5(Buffer.concat([md5(first), md5(second)])).toString('hex')}-2"`);
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'joined' }));
    expect(got).toMatchObject({ ContentType: 'image/tiff', Metadata: { a: 'b' }, TagCount: 1 });
    expect(Buffer.compare(Buffer.from(await got.Body!.transformToByteArray()), Buffer.concat([first, second]))).toBe(0);
    const seam = await s3.send(
      new GetObjectCommand({ Bucket, Key: 'joined', Range: `bytes=${5 * MB - 2}-${5 * MB + 1}` }),
    );
    expect(Buffer.from(await seam.Body!.transformToByteArray())).toEqual(
      Buffer.concat([first.subarray(-2), second.subarray(0, 2)]),
    );
    const last = await s3.send(new GetObjectCommand({ Bucket, Key: 'joined', PartNumber: 2 }));
    expect([last.PartsCount, last.ContentLength]).toEqual([2, 1000]);
    expect(
      (await refusal(s3.send(new CompleteMultipartUploadCommand({ ...at, MultipartUpload: { Parts } })))).code,
    ).toBe('NoSuchUpload');
  });

  it('keeps a checksum of checksums, or one of the whole, as it was begun', async () => {
    const at = await begin('composite', { ChecksumAlgorithm: 'SHA256' });
    const parts = [
      await part(at, 1, first, { ChecksumAlgorithm: 'SHA256' }),
      await part(at, 2, second, { ChecksumAlgorithm: 'SHA256' }),
    ];
    const bare = parts.map((one, n) => ({ PartNumber: n + 1, ETag: one.ETag }));
    expect(
      (await refusal(s3.send(new CompleteMultipartUploadCommand({ ...at, MultipartUpload: { Parts: bare } })))).code,
    ).toBe('InvalidRequest');
    const done = await s3.send(
      new CompleteMultipartUploadCommand({
        ...at,
        MultipartUpload: { Parts: bare.map((one, n) => ({ ...one, ChecksumSHA256: parts[n]!.ChecksumSHA256 })) },
      }),
    );
    const sha = (bytes: Buffer) => createHash('sha256').update(bytes).digest();
    expect(done).toMatchObject({
      ChecksumType: 'COMPOSITE',
      ChecksumSHA256: `${sha(Buffer.concat([sha(first), sha(second)])).toString('base64')}-2`,
    });
    const attributes = await s3.send(
      new GetObjectAttributesCommand({ Bucket, Key: 'composite', ObjectAttributes: ['ObjectParts', 'Checksum'] }),
    );
    expect(attributes.ObjectParts).toMatchObject({
      TotalPartsCount: 2,
      Parts: [{ PartNumber: 1, Size: 5 * MB, ChecksumSHA256: parts[0]!.ChecksumSHA256 }, { PartNumber: 2 }],
    });

    const whole = await begin('whole', { ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' });
    const Parts = [
      { PartNumber: 1, ETag: (await part(whole, 1, first)).ETag },
      { PartNumber: 2, ETag: (await part(whole, 2, second)).ETag },
    ];
    const crc = Buffer.alloc(4);
    crc.writeUInt32BE(crc32(second, crc32(first)));
    expect(
      (
        await refusal(
          s3.send(
            new CompleteMultipartUploadCommand({ ...whole, ChecksumCRC32: 'AAAAAA==', MultipartUpload: { Parts } }),
          ),
        )
      ).code,
    ).toBe('BadDigest');
    expect(
      await s3.send(
        new CompleteMultipartUploadCommand({
          ...whole,
          ChecksumCRC32: crc.toString('base64'),
          MultipartUpload: { Parts },
        }),
      ),
    ).toMatchObject({ ChecksumType: 'FULL_OBJECT', ChecksumCRC32: crc.toString('base64') });
  });

  it('takes parts from objects that are here already', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'source', Body: first }));
    const at = await begin('copied');
    const one = await s3.send(new UploadPartCopyCommand({ ...at, PartNumber: 1, CopySource: `${Bucket}/source` }));
    const two = await s3.send(
      new UploadPartCopyCommand({
        ...at,
        PartNumber: 2,
        CopySource: `${Bucket}/source`,
        CopySourceRange: 'bytes=10-19',
      }),
    );
    const Parts = [one, two].map((copied, n) => ({ PartNumber: n + 1, ETag: copied.CopyPartResult!.ETag }));
    await s3.send(new CompleteMultipartUploadCommand({ ...at, MultipartUpload: { Parts } }));
    const tail = await s3.send(new GetObjectCommand({ Bucket, Key: 'copied', Range: 'bytes=-10' }));
    expect(Buffer.from(await tail.Body!.transformToByteArray())).toEqual(first.subarray(10, 20));
  });

  it('is refused with parts that are missing, out of order, too small or not begun', async () => {
    const at = await begin('refused');
    const [one, two] = [await part(at, 1, second), await part(at, 2, second)];
    const complete = (...Parts: object[]) =>
      refusal(s3.send(new CompleteMultipartUploadCommand({ ...at, MultipartUpload: { Parts } }))).then(
        (told) => told.code,
      );
    expect(await complete({ PartNumber: 1, ETag: one.ETag }, { PartNumber: 3, ETag: one.ETag })).toBe('EntityTooSmall');
    expect(await complete({ PartNumber: 3, ETag: one.ETag })).toBe('InvalidPart');
    expect(await complete({ PartNumber: 1, ETag: '"other"' })).toBe('InvalidPart');
    expect(await complete({ PartNumber: 2, ETag: two.ETag }, { PartNumber: 1, ETag: one.ETag })).toBe(
      'InvalidPartOrder',
    );
    expect(await complete({ PartNumber: 1, ETag: one.ETag }, { PartNumber: 2, ETag: two.ETag })).toBe('EntityTooSmall');
    expect((await refusal(part({ ...at, UploadId: 'none' }, 1, second))).code).toBe('NoSuchUpload');
    expect((await refusal(s3.send(new HeadObjectCommand({ Bucket, Key: 'refused' })))).status).toBe(404);
    const files = () => readdirSync(join(host.folder, 'objects')).length;
    const before = files();
    await s3.send(new AbortMultipartUploadCommand(at));
    expect(files()).toBe(before - 2);
  });
});

describe('a checksum', () => {
  const check = Buffer.from('123456789');
  it.each([
    ['CRC32', 'y/Q5Jg=='],
    ['CRC32C', '4waSgw=='],
    ['CRC64NVME', 'rosUhgp5mIg='],
    ['SHA1', '98O8HYCOBHMq32eZZczDTKeuNEE='],
    ['SHA256', 'FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU='],
  ] as [ChecksumAlgorithm, string][])('%s is kept, given back and judged', async (algorithm, value) => {
    const name = `Checksum${algorithm}`;
    await s3.send(new PutObjectCommand({ Bucket, Key: 'checked', Body: check, [name]: value }));
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'checked', ChecksumMode: 'ENABLED' }))).toMatchObject({
      [name]: value,
      ChecksumType: 'FULL_OBJECT',
    });
    expect(
      await refusal(s3.send(new PutObjectCommand({ Bucket, Key: `wrong-${algorithm}`, Body: 'other', [name]: value }))),
    ).toMatchObject({ code: 'BadDigest', status: 400 });
    expect((await refusal(s3.send(new HeadObjectCommand({ Bucket, Key: `wrong-${algorithm}` })))).status).toBe(404);
  });

  const raw = (headers: Record<string, string>, body: string) =>
    fetch(`${host.endpoint}/${Bucket}/raw`, {
      method: 'PUT',
      body,
      headers: {
        authorization:
          'AWS4-HMAC-SHA256 Credential=o/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0',
        'x-amz-date': '20260101T000000Z',
        ...headers,
      },
    });

  it('in a trailer or of a signed payload is judged, and nothing is stored if it is wrong', async () => {
    const chunked = {
      'content-encoding': 'aws-chunked',
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'x-amz-trailer': 'x-amz-checksum-crc32',
      'x-amz-decoded-content-length': '9',
    };
    const cases: [Record<string, string>, string, string][] = [
      [chunked, '9\r\n123456789\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n', 'BadDigest'],
      [chunked, '9\r\n123456789\r\n0\r\n\r\n', 'BadDigest'],
      [chunked, '9\r\n12345', 'IncompleteBody'],
      [chunked, 'zz\r\n12345', 'IncompleteBody'],
      [chunked, '3\r\n12345', 'IncompleteBody'],
      [chunked, '3\r\n123\r\n0\r\nx-amz-checksum-crc32:iGMg5Q==\r\n\r\n', 'IncompleteBody'],
      [{ 'x-amz-content-sha256': '0'.repeat(64) }, '123456789', 'XAmzContentSHA256Mismatch'],
      [{ 'content-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' }, '123456789', 'BadDigest'],
      [{ 'content-md5': 'no' }, '123456789', 'InvalidDigest'],
      [{ 'x-amz-checksum-crc32': 'no' }, '123456789', 'InvalidRequest'],
      [{ 'x-amz-checksum-crc32': 'y/Q5Jg==', 'x-amz-checksum-crc32c': '4waSgw==' }, '123456789', 'InvalidRequest'],
    ];
    for (const [headers, body, code] of cases) {
      const answer = await raw(headers, body);
      expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(`<Code>${code}</Code>`)]);
    }
    expect((await refusal(s3.send(new HeadObjectCommand({ Bucket, Key: 'raw' })))).status).toBe(404);
    expect(readdirSync(join(host.folder, 'objects', 'aside'))).toEqual([]);
  });

  it('is not looked for where chunks are signed, and the signatures are read over', async () => {
    const signature = 'a'.repeat(64);
    const answer = await raw(
      {
        'content-encoding': 'gzip,aws-chunked',
        'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
        'x-amz-decoded-content-length': '9',
      },
      `5;chunk-signature=${signature}\r\n12345\r\n4;chunk-signature=${signature}\r\n6789\r\n0;chunk-signature=${signature}\r\n\r\n`,
    );
    expect(answer.status).toBe(200);
    const got = await fetch(`${host.endpoint}/${Bucket}/raw`, {
      method: 'HEAD',
      headers: {
        authorization:
          'AWS4-HMAC-SHA256 Credential=o/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0',
        'x-amz-date': '20260101T000000Z',
      },
    });
    expect([got.headers.get('content-length'), got.headers.get('content-encoding')]).toEqual(['9', 'gzip']);
  });
});
