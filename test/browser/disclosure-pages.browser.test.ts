/**
 * The pages of disclosure in a real browser: each recipient's form, and a disclosure at each stage, accessible by WCAG 2.2
 * AA; a redacted copy sent without a script; on a phone of 360 px; and by keyboard alone.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RECIPIENTS } from '../../policies/editions/disclosure-grounds.ts';
import { encloseCount, encloseImage, openDisclosure, sendDisclosure } from '../disclosure-job.ts';
import { ask, assign, decide, deploymentIn, fileImage, sendFile, start } from '../job.ts';
import { startPostact, type Postact } from '../postact.ts';
import { startChromium } from './chromium.ts';
import { BrowserPerson } from './person.ts';
import { grayPng } from './pictures.ts';

const CASE = '2026-0042';
let postact: Postact;
let browser: Browser;
let imageId: string;
beforeAll(async () => {
  [postact, browser] = [await startPostact(), await startChromium()];
  imageId = await keptImage();
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await postact?.stop();
});

/** An image of a case that is p-ortiz's duty, from a deployment of theirs. */
async function keptImage(): Promise<string> {
  const used = await ask(postact, 'p-reyes', {}, { inMinutes: 5, forMinutes: 120 });
  await decide(postact, 'p-lee', used);
  const running = deploymentIn(await assign(postact, used));
  await postact.advance(6);
  await start(postact, running);
  await postact.advance(3);
  const filed = await fileImage(postact, used);
  await sendFile(filed.client, grayPng(320, 200));
  await postact.settled();
  return filed.imageId;
}

async function visit<T>(
  personId: string,
  then: (person: BrowserPerson) => Promise<T>,
  options?: Parameters<typeof BrowserPerson.as>[3],
): Promise<T> {
  const person = await BrowserPerson.as(browser, postact, personId, options);
  const found = await then(person);
  expect(person.problems).toEqual([]);
  await person.leave();
  return found;
}

async function whole(person: BrowserPerson, path: string, title: RegExp): Promise<void> {
  await person.see(path, path);
  await person.expectWhole(title);
}

describe('asking for a disclosure in a browser', () => {
  it('is whole at the list, at the question who gets it, and when refused', async () => {
    await visit('p-ortiz', async (person) => {
      await whole(person, '/disclosures', /^Disclosures$/);
      await whole(person, '/disclosures/new', /Ask for a disclosure/);
      await whole(person, '/disclosures/new?to=nobody', /Ask for a disclosure/);
      await person.page.goto('/disclosures/new?to=prosecutor');
      await person.page.getByRole('button', { name: 'Save and go on' }).click();
      await person.page.getByRole('heading', { name: /things are in the way/ }).waitFor();
      await person.checked('a disclosure refused at the form');
    });
  }, 120_000);

  it.each(RECIPIENTS.map(({ kind, label }) => [label, kind]))(
    'is whole for: %s',
    async (_, kind) => {
      await visit('p-ortiz', async (person) => {
        await person.page.goto(`/disclosures/new?to=${kind}`);
        // With everything unfolded, so that all of it is looked at.
        await person.page.evaluate(() => document.querySelectorAll('details').forEach((one) => (one.open = true)));
        await person.checked(`the form for ${kind}`);
        await person.expectWhole(/Ask for a disclosure/);
      });
    },
    60_000,
  );
});

