import { createHash } from 'node:crypto';
import type { PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startIncoming, submit, type Incoming } from './incoming.ts';

let incoming: Incoming;
beforeAll(async () => {
  incoming = await startIncoming();
});
afterAll(() => incoming.host.stop());

describe("a browser's upload is refused and nothing is stored", () => {
  const changed =
    (change: (fields: Record<string, string>) => void, more?: Partial<PresignedPostOptions>) => async () => {
      const post = await incoming.sign({ Key: 'up/refused', ...more });
      change(post.fields);
      return submit(post);
    };
  it.each([
    [
      'with a field the policy does not name',
      403,
      'AccessDenied',
      changed((f) => {
        f['x-amz-meta-extra'] = '1';
      }),
    ],
    [
      "with a key other than the policy's",
      403,
      'AccessDenied',
      changed((f) => {
        f['key'] = 'up/refused-other';
      }),
    ],
    [
      "with a key outside the policy's beginning",
      403,
      'AccessDenied',
      changed(
        (f) => {
          f['key'] = 'elsewhere';
        },
        { Key: 'up/${filename}' },
      ),
    ],
    [
      'for another bucket',
      403,
      'AccessDenied',
      changed((f) => {
        f['bucket'] = 'other';
      }),
    ],
    [
      'without a field the policy asks for',
      403,
      'AccessDenied',
      changed(
        (f) => {
          delete f['Content-Type'];
        },
        { Fields: { 'Content-Type': 'image/png' } },
      ),
    ],
    [
      "with a content type outside the policy's beginning",
      403,
      'AccessDenied',
      changed(
        (f) => {
          f['Content-Type'] = 'text/html';
        },
        { Fields: { 'Content-Type': 'image/png' }, Conditions: [['starts-with', '$Content-Type', 'image/']] },
      ),
    ],
    [
      'with a policy that was changed',
      403,
      'SignatureDoesNotMatch',
      changed((f) => {
        f['Policy'] = Buffer.from(Buffer.from(f['Policy']!, 'base64').toString().replace('2', '3')).toString('base64');
      }),
    ],
    [
      'with a signature that was changed',
      403,
      'SignatureDoesNotMatch',
      changed((f) => {
        f['X-Amz-Signature'] = '0'.repeat(64);
      }),
    ],
    [
      "with another session's token",
      400,
      'InvalidToken',
      changed((f) => {
        f['X-Amz-Security-Token'] = 'other';
      }),
    ],
    [
      'without a signature',
      400,
      'InvalidArgument',
      changed((f) => {
        delete f['X-Amz-Signature'];
      }),
    ],
    [
      'without a policy',
      403,
      'AccessDenied',
      changed((f) => {
        for (const name of Object.keys(f)) if (name !== 'key') delete f[name];
      }),
    ],
    [
      'without a key',
      400,
      'UserKeyMustBeSpecified',
      changed((f) => {
        delete f['key'];
      }),
    ],
    [
      'with more bytes than the policy allows',
      400,
      'EntityTooLarge',
      changed(() => undefined, { Conditions: [['content-length-range', 1, 5]] }),
    ],
    [
      'with fewer bytes than the policy allows',
      400,
      'EntityTooSmall',
      changed(() => undefined, { Conditions: [['content-length-range', 500, 1000]] }),
    ],
    [
      "with a checksum that is another's",
      400,
      'BadDigest',
      changed(() => undefined, {
        Fields: { 'x-amz-checksum-sha256': createHash('sha256').update('other').digest('base64') },
      }),
    ],
    [
      'with a checksum that is none',
      400,
      'InvalidRequest',
      changed(() => undefined, { Fields: { 'x-amz-checksum-sha256': 'abc' } }),
    ],
    ['signed by one who may not put there', 403, 'AccessDenied', changed(() => undefined, { Key: 'refused/by-role' })],
    [
      'with fields of more than 20 KB',
      400,
      'MaxPostPreDataLengthExceededError',
      changed((f) => {
        f['x-ignore-a'] = 'x'.repeat(30_000);
      }),
    ],
  ])('%s', async (_, status, code, send) => {
    const sent = await send();
    expect([sent.status, sent.code]).toEqual([status, code]);
    for (const Prefix of ['up/refused', 'refused', 'elsewhere']) expect(await incoming.has(Prefix)).toBe(false);
  });

  it('without a file', async () => {
    const post = await incoming.sign({ Key: 'up/refused' });
    const form = new FormData();
    for (const [name, value] of Object.entries(post.fields)) form.append(name, value);
    const answer = await fetch(post.url, { method: 'POST', body: form });
    expect([answer.status, await answer.text()]).toEqual([
      400,
      expect.stringContaining('IncorrectNumberOfFilesInPostRequest'),
    ]);
  });

  it("after the policy has run out by the host's clock", async () => {
    const post = await incoming.sign({ Key: 'up/refused' });
    await incoming.host.clock.advance(301_000);
    expect(await submit(post)).toMatchObject({
      status: 403,
      code: 'AccessDenied',
      text: expect.stringContaining('Policy expired'),
    });
  });
});
