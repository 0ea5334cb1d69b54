/** The steps of the main job, as people take them. Each drives a signed-in client through the pages; none posts a hidden shortcut. */
import type { Client } from '../demo/client.ts';
import type { Postact } from './postact.ts';

/** Where the job is done: the embedded host of a test, or a stack that is deployed somewhere (test/cloud/). */
export type Place = Pick<Postact, 'site' | 'as' | 'settled' | 'now' | 'mailsTo'>;

const NEW_YORK = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'America/New_York',
  dateStyle: 'short',
  timeStyle: 'short',
});

/** A moment as the form's date and time fields take it. */
export function nyFields(name: string, at: Date): Record<string, string> {
  const [date, time] = NEW_YORK.format(at).split(' ') as [string, string];
  return { [`${name}Date`]: date, [`${name}Time`]: time };
}

export const minutesAfter = (from: Date, minutes: number): Date =>
  new Date(Math.ceil(from.getTime() / 60_000) * 60_000 + minutes * 60_000);

/** What a lawful request says. Override a field to make it otherwise. */
export function requestFields(
  now: Date,
  over: Readonly<Record<string, string | readonly string[]>> = {},
  window = { inMinutes: 180, forMinutes: 240 },
) {
  const from = minutesAfter(now, window.inMinutes);
  return {
    targetKind: 'truck',
    targetDescription: 'White box truck with a covered bed',
    location: 'First Avenue and East 45th Street',
    nearPublicStreet: 'yes',
    ...nyFields('startsAt', from),
    ...nyFields('endsAt', minutesAfter(from, window.forMinutes)),
    graveRisk: 'Credible word of explosives hidden in the cargo area',
    purpose: 'law-enforcement',
    lawEnforcementReason: 'Secure the approach to the assembly',
    publicKeptOutHow: 'Cordon of thirty feet with officers on each side',
    politicalActivity: 'no',
    immigrationEnforcement: 'no',
    useKind: 'described',
    attested: 'yes',
    ...over,
  };
}

/** A captain asks; answers the request's id once the workflow has put it to an executive. */
export async function ask(
  postact: Place,
  who = 'p-reyes',
  over: Readonly<Record<string, string | readonly string[]>> = {},
  window?: { inMinutes: number; forMinutes: number },
): Promise<string> {
  const captain = await postact.as(who);
  await captain.go('/requests/new');
  await captain.send('/requests', requestFields(postact.now(), over, window));
  const id = /\/requests\/(R-[0-9A-Z]{4}-[0-9A-Z]{4})$/.exec(captain.page.url)?.[1];
  if (!id) throw new Error(`the request was not taken (${captain.page.status}): ${captain.words().slice(0, 1500)}`);
  await postact.settled();
  return id;
}

/** The newest decision link in a person's inbox for a request. */
export async function linkFor(postact: Place, personId: string, requestId: string): Promise<string> {
  const mail = (await postact.mailsTo(personId)).find(
    ({ subject, text }) => subject.includes(requestId) && text.includes('/decisions/link/'),
  );
  const link = mail && /\/decisions\/link\/[\w-]{43}/.exec(mail.text)?.[0];
  if (!link) throw new Error(`${personId} has no decision mail for ${requestId}`);
  return link;
}

/** An executive opens the mail's link and decides. */
export async function decide(
  postact: Place,
  personId: string,
  requestId: string,
  answer: 'approve' | 'decline' = 'approve',
  over: Readonly<Record<string, string>> = {},
): Promise<Client> {
  const executive = await postact.as(personId);
  const link = await linkFor(postact, personId, requestId);
  await executive.go(link);
  await executive.send(link, {
    answer,
    reason: 'The risk is specific and the plan keeps the public out',
    acknowledgesPublicKeptOut: 'yes',
    ...over,
  });
  await postact.settled();
  return executive;
}

