import { readdirSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bucket, startIncoming, submit, type Incoming } from './incoming.ts';

let incoming: Incoming;
beforeAll(async () => {
  incoming = await startIncoming();
});
afterAll(() => incoming.host.stop());

describe("a body of a browser's upload", () => {
  it('that makes no sense is refused, whatever it is, and the host goes on', async () => {
    const send = async (body: Uint8Array, type: string) =>
      await fetch(`${incoming.host.endpoint}/${Bucket}`, {
        method: 'POST',
        body: new Uint8Array(body),
        headers: { 'content-type': type },
      });
    const piece = fc.oneof(
      fc.constantFrom(
        '--b',
        '--b--',
        '\r\n',
        '\r',
        '\n',
        '--',
        'content-disposition: form-data; name="file"; filename="x"',
        'content-disposition: form-data; name="key"',
        'Content-Disposition: form-data',
        '"',
        ';',
        '\r\n\r\n',
        '\r\n--b\r\n',
        '\r\n--b--\r\n',
        '${filename}',
      ),
      fc.string({ maxLength: 40 }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 14 }),
        fc.constantFrom(
          'multipart/form-data; boundary=b',
          'multipart/form-data',
          'multipart/form-data; boundary="b"',
          'text/plain',
        ),
        async (pieces, type) => {
          const answer = await send(Buffer.from(pieces.join('')), type);
          expect(answer.status).toBeGreaterThanOrEqual(400);
          expect(answer.status).toBeLessThan(500);
          expect(await answer.text()).toMatch(/<Error><Code>\w+<\/Code>/);
        },
      ),
      { numRuns: 300 },
    );
    expect(incoming.host.lines).toEqual([]);
  });

  it('that is cut short is refused wherever it is cut, and nothing is stored', async () => {
    const post = await incoming.sign({ Key: 'up/refused-cut' });
    const boundary = 'cut';
    const whole = Buffer.from(
      `${Object.entries(post.fields)
        .map(([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
        .join(
          '',
        )}--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="f"\r\n\r\nbytes\r\n--${boundary}`,
    );
    for (let end = 0; end < whole.length; end += 23) {
      const answer = await fetch(post.url, {
        method: 'POST',
        body: new Uint8Array(whole.subarray(0, end)),
        headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
      });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      await answer.arrayBuffer();
    }
    expect(await incoming.has('up/refused-cut')).toBe(false);
  });

  it('that is far too large is refused with an answer the browser gets to read', async () => {
    const form = await incoming.sign({ Conditions: [['content-length-range', 1, 5]] });
    for (let n = 0; n < 3; n++)
      expect(await submit(form, new Uint8Array(20_000_000))).toMatchObject({ status: 400, code: 'EntityTooLarge' });
  });

  it('that breaks off leaves nothing behind', async () => {
    const form = await incoming.sign({ Key: 'up/broken-off' });
    const head = Object.entries(form.fields)
      .map(([name, value]) => `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
      .join('');
    await new Promise<void>((resolve) => {
      const sending = httpRequest(form.url, {
        method: 'POST',
        headers: { 'content-type': 'multipart/form-data; boundary=b' },
      });
      sending.on('error', () => resolve());
      sending.write(`${head}--b\r\ncontent-disposition: form-data; name="file"; filename="f"\r\n\r\nhalf of`);
      setTimeout(() => sending.destroy(), 50);
    });
    await expect.poll(() => readdirSync(join(incoming.host.folder, 'objects', 'aside'))).toEqual([]);
    expect(await incoming.has('up/broken-off')).toBe(false);
    expect(incoming.host.lines).toEqual([]);
  });

  it('whose fields hold any text is stored so that it can be read, or refused', async () => {
    let stored = 0;
    const name = fc.oneof(
      fc.constantFrom('x-amz-meta-a', 'Content-Type', 'Content-Disposition', 'Cache-Control'),
      fc.string({ minLength: 1, maxLength: 8 }).map((rest) => `x-amz-meta-${rest}`),
    );
    const value = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.string({ maxLength: 20 }));
    await fc.assert(
      fc.asyncProperty(name, value, async (field, text) => {
        const form = await incoming.sign({ Key: 'any/field', Fields: { [field]: text } }, incoming.owner);
        const { status } = await submit(form);
        expect([204, 400, 403]).toContain(status);
        if (status !== 204) return;
        stored++;
        await incoming.owner.send(new HeadObjectCommand({ Bucket, Key: 'any/field' }));
      }),
      { numRuns: 150 },
    );
    expect(stored).toBeGreaterThan(20);
    expect(incoming.host.lines).toEqual([]);
  });
});
