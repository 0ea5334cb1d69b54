/**
 * Every page of the registers in a real browser, as the privacy officer: accessible by WCAG 2.2 AA at a desk and on a
 * phone, and none of them wider than the phone. The routes are those that test/access walks.
 */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXPECTED_OF_WHAT_LEAVES } from '../access/expected-of-what-leaves.ts';
import type { World } from '../access/expecting.ts';
import { startPostact, type Postact } from '../postact.ts';
import { startChromium } from './chromium.ts';
import { BrowserPerson } from './person.ts';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const PATHS = Object.entries(EXPECTED_OF_WHAT_LEAVES)
  .filter(([route]) => route.startsWith('GET /registers') && !route.endsWith('.csv'))
  .map(([, { path }]) => path({} as World));

let postact: Postact;
let browser: Browser;
beforeAll(async () => {
  [postact, browser] = [await startPostact(), await startChromium()];
});
afterAll(async () => {
  await browser?.close();
  await postact?.stop();
});

describe('the registers', () => {
  it.each([
    ['at a desk', {}],
    ['on a phone', PHONE],
  ])('nyc-14-188-g-1, nyc-14-188-g-2: are whole and accessible %s', async (_, options) => {
    expect(PATHS.length).toBeGreaterThan(15);
    const officer = await BrowserPerson.as(browser, postact, 'p-okafor', options);
    for (const path of PATHS) {
      await officer.see(path, path);
      await officer.expectWhole(/./);
      const tooWide = await officer.page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect([path, tooWide]).toEqual([path, 0]);
    }
    expect(officer.problems).toEqual([]);
    await officer.leave();
  }, 120_000);
});
