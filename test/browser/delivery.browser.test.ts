/**
 * A recipient at a real browser, on a phone and without scripts: from the mail to the file and to the receipt. Every page
 * is accessible and fits the screen, and the browser's own policy lets the form lead on to the store.
 */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha } from '../functions/delivery/file-store.ts';
import { Host } from '../functions/delivery/on-host.ts';
import { startPostact, type Postact } from '../postact.ts';
import { startChromium } from './chromium.ts';
import { BrowserPerson } from './person.ts';
import { grayPng } from './pictures.ts';

let postact: Postact;
let browser: Browser;
let host: Host;
beforeAll(async () => {
  [postact, browser] = [await startPostact(), await startChromium()];
  host = new Host(postact);
});
afterAll(async () => {
  host?.stop();
  await browser?.close();
  await postact?.stop();
});

const PHONE = { viewport: { width: 320, height: 720 }, hasTouch: true, isMobile: true } as const;
const png = grayPng(40, 30);

/** Whole, accessible, and no wider than the screen. */
async function looksRight(person: BrowserPerson, title: RegExp): Promise<void> {
  await person.expectWhole(title);
  await person.checked(title.source);
  const { scrollWidth, clientWidth } = await person.page.evaluate(() => document.documentElement);
  expect([title, scrollWidth]).toEqual([title, clientWidth]);
}

async function throughTheDoor(person: BrowserPerson): Promise<void> {
  const { page } = person;
  await page.goto(await host.link());
  await looksRight(person, /Something is ready for you/);
  await page.getByRole('button', { name: 'Send me a code' }).click();
  await page.getByLabel('One-time code').fill('1234');
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.getByRole('heading', { name: 'One thing is in the way' }).waitFor();
  await looksRight(person, /Something is ready for you/);
  await page.getByLabel('One-time code').fill(await host.code());
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.getByRole('heading', { name: 'What was released to you' }).waitFor();
  await looksRight(person, /What was released to you/);
}

/** What is saved when this is pressed. */
async function saved(page: Page, name: RegExp): Promise<{ readonly as: string; readonly bytes: Buffer }> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name }).click();
  const file = await download;
  return { as: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

describe('a recipient', () => {
  it('on a phone saves a file and confirms, and the link opens nothing after that', async () => {
    const original = await host.file('Whole view', 'kept/I-browser/original', png);
    const copy = await host.file('Driver hidden', 'enclosed/X-1/E-1/original', png, {
      redactedCopyOf: original.enclosureId,
    });
    const delivery = await host.release('page', [original, copy]);
    const person = await BrowserPerson.stranger(browser, postact, PHONE);
    await throughTheDoor(person);
    const { page } = person;
    expect(await saved(page, /^Save Whole view/)).toEqual({ as: `${delivery.id}-01.png`, bytes: Buffer.from(png) });
    expect((await saved(page, /^Save Driver hidden/)).as).toBe(`${delivery.id}-02-redacted-copy-of-01.png`);

    await page.getByRole('button', { name: 'I received it' }).click();
    await page.getByRole('heading', { name: '2 things are in the way' }).waitFor();
    await looksRight(person, /What was released to you/);
    await page.getByLabel('Your name').fill('Pat Quill');
    await page.getByText('I received what is listed here').click();
    await page.getByRole('button', { name: 'I received it' }).click();
    await page.getByRole('heading', { name: 'Your receipt is on record' }).waitFor();
    await looksRight(person, /Your receipt is on record/);
    await page.goto(await host.link());
    await looksRight(person, /This link opens nothing/);
    expect(person.problems).toEqual([]);
    await person.leave();
  }, 120_000);

  it('without scripts downloads a sealed package and sees its passphrase; a member takes it out', async () => {
    const delivery = await host.release('sealed-package', [await host.file('Whole view', 'kept/I-b/original', png)]);
    await host.seal(delivery);
    const person = await BrowserPerson.stranger(browser, postact, { ...PHONE, javaScriptEnabled: false });
    const { page } = person;
    await page.goto(await host.link());
    await page.getByRole('button', { name: 'Send me a code' }).click();
    await page.getByLabel('One-time code').fill(await host.code());
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    const { as, bytes } = await saved(page, /Download the package/);
    expect(as).toBe(`${delivery.id}-sealed.zip`);
    expect(await page.locator('main').textContent()).toContain(sha(bytes));
    await page.getByRole('button', { name: 'Show the passphrase' }).click();
    expect(await page.locator('main code').textContent()).toMatch(/^([0-9A-Z]{4}-){5}[0-9A-Z]{4}$/);
    await person.leave();

    const member = await BrowserPerson.as(browser, postact, 'p-ortiz');
    await member.page.goto(`/deliveries/${delivery.id}`);
    await member.expectWhole(/Delivery Y-/);
    await member.checked('a delivery');
    expect(sha((await saved(member.page, /Download the package/)).bytes)).toBe(sha(bytes));
    expect(member.problems).toEqual([]);
    await member.leave();
  }, 120_000);
});