export async function assign(
  postact: Place,
  requestId: string,
  chosen: Readonly<Record<string, string>> = {},
): Promise<Client> {
  const commander = await postact.as('p-brandt');
  await commander.go(`/deployments/new?request=${requestId}`);
  await commander.send('/deployments/new', {
    operatorId: 'p-ortiz',
    deviceId: 'x-ray-1',
    commanderId: 'p-brandt',
    ...chosen,
  });
  await postact.settled();
  return commander;
}

export const deploymentIn = (client: Client): string =>
  /\/deployments\/(P-[0-9A-Z-]+)/.exec(client.page.url)?.[1] ?? '';

export async function start(postact: Place, deploymentId: string, operatorId = 'p-ortiz'): Promise<Client> {
  const operator = await postact.as(operatorId);
  await operator.go(`/deployments/${deploymentId}`);
  await operator.send('/start');
  return operator;
}

export async function end(postact: Place, deploymentId: string, images = 0, operatorId = 'p-ortiz'): Promise<Client> {
  const operator = await postact.as(operatorId);
  await operator.go(`/deployments/${deploymentId}`);
  await operator.send('/end', {
    scans: '5',
    imagesDownloaded: String(images),
    publicKeptOut: 'Cordon held by four officers throughout',
    notes: '',
  });
  await postact.settled();
  return operator;
}

export async function close(postact: Place, deploymentId: string, commanderId = 'p-brandt'): Promise<Client> {
  const commander = await postact.as(commanderId);
  await commander.go(`/deployments/${deploymentId}`);
  await commander.send('/close', { proper: 'yes', statement: 'Reviewed the log and the images with the operator' });
  await postact.settled();
  return commander;
}

/** What a request's page says about where it stands. */
export async function stateOf(postact: Place, requestId: string, who = 'p-reyes'): Promise<string> {
  const client = await postact.as(who);
  await client.go(`/requests/${requestId}`);
  return /<span class="usa-tag[^>]*>([^<]*)</.exec(client.page.text)?.[1] ?? `no state (${client.page.status})`;
}

/** Files an image of a deployment; answers its id, with the client on the page that sends the file. */
export async function fileImage(
  postact: Place,
  requestId: string,
  over: Readonly<Record<string, string>> = {},
  operatorId = 'p-ortiz',
): Promise<{ readonly client: Client; readonly imageId: string }> {
  const client = await postact.as(operatorId);
  await client.go(`/images/new?request=${requestId}`);
  await client.send('/images', {
    deviceId: 'x-ray-1',
    downloadedBy: 'Sam Ortiz',
    ...nyFields('downloadedAt', new Date(postact.now().getTime() - 60_000)),
    medium: 'USB drive',
    caseNumber: '2026-0042',
    relevance: 'Shows the hidden compartment that the word was about',
    declaredKind: 'png',
    fileName: 'scan-0001.png',
    ...over,
  });
  const imageId = /\/images\/([\w-]+)/.exec(client.page.url)?.[1];
  if (!imageId) throw new Error(`the image was not filed (${client.page.status}): ${client.words().slice(0, 1500)}`);
  return { client, imageId };
}

/** Sends bytes with the form of the page, as a browser without scripts does. */
export async function sendFile(client: Client, bytes: Uint8Array, name = 'scan-0001.png'): Promise<Response> {
  const form = /<form id="upload-form"[^>]*action="([^"]+)"[^>]*>([\s\S]*?)<\/form>/.exec(client.page.text);
  if (!form) throw new Error(`no form to send a file on ${client.page.url}: ${client.words().slice(0, 800)}`);
  const body = new FormData();
  for (const [input] of form[2]!.matchAll(/<input type="hidden"[^>]*>/g)) {
    body.append(
      /name="([^"]+)"/.exec(input)![1]!,
      (/value="([^"]*)"/.exec(input)?.[1] ?? '').replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
    );
  }
  body.append('file', new Blob([bytes as BlobPart]), name);
  return fetch(form[1]!.replaceAll('&amp;', '&'), { method: 'POST', body, redirect: 'manual' });
}
