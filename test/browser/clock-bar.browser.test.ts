/** The host's bar under every page moves the clock and comes back to the page it was on; the inbox leads on to the work. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../job.ts';
import { startPostact, type Postact } from '../postact.ts';
import { startChromium } from './chromium.ts';
import { BrowserPerson } from './person.ts';

let postact: Postact;
let browser: Browser;
beforeAll(async () => {
  [postact, browser] = [await startPostact(), await startChromium()];
});
afterAll(async () => {
  await browser?.close();
  await postact?.stop();
});

describe('the bar of the embedded host', () => {
  it('moves the clock from any page, and comes back to it', async () => {
    const { page, problems } = await BrowserPerson.stranger(browser, postact);
    for (const path of [
      '/',
      '/sign-in',
      '/policy/health',
      '/ask',
      '/mail',
      '/mail?to=mlee%40example.gov',
      '/policy/no-such-page',
    ]) {
      await page.goto(path);
      const before = postact.now().getTime();
      await page.getByRole('button', { name: '+1 hour' }).click();
      await page.waitForLoadState('load');
      expect(`${new URL(page.url()).pathname}${new URL(page.url()).search}`).toBe(path);
      const moved = postact.now().getTime() - before;
      expect(moved, path).toBeGreaterThanOrEqual(3_600_000);
      expect(moved, path).toBeLessThan(3_630_000);
      const shown = await page.locator('.local-clock time').getAttribute('datetime');
      expect(Math.abs(new Date(shown!).getTime() - postact.now().getTime()), path).toBeLessThan(30_000);
    }
    expect(problems).toEqual([]);
  }, 180_000);

  it('moves it from the page of somebody who is signed in, and what falls due happens before the page is back', async () => {
    const requestId = await ask(postact, 'p-reyes', {}, { inMinutes: 20, forMinutes: 60 });
    const { page } = await BrowserPerson.as(browser, postact, 'p-reyes');
    await page.goto(`/requests/${requestId}`);
    await page.getByRole('button', { name: '+1 hour' }).click();
    await page.waitForLoadState('load');
    // An hour ends a session that was idle; the way back is kept.
    expect(page.url()).toContain(`/sign-in?next=%2Frequests%2F${requestId}`);
    await page.getByRole('button', { name: 'I understand, sign in' }).click();
    await page.getByRole('button', { name: 'Dana Reyes' }).click();
    await page.waitForURL(`**/requests/${requestId}`);
    await page.getByText('Lapsed undecided or unused').first().waitFor();
  }, 180_000);

  it('keeps the inbox newest first, and each mail leads to its work', async () => {
    await postact.advance(0); // The clock moved: sessions ended.
    const [first, second] = [await ask(postact), await ask(postact)];
    const { page } = await BrowserPerson.stranger(browser, postact);
    await page.goto('/mail?to=mlee%40example.gov');
    const subjects = await page.locator('tbody tr td:first-child').allTextContents();
    expect(subjects[0]).toContain(second);
    expect(subjects[1]).toContain(first);
    await page.getByRole('link', { name: new RegExp(second) }).click();
    await page.getByRole('link', { name: 'Open the request' }).first().click();
    await page.waitForURL(/\/sign-in\?next=/);
    await page.getByRole('button', { name: 'I understand, sign in' }).click();
    await page.getByRole('button', { name: 'Morgan Lee' }).click();
    await page.waitForURL(/\/decisions\/link\//);
    await page.getByRole('heading', { name: 'Decide on a use of mobile x-ray' }).waitFor();
  }, 180_000);
});
