/**
 * The whole main job in a browser that runs no scripts: every form is a form, the file goes straight to the store and
 * the browser comes back from there, and the image is shown. It begins as somebody new does, with the example that `npm start` prints.
 */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleRequest } from '../../demo/example-request.ts';
import { minutesAfter, nyFields } from '../job.ts';
import { startPostact, type Postact } from '../postact.ts';
import { startChromium } from './chromium.ts';
import { openImage } from './fill.ts';
import { BrowserPerson } from './person.ts';
import { grayPng } from './pictures.ts';

let postact: Postact;
let browser: Browser;
beforeAll(async () => {
  [postact, browser] = [await startPostact(), await startChromium()];
});
afterAll(async () => {
  await browser?.close();
  await postact?.stop();
});

const withoutScripts = (personId: string): Promise<BrowserPerson> =>
  BrowserPerson.signIn(browser, postact, personId, { javaScriptEnabled: false });

describe('the main job without scripts', () => {
  it('is walked from the form to the image, and the file goes straight to the store', async () => {
    const { page: captain } = await BrowserPerson.stranger(browser, postact, { javaScriptEnabled: false });
    await captain.goto(exampleRequest(postact.site));
    await captain.getByRole('button', { name: 'I understand, sign in' }).click();
    await captain.getByRole('button', { name: 'Dana Reyes' }).click();
    await captain.getByRole('heading', { name: 'Filled in from a link' }).waitFor();
    // What the address fills in can be sent only after the person has answered the rest.
    await captain.getByRole('button', { name: 'Send the request' }).click();
    await captain.getByRole('heading', { name: '3 things are in the way' }).waitFor();
    for (const question of [
      'Does it concern an investigation of political activity?',
      'Does it serve immigration enforcement?',
    ]) {
      await captain.getByRole('group', { name: question }).getByText('No', { exact: true }).click();
    }
    await captain.getByText('To my knowledge, the use I ask for').click();
    await captain.getByRole('button', { name: 'Send the request' }).click();
    await captain.waitForURL(/\/requests\/R-/);
    const request = new URL(captain.url()).pathname;
    await postact.settled();

    const { page: executive } = await withoutScripts('p-lee');
    await executive.goto('/mail?to=mlee%40example.gov');
    await executive.getByRole('link', { name: 'Open the request' }).first().click();
    await executive.getByText('I have read how members of the public').click();
    await executive.getByLabel('Reason').fill('The risk is specific and the plan keeps the public out');
    await executive.getByRole('button', { name: 'Approve this use' }).click();
    await executive.getByRole('heading', { name: 'You approved this use' }).waitFor();
    await postact.settled();

    const { page: commander } = await withoutScripts('p-brandt');
    await commander.getByRole('link', { name: 'Assign an operator, a device and a commander' }).click();
    await commander.getByLabel('Operator').selectOption('p-ortiz');
    await commander.getByLabel('Device', { exact: true }).selectOption('x-ray-1');
    await commander.getByLabel('Commander who answers for proper use').selectOption('p-brandt');
    await commander.getByRole('button', { name: 'Assign' }).click();
    await commander.waitForURL(/\/deployments\/P-/);
    const deployment = new URL(commander.url()).pathname;
    await postact.advance(11);

    const { page: operator } = await withoutScripts('p-ortiz');
    await operator.getByRole('link', { name: 'Begin your deployment' }).click();
    await operator.getByRole('button', { name: 'Start the deployment' }).click();
    await operator.getByRole('button', { name: 'End the deployment' }).waitFor();
    await postact.advance(3);
    await operator.reload();
    await operator.getByRole('link', { name: 'File an image' }).click();
    await operator.getByLabel('Case or investigation number').fill('2026-0042');
    await operator
      .getByLabel('Why the image matters to this case')
      .fill('Shows the hidden compartment the word was about');
    for (const [name, value] of Object.entries(nyFields('downloadedAt', minutesAfter(postact.now(), -2))))
      await operator.locator(`[name="${name}"]`).fill(value);
    await operator.getByText('USB drive').click();
    await operator.getByText('PNG picture').click();
    await operator.getByRole('button', { name: 'Save and go on to the file' }).click();
    await operator.waitForURL(/\/images\/I-/);
    const image = new URL(operator.url()).pathname;
    expect(await operator.getByRole('button', { name: 'Stop' }).isVisible()).toBe(false);
    await operator
      .getByLabel('The original, as it came from the device')
      .setInputFiles({ name: 'scan-0001.png', mimeType: 'image/png', buffer: grayPng(640, 400) });
    const posted = operator.waitForRequest((sent) => sent.method() === 'POST');
    await operator.getByRole('button', { name: 'Send the file' }).click();
    expect(new URL((await posted).url()).origin).toBe(postact.endpoint);
    await operator.waitForURL((url) => url.origin === postact.site && url.pathname === image);
    await postact.settled();
    await operator.reload();
    await operator.locator('.usa-tag', { hasText: 'Kept' }).first().waitFor();

    const { page: privacy } = await withoutScripts('p-okafor');
    await privacy.goto(image);
    await openImage(privacy, 'See it');
    await privacy.waitForURL(/\/viewer\?view=/);
    await privacy.waitForLoadState('load');
    expect(
      await privacy
        .locator('#viewer-image')
        .evaluate((shown: HTMLImageElement) => [shown.naturalWidth, shown.naturalHeight]),
    ).toEqual([640, 400]);

    await operator.goto(deployment);
    await operator.getByLabel('How many scans?').fill('5');
    await operator.getByLabel('How many images were downloaded').fill('1');
    await operator
      .getByLabel('How were members of the public kept out')
      .fill('Cordon held by four officers throughout');
    await operator.getByRole('button', { name: 'End the deployment' }).click();
    await operator.getByText('Ended, to be closed').waitFor();
    await postact.settled();

    await commander.goto('/desk');
    await commander.getByRole('link', { name: 'Confirm that the use was proper, and close it' }).click();
    await commander.getByRole('group', { name: 'Was the use proper?' }).getByText('Yes', { exact: true }).click();
    await commander.getByLabel('What you looked at').fill('Reviewed the log and the image with the operator');
    await commander.getByRole('button', { name: 'Close the deployment' }).click();
    await commander.getByText('Confirmed:').waitFor();
    await postact.settled();
    await captain.goto(request);
    await captain.locator('.usa-tag', { hasText: 'Closed' }).first().waitFor();
  }, 180_000);
});
