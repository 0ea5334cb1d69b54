/** Released disclosures on the embedded host: files in its store, records in its table, and what its mails hold. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { DeliveredFile, Delivery } from '../../../functions/delivery/contract.ts';
import { recordsIn, type Records } from '../../../functions/records/records.aws.ts';
import type { InvokeResult } from '../../../local/contract.ts';
import { fromEpochMs } from '../../../policies/instant.ts';
import type { Postact } from '../../postact.ts';
import { sha } from './file-store.ts';
import { ADDRESS, releasedBy } from './released.ts';

/** A function of the stack, by the start of its logical id, such as `DeliverySealPackage`. */
interface Called {
  readonly called: string;
  readonly name: string;
  readonly role: string;
}

export class Host {
  readonly postact: Postact;
  readonly table: DynamoDBClient;
  readonly records: Records;
  readonly #s3: S3Client;

  constructor(postact: Postact) {
    this.postact = postact;
    this.table = new DynamoDBClient(this.owner);
    this.records = recordsIn(postact.outputs.TableName, this.table);
    this.#s3 = new S3Client(this.owner);
  }

  get owner() {
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    return { endpoint: this.postact.endpoint, region: 'us-east-1', credentials };
  }

  async functions(): Promise<readonly Called[]> {
    const lambda = new LambdaClient(this.owner);
    const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
    lambda.destroy();
    return Functions.map(({ FunctionName, Role }) => ({
      called: FunctionName!.replace(/^Postact-|Func.*$/g, ''),
      name: FunctionName!,
      role: Role!,
    }));
  }

  /** Puts bytes into the store, as a file that was released. */
  async file(label: string, key: string, bytes: Uint8Array, over: Partial<DeliveredFile> = {}): Promise<DeliveredFile> {
    const put = new PutObjectCommand({ Bucket: this.postact.outputs.ImagesBucketName, Key: key, Body: bytes });
    const { VersionId } = await this.#s3.send(put);
    const file = { key, versionId: VersionId!, sha256: sha(bytes), bytes: bytes.length, contentType: 'image/png' };
    return { enclosureId: `E-${sha(key).slice(0, 8)}`, label, fileName: 'scan.png', file, ...over };
  }

  /** Of p-ortiz, to `ADDRESS`; by page its mail is there when this ends. */
  async release(way: Delivery['way'], files: readonly DeliveredFile[]): Promise<Delivery> {
    const now = fromEpochMs(this.postact.now().getTime());
    const { change, delivery } = releasedBy('p-ortiz', now, { way, files });
    await this.records.write(change);
    await this.postact.settled();
    return delivery;
  }

  /** The step of the workflow that seals, called as the workflow calls it. */
  async seal({ disclosureId }: Delivery): Promise<InvokeResult> {
    const { name } = (await this.functions()).find(({ called }) => called === 'DeliverySealPackage')!;
    const answer = await this.postact.running.host.functions.invoke(name, JSON.stringify({ disclosureId }));
    await this.postact.settled();
    return answer;
  }

  /** The path in the newest mail that leads to a delivery. */
  async link(): Promise<string> {
    const [mail] = (await this.postact.mailsTo(ADDRESS)).filter(({ text }) => text.includes('/receive/'));
    return /\/receive\/[\w-]{43}/.exec(mail!.text)![0];
  }

  /** The code in the newest mail. */
  async code(): Promise<string> {
    await this.postact.settled();
    const [mail] = await this.postact.mailsTo(ADDRESS);
    return /code is (\d{4} \d{4})/.exec(mail!.text)![1]!;
  }

  stop(): void {
    this.table.destroy();
    this.#s3.destroy();
  }
}
