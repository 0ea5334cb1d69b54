/** `npm run verify-ledger` as people run it, against the embedded host: what it says, what it exports, what it refuses. */
import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../../demo/assembly.ts';
import { PEOPLE } from '../../../demo/people.ts';
import { sourceAt } from '../../../functions/records/verify-ledger.aws.ts';
import { startPostact, type Postact } from '../../postact.ts';
import { daysWork, readFrom } from './days-work.ts';
import type { StoredLedger } from './stored-ledger.ts';

const data = mkdtempSync(join(tmpdir(), 'verify-ledger-'));
let postact: Postact;
let ledger: StoredLedger;

beforeAll(async () => {
  postact = await startPostact({ data });
  ({ ledger } = await daysWork(postact));
});
afterAll(async () => {
  await postact?.stop();
  rmSync(data, { recursive: true, force: true });
});

interface Said {
  readonly status: number;
  readonly out: string;
}
/** Runs the command as people do. Not awaited synchronously: the host it asks runs in this process. */
const run = (...args: string[]): Promise<Said> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(ROOT, 'functions/records/verify-ledger.ts'), ...args],
      {
        env: {
          ...process.env,
          AWS_ENDPOINT_URL: postact.endpoint,
          AWS_REGION: 'us-east-1',
          AWS_ACCESS_KEY_ID: 'test',
          AWS_SECRET_ACCESS_KEY: 'test',
        },
      },
      (error, stdout, stderr) => {
        resolve({ status: typeof error?.code === 'number' ? error.code : 0, out: stdout + stderr });
      },
    );
  });

describe('npm run verify-ledger', () => {
  const [exported, publicKey] = [join(data, 'ledger.jsonl'), join(data, 'key.pem')];
  const aws = () => ({
    endpoint: postact.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });

  it('says in plain words what it verified, and ends with 0', async () => {
    const { status, out } = await run('--data', data, '--export', exported);
    const { counts } = (await readFrom(postact)).finding();
    expect(out).toContain(
      `${counts.subjects} subjects, ${counts.entries} entries, ${counts.records} records, ${counts.lines} membership lines, ${counts.digests} signed digests`,
    );
    expect(out).toContain('The ledger holds');
    expect(status).toBe(0);
  });

  it('takes table, bucket and key from its options', async () => {
    const { TableName, LedgerBucketName, DigestKeyId } = postact.outputs;
    const { status, out } = await run('--table', TableName, '--bucket', LedgerBucketName, '--key', DigestKeyId);
    expect([status, out]).toEqual([0, expect.stringContaining('The ledger holds')]);
    expect(await run('--table', TableName, '--data', join(data, 'nowhere'))).toEqual({
      status: 2,
      out: expect.stringContaining('found 1 of 3') as string,
    });
  });

  it('exports what anyone with the public key verifies offline, and names nobody', async () => {
    const { pem } = await sourceAt({
      table: '',
      bucket: '',
      key: postact.outputs.DigestKeyId,
      localEndpoint: postact.endpoint,
    }).publicKey();
    writeFileSync(publicKey, pem);
    const { status, out } = await run('--offline', exported, '--public-key', publicKey);
    expect([status, out]).toEqual([0, expect.stringContaining('The ledger holds')]);
    const text = readFileSync(exported, 'utf8');
    const said = PEOPLE.flatMap(({ name, directoryName }) => [name, directoryName]).concat(
      'First Avenue',
      'box truck',
      'explosives',
    );
    expect(said.filter((word) => text.includes(word))).toEqual([]);
  });

  it('finds every altered line of an export', async () => {
    const lines = readFileSync(exported, 'utf8').trimEnd().split('\n');
    const at = lines.findIndex((line) => line.includes('"use approved"'));
    writeFileSync(
      join(data, 'forged.jsonl'),
      `${lines.with(at, lines[at]!.replace('use approved', 'use declined')).join('\n')}\n`,
    );
    const { status, out } = await run('--offline', join(data, 'forged.jsonl'), '--public-key', publicKey);
    expect([status, out]).toEqual([1, expect.stringMatching(/use-request#R-\S+, entry \d+: the entry was altered/)]);
  });

  it('does not take an export that is cut short, nor one without a key, and ends with 2', async () => {
    writeFileSync(join(data, 'short.jsonl'), readFileSync(exported, 'utf8').split('\n').slice(0, -3).join('\n'));
    expect(await run('--offline', join(data, 'short.jsonl'), '--public-key', publicKey)).toEqual({
      status: 2,
      out: expect.stringContaining('is cut short') as string,
    });
    expect(await run('--offline', exported)).toEqual({
      status: 2,
      out: expect.stringContaining('--offline needs --public-key') as string,
    });
    expect(await run('--data', join(data, 'nowhere'))).toEqual({
      status: 2,
      out: expect.stringContaining('no local host has left its outputs') as string,
    });
  });

  it('trusts no digest that another key signed', async () => {
    const { publicKey: other } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    writeFileSync(join(data, 'other.pem'), other.export({ type: 'spki', format: 'pem' }));
    const { status, out } = await run('--data', data, '--public-key', join(data, 'other.pem'));
    expect(status).toBe(1);
    for (const { signed } of ledger.digests)
      expect(out).toContain(`digest ${signed!.digest.hour}: the signature is not the key’s`);
  });

  it('finds a record that was altered in the table, and names the entry that wrote it', async () => {
    const documents = DynamoDBDocumentClient.from(new DynamoDBClient(aws()));
    const item = ledger.items.find(({ pk }) => String(pk).startsWith('deployment#'))!;
    const forged = { ...item, record: { ...(item['record'] as object), scans: 0 } };
    await documents.send(new PutCommand({ TableName: postact.outputs.TableName, Item: forged }));
    const { status, out } = await run('--data', data);
    await documents.send(new PutCommand({ TableName: postact.outputs.TableName, Item: item }));
    expect([status, out]).toEqual([
      1,
      expect.stringMatching(
        /^ {2}deployment#\S+: the record was altered outside the ledger since entry \d+ of use-request#\S+ wrote it$/m,
      ),
    ]);
  });

  it('finds a digest that was written over or hidden in the bucket, and verifies by the first version', async () => {
    const s3 = new S3Client({ ...aws(), forcePathStyle: true });
    const [one, two] = ledger.digests;
    await s3.send(
      new PutObjectCommand({
        Bucket: postact.outputs.LedgerBucketName,
        Key: one!.key,
        Body: '{}',
        ChecksumAlgorithm: 'SHA256',
      }),
    );
    await s3.send(new DeleteObjectCommand({ Bucket: postact.outputs.LedgerBucketName, Key: two!.key }));
    const { status, out } = await run('--data', data);
    expect(status).toBe(1);
    expect(out).toContain(`digest ${one!.signed!.digest.hour}: it was written over 1 time`);
    expect(out).toContain(`digest ${two!.signed!.digest.hour}: a delete marker hides it`);
    expect(out).toContain('2 breaks');
  });
});
