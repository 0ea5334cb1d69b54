/**
 * Object Lock of the images bucket on an emulator. The template asks for it when the bucket is made; an emulator's
 * CloudFormation may pass over that though its S3 serves it. There, and only there, it is turned on as an administrator
 * would. On AWS a bucket without it is a fault of the deployment, and the test says so.
 */
import { GetObjectLockConfigurationCommand, PutObjectLockConfigurationCommand, S3Client } from '@aws-sdk/client-s3';
import type { Env } from './needs.ts';

export async function lockOnEmulator(Bucket: string, env: Env): Promise<void> {
  if (!env.AWS_ENDPOINT_URL) return;
  const s3 = new S3Client({});
  const { ObjectLockConfiguration } = await s3
    .send(new GetObjectLockConfigurationCommand({ Bucket }))
    .catch(() => ({ ObjectLockConfiguration: undefined }));
  if (!ObjectLockConfiguration) {
    await s3.send(
      new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } }),
    );
    console.warn(
      `${Bucket} was deployed without Object Lock; this emulator's CloudFormation passes over it, so it was turned on by S3's own call`,
    );
  }
  s3.destroy();
}
