/**
 * Keeping, on a deployed stack: cases and records of four technologies brought in and handed in, a schedule that is tried
 * and put in force by two people, dates worked out by the distributed map, and a hold from the form to the store and back.
 * Disposal waits out seven days of grace, which no test of a deployed stack has: it is walked on the embedded host.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Machine } from '../../demo/machine.ts';
import { putInForce } from '../../demo/put-in-force.ts';
import { DEMO_SCHEDULE } from '../../demo/schedule.ts';
import { syntheticStore, type SyntheticStore } from '../../demo/synthetic-store.ts';
import { cases } from '../../functions/case/contract.ts';
import { retentionCards, type RetentionCard } from '../../functions/retention/contract.ts';
import { recordsIn, type Records } from '../../functions/records/records.aws.ts';
import { plusDays } from '../../policies/calendar-date.ts';
import { instantOf, nyDate } from '../../policies/instant.ts';
import { bringIn } from '../retention-job.ts';
import { deployed, type Deployed } from './deployed.ts';

const PATIENCE = { timeout: 120_000, interval: 1_000 };
/**
 * What an emulator lacks, in words between commas: `distributed-maps`, where it takes one for an inline map and reads no
 * items from the bucket; `scopes`, where a token it gives to a machine has none.
 */
const LACKS = (process.env.POSTACT_EMULATOR_LACKS ?? '').split(',');
const WITHOUT_MAPS = LACKS.includes('distributed-maps');
const WITHOUT_SCOPES = LACKS.includes('scopes');
/** Of this run alone: what is on file otherwise is refused. */
const RUN = Date.now().toString(36).toUpperCase();

let postact: Deployed;
let table: DynamoDBClient;
let s3: S3Client;
let records: Records;
let store: SyntheticStore;
beforeAll(async () => {
  postact = await deployed();
  table = new DynamoDBClient({});
  s3 = new S3Client({});
  records = recordsIn(postact.outputs.TableName, table);
  const today = nyDate(instantOf(postact.now().toISOString()));
  const made = syntheticStore({ seed: 11, records: 60, until: plusDays(today, -1), days: 900 });
  store = {
    cases: made.cases.map((one) => ({ ...one, caseNumber: `${RUN}-${one.caseNumber}` })),
    records: made.records.map((one) => ({
      ...one,
      id: `${RUN}-${one.id}`,
      caseNumbers: one.caseNumbers.map((number) => `${RUN}-${number}`),
    })),
  };
}, 120_000);
afterAll(() => {
  table?.destroy();
  s3?.destroy();
});

