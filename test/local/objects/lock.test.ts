import { createHash } from 'node:crypto';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetObjectLegalHoldCommand,
  GetObjectLockConfigurationCommand,
  GetObjectRetentionCommand,
  HeadObjectCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectRetentionCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allow, DAY_MS, refusal, startS3, type S3Host } from './s3-host.ts';

let host: S3Host;
let s3: S3Client;
const Bucket = 'evidence';
const Kept = 'digests';
let made = 0;

beforeAll(async () => {
  host = await startS3();
  s3 = host.client();
  await host.deploy('AWS::S3::Bucket', 'Evidence', { BucketName: Bucket, ObjectLockEnabled: true });
  await host.deploy('AWS::S3::Bucket', 'Digests', {
    BucketName: Kept,
    ObjectLockEnabled: true,
    ObjectLockConfiguration: {
      ObjectLockEnabled: 'Enabled',
      Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 10 } },
    },
  });
  await host.deploy('AWS::S3::Bucket', 'Open', { BucketName: 'open-bucket' });
});
afterAll(() => host.stop());

const inDays = (days: number) => new Date(host.clock.now() + days * DAY_MS);
const put = async (more: object = {}) => {
  const Key = `image-${++made}`;
  const { VersionId } = await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x', ...more }));
  return { Bucket, Key, VersionId: VersionId! };
};
const destroy = (at: { Bucket: string; Key: string; VersionId: string }, bypass = false, client = s3) =>
  client.send(new DeleteObjectCommand({ ...at, ...(bypass ? { BypassGovernanceRetention: true } : {}) }));
const retain = (at: object, Mode: 'GOVERNANCE' | 'COMPLIANCE', days: number, bypass = false, client = s3) =>
  client.send(
    new PutObjectRetentionCommand({
      ...(at as { Bucket: string; Key: string }),
      Retention: { Mode, RetainUntilDate: inDays(days) },
      ...(bypass ? { BypassGovernanceRetention: true } : {}),
    }),
  );

describe('governance', () => {
  it('keeps a version until its date, then lets it go', async () => {
    const at = await put({ ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: inDays(3) });
    expect(await refusal(destroy(at))).toMatchObject({
      code: 'AccessDenied',
      status: 403,
      message: expect.stringContaining('object lock'),
    });
    await host.clock.advance(3 * DAY_MS + 1000);
    await destroy(at);
    expect((await refusal(s3.send(new HeadObjectCommand(at)))).status).toBe(404);
  });

  it('yields to the bypass header only from one who may bypass', async () => {
    const at = await put({ ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: inDays(3) });
    const without = host.client([
      allow('s3:DeleteObjectVersion', 's3:PutObjectRetention', 's3:GetObject', 's3:GetObjectVersion'),
    ]);
    expect((await refusal(destroy(at, true, without))).message).toContain('s3:BypassGovernanceRetention');
    expect((await refusal(retain(at, 'GOVERNANCE', 1, true, without))).message).toContain(
      's3:BypassGovernanceRetention',
    );
    await destroy(at, true, host.client([allow('s3:DeleteObjectVersion', 's3:BypassGovernanceRetention')]));
  });

  it('is lengthened freely, and shortened, removed or turned into compliance by bypass only', async () => {
    const at = await put({ ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: inDays(3) });
    await retain(at, 'GOVERNANCE', 5);
    expect((await refusal(retain(at, 'GOVERNANCE', 4))).code).toBe('AccessDenied');
    expect((await refusal(retain(at, 'COMPLIANCE', 9))).code).toBe('AccessDenied');
    await retain(at, 'GOVERNANCE', 4, true);
    await s3.send(new PutObjectRetentionCommand({ ...at, Retention: {}, BypassGovernanceRetention: true }));
    expect((await refusal(s3.send(new GetObjectRetentionCommand(at)))).code).toBe('NoSuchObjectLockConfiguration');
    await destroy(at);
  });
});

