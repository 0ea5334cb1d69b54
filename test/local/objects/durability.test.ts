import { spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startS3 } from './s3-host.ts';

const Bucket = 'kept';
let folder: string;
let child: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 's3-kill-'));
});
afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

async function startChild(): Promise<S3Client> {
  child = spawn(process.execPath, [join(import.meta.dirname, 's3-child.ts'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const endpoint = await new Promise<string>((resolve) =>
    child!.stdout!.once('data', (line: Buffer) => resolve(line.toString().trim())),
  );
  return new S3Client({
    endpoint,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'owner', secretAccessKey: 'owner' },
  });
}

async function kill(): Promise<void> {
  const gone = new Promise((resolve) => child!.once('exit', resolve));
  child!.kill('SIGKILL');
  await gone;
}

describe('after kill -9', () => {
  it.each([1, 20])(
    'in the midst of uploads, %i of them acknowledged, those are whole and no half object is seen',
    async (enough) => {
      const s3 = await startChild();
      const acknowledged = new Map<string, string>();
      const writer = async (name: string): Promise<void> => {
        for (let n = 0; ; n++) {
          const Body = randomBytes(1 + Math.floor(Math.random() * 2_000_000));
          const put = await s3.send(new PutObjectCommand({ Bucket, Key: `${name}/${n % 5}`, Body }));
          acknowledged.set(`${name}/${n % 5} ${put.VersionId}`, createHash('sha256').update(Body).digest('hex'));
        }
      };
      const writers = ['a', 'b', 'c', 'd'].map((name) => writer(name).catch(() => undefined));
      while (acknowledged.size < enough) await new Promise((resolve) => setTimeout(resolve, 5));
      await kill();
      await Promise.all(writers);
      s3.destroy();

      const host = await startS3(folder);
      try {
        const client = host.client();
        const listed = (await client.send(new ListObjectVersionsCommand({ Bucket }))).Versions ?? [];
        expect(listed.map((one) => `${one.Key} ${one.VersionId}`)).toEqual(
          expect.arrayContaining([...acknowledged.keys()]),
        );
        for (const { Key, VersionId, ETag } of listed) {
          const bytes = await (
            await client.send(new GetObjectCommand({ Bucket, Key: Key!, VersionId: VersionId! }))
          ).Body!.transformToByteArray();
          expect(ETag).toBe(`"${createHash('md5').update(bytes).digest('hex')}"`);
          const read = createHash('sha256').update(bytes).digest('hex');
          // One that was stored but not acknowledged any more has nothing to be compared with but its own ETag.
          expect(acknowledged.get(`${Key} ${VersionId}`) ?? read).toBe(read);
        }
        expect(readdirSync(join(folder, 'objects')).length - 1).toBe(listed.length);
        expect(readdirSync(join(folder, 'objects', 'aside'))).toEqual([]);
      } finally {
        await host.stop(true);
      }
    },
  );

  it('an upload goes on with the parts it had', async () => {
    let s3 = await startChild();
    const at = {
      Bucket,
      Key: 'joined',
      UploadId: (await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'joined' }))).UploadId!,
    };
    const [first, second] = [randomBytes(5 * 1024 * 1024), randomBytes(10)];
    const one = await s3.send(new UploadPartCommand({ ...at, PartNumber: 1, Body: first }));
    s3.destroy();
    await kill();
    s3 = await startChild();
    const two = await s3.send(new UploadPartCommand({ ...at, PartNumber: 2, Body: second }));
    await s3.send(
      new CompleteMultipartUploadCommand({
        ...at,
        MultipartUpload: {
          Parts: [
            { PartNumber: 1, ETag: one.ETag },
            { PartNumber: 2, ETag: two.ETag },
          ],
        },
      }),
    );
    const bytes = await (await s3.send(new GetObjectCommand({ Bucket, Key: 'joined' }))).Body!.transformToByteArray();
    expect(Buffer.compare(bytes, Buffer.concat([first, second]))).toBe(0);
    s3.destroy();
  });
});
