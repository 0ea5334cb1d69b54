import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bucket, startIncoming, type Incoming } from './incoming.ts';

let incoming: Incoming;
beforeAll(async () => {
  incoming = await startIncoming();
});
afterAll(() => incoming.host.stop());

describe('a presigned link', () => {
  it("reads and writes for its signer until it runs out by the host's clock", async () => {
    const options = () => ({ expiresIn: 60, signingDate: new Date(incoming.host.clock.now()) });
    const put = await getSignedUrl(
      incoming.signer(),
      new PutObjectCommand({ Bucket, Key: 'up/linked', Metadata: { a: 'b' }, ContentType: 'text/plain' }),
      options(),
    );
    expect(
      (await fetch(put, { method: 'PUT', body: 'linked', headers: { 'content-type': 'text/plain' } })).status,
    ).toBe(200);
    expect((await incoming.owner.send(new HeadObjectCommand({ Bucket, Key: 'up/linked' }))).Metadata).toEqual({
      a: 'b',
    });
    const get = await getSignedUrl(
      incoming.signer(),
      new GetObjectCommand({ Bucket, Key: 'up/linked', ResponseContentDisposition: 'attachment' }),
      options(),
    );
    const answer = await fetch(get);
    expect([answer.status, answer.headers.get('content-disposition'), await answer.text()]).toEqual([
      200,
      'attachment',
      'linked',
    ]);
    const head = await fetch(
      await getSignedUrl(incoming.signer(), new HeadObjectCommand({ Bucket, Key: 'up/linked' }), options()),
      { method: 'HEAD' },
    );
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '6']);
    await incoming.host.clock.advance(61_000);
    for (const [url, method] of [
      [get, 'GET'],
      [put, 'PUT'],
    ] as const) {
      const late = await fetch(url, { method, ...(method === 'PUT' ? { body: 'x' } : {}) });
      expect([late.status, await late.text()]).toEqual([403, expect.stringContaining('Request has expired')]);
    }
  });

  it('gives no more than its signer may', async () => {
    const url = await getSignedUrl(incoming.signer(), new GetObjectCommand({ Bucket, Key: 'secret' }), {
      signingDate: new Date(incoming.host.clock.now()),
    });
    expect((await fetch(url)).status).toBe(403);
    expect((await fetch(`${incoming.host.endpoint}/${Bucket}/up/linked`)).status).toBe(403);
  });
});