describe('compliance', () => {
  it('cannot be shortened, removed, weakened or bypassed by anyone, and can be lengthened', async () => {
    const at = await put({ ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: inDays(3) });
    expect((await refusal(destroy(at, true))).code).toBe('AccessDenied');
    expect((await refusal(retain(at, 'COMPLIANCE', 2, true))).code).toBe('AccessDenied');
    expect((await refusal(retain(at, 'GOVERNANCE', 9, true))).code).toBe('AccessDenied');
    expect(
      (await refusal(s3.send(new PutObjectRetentionCommand({ ...at, Retention: {}, BypassGovernanceRetention: true }))))
        .code,
    ).toBe('AccessDenied');
    await retain(at, 'COMPLIANCE', 5);
    await host.clock.advance(4 * DAY_MS);
    expect((await refusal(destroy(at, true))).code).toBe('AccessDenied');
    await host.clock.advance(DAY_MS + 1000);
    await destroy(at);
  });

  it("comes from the bucket's default, and then the upload needs a digest", async () => {
    await s3.send(new PutObjectCommand({ Bucket: Kept, Key: 'd', Body: 'd' }));
    const got = await s3.send(new GetObjectRetentionCommand({ Bucket: Kept, Key: 'd' }));
    expect(got.Retention!.Mode).toBe('COMPLIANCE');
    expect(Math.abs(got.Retention!.RetainUntilDate!.getTime() - inDays(10).getTime())).toBeLessThan(5000);
    expect((await s3.send(new GetObjectLockConfigurationCommand({ Bucket: Kept }))).ObjectLockConfiguration).toEqual({
      ObjectLockEnabled: 'Enabled',
      Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 10 } },
    });
    expect((await s3.send(new GetBucketVersioningCommand({ Bucket: Kept }))).Status).toBe('Enabled');
    const url = await getSignedUrl(s3, new PutObjectCommand({ Bucket: Kept, Key: 'no-digest' }), {
      signingDate: new Date(host.clock.now()),
    });
    const refused = await fetch(url, { method: 'PUT', body: 'x' });
    expect([refused.status, await refused.text()]).toEqual([
      400,
      expect.stringContaining('Content-MD5 OR x-amz-checksum-'),
    ]);
    const md5 = (of: string) => createHash('md5').update(of).digest('base64');
    expect((await fetch(url, { method: 'PUT', body: 'x', headers: { 'content-md5': md5('y') } })).status).toBe(400);
    expect((await fetch(url, { method: 'PUT', body: 'x', headers: { 'content-md5': md5('x') } })).status).toBe(200);
  });
});

describe('a legal hold', () => {
  it('keeps a version, even past its retention, until it is taken off', async () => {
    const at = await put({
      ObjectLockLegalHoldStatus: 'ON',
      ObjectLockMode: 'GOVERNANCE',
      ObjectLockRetainUntilDate: inDays(1),
    });
    await host.clock.advance(2 * DAY_MS);
    expect((await refusal(destroy(at, true))).code).toBe('AccessDenied');
    expect((await s3.send(new GetObjectLegalHoldCommand(at))).LegalHold!.Status).toBe('ON');
    await s3.send(new PutObjectLegalHoldCommand({ ...at, LegalHold: { Status: 'OFF' } }));
    await destroy(at);
  });
});

