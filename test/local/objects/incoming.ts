/** A host with a bucket that takes browsers' uploads, and the browser. */
import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost, type PresignedPost, type PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import { startS3, type S3Host } from './s3-host.ts';

export const Bucket = 'incoming';
export const image = Buffer.from('not really an image');

export interface Sent {
  readonly status: number;
  readonly code: string | undefined;
  readonly text: string;
  readonly headers: Headers;
}

export interface Incoming {
  readonly host: S3Host;
  readonly owner: S3Client;
  /** A client of a role that may put and get under `up/` only, signing by the host's present time. */
  signer(): S3Client;
  /** A form for `up/a.png` that is good for five minutes. */
  sign(more?: Partial<PresignedPostOptions>, client?: S3Client): Promise<PresignedPost>;
  has(prefix: string): Promise<boolean>;
}

export async function startIncoming(): Promise<Incoming> {
  const host = await startS3();
  const owner = host.client();
  await host.deploy('AWS::S3::Bucket', 'Incoming', {
    BucketName: Bucket,
    CorsConfiguration: {
      CorsRules: [
        {
          AllowedOrigins: ['http://127.0.0.1:8080', 'https://*.example.org'],
          AllowedMethods: ['POST', 'GET'],
          AllowedHeaders: ['x-amz-*'],
          ExposedHeaders: ['ETag'],
          MaxAge: 600,
        },
      ],
    },
  });
  const Resource = `arn:aws:s3:::${Bucket}/up/*`;
  const signer = (): S3Client => host.client([{ Effect: 'Allow', Action: ['s3:PutObject', 's3:GetObject'], Resource }]);
  return {
    host,
    owner,
    signer,
    sign: (more = {}, client = signer()) =>
      createPresignedPost(client, { Bucket, Key: 'up/a.png', Expires: 300, ...more }),
    has: async (Prefix) => ((await owner.send(new ListObjectsV2Command({ Bucket, Prefix }))).KeyCount ?? 0) > 0,
  };
}

/** Submits a form as a browser does. */
export async function submit(
  { url, fields }: PresignedPost,
  file: Uint8Array = image,
  fileName = 'a.png',
  headers: Record<string, string> = {},
): Promise<Sent> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([new Uint8Array(file)]), fileName);
  const answer = await fetch(url, { method: 'POST', body: form, redirect: 'manual', headers });
  const text = await answer.text();
  return { status: answer.status, code: /<Code>(\w+)</.exec(text)?.[1], text, headers: answer.headers };
}
