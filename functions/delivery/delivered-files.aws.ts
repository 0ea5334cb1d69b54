/**
 * The door to what is delivered: signs addresses, and reads a passphrase.
 *
 * Faults  PackageBusy (retry)
 */
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { DeliveredFiles } from './delivered-files.ts';
import { inOurWords } from './busy.ts';

export function deliveredFilesIn(
  bucket: string,
  // The SDK's own checksums would be added to links that browsers use.
  client: S3Client = new S3Client({
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  }),
): DeliveredFiles {
  const link: DeliveredFiles['link'] = ({ key, versionId, fileName, contentType, seconds }) =>
    getSignedUrl(
      client,
      new GetObjectCommand({
        Bucket: bucket,
        Key: key,
        VersionId: versionId,
        ResponseContentDisposition: `attachment; filename="${fileName}"`,
        ResponseContentType: contentType,
        ResponseCacheControl: 'no-store',
      }),
      { expiresIn: seconds },
    );
  return {
    link,
    // Links of a bucket have one origin, and only the SDK knows how a bucket is addressed.
    origin: async () =>
      new URL(
        await link({ key: 'origin', versionId: 'null', fileName: 'origin', contentType: 'text/plain', seconds: 1 }),
      ).origin,
    async passphrase({ key, versionId }) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
        return await Body!.transformToString();
      } catch (error) {
        throw inOurWords(error);
      }
    },
  };
}