describe('a locked version', () => {
  it('may be hidden by a delete marker and is not lost', async () => {
    const at = await put({ ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: inDays(1) });
    expect((await s3.send(new DeleteObjectCommand({ Bucket, Key: at.Key }))).DeleteMarker).toBe(true);
    expect(await (await s3.send(new GetObjectCommand(at))).Body!.transformToString()).toBe('x');
  });

  it('is not deleted in a batch, while the others of the batch are', async () => {
    const held = await put({ ObjectLockLegalHoldStatus: 'ON' });
    const free = await put();
    const answer = await s3.send(
      new DeleteObjectsCommand({
        Bucket,
        Delete: { Objects: [held, free].map(({ Key, VersionId }) => ({ Key, VersionId })) },
      }),
    );
    expect(answer.Deleted!.map((one) => one.Key)).toEqual([free.Key]);
    expect(answer.Errors).toEqual([expect.objectContaining({ Key: held.Key, Code: 'AccessDenied' })]);
  });

  it('tells its lock to those who may see it', async () => {
    const at = await put({
      ObjectLockLegalHoldStatus: 'ON',
      ObjectLockMode: 'GOVERNANCE',
      ObjectLockRetainUntilDate: inDays(1),
    });
    expect(await s3.send(new HeadObjectCommand(at))).toMatchObject({
      ObjectLockMode: 'GOVERNANCE',
      ObjectLockLegalHoldStatus: 'ON',
    });
    const reader = host.client([allow('s3:GetObject', 's3:GetObjectVersion')]);
    expect((await reader.send(new HeadObjectCommand(at))).ObjectLockMode).toBeUndefined();
  });

  it("passes its lock to a copy only by the copy's own headers, which need their own permission", async () => {
    const at = await put();
    const copy = {
      Bucket,
      Key: `${at.Key}-copy`,
      CopySource: `${Bucket}/${at.Key}`,
      ObjectLockLegalHoldStatus: 'ON',
      ObjectLockMode: 'GOVERNANCE',
      ObjectLockRetainUntilDate: inDays(1),
    } as const;
    const reads = ['s3:GetObject', 's3:PutObject', 's3:GetObjectTagging'];
    expect((await refusal(host.client([allow(...reads)]).send(new CopyObjectCommand(copy)))).message).toContain(
      's3:PutObjectRetention',
    );
    expect(
      (await refusal(host.client([allow(...reads, 's3:PutObjectRetention')]).send(new CopyObjectCommand(copy))))
        .message,
    ).toContain('s3:PutObjectLegalHold');
    await host
      .client([allow(...reads, 's3:PutObjectRetention', 's3:PutObjectLegalHold')])
      .send(new CopyObjectCommand(copy));
    expect((await s3.send(new HeadObjectCommand({ Bucket, Key: copy.Key }))).ObjectLockLegalHoldStatus).toBe('ON');
  });
});

describe('lock headers', () => {
  it.each([
    ['without a date', { ObjectLockMode: 'GOVERNANCE' }, 'InvalidArgument'],
    [
      'with a date in the past',
      { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: new Date(0) },
      'InvalidArgument',
    ],
    [
      'with a mode that does not exist',
      { ObjectLockMode: 'ETERNAL', ObjectLockRetainUntilDate: new Date(4e12) },
      'InvalidArgument',
    ],
    ['with a hold that is neither ON nor OFF', { ObjectLockLegalHoldStatus: 'MAYBE' }, 'InvalidArgument'],
  ])('are refused %s', async (_, headers, code) => {
    expect(await refusal(put(headers))).toMatchObject({ code, status: 400 });
  });

  it('are refused in a bucket without Object Lock', async () => {
    expect(
      (
        await refusal(
          s3.send(
            new PutObjectCommand({ Bucket: 'open-bucket', Key: 'a', Body: 'a', ObjectLockLegalHoldStatus: 'ON' }),
          ),
        )
      ).code,
    ).toBe('InvalidRequest');
    expect((await refusal(s3.send(new GetObjectLockConfigurationCommand({ Bucket: 'open-bucket' })))).code).toBe(
      'ObjectLockConfigurationNotFoundError',
    );
  });

  it('cannot be taken off a bucket by the template', async () => {
    await expect(host.deploy('AWS::S3::Bucket', 'Evidence', { BucketName: Bucket })).rejects.toThrow(
      'Object Lock cannot be taken off',
    );
  });
});
