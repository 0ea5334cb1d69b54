/** Signatures made by the AWS SDK itself are checked against the host's own keys. */
import { S3Client, GetObjectCommand } from '@aws-sdk/client-s3';
import { GetFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MakePart } from '../../../local/contract.ts';
import type { RunningHost } from '../../../local/host.ts';
import { requireFresh } from '../../../local/identity/request-signature.ts';
import { functionWithRole, startHost, writeAssembly } from '../write-assembly.ts';

/** An S3 that only says who asks for what. */
const whoAsks: MakePart = () => ({
  http: [
    {
      signingName: 's3',
      handle: async (request, response, caller) => void response.end(`${caller.kind} ${request.url!.split('?')[0]}`),
    },
  ],
});

let running: RunningHost;
let credentials: { accessKeyId: string; secretAccessKey: string; sessionToken: string };

beforeEach(async () => {
  const code =
    'export const handler = async () => ({ accessKeyId: process.env.AWS_ACCESS_KEY_ID, secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY, sessionToken: process.env.AWS_SESSION_TOKEN })';
  const statements = [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: '*' }];
  running = await startHost(
    writeAssembly({ app: { template: { Resources: functionWithRole(code, {}, statements) } } }),
    { parts: [whoAsks] },
  );
  credentials = JSON.parse((await running.host.functions.invoke('subject', '{}')).payload) as typeof credentials;
});
afterEach(() => running.stop());

function lambdaAs(keys: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }): LambdaClient {
  return new LambdaClient({ region: 'us-east-1', endpoint: running.endpoint, credentials: keys, maxAttempts: 1 });
}

async function presigned(keys: typeof credentials, expiresIn: number): Promise<string> {
  const s3 = new S3Client({ region: 'us-east-1', endpoint: running.endpoint, forcePathStyle: true, credentials: keys });
  return getSignedUrl(s3, new GetObjectCommand({ Bucket: 'images', Key: "a b/ü+(1)'.png" }), { expiresIn });
}

describe('a signed request', () => {
  it('with a role’s keys may do what the role may', async () => {
    await expect(
      lambdaAs(credentials).send(new InvokeCommand({ FunctionName: 'subject', Payload: '{"ü":1}' })),
    ).resolves.toMatchObject({ StatusCode: 200 });
    await expect(lambdaAs(credentials).send(new GetFunctionCommand({ FunctionName: 'subject' }))).rejects.toMatchObject(
      {
        name: 'AccessDeniedException',
        $metadata: { httpStatusCode: 403 },
        message: expect.stringContaining(
          'lambda:GetFunction on resource: arn:aws:lambda:us-east-1:000000000000:function:subject',
        ),
      },
    );
  });

  it('with keys the host did not issue is the owner’s', async () => {
    await expect(
      lambdaAs({ accessKeyId: 'test', secretAccessKey: 'test' }).send(
        new GetFunctionCommand({ FunctionName: 'subject' }),
      ),
    ).resolves.toMatchObject({ Configuration: { FunctionName: 'subject' } });
  });

  it('with a role’s key and another secret is refused', async () => {
    await expect(
      lambdaAs({ ...credentials, secretAccessKey: 'wrong' }).send(new GetFunctionCommand({ FunctionName: 'subject' })),
    ).rejects.toMatchObject({ name: 'InvalidSignatureException' });
  });

  it('without the session token is refused', async () => {
    const { accessKeyId, secretAccessKey } = credentials;
    await expect(
      lambdaAs({ accessKeyId, secretAccessKey }).send(new GetFunctionCommand({ FunctionName: 'subject' })),
    ).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
  });

  it('from right before the clock was moved is as fresh as it was: work under way goes on', async () => {
    await running.host.clock.advance(6 * 3_600_000);
    await expect(
      lambdaAs(credentials).send(new InvokeCommand({ FunctionName: 'subject', Payload: '{}' })),
    ).resolves.toMatchObject({ StatusCode: 200 });
  });

  it('is too old or too new by a quarter of an hour, wherever the clock was moved from', () => {
    const now = Date.parse('2026-11-24T15:00:00Z');
    const minutes = 60_000;
    const signed = (signedAt: number, service = 'lambda') =>
      ({ signedAt, service }) as Parameters<typeof requireFresh>[0];
    const expired = expect.objectContaining({ code: 'InvalidSignatureException' });
    requireFresh(signed(now - 14 * minutes), now);
    requireFresh(signed(now - 74 * minutes), now, 60 * minutes);
    for (const [at, moved] of [
      [now - 16 * minutes, 0],
      [now - 76 * minutes, 60 * minutes],
      [now + 16 * minutes, 60 * minutes],
    ] as const)
      expect(() => requireFresh(signed(at), now, moved)).toThrow(expired);
    expect(() => requireFresh(signed(now - 16 * minutes, 's3'), now)).toThrow(
      expect.objectContaining({ code: 'RequestTimeTooSkewed' }),
    );
  });
});

describe('a presigned link', () => {
  it('is its role’s, until it expires by the host’s clock', async () => {
    const link = await presigned(credentials, 300);
    expect(await (await fetch(link)).text()).toBe('role /images/a%20b/%C3%BC%2B%281%29%27.png');
    await running.host.clock.advance(290_000);
    expect((await fetch(link)).status).toBe(200);
    await running.host.clock.advance(13_000);
    const late = await fetch(link);
    expect([late.status, await late.text()]).toEqual([
      403,
      expect.stringContaining('<Code>AccessDenied</Code><Message>Request has expired</Message>'),
    ]);
  });

  it('that was changed is refused', async () => {
    const late = await fetch((await presigned(credentials, 300)).replace('X-Amz-Expires=300', 'X-Amz-Expires=3000'));
    expect([late.status, await late.text()]).toEqual([
      403,
      expect.stringContaining('<Code>SignatureDoesNotMatch</Code>'),
    ]);
  });
});
