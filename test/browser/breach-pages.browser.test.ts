/**
 * The pages of a breach in a real browser, in each state it passes: accessible by WCAG 2.2 AA, no wider than a phone of
 * 360 px, read and reported by keyboard alone, and the clock large enough to be read at arm's length.
 * Screenshots go to the folder that SCREENSHOTS names, if it is set.
 */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  containIt,
  describeIt,
  doTheRest,
  findViolation,
  hoursBefore,
  onBreach,
  readIt,
  reportBreach,
  sendIt,
} from '../breach-job.ts';
import { nyFields } from '../job.ts';
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

const SCREENS = { desk: { width: 1200, height: 900 }, phone: { width: 360, height: 740 } } as const;

async function shot(page: Page, name: string): Promise<void> {
  if (process.env.SCREENSHOTS)
    await page.screenshot({ path: join(process.env.SCREENSHOTS, `${name}.png`), fullPage: true });
}

const widerBy = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** What is wrong anywhere, so that one run tells all of it. */
const misfits: string[] = [];

/** Looks at a page as one person, on a desk and on a phone: whole, accessible, and no wider than the screen. */
async function look(
  who: string,
  path: string,
  name: string,
  then: (page: Page) => Promise<void> = async () => undefined,
): Promise<void> {
  const person = await BrowserPerson.as(browser, postact, who);
  await person.page.goto(path);
  await then(person.page);
  await person.checked(name).catch((broken: Error) => misfits.push(broken.message));
  for (const [place, viewport] of Object.entries(SCREENS)) {
    await person.page.setViewportSize(viewport);
    await shot(person.page, `${name}-${place}`);
    if ((await widerBy(person.page)) > 0) misfits.push(`${name} on a ${place} is wider than the screen`);
  }
  misfits.push(...person.problems);
  await person.leave();
}

/** Opens every fold, so that the forms in them are looked at too. */
const unfold = (page: Page): Promise<void> =>
  page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));

const heightOfClock = async (page: Page): Promise<number> =>
  Number.parseFloat(await page.locator('.pa-clock__large').evaluate((element) => getComputedStyle(element).fontSize));

