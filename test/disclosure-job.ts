/** The steps of a disclosure, as people take them. Each drives a signed-in client through the pages. */
import type { RecipientKind } from '../policies/editions/disclosure-grounds.ts';
import type { Client } from '../demo/client.ts';
import { ANSWERS, COMMON } from './functions/disclosure/answers.ts';
import { sendFile, type Place } from './job.ts';

/** Words instead of an agreement: none is on file. */
const NO_AGREEMENT = { agreement: 'none', agreementWhy: 'Nobody in it has an interest that this touches' };

const taken = (client: Client, pattern: RegExp): string => {
  const found = pattern.exec(client.page.url)?.[1];
  if (!found) throw new Error(`it was not taken (${client.page.status}): ${client.words().slice(0, 1500)}`);
  return found;
};

/** A detective fills in the form for a kind of recipient; answers the disclosure's id. Nothing is enclosed yet. */
export async function openDisclosure(
  postact: Place,
  kind: RecipientKind,
  over: Readonly<Record<string, string>> = {},
  who = 'p-ortiz',
): Promise<string> {
  const detective = await postact.as(who);
  await detective.go(`/disclosures/new?to=${kind}`);
  await detective.send('/disclosures', { ...COMMON, ...ANSWERS[kind], ...NO_AGREEMENT, ...over });
  return taken(detective, /\/disclosures\/(X-[0-9A-Z]{4}-[0-9A-Z]{4})$/);
}

/** Opens the form as it was filled in, and saves it with these fields changed. */
export async function changeDisclosure(
  postact: Place,
  id: string,
  fields: Readonly<Record<string, string>>,
  who = 'p-ortiz',
): Promise<void> {
  const detective = await postact.as(who);
  await detective.go(`/disclosures/${id}/change`);
  const typed = new Map<string, string>();
  for (const [input] of detective.page.text.matchAll(/<(?:input|textarea|option)\b[^>]*>[^<]*/g)) {
    const name = /\bname="([^"]+)"/.exec(input)?.[1];
    const type = /\btype="([^"]+)"/.exec(input)?.[1] ?? '';
    const value = /\bvalue="([^"]*)"/.exec(input)?.[1] ?? /<textarea[^>]*>([^<]*)/.exec(input)?.[1] ?? '';
    if (name && (!['radio', 'checkbox'].includes(type) || /\bchecked\b/.test(input))) typed.set(name, value);
  }
  for (const [, name, body] of detective.page.text.matchAll(
    /<select\b[^>]*name="([^"]+)"[^>]*>([\s\S]*?)<\/select>/g,
  )) {
    const chosen = /<option\b[^>]*value="([^"]*)"[^>]*\bselected/.exec(body!)?.[1];
    if (chosen !== undefined) typed.set(name!, chosen);
  }
  await detective.send(`/disclosures/${id}`, { ...Object.fromEntries(typed), ...fields });
  if (detective.page.status !== 200)
    throw new Error(`the change was not taken (${detective.page.status}): ${detective.words().slice(0, 800)}`);
}

export async function encloseImage(postact: Place, id: string, imageId: string, caseNumber: string, who = 'p-ortiz') {
  const detective = await postact.as(who);
  await detective.go(`/disclosures/${id}/enclosures?case=${encodeURIComponent(caseNumber)}`);
  await detective.send('/images', { imageId, imageLabel: `Scan ${imageId}` });
  taken(detective, /\/disclosures\/([^/]+)\/enclosures$/);
}

export async function encloseCount(postact: Place, id: string, who = 'p-ortiz'): Promise<void> {
  const detective = await postact.as(who);
  await detective.go(`/disclosures/${id}/enclosures`);
  await detective.send('/counts', { countLabel: 'Scans in May', countText: '41 scans in May 2026' });
  taken(detective, /\/disclosures\/([^/]+)\/enclosures$/);
}

/** An export of the plate reader archive, sent through the store as a browser without scripts does, and taken in. */
export async function encloseRecord(
  postact: Place,
  id: string,
  text: string,
  label = 'Reads of one plate',
  who = 'p-ortiz',
): Promise<void> {
  const detective = await postact.as(who);
  await detective.go(`/disclosures/${id}/enclosures`);
  const about = { system: 'Plate reader archive', reference: 'LPR-2026-1' };
  await detective.send('/files', { kind: 'record', ...about, recordLabel: label, recordFileName: 'reads.csv' });
  const form =
    /<form class="pa-form" method="post" action="([^"]+)" enctype="multipart\/form-data">([\s\S]*?)<\/form>/.exec(
      detective.page.text,
    );
  if (!form) throw new Error(`no form to send a file (${detective.page.status}): ${detective.words().slice(0, 800)}`);
  detective.page = { ...detective.page, text: `<form id="upload-form" action="${form[1]}">${form[2]}</form>` };
  const stored = await sendFile(detective, Buffer.from(text), 'reads.csv');
  if (stored.status !== 303)
    throw new Error(`the store did not take the file (${stored.status}): ${await stored.text()}`);
  await detective.go(stored.headers.get('location')!);
  await detective.send(new URL(detective.page.url).pathname);
  if (detective.page.status !== 200)
    throw new Error(`the file was not taken in (${detective.page.status}): ${detective.words().slice(0, 800)}`);
}

/** A recipient opens the mail, asks for a code and enters it; a browser on the page of what was released. */
export async function openDelivery(postact: Place & { stranger(): Client }, address: string): Promise<Client> {
  const browser = postact.stranger();
  const mails = await postact.mailsTo(address);
  const door = /\/receive\/[\w-]{43}/.exec(mails.find(({ text }) => text.includes('/receive/'))?.text ?? '')?.[0];
  if (!door) throw new Error(`${address} has no mail with a way to open anything; it has ${mails.length} mails`);
  await browser.go(door);
  await browser.send('/code');
  const code = await newCodeTo(postact, address, mails.length);
  await browser.send('/enter', { code });
  return browser;
}

async function newCodeTo(postact: Place, address: string, before: number): Promise<string> {
  for (let wait = 0; wait < 60; wait++) {
    await postact.settled();
    const mails = await postact.mailsTo(address);
    const code = mails.length > before ? /code is (\d{4} \d{4})/.exec(mails[0]!.text)?.[1] : undefined;
    if (code) return code;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`no code came to ${address}`);
}

export async function confirmReceipt(postact: Place, browser: Client): Promise<void> {
  await browser.send('/receipt', { name: 'Dana Ross', agreed: 'yes' });
  await postact.settled();
}

export async function sendDisclosure(
  postact: Place,
  id: string,
  answer: Readonly<Record<string, string>> = {},
  who = 'p-ortiz',
): Promise<Client> {
  const detective = await postact.as(who);
  await detective.go(`/disclosures/${id}`);
  await detective.send('/send', answer);
  taken(detective, /\/disclosures\/(X-[0-9A-Z-]+)$/);
  await postact.settled();
  return detective;
}
