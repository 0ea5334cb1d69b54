/** What is kept, on the whole of postact: cards of cases with their files in the real bucket, under legal hold. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { filesIn } from '../../../functions/records/files.aws.ts';
import type { Files } from '../../../functions/records/files.ts';
import { recordsIn } from '../../../functions/records/records.aws.ts';
import { fromEpochMs } from '../../../policies/instant.ts';
import { startPostact, type Postact } from '../../postact.ts';
import { Retained } from './retained.ts';

export interface RetainedOnHost {
  readonly postact: Postact;
  readonly store: Retained;
  readonly files: Files;
  /** Keeps a record of a case with its file, and answers its id. @default under kept/R-1 */
  kept(caseNumber: string, under?: string): Promise<string>;
  stop(): Promise<void>;
}

/** A schedule is in force from the start. */
export async function startRetained(): Promise<RetainedOnHost> {
  const postact = await startPostact();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const aws = { endpoint: postact.endpoint, region: 'us-east-1', credentials };
  const client = new DynamoDBClient(aws);
  const store = new Retained(recordsIn(postact.outputs.TableName, client));
  store.clock = () => fromEpochMs(postact.now().getTime());
  const files = filesIn(postact.outputs.ImagesBucketName, new S3Client({ ...aws, forcePathStyle: true }));
  await store.inForce();
  return {
    postact,
    store,
    files,
    async kept(caseNumber, under = 'kept/R-1') {
      const id = store.newId('I');
      const from = await files.put(`incoming/${id}/original`, `bytes of ${id}`);
      const tags = { record: id, class: 'open-case' };
      const copy = await files.copyHeld({ from, toKey: `${under}/${id}/original`, contentType: 'image/png', tags });
      return store.kept(caseNumber, { id, files: [{ ...copy, bytes: from.bytes }] });
    },
    async stop() {
      client.destroy();
      await postact.stop();
    },
  };
}