describe('a disclosure in a browser', () => {
  it('is whole at each stage, with a redacted copy that was sent without a script', async () => {
    const id = await openDisclosure(postact, 'prosecutor', { basis: 'mission' });
    await encloseImage(postact, id, imageId, CASE);
    await visit(
      'p-ortiz',
      async ({ page }) => {
        await page.goto(`/disclosures/${id}/enclosures?case=${CASE}`);
        await page.getByText('A redacted copy of an original').click();
        await page.locator('#madeOf').selectOption({ index: 1 });
        await page.locator('#whatWasRedacted').fill('The passenger');
        await page.locator('#copyLabel').fill('Scan without the passenger');
        await page.locator('#copyFileName').fill('scan.png');
        await page.getByRole('button', { name: 'Go on to the file' }).click();
        await page.getByRole('heading', { name: /Send the file/ }).waitFor();
        await page
          .locator('#file')
          .setInputFiles({ name: 'scan.png', mimeType: 'image/png', buffer: grayPng(320, 200) });
        await page.getByRole('button', { name: 'Send the file' }).click();
        await page.getByRole('button', { name: 'Take it in' }).click();
        await page.getByText(/^Redacted copy of Scan/).waitFor();
      },
      { javaScriptEnabled: false },
    );
    await visit('p-ortiz', async (person) => {
      await whole(person, `/disclosures/${id}`, /Disclosure X-/);
      await whole(person, `/disclosures/${id}/change`, /Change disclosure/);
      await whole(person, `/disclosures/${id}/enclosures?case=${CASE}`, /What is enclosed/);
    });
    await sendDisclosure(postact, id);
    for (const personId of ['p-ortiz', 'p-okafor', 'p-stone'])
      await visit(personId, async (person) => {
        await whole(person, `/disclosures/${id}`, /Disclosure X-/);
        await person.page.getByText('Waits for the privacy officer').waitFor();
      });
    await visit('p-ortiz', async (person) => {
      await person.page.goto(`/disclosures/${id}`);
      await person.page.getByText('Withdraw this disclosure').click();
      await person.page.getByLabel('Why is it withdrawn?').fill('no');
      await person.page.getByRole('button', { name: 'Withdraw' }).click();
      await person.page.getByRole('heading', { name: /in the way/ }).waitFor();
      await person.checked('a withdrawal refused');
      await person.page.getByLabel('Why is it withdrawn?').fill('The case was closed meanwhile');
      await person.page.getByRole('button', { name: 'Withdraw' }).click();
      await person.page.getByText('Withdrawn by its requester').waitFor();
      await person.checked('a disclosure withdrawn');
    });
  }, 240_000);

  it('released in exigent circumstances is explained, and revoked', async () => {
    const id = await openDisclosure(postact, 'law-enforcement', { basis: 'exigent' });
    await encloseImage(postact, id, imageId, CASE);
    await sendDisclosure(postact, id);
    await visit('p-okafor', async (person) => {
      await whole(person, `/disclosures/${id}`, /Disclosure X-/);
      await whole(person, `/disclosures/${id}/exigency`, /Tell the Chief Privacy Officer/);
      await person.page.getByRole('button', { name: /^Send it/ }).click();
      await person.page.getByRole('heading', { name: /in the way/ }).waitFor();
      await person.checked('a report that nobody vouched for');
      await person.page.getByText('I have read it.').click();
      await person.page.getByRole('button', { name: /^Send it/ }).click();
      await person.page.waitForURL(new RegExp(`${id}$`));
    });
    await visit('p-ortiz', async ({ page }) => {
      await page.goto(`/disclosures/${id}`);
      await page.getByText('Revoke this release').click();
      await page.getByLabel('Why is it revoked?').fill('It went to the wrong office');
      await page.getByRole('button', { name: 'Revoke' }).click();
      await page.getByText('Revoked; nothing can be opened any more').waitFor();
    });
  }, 180_000);

  it('that is to serve immigration enforcement is stopped, and says so beforehand', async () => {
    await visit('p-ortiz', async (person) => {
      const { page } = person;
      const id = await openDisclosure(postact, 'news-media');
      await page.goto(`/disclosures/${id}/change`);
      await page.getByText('A yes stops it').waitFor();
      await page.getByText(/^Yes: civil provisions/).click();
      await page.getByRole('button', { name: 'Save the changes' }).click();
      await page.getByText('Refused by policy or law').waitFor();
      await person.checked('a disclosure that was stopped');
    });
  }, 60_000);
});

/** What sticks out on the right, in pixels. */
const tooWide = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe('disclosures on a phone and by keyboard', () => {
  it('fit a screen of 360 px', async () => {
    const id = await openDisclosure(postact, 'city-agency', {
      basis: 'consent',
      consent: 'Person 1',
      capacity: 'adult',
    });
    await encloseImage(postact, id, imageId, CASE);
    await encloseCount(postact, id);
    await visit(
      'p-ortiz',
      async ({ page }) => {
        for (const path of [
          '',
          '/new',
          '/new?to=vendor',
          `/${id}`,
          `/${id}/change`,
          `/${id}/enclosures?case=${CASE}`,
        ]) {
          await page.goto(`/disclosures${path}`);
          await page.evaluate(() => document.querySelectorAll('details').forEach((one) => (one.open = true)));
          expect(await tooWide(page), path).toBe(0);
        }
      },
      { viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true },
    );
  }, 120_000);

  it('are asked for without a mouse, and an error leads to its field', async () => {
    await visit('p-ortiz', async ({ page }) => {
      await page.goto('/disclosures/new');
      await page.locator('#to').focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.waitForURL(/to=law-enforcement/);
      await page.locator('#technology').focus();
      await page.keyboard.press('Enter');
      await page.locator('form.pa-form button').focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: /things are in the way/ }).waitFor();
      expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('alert');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => location.hash)).toBe('#technology');
    });
  }, 60_000);
});
