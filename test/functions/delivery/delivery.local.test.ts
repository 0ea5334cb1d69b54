/**
 * The release path on the embedded host: its own store, mail, key and rights. A recipient goes all the way by page and by
 * sealed package; what needs no link (the store itself) is tried without credentials, with other functions' roles, and
 * with an address that is over.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createPublicKey, randomBytes, verify } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliveries, type DeliveredFile, type Delivery } from '../../../functions/delivery/contract.ts';
import { recordsIn, type Records } from '../../../functions/records/records.aws.ts';
import type { AccountIdentities } from '../../../local/identity/identities.ts';
import { fromEpochMs } from '../../../policies/instant.ts';
import type { Client } from '../../client.ts';
import { startPostact, type Postact } from '../../postact.ts';
import { breaksIn } from '../../whole-ledger.ts';
import { sha } from './file-store.ts';
import { openedZip } from './opened-zip.ts';
import { ADDRESS, releasedBy } from './released.ts';

let postact: Postact;
let records: Records;
let table: DynamoDBClient;
let s3: S3Client;
/** Every function, by the start of its name, such as `DeliverySealPackage`. */
let functions: readonly { readonly name: string; readonly role: string; readonly called: string }[];
const aws = () => ({ endpoint: postact.endpoint, region: 'us-east-1' });
const OWNER = { accessKeyId: 'test', secretAccessKey: 'test' };

beforeAll(async () => {
  postact = await startPostact();
  table = new DynamoDBClient({ ...aws(), credentials: OWNER });
  records = recordsIn(postact.outputs.TableName, table);
  s3 = new S3Client({ ...aws(), credentials: OWNER });
  const lambda = new LambdaClient({ ...aws(), credentials: OWNER });
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
  functions = Functions.map(({ FunctionName, Role }) => ({
    name: FunctionName!,
    role: Role!,
    called: FunctionName!.replace(/^Postact-|Func.*$/g, ''),
  }));
  lambda.destroy();
}, 180_000);
afterAll(async () => {
  for (const client of [table, s3]) client?.destroy();
  await postact?.stop();
});

const seal = (disclosureId: string) =>
  postact.running.host.functions.invoke(
    functions.find(({ called }) => called === 'DeliverySealPackage')!.name,
    JSON.stringify({ disclosureId }),
  );
const link = async (): Promise<string> => {
  const [mail] = (await postact.mailsTo(ADDRESS)).filter(({ text }) => text.includes('/receive/'));
  return /\/receive\/[\w-]{43}/.exec(mail!.text)![0];
};

async function file(label: string, key: string, bytes: Uint8Array): Promise<DeliveredFile> {
  const put = new PutObjectCommand({ Bucket: postact.outputs.ImagesBucketName, Key: key, Body: bytes });
  const { VersionId } = await s3.send(put);
  const stored = { key, versionId: VersionId!, sha256: sha(bytes), bytes: bytes.length, contentType: 'image/png' };
  return { enclosureId: `E-${key.split('/')[1]}`, label, fileName: 'scan.png', file: stored };
}

async function release(way: Delivery['way'], files: readonly DeliveredFile[]): Promise<Delivery> {
  const { change, delivery } = releasedBy('p-ortiz', fromEpochMs(postact.now().getTime()), { way, files });
  await records.write(change);
  await postact.settled();
  return delivery;
}

/** Through the door: asks for a code, reads it in the mail, enters it. */
async function visit(): Promise<{ readonly browser: Client; readonly door: string }> {
  const browser = postact.stranger();
  const door = await link();
  await browser.go(door);
  await browser.send('/code');
  await postact.settled();
  const [mail] = await postact.mailsTo(ADDRESS);
  await browser.send('/enter', { code: /code is (\d{4} \d{4})/.exec(mail!.text)![1]! });
  expect(browser.page.url).toMatch(/\/files$/);
  return { browser, door };
}

/** Posts the form that opens `what`, and answers the address that the store is asked by. */
async function opened(browser: Client, door: string, what: string): Promise<string> {
  const { hidden } = browser.formOn('/open');
  const body = new URLSearchParams({ ...hidden, what });
  const posted = await browser.request(`${door}/open`, { method: 'POST', body });
  return (await browser.request(posted.headers.get('location')!)).headers.get('location')!;
}

const bytesAt = async (address: string): Promise<Buffer> => Buffer.from(await (await fetch(address)).arrayBuffer());

