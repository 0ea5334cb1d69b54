import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { GetObjectCommand, GetObjectTaggingCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bucket, image, startIncoming, submit, type Incoming } from './incoming.ts';
import { allow } from './s3-host.ts';

let incoming: Incoming;
beforeAll(async () => {
  incoming = await startIncoming();
});
afterAll(() => incoming.host.stop());

const sha256 = createHash('sha256').update(image).digest('base64');

describe("a browser's upload", () => {
  it('is stored with what its fields say', async () => {
    const post = await incoming.sign({
      Fields: {
        'Content-Type': 'image/png',
        'x-amz-meta-request': 'X-1',
        'x-amz-checksum-sha256': sha256,
        'x-amz-checksum-algorithm': 'SHA256',
      },
      Conditions: [['content-length-range', 1, 1000], { bucket: Bucket }],
    });
    expect(await submit(post)).toMatchObject({ status: 204 });
    const got = await incoming.owner.send(new GetObjectCommand({ Bucket, Key: 'up/a.png', ChecksumMode: 'ENABLED' }));
    expect(Buffer.from(await got.Body!.transformToByteArray())).toEqual(image);
    expect(got).toMatchObject({ ContentType: 'image/png', Metadata: { request: 'X-1' }, ChecksumSHA256: sha256 });
  });

  it("takes the file's name for ${filename}, without its folders", async () => {
    const post = await incoming.sign({ Key: 'up/${filename}' });
    expect((await submit(post, image, '../../etc/passwd')).status).toBe(204);
    expect(await incoming.has('up/passwd')).toBe(true);
    expect((await submit(post, image, 'C:\\scans\\ü x.png')).status).toBe(204);
    expect(await incoming.has('up/ü x.png')).toBe(true);
  });

  it('is answered as its fields ask', async () => {
    const created = await submit(await incoming.sign({ Fields: { success_action_status: '201' } }));
    expect([created.status, created.text]).toEqual([201, expect.stringContaining('<Key>up/a.png</Key>')]);
    const sent = await submit(
      await incoming.sign({ Fields: { success_action_redirect: 'http://127.0.0.1:8080/done?a=1' } }),
    );
    expect(sent.status).toBe(303);
    expect(sent.headers.get('location')).toMatch(
      /^http:\/\/127\.0\.0\.1:8080\/done\?a=1&bucket=incoming&key=up%2Fa\.png&etag=%22[0-9a-f]{32}%22$/,
    );
  });

  it('may carry tags if the signer may tag', async () => {
    const Fields = { tagging: '<Tagging><TagSet><Tag><Key>class</Key><Value>open</Value></Tag></TagSet></Tagging>' };
    expect(await submit(await incoming.sign({ Fields }))).toMatchObject({ status: 403, code: 'AccessDenied' });
    const tagger = incoming.host.client([allow('s3:PutObject', 's3:PutObjectTagging')]);
    expect((await submit(await incoming.sign({ Fields, Key: 'up/tagged' }, tagger))).status).toBe(204);
    expect((await incoming.owner.send(new GetObjectTaggingCommand({ Bucket, Key: 'up/tagged' }))).TagSet).toEqual([
      { Key: 'class', Value: 'open' },
    ]);
    expect(
      (await submit(await incoming.sign({ Fields: { 'x-amz-tagging': 'class=closed' }, Key: 'up/tagged' }, tagger)))
        .status,
    ).toBe(204);
    expect((await incoming.owner.send(new GetObjectTaggingCommand({ Bucket, Key: 'up/tagged' }))).TagSet).toEqual([
      { Key: 'class', Value: 'closed' },
    ]);
  });

  it('of 256 MB goes through without being held in memory', async () => {
    const post = await incoming.sign({ Key: 'up/large', Conditions: [['content-length-range', 1, 300_000_000]] });
    const before = process.memoryUsage().arrayBuffers;
    const part = Buffer.alloc(1024 * 1024, 7);
    let peak = 0;
    const boundary = 'b0undary';
    const head = Object.entries(post.fields)
      .map(([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
      .join('');
    const status = await new Promise<number>((resolve, reject) => {
      const sending = httpRequest(
        post.url,
        { method: 'POST', headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode!);
        },
      );
      sending.on('error', reject);
      void (async () => {
        sending.write(`${head}--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="l"\r\n\r\n`);
        for (let n = 0; n < 256; n++) {
          if (!sending.write(part)) await new Promise((drained) => sending.once('drain', drained));
          peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
        }
        sending.end(`\r\n--${boundary}--\r\n`);
      })();
    });
    expect(status).toBe(204);
    expect((await incoming.owner.send(new HeadObjectCommand({ Bucket, Key: 'up/large' }))).ContentLength).toBe(
      256 * 1024 * 1024,
    );
    expect(peak).toBeLessThan(128 * 1024 * 1024);
  });
});
