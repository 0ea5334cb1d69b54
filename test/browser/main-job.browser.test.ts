/**
 * The whole main job in a real browser, as the demonstration people do it, with an accessibility check (WCAG 2.2 AA) of
 * every page on the way. Screenshots go to the folder that SCREENSHOTS names, if it is set.
 */
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linkFor, minutesAfter, nyFields } from '../job.ts';
import { startPostact, type Postact } from '../postact.ts';
import { startChromium } from './chromium.ts';
import { fillRequest } from './fill.ts';
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

const shot = async ({ page }: BrowserPerson, name: string): Promise<void> => {
  if (process.env.SCREENSHOTS)
    await page.screenshot({ path: join(process.env.SCREENSHOTS, `${name}.png`), fullPage: true });
};

describe('the main job in a browser', () => {
  it('XR26-USE-05 to USE-10, RET-02, DSP-02: is walked from the form to the retained image', async () => {
    const captain = await BrowserPerson.signIn(browser, postact, 'p-reyes');
    await captain.checked('the desk');
    await shot(captain, '1-desk');
    await captain.see('/requests/new', 'the form');
    await captain.page.getByRole('button', { name: 'Send the request' }).click();
    await captain.page.getByRole('heading', { name: /things are in the way/ }).waitFor();
    await captain.checked('the form with what is missing');
    await shot(captain, '2-form-refused');
    await captain.page.goto('/requests/new');
    await fillRequest(captain.page, postact.now(), 30);
    await captain.page.getByRole('button', { name: 'Send the request' }).click();
    await captain.page.waitForURL(/\/requests\/R-/);
    const requestId = captain.page.url().split('/').at(-1)!;
    await postact.settled();
    await captain.see(`/requests/${requestId}`, 'the request');
    await shot(captain, '3-request');

    const executive = await BrowserPerson.signIn(browser, postact, 'p-lee', { viewport: { width: 390, height: 844 } });
    await executive.checked('the desk, on a phone');
    await executive.see(await linkFor(postact, 'p-lee', requestId), 'the decision, on a phone');
    await shot(executive, '4-decision-phone');
    await executive.page.getByText('I have read how members of the public').click();
    await executive.page.getByLabel('Reason').fill('The risk is specific and the plan keeps the public out');
    await executive.page.getByRole('button', { name: 'Approve this use' }).click();
    await executive.page.getByRole('heading', { name: 'You approved this use' }).waitFor();
    await executive.checked('the decision taken');
    await postact.settled();

    const commander = await BrowserPerson.signIn(browser, postact, 'p-brandt');
    await commander.see(`/deployments/new?request=${requestId}`, 'the assignment');
    await shot(commander, '5-assign');
    await commander.page.getByLabel('Operator').selectOption('p-ortiz');
    await commander.page.getByLabel('Device', { exact: true }).selectOption('x-ray-1');
    await commander.page.getByLabel('Commander who answers for proper use').selectOption('p-brandt');
    await commander.page.getByRole('button', { name: 'Assign' }).click();
    await commander.page.waitForURL(/\/deployments\/P-/);
    const deployment = new URL(commander.page.url()).pathname;
    await commander.leave();
    await postact.advance(31);

    const operator = await BrowserPerson.signIn(browser, postact, 'p-ortiz');
    await operator.see(deployment, 'the deployment');
    await operator.page.getByRole('button', { name: 'Start the deployment' }).click();
    await operator.page.getByRole('button', { name: 'End the deployment' }).waitFor();
    await operator.checked('the deployment under way');
    await shot(operator, '6-deployment');
    await postact.advance(3);
    await operator.see(`/images/new?request=${requestId}`, 'the filing of an image');
    await operator.page.getByLabel('Case or investigation number').fill('2026-0042');
    await operator.page
      .getByLabel('Why the image matters to this case')
      .fill('Shows the hidden compartment the word was about');
    for (const [name, value] of Object.entries(nyFields('downloadedAt', minutesAfter(postact.now(), -2))))
      await operator.page.locator(`[name="${name}"]`).fill(value);
    await operator.page.getByText('USB drive').click();
    await operator.page.getByText('PNG picture').click();
    await operator.page.getByRole('button', { name: 'Save and go on to the file' }).click();
    await operator.page.waitForURL(/\/images\/[^/]+/);
    const image = new URL(operator.page.url()).pathname;
    await operator.checked('the upload');
    await operator.page
      .getByLabel('The original, as it came from the device')
      .setInputFiles({ name: 'scan-0001.png', mimeType: 'image/png', buffer: grayPng(640, 400) });
    await operator.page.getByRole('button', { name: 'Send the file' }).click();
    await operator.page.locator('.usa-tag', { hasText: 'Kept' }).waitFor({ timeout: 20_000 });
    await postact.settled();
    await operator.see(image, 'the image kept');
    await shot(operator, '7-image');
    await operator.page.goto(deployment);
    await operator.page.getByLabel('How many scans?').fill('5');
    await operator.page.getByLabel('How many images were downloaded').fill('1');
    await operator.page
      .getByLabel('How were members of the public kept out')
      .fill('Cordon held by four officers throughout');
    await operator.page.getByRole('button', { name: 'End the deployment' }).click();
    await operator.page.getByText('Ended, to be closed').waitFor();

    const closing = await BrowserPerson.signIn(browser, postact, 'p-brandt');
    await closing.see(deployment, 'the close');
    await closing.page.getByRole('group', { name: 'Was the use proper?' }).getByText('Yes', { exact: true }).click();
    await closing.page.getByLabel('What you looked at').fill('Reviewed the log and the image with the operator');
    await closing.page.getByRole('button', { name: 'Close the deployment' }).click();
    await closing.page.getByText('Confirmed:').waitFor();
    await closing.see(`/requests/${requestId}`, 'the request closed');
    await shot(closing, '8-request-closed');
    expect([captain, executive, operator, closing].flatMap(({ problems }) => problems)).toEqual([]);
  }, 180_000);
});
