/**
 * The workflow disclosure on the local host, driven through the pages and the inbox: whoever asks, the privacy office,
 * and a recipient who has nothing but a mail. Files go through the store, and functions have their own rights. The ends that
 * only time brings, after weeks of hourly sweeps, are in disclosure.test.ts.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, GetObjectLegalHoldCommand, S3Client } from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliveries } from '../../functions/delivery/contract.ts';
import { disclosures, immigrationRequests, type Disclosure } from '../../functions/disclosure/contract.ts';
import { recordsIn, type Records } from '../../functions/records/records.aws.ts';
import {
  changeDisclosure,
  confirmReceipt,
  encloseCount,
  encloseRecord,
  openDelivery,
  openDisclosure,
  sendDisclosure,
} from '../disclosure-job.ts';
import { linkFor } from '../job.ts';
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
  s3 = new S3Client(aws);
}, 180_000);
afterAll(async () => {
  s3?.destroy();
  await postact?.stop();
});

const CHECKED = ['Check disclosure against policy', 'What is next for the disclosure?'];
const SIGN_OFF = 'Ask a privacy officer to sign off';
const COMPLETE = 'Ask requester to complete it';
const RELEASED = ['Write release in ledger', 'Was it released?'];
const COLLECT = 'Ask recipient to collect';
const ENDED = 'How did it end?';

const RECIPIENT = 'dana.ross@office.example';
const PLATES = { technology: 'license-plate-reader', disclosureType: 'investigative-lead' };
const LAW = { ...PLATES, basis: 'required-by-law' };
const CRIME = { ...PLATES, basis: 'crime' };

const disclosureOf = async (id: string): Promise<Disclosure> => (await records.get(disclosures, id))!;
const stateOf = async (id: string) => (await disclosureOf(id)).state;
const statesOf = async (id: string) => (await pathOf(postact, 'disclosure', id)).states;

async function sent(
  kind: 'law-enforcement' | 'prosecutor',
  over: Record<string, string>,
  text = 'plate,time\n',
): Promise<string> {
  const id = await openDisclosure(postact, kind, over);
  await encloseRecord(postact, id, text);
  await sendDisclosure(postact, id);
  return id;
}

async function decide(
  id: string,
  answer: string,
  over: Record<string, string | readonly string[]> = {},
  who = 'p-okafor',
) {
  const officer = await postact.as(who);
  const link = await linkFor(postact, who, id);
  await officer.go(link);
  const keep = (await disclosureOf(id)).enclosures.filter(({ leftOut }) => !leftOut).map((one) => one.id);
  await officer.send(link, { answer, reason: 'The request relies on a statute that covers this', keep, ...over });
  expect(officer.page.status, officer.words().slice(0, 600)).toBe(200);
  await postact.settled();
}

/** The recipient opens the mail, asks for a code, enters it, and confirms receipt; answers what the page said. */
async function collect(id: string): Promise<string> {
  const browser = await openDelivery(postact, RECIPIENT);
  const words = browser.words();
  await confirmReceipt(postact, browser);
  expect(await stateOf(id)).toBe('received');
  return words;
}