const card = async (id: string): Promise<RetentionCard> => (await records.get(retentionCards, id))!;
/** A token that says all a true one says, and that nobody signed. */
function unsigned(): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const seconds = Math.floor(Date.now() / 1_000);
  const says = {
    iss: `https://cognito-idp.${process.env.AWS_REGION}.amazonaws.com/${postact.outputs.UserPoolId}`,
    client_id: postact.outputs.InterfaceClientId,
    token_use: 'access',
    scope: 'cases/write records/write',
    iat: seconds,
    exp: seconds + 3_600,
  };
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(says)}.`;
}

/** An emulator may name the pool's domain as AWS does, and give tokens at its own address. */
function outputsHere(): Deployed['outputs'] {
  const { outputs } = postact;
  const emulator = process.env.AWS_ENDPOINT_URL;
  if (!emulator || !new URL(outputs.InterfaceTokenUrl).host.endsWith('.amazoncognito.com')) return outputs;
  return { ...outputs, InterfaceTokenUrl: new URL('/oauth2/token', emulator).href };
}
/** What the store says of a record's first file. */
async function locked(id: string) {
  const [file] = (await card(id)).files;
  return s3.send(
    new HeadObjectCommand({ Bucket: postact.outputs.ImagesBucketName, Key: file!.key, VersionId: file!.versionId }),
  );
}

describe('keeping on a deployed stack', () => {
  it.skipIf(WITHOUT_MAPS)(
    'XR26-RET-05: a schedule is tried and put in force by two people, and every record has its date worked out',
    async () => {
      const keptAt = instantOf(postact.now().toISOString());
      await bringIn(postact, store, { keptAt, workOut: true });
      await putInForce({ first: await postact.as('p-vance'), second: await postact.as('p-dunne') });
      await vi.waitFor(async () => {
        const cards = await Promise.all(store.records.map(({ id }) => card(id)));
        expect(cards.filter(({ workedOutFrom }) => workedOutFrom.scheduleId !== DEMO_SCHEDULE.id)).toEqual([]);
        expect(cards.some(({ keeping }) => keeping.kind === 'until')).toBe(true);
        expect(cards.some(({ keeping }) => keeping.kind === 'keep')).toBe(true);
      }, PATIENCE);
    },
    300_000,
  );

  it.skipIf(WITHOUT_MAPS)(
    'house-locks-stand: the store is told of every date, or of the hold where there is none',
    async () => {
      for (const { id } of store.records.filter((one) => one.content !== undefined).slice(0, 12)) {
          const { keeping, lock } = await card(id);
        const { ObjectLockLegalHoldStatus, ObjectLockRetainUntilDate } = await locked(id);
        expect(ObjectLockLegalHoldStatus === 'ON').toBe(lock.legalHold);
        // A date that has passed needs no lock, and no store takes one.
        if (keeping.kind === 'until' && lock.retainUntil && Date.parse(lock.retainUntil) > postact.now().getTime())
          expect(ObjectLockRetainUntilDate?.toISOString()).toBe(lock.retainUntil);
      }
    },
    120_000,
  );

  it.skipIf(WITHOUT_MAPS)(
    'house-hold-wins: a hold on a case is told to its records and to the store, and let go again',
    async () => {
      const dated = await Promise.all(store.records.filter((one) => one.content).map(({ id }) => card(id)));
      const subject = dated.find(({ keeping, caseNumbers }) => keeping.kind === 'until' && caseNumbers.length > 0)!;
      const officer = await postact.as('p-vance');
      await officer.go(`/holds/new?case=${encodeURIComponent(subject.caseNumbers[0]!)}`);
      await officer.send('/holds', {
        step: 'review',
        kind: 'audit',
        name: 'Made-up audit',
        reason: 'An audit was announced in writing',
        authority: 'Letter of the Comptroller',
        ownerId: 'p-vance',
        scope: 'cases',
        caseNumbers: subject.caseNumbers[0]!,
      });
      await officer.send('/holds', { step: 'place' });
      const holdId = /\/holds\/(H-[0-9A-Z]{4}-[0-9A-Z]{4})$/.exec(officer.page.url)![1]!;
      await vi.waitFor(async () => {
        expect((await card(subject.id)).keeping.kind).toBe('keep');
        expect((await locked(subject.id)).ObjectLockLegalHoldStatus).toBe('ON');
      }, PATIENCE);

      const chief = await postact.as('p-grant');
      await chief.go(`/holds/${holdId}`);
      await chief.send(`/holds/${holdId}/release`, { 'release-reason': 'The audit report was received' });
      await vi.waitFor(async () => {
        expect((await card(subject.id)).keeping.kind).toBe('until');
        expect((await locked(subject.id)).ObjectLockLegalHoldStatus).toBe('OFF');
      }, PATIENCE);
    },
    300_000,
  );

  const path = `/cases/${RUN}-API/events/E1`;

  it('tells nothing to another system without a token, and takes nothing from it', async () => {
    for (const headers of [{}, { authorization: 'Bearer forged' }, { authorization: `Bearer ${unsigned()}` }]) {
      const answer = await fetch(`${postact.site}/api/v1${path}`, { method: 'PUT', headers, body: '{}' });
      expect(answer.status).toBe(401);
    }
    expect(await records.get(cases, `${RUN}-API`)).toBeUndefined();
  });

  it.skipIf(WITHOUT_SCOPES)(
    'another system tells of a case and hands a record in, with a token',
    async () => {
      const event = { kind: 'opened', openedOn: nyDate(instantOf(postact.now().toISOString())) };
      const machine = await Machine.at(postact.site, undefined, outputsHere());
      expect(await machine.send('PUT', path, event)).toMatchObject({ caseNumber: `${RUN}-API` });
      expect(await machine.send('PUT', path, event)).toMatchObject({ caseNumber: `${RUN}-API` });
      await machine.send('PUT', `/records/${RUN}-READ`, {
        technology: 'license-plate-reader',
        kind: 'plate-read',
        capturedAt: postact.now().toISOString(),
        caseNumbers: [`${RUN}-API`],
        read: { plate: 'ZZZ1000', state: 'NY', place: 'Made-up Avenue' },
      });
      expect(await card(`${RUN}-READ`)).toMatchObject({ state: 'kept', caseNumbers: [`${RUN}-API`] });
    },
    120_000,
  );
});
