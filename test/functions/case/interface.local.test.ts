/**
 * The interface for systems on the whole of postact: a system fetches its token, tells of a case, hands in a recording,
 * sends its file, and reads how long it is kept once the case is closed. Nothing is faked.
 */
import {
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXAMPLE_FILE } from '../../../functions/case/interface-examples.ts';
import { startPostact, type Postact } from '../../postact.ts';
import { hashOf } from './interface-job.ts';

let postact: Postact;
let secret: string;
let outputs: Readonly<Record<'InterfaceClientId' | 'InterfaceTokenUrl' | 'ImportRecordsFunctionName', string>>;
const AWS = { region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };

beforeAll(async () => {
  postact = await startPostact();
  outputs = postact.outputs as unknown as typeof outputs;
  const cognito = new CognitoIdentityProviderClient({ endpoint: postact.endpoint, ...AWS });
  const { UserPoolClient } = await cognito.send(
    new DescribeUserPoolClientCommand({ UserPoolId: postact.outputs.UserPoolId, ClientId: outputs.InterfaceClientId }),
  );
  secret = UserPoolClient!.ClientSecret!;
  cognito.destroy();
}, 180_000);
afterAll(() => postact?.stop());

async function tokenFor(scope: string): Promise<string> {
  const answer = await fetch(outputs.InterfaceTokenUrl, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${outputs.InterfaceClientId}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
  });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { access_token: string }).access_token;
}

async function ask(method: string, path: string, token: string | undefined, sent?: object, headers: object = {}) {
  const answer = await fetch(`${postact.site}/api/v1/${path}`, {
    method,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(sent && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(sent && { body: JSON.stringify(sent) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: JSON.parse(text) as Record<string, unknown> };
}

const ALL = 'cases/write cases/read records/write';
const RECORDING = {
  technology: 'portable-electronic-device',
  kind: 'recording',
  capturedAt: '2026-03-02T09:15:00-05:00',
  caseNumbers: ['2026-DD5-0042'],
  deviceId: 'PED-4471',
  file: { sha256: hashOf(EXAMPLE_FILE), bytes: EXAMPLE_FILE.length },
};

describe('a system', () => {
  it('is let in by its token alone, for what the token carries, while it lasts', async () => {
    const opened = { kind: 'opened', openedOn: '2026-03-02' };
    const path = 'cases/2026-DD5-0001/events/ev-1';
    expect((await ask('PUT', path, undefined, opened)).status).toBe(401);
    expect((await ask('PUT', path, 'abc.def.ghi', opened)).status).toBe(401);
    const officer = await postact.as('p-vance');
    const withCookie = await officer.request(`/api/v1/${path}`, { method: 'PUT', body: JSON.stringify(opened) });
    expect(withCookie.status).toBe(401);
    const reader = await tokenFor('cases/read');
    const refused = await ask('PUT', path, reader, opened);
    expect([refused.status, refused.body['type']]).toEqual([403, 'urn:postact:problem:scope-missing']);
    const writer = await tokenFor('cases/write');
    expect((await ask('PUT', path, writer, opened)).status).toBe(201);
    expect((await ask('PUT', path, writer, opened)).status).toBe(200);
    expect((await ask('GET', 'cases/2026-DD5-0001', reader)).body['state']).toBe('open');
    await postact.advance(61);
    expect((await ask('GET', 'cases/2026-DD5-0001', reader)).status).toBe(401);
  }, 60_000);

  it('may read what is taken and answered without a token', async () => {
    const { status, body } = await ask('GET', 'openapi.json', undefined);
    expect([status, body['openapi']]).toEqual([200, '3.1.1']);
  });

  it('tells of a case and hands in a recording, which is kept under lock until its day', async () => {
    const token = await tokenFor(ALL);
    const tell = async (id: string, event: object) => {
      const answer = await ask('PUT', `cases/2026-DD5-0042/events/${id}`, token, event);
      expect([id, answer.status, answer.body['errors']]).toEqual([id, 201, undefined]);
    };
    await tell('ev-1', { kind: 'opened', openedOn: '2026-03-02' });
    await tell('ev-2', { kind: 'charge-added', chargeId: 'C-1', charged: 'PL 165.40' });

    const announced = await ask('PUT', 'records/PED-2026-000101', token, RECORDING);
    expect(announced.status).toBe(201);
    const { url, fields } = announced.body['upload'] as { url: string; fields: Record<string, string> };
    const send = async (content: string) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      form.set('file', new Blob([content]));
      return (await fetch(url, { method: 'POST', body: form })).status;
    };
    expect(await send(`${EXAMPLE_FILE}, and more`)).toBe(400);
    expect((await ask('POST', 'records/PED-2026-000101/stored', token)).status).toBe(422);
    expect(await send(EXAMPLE_FILE)).toBe(204);
    expect((await ask('POST', 'records/PED-2026-000101/stored', token)).status).toBe(201);
    expect((await ask('POST', 'records/PED-2026-000101/stored', token)).status).toBe(200);

    const s3 = new S3Client({ endpoint: postact.endpoint, forcePathStyle: true, ...AWS });
    const kept = { Bucket: postact.outputs.ImagesBucketName, Key: 'kept/records/PED-2026-000101/original' };
    expect(await s3.send(new HeadObjectCommand(kept))).toMatchObject({
      ContentLength: EXAMPLE_FILE.length,
      ObjectLockLegalHoldStatus: 'ON',
    });
    s3.destroy();

    await tell('ev-3', {
      kind: 'disposed',
      chargeId: 'C-1',
      outcome: 'pleaded',
      on: '2026-06-01',
      classId: 'misdemeanor',
      appeal: 'exhausted',
    });
    await tell('ev-4', { kind: 'closed', on: '2026-07-15', ground: 'appeals-exhausted' });
    await postact.settled();
    expect((await ask('GET', 'cases/2026-DD5-0042', token)).body).toMatchObject({
      state: 'closed',
      closed: { on: '2026-07-15', ground: 'appeals-exhausted' },
      classes: [{ classId: 'misdemeanor', by: 'disposition', chargeId: 'C-1' }],
      kept: { records: 1, looked: 1 },
    });
    const record = await ask('GET', 'records/PED-2026-000101', token);
    expect(record.body).toMatchObject({ state: 'kept', holds: { binding: 0 }, caseNumbers: ['2026-DD5-0042'] });
    expect((record.body['why'] as readonly object[]).length).toBeGreaterThan(0);
  }, 90_000);
});

describe('an administrator', () => {
  it('brings in what older systems kept', async () => {
    const batch = {
      by: 'migration',
      reason: 'The move from the system of 2014',
      cards: [
        {
          id: 'LPR-OLD-1',
          kind: 'plate-read',
          technology: 'license-plate-reader',
          capturedAt: '2024-03-01T10:00:00.000Z',
          keptAt: '2024-03-01T10:00:05.000Z',
          caseNumbers: [],
          read: { plate: 'ABC1234', state: 'NY', place: 'FDR Drive' },
          files: [],
        },
      ],
    };
    const call = () => postact.running.host.functions.invoke(outputs.ImportRecordsFunctionName, JSON.stringify(batch));
    const first = await call();
    expect(first.functionError).toBeUndefined();
    expect(JSON.parse(first.payload)).toMatchObject({ cards: [{ kind: 'recorded', id: 'LPR-OLD-1' }] });
    expect(JSON.parse((await call()).payload)).toMatchObject({ cards: [{ kind: 'unchanged' }] });
  }, 60_000);
});
