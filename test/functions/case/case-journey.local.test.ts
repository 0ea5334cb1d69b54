/**
 * A case on the whole of postact: an image is filed under a number nobody opened, the case is opened, classed and closed by
 * its pages, and the image has its date; opened again, it has none. The number holds what an address may not.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { caseHref } from '../../../functions/case/contract.ts';
import { ask, assign, decide, deploymentIn, fileImage, sendFile, start } from '../../job.ts';
import { startPostact, type Postact } from '../../postact.ts';
import { png } from '../image/samples.ts';

let postact: Postact;
beforeAll(async () => {
  postact = await startPostact();
}, 120_000);
afterAll(() => postact?.stop());

const NUMBER = '2026/0077 A';
const AT = caseHref(NUMBER);

it('dates what is kept for it when it is closed, and no longer when it is opened again', async () => {
  const requestId = await ask(postact, 'p-reyes', {}, { inMinutes: 30, forMinutes: 600 });
  await decide(postact, 'p-lee', requestId);
  const deploymentId = deploymentIn(await assign(postact, requestId));
  await postact.advance(31);
  await start(postact, deploymentId);
  await postact.advance(5);
  const { client: uploader, imageId } = await fileImage(postact, requestId, { caseNumber: NUMBER });
  await uploader.go(`/images/${imageId}`);
  await sendFile(uploader, png());
  await postact.settled();

  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/New_York' }).format(postact.now());
  const officer = await postact.as('p-vance');
  await officer.go(AT);
  expect(officer.words()).toContain('No case of this number was opened');
  const client = await postact.as('p-ortiz');
  await client.go(`/cases/new?number=${encodeURIComponent(NUMBER)}`);
  await client.send('/cases', { caseNumber: NUMBER, openedOn: today });
  await postact.settled();
  await client.go(AT);
  expect(client.words()).toContain('While it is open, everything of it is kept.');
  expect(client.words()).toContain(imageId);
  expect(client.words()).not.toContain('nothing of it is destroyed');

  await client.go(`${AT}/record-finding`);
  await client.send(`${AT}/record-finding`, { finding: 'no-offense-by-adult' });
  await client.go(`${AT}/close`);
  await client.send(`${AT}/close`, { on: today, ground: 'no-arrest' });
  await postact.settled();
  await client.go(AT);
  expect(client.page.status).toBe(200);
  expect(client.words()).not.toContain('nothing of it is destroyed');
  expect(client.words()).toMatch(
    new RegExp(`${imageId}.*Until \\w{3} \\w{3} \\d+, ${Number(today.slice(0, 4)) + 5}\\.`),
  );
  expect(client.words()).toContain('Dates worked out, of 1 record');

  await client.go(`${AT}/reopen`);
  await client.send(`${AT}/reopen`, { reason: 'The laboratory sent a second report' });
  await postact.settled();
  await client.go(AT);
  expect(client.words()).toMatch(new RegExp(`${imageId}.*Stays, without a date\\.`));
}, 120_000);