describe('the pages of a breach', () => {
  it('hold in each state, for each who may see it, on a desk and on a phone', async () => {
    await look('p-ortiz', '/breaches/new', '01-report-form');
    await look('p-ortiz', '/breaches/new', '02-report-refused', async (page) => {
      await page.getByLabel('What happened?').fill('An image went to the wrong agency');
      await page.getByRole('button', { name: 'Report it' }).click();
      await page.getByRole('heading', { name: /in the way/ }).waitFor();
    });
    const unread = await reportBreach(postact, 'p-ortiz');
    await look('p-ortiz', `/breaches/${unread}`, '03-thank-you');
    await look('p-okafor', `/breaches/${unread}`, '04-sealed');
    await look('p-stone', `/breaches/${unread}`, '05-sealed-for-the-auditor');

    const id = await reportBreach(postact, 'p-ortiz');
    await readIt(postact, id);
    await look('p-okafor', `/breaches/${id}`, '06-just-read', async (page) => {
      expect(await page.getByText('24 hours left').isVisible()).toBe(true);
      expect(await heightOfClock(page)).toBeGreaterThanOrEqual(38);
    });
    await onBreach(postact, 'p-okafor', id, 'containment', {
      'containment-what': 'Get the image back from the Harbor Office, and have them confirm it in writing',
      'containment-askedOf': 'jbrandt',
    });
    await postact.advance(22 * 60);
    await look('p-okafor', `/breaches/${id}`, '07-hour-22', async (page) => {
      expect(await page.locator('.pa-clock__bell--sent').count()).toBeGreaterThan(0);
      await page.getByRole('link', { name: 'Decide whether it violates the law' }).click();
      await unfold(page);
    });
    await look('p-okafor', `/breaches/${id}`, '08-triage-refused', async (page) => {
      const form = page.locator(`form[action$="/triage"]`);
      await form.getByText('Yes, it violates the law').click();
      await form.getByLabel('Why?').fill('short');
      await form.getByRole('button', { name: 'Put this decision on record' }).click();
      const summary = page.getByRole('alert').filter({ hasText: 'in the way' });
      await summary.getByRole('link').first().click();
      await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('triage-because');
      expect(await page.locator('#triage-because').inputValue()).toBe('short');
    });
    await look('p-brandt', (await taskPathOf(id))!, '09-containment-task');

    await findViolation(postact, id);
    await describeIt(postact, id);
    await look('p-okafor', `/breaches/${id}/report`, '10-report-to-send');
    await sendIt(postact, id);
    await look('p-adler', `/breaches/${id}`, '11-sent');
    const personRef = await doTheRest(postact, id);
    await onBreach(postact, 'p-okafor', id, `people/${personRef}/mail`);
    await look('p-okafor', `/breaches/${id}`, '12-all-but-containment');
    await look('p-okafor', `/breaches/${id}/notices`, '13-notices', unfold);
    await look('p-okafor', `/breaches/${id}/notices/${personRef}/letter`, '14-letter', async (page) => {
      await page.emulateMedia({ media: 'print' });
      await shot(page, '14-letter-printed');
      await page.emulateMedia({ media: 'screen' });
    });
    await look('p-grant', `/breaches/${id}`, '15-for-the-chief');
    await containIt(postact, 'p-brandt', (await taskPathOf(id))!);
    await onBreach(postact, 'p-okafor', id, 'close', { 'close-because': 'Everybody was told and nothing is open' });
    await look('p-okafor', `/breaches/${id}`, '16-closed');

    // One that was known of long before it was read: late from its first moment on.
    const late = await reportBreach(postact, 'p-ortiz', nyFields('discoveredAt', hoursBefore(postact.now(), 30)));
    await onBreach(postact, 'p-okafor', late, 'read', {
      'read-since': 'earlier',
      ...nyFields('read-awareSince', hoursBefore(postact.now(), 26)),
      'read-howEarlier': 'The reporter called me the night before',
    });
    await look('p-okafor', `/breaches/${late}`, '17-late');
    await describeIt(postact, late);
    await sendIt(postact, late);
    await look('p-okafor', `/breaches/${late}`, '18-told-late');
    await look('p-okafor', '/breaches', '19-list');
    await look('p-ortiz', '/breaches', '20-own-reports');
    await look('p-okafor', '/desk', '21-desk');
    expect(misfits).toEqual([]);
  }, 420_000);

  it('are read and judged by keyboard alone', async () => {
    const id = await reportBreach(postact, 'p-ortiz');
    const { page, leave } = await keyboardOf('p-adler');
    await page.goto(`/breaches/${id}`);
    await tabTo(page, 'Read it now');
    await page.keyboard.press('Enter');
    await page.getByText('24 hours left').waitFor();
    await tabTo(page, 'Decide whether it violates the law');
    await page.keyboard.press('Enter');
    await tabTo(page, 'triage-violates');
    await page.keyboard.press('ArrowDown');
    await tabTo(page, 'triage-because');
    await page.keyboard.type('The recipient had asked for it under a law');
    await tabTo(page, 'Put this decision on record');
    await page.keyboard.press('Enter');
    await page.getByText('No violation of the law').first().waitFor();
    await leave();
  }, 120_000);
});

async function taskPathOf(id: string): Promise<string | undefined> {
  const officer = await postact.as('p-okafor');
  await officer.go(`/breaches/${id}`);
  return /\/breaches\/B-[\w-]+\/containment\/C-[\w-]+/.exec(officer.page.text)?.[0];
}

async function keyboardOf(who: string): Promise<{ readonly page: Page; readonly leave: () => Promise<void> }> {
  const person = await BrowserPerson.as(browser, postact, who);
  return { page: person.page, leave: () => person.leave() };
}

/** Presses Tab until the focus is on what has this name or these words. */
async function tabTo(page: Page, wanted: string): Promise<void> {
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      return [element.getAttribute('name') ?? '', element.id, element.textContent.trim()];
    });
    if (at.includes(wanted)) return;
  }
  throw new Error(`120 presses of Tab do not reach "${wanted}" on ${page.url()}`);
}
