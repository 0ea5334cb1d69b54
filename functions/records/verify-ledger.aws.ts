/** Where the verifier reads: the whole table, the bucket of the digests, and the key they were signed with. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { StoredDigest } from './digest.ts';
import { digestsIn } from './digests.aws.ts';

export interface Place {
  readonly table: string;
  readonly bucket: string;
  /** Id or ARN of the key that signs digests. */
  readonly key: string;
  /** A local host's endpoint; without it the SDK's own settings count (`AWS_ENDPOINT_URL`, region, credentials). */
  readonly localEndpoint?: string;
}

export interface Source {
  /** Every item, a partition at a time and in order within it. */
  items(): AsyncIterable<Readonly<Record<string, unknown>>>;
  digests(): Promise<readonly StoredDigest[]>;
  publicKey(): Promise<{ readonly pem: string; readonly keyId: string }>;
}

export function sourceAt({ table, bucket, key, localEndpoint }: Place): Source {
  const aws = localEndpoint
    ? { endpoint: localEndpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } }
    : {};
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient(aws));
  const digests = digestsIn(
    bucket,
    key,
    new S3Client({ ...aws, ...(localEndpoint && { forcePathStyle: true }) }),
    new KMSClient(aws),
  );
  return {
    digests: () => digests.all(),
    publicKey: () => digests.publicKey(),
    async *items() {
      let from: Record<string, unknown> | undefined;
      do {
        const page = await documents.send(
          new ScanCommand({ TableName: table, ConsistentRead: true, ...(from && { ExclusiveStartKey: from }) }),
        );
        yield* page.Items ?? [];
        from = page.LastEvaluatedKey;
      } while (from);
    },
  };
}
