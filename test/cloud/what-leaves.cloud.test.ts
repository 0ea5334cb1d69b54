/**
 * What leaves, on a deployed stack: a disclosure from its form to its receipt, on a page and as a sealed package, and a
 * breach from its report to the mail that tells the Chief Privacy Officer. Through pages, sign-in and mails, by real
 * time.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BlobReader, ZipReader } from '@zip.js/zip.js';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Client } from '../../demo/client.ts';
import { disclosures } from '../../functions/disclosure/contract.ts';
import { verifySignature } from '../../functions/decision/answer-signature.ts';
import { answerKeyAt } from '../../functions/decision/decision-signature.aws.ts';
import { decisions } from '../../functions/decision/contract.ts';
import { recordsIn } from '../../functions/records/records.aws.ts';
import { describeIt, findViolation, readIt, reportBreach, sendIt } from '../breach-job.ts';
import { confirmReceipt, encloseRecord, openDelivery, openDisclosure, sendDisclosure } from '../disclosure-job.ts';
import { linkFor } from '../job.ts';
import { deployed, type Deployed } from './deployed.ts';

const PATIENCE = { timeout: 60_000, interval: 1_000 };
const CHIEF = process.env.POSTACT_CHIEF_PRIVACY_OFFICER ?? 'chief-privacy-officer@example.gov';
const PLATES = { technology: 'license-plate-reader', disclosureType: 'investigative-lead', basis: 'required-by-law' };
const TEXT = 'plate,time\nABC1234,2026-11-20T10:00\n';

let postact: Deployed;
let table: DynamoDBClient;
beforeAll(async () => {
  postact = await deployed();
  table = new DynamoDBClient({});
}, 120_000);
afterAll(() => table?.destroy());

const disclosureOf = async (id: string) => (await recordsIn(postact.outputs.TableName, table).get(disclosures, id))!;
const becomes = (id: string, state: string) =>
  expect.poll(async () => (await disclosureOf(id)).state, PATIENCE).toBe(state);

/** Asked for, put to the officer, and signed off from the mail. Each has a recipient of its own: who has its mail. */
async function released(address: string, over: Readonly<Record<string, string>>): Promise<string> {
  const id = await openDisclosure(postact, 'law-enforcement', { ...PLATES, email: address, ...over });
  await encloseRecord(postact, id, TEXT);
  await sendDisclosure(postact, id);
  const link = await vi.waitFor(() => linkFor(postact, 'p-okafor', id), PATIENCE);
  const officer = await postact.as('p-okafor');
  await officer.go(link);
  const keep = (await disclosureOf(id)).enclosures.map((one) => one.id);
  await officer.send(link, { answer: 'approve', reason: 'The statute that is cited covers this', keep });
  expect(officer.words()).toContain('You signed off this disclosure');
  await becomes(id, 'released');
  await vi.waitFor(
    async () => expect((await postact.mailsTo(address)).some(({ text }) => text.includes('/receive/'))).toBe(true),
    PATIENCE,
  );
  return id;
}

describe('what leaves a deployed stack', () => {
  it('XR26-EXT-10 and twins: is signed off from the mail, collected with a code, and received', async () => {
    const address = `page-${Date.now()}@office.example`;
    const id = await released(address, {});
    const { decisionId } = await disclosureOf(id);
    const decision = (await recordsIn(postact.outputs.TableName, table).get(decisions, decisionId!))!;
    const { pem } = await answerKeyAt(postact.outputs.DecisionKeyId).publicKey();
    expect(verifySignature(pem, decision)).toBe(true);

    const browser = await openDelivery(postact, address);
    expect(browser.words()).toContain('Reads of one plate');
    expect(Buffer.from(await opened(browser)).toString()).toBe(TEXT);
    const back = await openDelivery(postact, address);
    await confirmReceipt(postact, back);
    await becomes(id, 'received');
  });

  it('leaves as a sealed package that opens with the passphrase of the recipient’s page', async () => {
    const address = `package-${Date.now()}@office.example`;
    await released(address, { way: 'sealed-package' });
    const browser = await openDelivery(postact, address);
    const files = browser.page;
    await browser.send('/passphrase');
    const passphrase = /[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){5}/.exec(browser.words())![0];
    browser.page = files;
    const bytes = await opened(browser);
    const entries = await new ZipReader(new BlobReader(new Blob([bytes])), { password: passphrase }).getEntries();
    expect(entries.map(({ filename }) => filename)).toEqual(expect.arrayContaining(['manifest.json', 'VERIFY.txt']));
  });

  it('XR26-EXT-20: a breach is read, described, and told by a mail', async () => {
    const id = await reportBreach(postact);
    await readIt(postact, id);
    await findViolation(postact, id);
    await describeIt(postact, id);
    await sendIt(postact, id);
    await vi.waitFor(
      async () => expect((await postact.mailsTo(CHIEF)).some(({ subject }) => subject.includes(id))).toBe(true),
      PATIENCE,
    );
  });
});

/** Presses the button that opens the one file, or the package, of the page; the bytes at the end of its redirects. */
async function opened(browser: Client): Promise<ArrayBuffer> {
  const { action, hidden } = browser.formOn('/open');
  const what = /name="what" value="([^"]+)"/.exec(browser.page.text)![1]!;
  const headers = { origin: new URL(browser.page.url).origin };
  const body = new URLSearchParams({ ...hidden, what });
  let answer = await browser.request(action, { method: 'POST', body, headers });
  for (let hop = 0; answer.status >= 300 && answer.status < 400 && hop < 5; hop++)
    answer = await browser.request(answer.headers.get('location')!);
  expect(answer.status).toBe(200);
  return answer.arrayBuffer();
}
