/** The steps of a disclosure, as people take them. Each drives a signed-in client through the pages. */
import type { RecipientKind } from '../policies/editions/disclosure-grounds.ts';
import type { Client } from '../demo/client.ts';
import { ANSWERS, COMMON } from './functions/disclosure/answers.ts';
import type { Place } from './job.ts';

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
