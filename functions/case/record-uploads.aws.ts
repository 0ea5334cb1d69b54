/** Signs the forms by which other systems send files straight to where what arrives is swept after a day. */
import type { S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { asked, fileClient } from '../records/kept-files.aws.ts';
import type { RecordUploads } from './record-uploads.ts';

export const uploadsTo = (bucket: string, client: S3Client = fileClient()): RecordUploads => ({
  form: ({ key, bytes, seconds }) =>
    asked(() =>
      createPresignedPost(client, {
        Bucket: bucket,
        Key: key,
        Expires: seconds,
        Conditions: [['content-length-range', bytes, bytes]],
        Fields: { 'Content-Type': 'application/octet-stream' },
      }),
    ),
});
