/** The comparison of store and records on the embedded host: begun by its schedule, by its own rights, to the desk and back. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reconciliations } from '../../functions/reconciliation/contract.ts';
import { recordsIn, type Records } from '../../functions/records/records.aws.ts';
import { plusDays } from '../../policies/calendar-date.ts';
import { fromEpochMs, fromNyLocal, nyDate, type CalendarDate } from '../../policies/instant.ts';
import { startPostact, type Postact } from '../postact.ts';
import { pathOf } from './path.ts';

let postact: Postact;
let records: Records;
let s3: S3Client;

beforeAll(async () => {
  postact = await startPostact();
  const aws = {
    endpoint: postact.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  records = recordsIn(postact.outputs.TableName, new DynamoDBClient(aws));
  s3 = new S3Client({ ...aws, forcePathStyle: true });
});
afterAll(async () => {
  s3?.destroy();
  await postact?.stop();
});

/** A little after the schedule of the next day; the day it is for. */
async function nextMorning(): Promise<CalendarDate> {
  const day = plusDays(nyDate(fromEpochMs(postact.now().getTime())), 1);
  await postact.advanceTo(fromNyLocal(day, '05:45'));
  await postact.settled();
  return day;
}

const STEP = ['Check the next of store and records', 'Is there more to compare?'];

describe('the reconciliation workflow', () => {
  it('compares them in the morning, and closes when they agree', async () => {
    const day = await nextMorning();
    const { status, states } = await pathOf(postact, 'reconciliation', `${day}-first`);
    expect(status).toBe('SUCCEEDED');
    expect(states).toEqual([...STEP, 'Reconciliation closed']);
    expect((await records.get(reconciliations, day))!.state).toBe('agreed');
  });

  it('tells the records officers what differs, until one of them says what was done', async () => {
    await s3.send(
      new PutObjectCommand({ Bucket: postact.outputs.ImagesBucketName, Key: 'kept/records/Z-1/original', Body: 'x' }),
    );
    const day = await nextMorning();
    expect((await records.get(reconciliations, day))!.shown).toMatchObject([
      { kind: 'file-without-record', key: 'kept/records/Z-1/original' },
    ]);
    expect((await postact.mailsTo('p-vance'))[0]!.subject).toBe(`Store and records differ: 1 on ${day}`);
    const officer = await postact.as('p-vance');
    await officer.go('/desk');
    expect(officer.words()).toContain('Look into what differs between store and records');
    await officer.go(`/retention/reconciliations/${day}`);
    await officer.send('/done', { done: 'A test left it there; it is to be looked into.' });
    expect(officer.words()).toContain('A test left it there');
    await officer.go('/desk');
    expect(officer.words()).not.toContain('Look into what differs');
  });
});
