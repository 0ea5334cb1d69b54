/** An officer signs off from the mail on a phone: without scripts, by keyboard alone, and in less than a minute. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decisions } from '../../functions/decision/contract.ts';
import { startPostact, type Postact } from '../postact.ts';
import { disclosureIdOf, openSignOff, recordsOf, signOffLink } from '../sign-off.ts';
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

const PHONE = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true, javaScriptEnabled: false };

describe('a sign-off on a phone', () => {
  it('is one page that fits 360 px, is accessible, and shows how much time is left', async () => {
    const own = await openSignOff(postact);
    const person = await BrowserPerson.as(browser, postact, 'p-okafor', { ...PHONE, javaScriptEnabled: true });
    await person.see(await signOffLink(postact, 'p-okafor', own), 'the sign-off');
    await person.expectWhole(new RegExp(`^Sign off disclosure ${disclosureIdOf(own)}$`));
    const { page } = person;
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    const size = await page.locator('.pa-deadline .pa-countdown__left').evaluate((e) => getComputedStyle(e).fontSize);
    expect(Number.parseFloat(size)).toBeGreaterThanOrEqual(28);
    // The answers keep to the foot of the screen and leave most of it to what is read.
    const foot = (await page.locator('.pa-actions').boundingBox())!;
    expect(foot.height).toBeLessThan(640 * 0.3);
    expect(person.problems).toEqual([]);
    await person.leave();
  });

  it('is narrowed by one tap and approved without scripts, in less than a minute', async () => {
    const own = await openSignOff(postact);
    const link = await signOffLink(postact, 'p-okafor', own);
    const started = performance.now();
    const { page } = await BrowserPerson.as(browser, postact, 'p-okafor', PHONE);
    await page.goto(link);
    await page.getByText('Image E-2, as it was kept').tap();
    await page.getByLabel('Reason, or what you ask back').fill('Two images show what the matter needs');
    await page.getByRole('button', { name: 'Approve what is ticked' }).tap();
    await page.getByRole('heading', { name: 'You signed off this disclosure' }).waitFor();
    expect(performance.now() - started).toBeLessThan(60_000);
    expect((await recordsOf(postact).get(decisions, own.id))!.answer!.kept).toEqual(['E-1', 'E-3']);
  });

  it('is answered by keyboard alone; Return in a check box answers nothing', async () => {
    const own = await openSignOff(postact);
    const person = await BrowserPerson.as(browser, postact, 'p-okafor', { viewport: PHONE.viewport });
    const { page } = person;
    await page.goto(await signOffLink(postact, 'p-okafor', own));
    const to = async (what: string): Promise<void> => {
      for (let presses = 0; presses < 60; presses++) {
        await page.keyboard.press('Tab');
        if (await page.evaluate((id) => document.activeElement?.matches(id) ?? false, what)) return;
      }
      throw new Error(`no Tab leads to ${what}`);
    };
    await to('#keep-2');
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await to('#reason');
    await page.keyboard.type('Which of these images shows the plate?');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    expect((await recordsOf(postact).get(decisions, own.id))!.state).toBe('waiting');
    await page.goto(page.url());
    await to('#reason');
    await page.keyboard.type('Which of these images shows the plate?');
    await to('button[value="ask-back"]');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'You asked back about this disclosure' }).waitFor();
    await person.checked('the answered sign-off');
    await person.leave();
  });
});