describe('the disclosure workflow on the host', () => {
  it('is signed off from the mail, released, collected with a code, and received, in ten transitions', async () => {
    const text = 'plate,time\nABC1234,2026-11-20T10:00\n';
    const id = await sent('law-enforcement', LAW, text);
    expect(await stateOf(id)).toBe('deciding');
    await decide(id, 'approve');
    expect(await stateOf(id)).toBe('released');
    expect(await collect(id)).toContain('Reads of one plate');
    const path = await pathOf(postact, 'disclosure', id);
    expect(path.states).toEqual([...CHECKED, SIGN_OFF, ...CHECKED, ...RELEASED, COLLECT, ENDED, 'Disclosure received']);

    // What was sent is what is kept, under legal hold, with its hash.
    const [enclosure] = (await disclosureOf(id)).enclosures;
    if (enclosure?.kind !== 'record' || !enclosure.file) throw new Error('no file');
    const { key, versionId, sha256 } = enclosure.file;
    expect(key).toBe(`enclosed/${id}/${enclosure.id}/original`);
    expect(sha256).toBe(createHash('sha256').update(text).digest('hex'));
    const where = { Bucket: postact.outputs.ImagesBucketName, Key: key, VersionId: versionId };
    expect((await s3.send(new GetObjectLegalHoldCommand(where))).LegalHold?.Status).toBe('ON');
    expect(await (await s3.send(new GetObjectCommand(where))).Body!.transformToString()).toBe(text);
  }, 120_000);

  it('is narrowed by the officer: what was left out does not leave', async () => {
    const id = await openDisclosure(postact, 'law-enforcement', LAW);
    await encloseRecord(postact, id, 'one\n', 'First reads');
    await encloseRecord(postact, id, 'two\n', 'Second reads');
    await sendDisclosure(postact, id);
    const [, second] = (await disclosureOf(id)).enclosures;
    await decide(id, 'approve', { keep: [second!.id] });
    const { release } = await disclosureOf(id);
    expect((await records.get(deliveries, release!.deliveryId))!.files.map(({ label }) => label)).toEqual([
      'Second reads',
    ]);
  }, 120_000);

  it('is handed over as a sealed package', async () => {
    const id = await sent('law-enforcement', { ...CRIME, way: 'sealed-package' });
    expect(await statesOf(id)).toEqual([...CHECKED, ...RELEASED, 'Write sealed package', COLLECT]);
    await collect(id);
    expect((await statesOf(id)).slice(-3)).toEqual([COLLECT, ENDED, 'Disclosure received']);
  }, 120_000);

  it('is completed, asked back and answered by its requester', async () => {
    const id = await sent('law-enforcement', { ...LAW, law: '' });
    expect(await stateOf(id)).toBe('completing');
    expect((await postact.mailsTo('p-ortiz'))[0]!.subject).toContain(id);
    const detective = await postact.as('p-ortiz');
    await detective.go('/desk');
    expect(detective.words()).toContain(`Complete your disclosure Disclosure ${id}`);
    await changeDisclosure(postact, id, { ...LAW, law: 'Executive Law 837, exchange of information' });
    await sendDisclosure(postact, id);
    await decide(id, 'ask-back', { reason: 'Which of the two cases is it for?' });
    expect(await stateOf(id)).toBe('completing');
    await sendDisclosure(postact, id, { answerToOfficer: 'The case of the twentieth' });
    await decide(id, 'decline', { reason: 'That case was closed' });
    expect(await statesOf(id)).toEqual([
      ...CHECKED,
      COMPLETE,
      ...CHECKED,
      SIGN_OFF,
      ...CHECKED,
      COMPLETE,
      ...CHECKED,
      SIGN_OFF,
      ...CHECKED,
      'Disclosure declined',
    ]);
  }, 180_000);

  it('is withdrawn while it waits, and revoked after its release', async () => {
    const waiting = await sent('law-enforcement', LAW);
    await press(waiting, '/withdraw');
    expect(await statesOf(waiting)).toEqual([...CHECKED, SIGN_OFF, ...CHECKED, 'Disclosure withdrawn']);
    const released = await sent('law-enforcement', CRIME);
    await press(released, '/revoke');
    expect(await statesOf(released)).toEqual([...CHECKED, ...RELEASED, COLLECT, ENDED, 'Disclosure revoked']);
    const [mail] = await postact.mailsTo(RECIPIENT);
    expect(mail!.text).not.toContain('/receive/');
  }, 120_000);

  it('is refused by policy, and stopped for immigration enforcement before it is one', async () => {
    const id = await sent('law-enforcement', { ...CRIME, lawfulness: 'unlawful' });
    expect(await statesOf(id)).toEqual([...CHECKED, 'Disclosure refused']);
    const detective = await postact.as('p-ortiz');
    await expect(
      openDisclosure(postact, 'law-enforcement', { ...CRIME, immigration: 'civil-provisions' }),
    ).rejects.toThrow('Nothing leaves');
    const record = /G-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(detective.words())![0];
    expect(await records.get(immigrationRequests, record)).toMatchObject({ agency: 'state', response: 'refused' });
  }, 120_000);

  it('nyc-23-1202-d: is explained to the Chief Privacy Officer when it was exigent', async () => {
    const id = await sent('law-enforcement', { ...PLATES, basis: 'exigent' });
    expect((await postact.mailsTo('p-okafor'))[0]!.subject).toBe(`Disclosure ${id}: tell the Chief Privacy Officer`);
    const officer = await postact.as('p-okafor');
    await officer.go(`/disclosures/${id}/exigency`);
    await officer.send('/exigency', { namesNobody: 'yes' });
    await postact.settled();
    const [report] = await postact.mailsTo('chief-privacy-officer@example.gov');
    expect(report!.text).toContain('A child is missing and time is short');
    expect(report!.text).not.toMatch(/Dana Ross|driver/);
  }, 120_000);

  it('lets a number leave without a ground', async () => {
    const id = await openDisclosure(postact, 'prosecutor', { ...PLATES, basis: '' });
    await encloseCount(postact, id);
    await sendDisclosure(postact, id);
    expect(await stateOf(id)).toBe('released');
  }, 120_000);
});

async function press(id: string, action: string): Promise<void> {
  const detective = await postact.as('p-ortiz');
  await detective.go(`/disclosures/${id}`);
  await detective.send(action, { reason: 'It went to the wrong office' });
  await postact.settled();
}
