/**
 * A batch on the embedded host, with its own table, store, key, clock and rights: the daily run proposes what is due, three
 * people sign by the links in their mails, every version of what may go is gone, what the store holds stays, and the
 * certificate checks from the terminal.
 */
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectRetentionCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dispositions } from '../../../functions/disposition/contract.ts';
import { retentionCards } from '../../../functions/retention/contract.ts';
import type { Records } from '../../../functions/records/records.aws.ts';
import type { AccountIdentities } from '../../../local/identity/identities.ts';
import { fromEpochMs } from '../../../policies/instant.ts';
import { startPostact, type Postact } from '../../postact.ts';
import { breaksIn } from '../../whole-ledger.ts';
import { Host } from '../delivery/on-host.ts';
import { KeepingOffice } from './keeping-office.ts';

const CASE = 'CASE-17';
const VERIFIER = fileURLToPath(new URL('../../../functions/disposition/verify-certificate.ts', import.meta.url));
const run = promisify(execFile);

let postact: Postact;
let host: Host;
let s3: S3Client;
let Bucket: string;
let office: OnHost;

class OnHost extends KeepingOffice<Records> {
  protected override async store(Key: string, Body: string): Promise<string> {
    return (await s3.send(new PutObjectCommand({ Bucket, Key, Body }))).VersionId!;
  }
}

beforeAll(async () => {
  postact = await startPostact();
  host = new Host(postact);
  Bucket = postact.outputs.ImagesBucketName;
  s3 = new S3Client({ ...host.owner, forcePathStyle: true });
  office = new OnHost(host.records);
  office.clock = () => fromEpochMs(postact.now().getTime());
  await office.putInForce();
  await office.closedCase(CASE);
}, 180_000);
afterAll(async () => {
  s3?.destroy();
  host?.stop();
  await postact?.stop();
});

const versionsOf = async (Prefix: string): Promise<readonly string[]> =>
  ((await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix }))).Versions ?? []).map(
    ({ VersionId }) => VersionId!,
  );

describe('a batch on the host', () => {
  it('is proposed by the daily run, signed by links, destroyed but for what the store holds, and certified', async () => {
    const gone = await office.image(CASE);
    const held = await office.image(CASE);
    const read = await office.plateRead();
    for (const VersionId of await versionsOf(held.files[0]!.key))
      await s3.send(
        new PutObjectLegalHoldCommand({ Bucket, Key: held.files[0]!.key, VersionId, LegalHold: { Status: 'ON' } }),
      );
    await postact.advance(26 * 60);
    await postact.settled();
    const open = (await host.records.ofSubject(dispositions, 'dispositions#open')).records;
    expect(open.map(({ records, state }) => [records, state]).toSorted()).toEqual([
      [1, 'proposed'],
      [2, 'proposed'],
    ]);
    // The records were made without their files' tags, of which another mail tells.
    const mail = (await postact.mailsTo('p-vance')).find(({ subject }) => subject.startsWith('Records due'));
    expect(mail!.subject).toBe('Records due for disposal: 2 batches, 3 records');

    await postact.advance(8 * 24 * 60);
    await postact.settled();
    for (const personId of ['p-dunne', 'p-moreau', 'p-ito'])
      for (const { id } of open) {
        const asked = (await postact.mailsTo(personId)).find(
          ({ subject }) => subject === `Sign or decline batch ${id}`,
        )!;
        const signer = await postact.as(personId);
        await signer.go(/\/decisions\/link\/[\w-]{43}/.exec(asked.text)![0]);
        const link = new URL(signer.page.url).pathname;
        await signer.send(link, { answer: 'approve', reason: 'The period is over and nothing asks for more' });
        expect(signer.words()).toContain('You signed the destruction of this batch');
      }
    await postact.settled();

    const ended = (await host.records.ofSubject(dispositions, 'dispositions#ended')).records;
    expect(ended.map(({ destroyedRecords, leftOut, state }) => [state, destroyedRecords, leftOut])).toEqual([
      ['destroyed', 1, expect.any(Number)],
      ['destroyed', 1, expect.any(Number)],
    ]);
    expect(await versionsOf(gone.files[0]!.key)).toEqual([]);
    expect(await versionsOf(held.files[0]!.key)).toHaveLength(2);
    expect((await host.records.get(retentionCards, held.id))!.state).toBe('kept');
    expect((await host.records.get(retentionCards, read.id))!.state).toBe('destroyed');
    expect(await breaksIn(host.table, postact.outputs.TableName)).toEqual([]);

    const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
    try {
      const officer = await postact.as('p-vance');
      const { id } = ended.find(({ technology }) => technology === 'mobile-x-ray')!;
      const [file, key] = [join(folder, 'certificate.json'), join(folder, 'key.pem')];
      writeFileSync(file, (await officer.go(`/dispositions/${id}/certificate/file`)).text);
      writeFileSync(key, (await officer.go(`/dispositions/${id}/certificate/key`)).text);
      expect((await run(process.execPath, [VERIFIER, file, key])).stdout).toContain('It holds');
      writeFileSync(
        file,
        officer.page.text &&
          (await officer.go(`/dispositions/${id}/certificate/file`)).text.replace('"records": 1', '"records": 2'),
      );
      await expect(run(process.execPath, [VERIFIER, file, key])).rejects.toMatchObject({ code: 1 });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 240_000);

  it('is destroyed with credentials that can lift no lock, shorten none, write nothing and read nothing', async () => {
    const image = await office.image(CASE);
    const { key: Key } = image.files[0]!;
    const [VersionId] = await versionsOf(Key);
    await s3.send(new PutObjectLegalHoldCommand({ Bucket, Key, VersionId, LegalHold: { Status: 'ON' } }));
    const { role } = (await host.functions()).find(({ called }) => called === 'DispositionDestroy')!;
    const credentials = (postact.running.host.identities as AccountIdentities).issueKey(role, 'attack');
    const client = new S3Client({ ...host.owner, forcePathStyle: true, credentials });
    const denied = { name: 'AccessDenied' };
    const Retention = { Mode: 'GOVERNANCE', RetainUntilDate: new Date('2030-01-01') } as const;
    await expect(client.send(new DeleteObjectCommand({ Bucket, Key, VersionId }))).rejects.toMatchObject(denied);
    await expect(
      client.send(new DeleteObjectCommand({ Bucket, Key, VersionId, BypassGovernanceRetention: true })),
    ).rejects.toMatchObject(denied);
    await expect(
      client.send(new PutObjectLegalHoldCommand({ Bucket, Key, VersionId, LegalHold: { Status: 'OFF' } })),
    ).rejects.toMatchObject(denied);
    await expect(
      client.send(new PutObjectRetentionCommand({ Bucket, Key, VersionId, Retention })),
    ).rejects.toMatchObject(denied);
    await expect(client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }))).rejects.toMatchObject(denied);
    await expect(client.send(new GetObjectCommand({ Bucket, Key, VersionId }))).rejects.toMatchObject(denied);
    await expect(client.send(new DeleteObjectCommand({ Bucket, Key }))).rejects.toMatchObject(denied);
    expect(await versionsOf(Key)).toHaveLength(2);
    client.destroy();
  }, 60_000);
});