describe('a recipient', () => {
  it('by page: saves the very bytes that were released, by an address that is over in a minute, and confirms', async () => {
    const bytes = randomBytes(50_000);
    const delivery = await release('page', [
      await file('Whole view', 'kept/I-local/original', bytes),
      await file('Driver hidden', 'enclosed/X-local/E-1/original', randomBytes(2000)),
    ]);
    const { browser, door } = await visit();
    expect(browser.words()).toContain('Whole view');
    const address = await opened(browser, door, delivery.files[0]!.enclosureId);
    const answer = await fetch(address);
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${delivery.id}-01.png"`);
    expect(sha(Buffer.from(await answer.arrayBuffer()))).toBe(sha(bytes));
    expect(sha(await bytesAt(await opened(browser, door, delivery.files[1]!.enclosureId)))).toBe(
      delivery.files[1]!.file.sha256,
    );

    // Another file or version by the same signature, and the same address two minutes later.
    expect((await fetch(address.replace('I-local', 'I-other'))).status).toBe(403);
    expect((await fetch(address.replace(/versionId=[^&]+/, 'versionId=other'))).status).toBe(403);
    await postact.advance(2);
    expect((await fetch(address)).status).toBe(403);

    await browser.go(`${door}/files`);
    await browser.send('/receipt', { name: 'Pat Quill', agreed: 'yes' });
    expect(browser.page.url).toMatch(/\/receive\/done$/);
    await postact.settled();
    expect((await postact.mailsTo('p-ortiz')).some(({ subject }) => subject.includes(delivery.disclosureId))).toBe(
      true,
    );
    expect((await browser.go(door)).status).toBe(404);
    expect((await records.get(deliveries, delivery.id))!.state).toBe('received');
  }, 120_000);

  it('by sealed package: opens it with the passphrase of the page, and it verifies with the key of the department', async () => {
    const bytes = randomBytes(20_000_000);
    const delivery = await release('sealed-package', [await file('Whole view', 'enclosed/X-big/E-1/original', bytes)]);
    const sealing = await seal(delivery.disclosureId);
    expect([sealing.functionError, sealing.payload]).toEqual([undefined, expect.stringMatching(/"kind":"collect"/)]);
    expect((await seal(delivery.disclosureId)).functionError).toBeUndefined();
    await postact.settled();
    const { seal: made } = (await records.get(deliveries, delivery.id))!;

    const { browser, door } = await visit();
    const zip = await bytesAt(await opened(browser, door, 'package'));
    expect(sha(zip)).toBe(made!.package.sha256);
    await browser.go(`${door}/files`);
    await browser.send('/passphrase');
    const passphrase = /(?:[0-9A-Z]{4}-){5}[0-9A-Z]{4}/.exec(browser.words())![0];
    const entries = openedZip(zip, passphrase);
    expect(sha(entries.get('originals/01.png')!)).toBe(sha(bytes));
    const key = createPublicKey(entries.get('public-key.pem')!.toString());
    expect(sha(key.export({ type: 'spki', format: 'der' }))).toBe(made!.keySha256);
    expect(verify('sha256', entries.get('manifest.json')!, key, entries.get('manifest.sig')!)).toBe(true);

    // The member who hands it over on a disc gets the same file; another member sees nothing.
    const requester = await postact.as('p-ortiz');
    await requester.go(`/deliveries/${delivery.id}`);
    expect(requester.words()).toContain('Passphrase shown');
    const { hidden } = requester.formOn(`/deliveries/${delivery.id}`);
    const taken = await requester.request(`/deliveries/${delivery.id}`, {
      method: 'POST',
      body: new URLSearchParams(hidden),
    });
    expect(sha(await bytesAt(taken.headers.get('location')!))).toBe(made!.package.sha256);
    expect((await (await postact.as('p-reyes')).go(`/deliveries/${delivery.id}`)).status).toBe(404);
  }, 180_000);
});

describe('the store itself', () => {
  const statusOf = async (ask: Promise<unknown>): Promise<number> =>
    ask.then(
      () => 200,
      (error: { $metadata?: { httpStatusCode?: number } }) => error.$metadata?.httpStatusCode ?? 0,
    );
  const PLACES = ['package.zip', 'passphrase'] as const;
  const sealedKeys = async (): Promise<Readonly<Record<string, string>>> => {
    const delivery = (await sealedDelivery())!;
    return { 'package.zip': delivery.seal!.package.key, passphrase: delivery.seal!.passphrase.key };
  };
  async function sealedDelivery(): Promise<Delivery | undefined> {
    const mail = (await postact.mailsTo(ADDRESS)).find(({ subject }) => subject.startsWith('Something is ready'));
    return records.get(deliveries, /Y-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(mail!.subject)![0]);
  }

  it('gives nothing of sealed/, enclosed/ and kept/ to whoever has no credentials', async () => {
    const keys = [...Object.values(await sealedKeys()), 'enclosed/X-big/E-1/original', 'kept/I-local/original'];
    for (const key of keys) {
      const address = `${postact.endpoint}/${postact.outputs.ImagesBucketName}/${key}`;
      expect([key, (await fetch(address)).status]).toEqual([key, 403]);
    }
  });

  it('gives a passphrase to the recipient’s page alone, and a package to the two pages alone', async () => {
    const identities = postact.running.host.identities as AccountIdentities;
    const keys = await sealedKeys();
    const readers: Record<string, string[]> = { 'package.zip': [], passphrase: [] };
    for (const { role, called } of functions) {
      const client = new S3Client({ ...aws(), credentials: identities.issueKey(role, 'attack') });
      for (const place of PLACES) {
        const get = new GetObjectCommand({ Bucket: postact.outputs.ImagesBucketName, Key: keys[place]! });
        if ((await statusOf(client.send(get))) === 200) readers[place]!.push(called);
      }
      client.destroy();
    }
    expect(readers['passphrase']).toEqual(['DeliveryReceivePages']);
    expect(readers['package.zip']!.toSorted()).toEqual(['DeliveryPages', 'DeliveryReceivePages']);
  }, 60_000);

  it('has told the ledger of everything', async () => {
    await postact.settled();
    expect(await breaksIn(table, postact.outputs.TableName)).toEqual([]);
  });
});
