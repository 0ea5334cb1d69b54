/**
 * The release path on the embedded host: its own store, mail, key and rights. A recipient goes all the way by page and by
 * sealed package; what needs no link (the store itself) is tried without credentials, with other functions' roles, and
 * with an address that is over.
 */
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createPublicKey, randomBytes, verify } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliveries, type Delivery } from '../../../functions/delivery/contract.ts';
import type { AccountIdentities } from '../../../local/identity/identities.ts';
import type { Client } from '../../../demo/client.ts';
import { startPostact, type Postact } from '../../postact.ts';
import { breaksIn } from '../../whole-ledger.ts';
import { sha } from './file-store.ts';
import { Host } from './on-host.ts';
import { openedZip } from './opened-zip.ts';

let postact: Postact;
let host: Host;
let sealed: Delivery;

beforeAll(async () => {
  postact = await startPostact();
  host = new Host(postact);
}, 180_000);
afterAll(async () => {
  host?.stop();
  await postact?.stop();
});

/** Through the door: asks for a code, reads it in the mail, enters it. */
async function visit(): Promise<{ readonly browser: Client; readonly door: string }> {
  const browser = postact.stranger();
  const door = await host.link();
  await browser.go(door);
  await browser.send('/code');
  await browser.send('/enter', { code: await host.code() });
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
    const delivery = await host.release('page', [
      await host.file('Whole view', 'kept/I-local/original', bytes),
      await host.file('Driver hidden', 'enclosed/X-local/E-1/original', randomBytes(2000)),
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
    expect((await host.records.get(deliveries, delivery.id))!.state).toBe('received');
  }, 120_000);

  it('by sealed package: opens it with the passphrase of the page, and it verifies with the key of the department', async () => {
    const bytes = randomBytes(20_000_000);
    const delivery = await host.release('sealed-package', [
      await host.file('Whole view', 'enclosed/X-big/E-1/original', bytes),
    ]);
    const sealing = await host.seal(delivery);
    expect([sealing.functionError, sealing.payload]).toEqual([undefined, expect.stringMatching(/"kind":"collect"/)]);
    expect((await host.seal(delivery)).functionError).toBeUndefined();
    sealed = (await host.records.get(deliveries, delivery.id))!;
    const made = sealed.seal;

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
  const keys = (): Readonly<Record<(typeof PLACES)[number], string>> => ({
    'package.zip': sealed.seal!.package.key,
    passphrase: sealed.seal!.passphrase.key,
  });

  it('gives nothing of sealed/, enclosed/ and kept/ to whoever has no credentials', async () => {
    const places = [...Object.values(keys()), 'enclosed/X-big/E-1/original', 'kept/I-local/original'];
    for (const key of places) {
      const address = `${postact.endpoint}/${postact.outputs.ImagesBucketName}/${key}`;
      expect([key, (await fetch(address)).status]).toEqual([key, 403]);
    }
  });

  it('gives a passphrase to the recipient’s page alone, and a package to the two pages alone', async () => {
    const identities = postact.running.host.identities as AccountIdentities;
    const readers: Record<string, string[]> = { 'package.zip': [], passphrase: [] };
    for (const { role, called } of await host.functions()) {
      const client = new S3Client({ ...host.owner, credentials: identities.issueKey(role, 'attack') });
      for (const place of PLACES) {
        const get = new GetObjectCommand({ Bucket: postact.outputs.ImagesBucketName, Key: keys()[place] });
        if ((await statusOf(client.send(get))) === 200) readers[place]!.push(called);
      }
      client.destroy();
    }
    expect(readers['passphrase']).toEqual(['DeliveryReceivePages']);
    expect(readers['package.zip']!.toSorted()).toEqual(['DeliveryPages', 'DeliveryReceivePages']);
  }, 60_000);

  it('has told the ledger of everything', async () => {
    await postact.settled();
    expect(await breaksIn(host.table, postact.outputs.TableName)).toEqual([]);
  });
});
