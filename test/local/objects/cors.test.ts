import { GetBucketCorsCommand, PutBucketCorsCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bucket, image, startIncoming, submit, type Incoming } from './incoming.ts';

let incoming: Incoming;
beforeAll(async () => {
  incoming = await startIncoming();
});
afterAll(() => incoming.host.stop());

describe('a page of another origin', () => {
  const preflight = (origin: string, method: string, headers = '') =>
    fetch(`${incoming.host.endpoint}/${Bucket}`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': method,
        ...(headers ? { 'access-control-request-headers': headers } : {}),
      },
    });

  it("is let through by the bucket's rules", async () => {
    const answer = await preflight('http://127.0.0.1:8080', 'POST', 'X-Amz-Date');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe('http://127.0.0.1:8080');
    expect(answer.headers.get('access-control-allow-headers')).toBe('x-amz-date');
    expect(answer.headers.get('access-control-max-age')).toBe('600');
    const sent = await submit(await incoming.sign(), image, 'a.png', { origin: 'https://a.example.org' });
    expect([
      sent.status,
      sent.headers.get('access-control-allow-origin'),
      sent.headers.get('access-control-expose-headers'),
    ]).toEqual([204, 'https://a.example.org', 'ETag']);
  });

  it('is refused if no rule names its origin, method or headers', async () => {
    for (const answer of [
      await preflight('http://evil.test', 'POST'),
      await preflight('http://127.0.0.1:8080', 'DELETE'),
      await preflight('http://127.0.0.1:8080', 'POST', 'authorization'),
    ]) {
      expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('AccessForbidden')]);
    }
    expect(
      (await submit(await incoming.sign(), image, 'a.png', { origin: 'http://evil.test' })).headers.get(
        'access-control-allow-origin',
      ),
    ).toBeNull();
  });

  it('sees a refusal too, as the headers are on errors as well', async () => {
    const answer = await fetch(`${incoming.host.endpoint}/${Bucket}/none`, {
      headers: { origin: 'http://127.0.0.1:8080' },
    });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([403, 'http://127.0.0.1:8080']);
  });

  it('is judged by rules set through the API, which stay until the template changes', async () => {
    expect((await incoming.owner.send(new GetBucketCorsCommand({ Bucket }))).CORSRules).toEqual([
      {
        AllowedOrigins: ['http://127.0.0.1:8080', 'https://*.example.org'],
        AllowedMethods: ['POST', 'GET'],
        AllowedHeaders: ['x-amz-*'],
        ExposeHeaders: ['ETag'],
        MaxAgeSeconds: 600,
      },
    ]);
    await incoming.owner.send(
      new PutBucketCorsCommand({
        Bucket,
        CORSConfiguration: { CORSRules: [{ AllowedOrigins: ['*'], AllowedMethods: ['GET'] }] },
      }),
    );
    const answer = await preflight('http://evil.test', 'GET');
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
    expect((await preflight('http://127.0.0.1:8080', 'POST')).status).toBe(403);
  });
});
