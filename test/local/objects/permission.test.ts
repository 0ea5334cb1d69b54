import { createHash } from 'node:crypto';
import {
  GetBucketPolicyCommand,
  PutBucketPolicyCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allow, refusal, startS3, type S3Host } from './s3-host.ts';

let host: S3Host;
let s3: S3Client;
const Bucket = 'plain-bucket';

beforeAll(async () => {
  host = await startS3();
  s3 = host.client();
  await host.deploy('AWS::S3::Bucket', 'Deployed', { BucketName: Bucket });
});
afterAll(() => host.stop());

describe('permission', () => {
  it("is judged by the role's policies and each header's own action", async () => {
    const writer = host.client([
      { Effect: 'Allow', Action: ['s3:PutObject'], Resource: `arn:aws:s3:::${Bucket}/in/*` },
    ]);
    await writer.send(new PutObjectCommand({ Bucket, Key: 'in/a', Body: 'a' }));
    expect(await refusal(writer.send(new PutObjectCommand({ Bucket, Key: 'out/a', Body: 'a' })))).toMatchObject({
      code: 'AccessDenied',
      status: 403,
      message: expect.stringContaining('s3:PutObject'),
    });
    expect(
      (await refusal(writer.send(new PutObjectCommand({ Bucket, Key: 'in/a', Body: 'a', Tagging: 'x=1' })))).message,
    ).toContain('s3:PutObjectTagging');
    expect((await refusal(writer.send(new GetObjectCommand({ Bucket, Key: 'in/a' })))).code).toBe('AccessDenied');
  });

  it('does not tell one who may not list whether a key is there', async () => {
    const reader = host.client([allow('s3:GetObject')]);
    expect((await refusal(reader.send(new GetObjectCommand({ Bucket, Key: 'nothing-here' })))).code).toBe(
      'AccessDenied',
    );
    const lister = host.client([allow('s3:GetObject', 's3:ListBucket')]);
    expect((await refusal(lister.send(new GetObjectCommand({ Bucket, Key: 'nothing-here' })))).code).toBe('NoSuchKey');
  });

  it("follows the bucket's policy, which can deny what the role allows", async () => {
    await host.deploy('AWS::S3::Bucket', 'Guarded', { BucketName: 'guarded' });
    await host.deploy('AWS::S3::BucketPolicy', 'GuardedPolicy', {
      Bucket: 'guarded',
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:*',
            Resource: 'arn:aws:s3:::guarded/*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
          { Effect: 'Deny', Principal: '*', Action: 's3:DeleteObjectVersion', Resource: 'arn:aws:s3:::guarded/*' },
        ],
      },
    });
    const role = host.client([allow('s3:*')]);
    await role.send(new PutObjectCommand({ Bucket: 'guarded', Key: 'a', Body: 'a' }));
    expect(
      (await refusal(role.send(new DeleteObjectCommand({ Bucket: 'guarded', Key: 'a', VersionId: 'null' })))).code,
    ).toBe('AccessDenied');
  });

  it('for a bucket under SSE-KMS includes the key, and the ETag is not the MD5', async () => {
    const KMSMasterKeyID = 'arn:aws:kms:us-east-1:000000000000:key/k1';
    await host.deploy('AWS::S3::Bucket', 'Sealed', {
      BucketName: 'sealed',
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID } },
        ],
      },
    });
    const without = host.client([allow('s3:*')]);
    expect(
      (await refusal(without.send(new PutObjectCommand({ Bucket: 'sealed', Key: 'a', Body: 'a' })))).message,
    ).toContain('kms:GenerateDataKey');
    const put = await host
      .client([allow('s3:*', 'kms:GenerateDataKey')])
      .send(new PutObjectCommand({ Bucket: 'sealed', Key: 'a', Body: 'a' }));
    expect(put).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: KMSMasterKeyID, BucketKeyEnabled: true });
    expect(put.ETag).not.toContain(createHash('md5').update('a').digest('hex'));
    expect((await refusal(without.send(new GetObjectCommand({ Bucket: 'sealed', Key: 'a' })))).message).toContain(
      'kms:Decrypt',
    );
  });

  it('follows a policy set through the API, until the template changes', async () => {
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` }],
    });
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    expect((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe(Policy);
    await s3.send(new PutObjectCommand({ Bucket, Key: 'in/a', Body: 'a' }));
    expect((await refusal(s3.send(new GetObjectCommand({ Bucket, Key: 'in/a' })))).code).toBe('AccessDenied');
    expect((await refusal(s3.send(new PutBucketPolicyCommand({ Bucket, Policy: '{}' })))).code).toBe('MalformedPolicy');
  });

  it('does not follow a policy that the template no longer has', async () => {
    const deny = { Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }] };
    await host.deploy('AWS::S3::Bucket', 'Freed', { BucketName: 'freed' });
    await host.deploy('AWS::S3::BucketPolicy', 'FreedPolicy', { Bucket: 'freed', PolicyDocument: deny });
    await host.stop(true);
    host = await startS3(host.folder);
    s3 = host.client();
    expect((await refusal(s3.send(new PutObjectCommand({ Bucket: 'freed', Key: 'a', Body: 'a' })))).code).toBe(
      'AccessDenied',
    );
    await host.deploy('AWS::S3::Bucket', 'Freed', { BucketName: 'freed' });
    await host.started();
    await s3.send(new PutObjectCommand({ Bucket: 'freed', Key: 'a', Body: 'a' }));
  });

  it("is nobody's without a signature, unless the policy opens the bucket and nothing blocks the public", async () => {
    const PolicyDocument = {
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::public/*' }],
    };
    const read = async () => (await fetch(`${host.endpoint}/public/a`)).status;
    await host.deploy('AWS::S3::Bucket', 'Public', { BucketName: 'public' });
    await s3.send(new PutObjectCommand({ Bucket: 'public', Key: 'a', Body: 'a' }));
    await host.deploy('AWS::S3::BucketPolicy', 'PublicPolicy', { Bucket: 'public', PolicyDocument });
    expect(await read()).toBe(403);
    await host.deploy('AWS::S3::Bucket', 'Public', {
      BucketName: 'public',
      PublicAccessBlockConfiguration: { RestrictPublicBuckets: false },
    });
    expect(await read()).toBe(200);
  });
});
