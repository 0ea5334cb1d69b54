/**
 * On a phone: no page is wider than the screen, at 390 and at 320 px and with text twice as large (WCAG 2.2: 1.4.10,
 * 1.4.4), what is touched is at least 24 px high and wide (2.5.8), and an executive decides from the mail in a minute.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, assign, decide, deploymentIn, fileImage, linkFor, start } from '../job.ts';
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

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 } as const;

/** What sticks out of the screen on the right, without what scrolls in a box of its own. */
function tooWide(page: Page): Promise<{ readonly by: number; readonly what: readonly string[] }> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const scrolls = (element: Element): boolean => {
      for (let box = element.parentElement; box && box !== document.body; box = box.parentElement)
        if (/auto|scroll|hidden/.test(getComputedStyle(box).overflowX)) return true;
      return false;
    };
    const out = [...document.body.querySelectorAll('*')].filter(
      (element) => element.getBoundingClientRect().right > clientWidth + 1 && !scrolls(element),
    );
    return {
      by: Math.max(0, scrollWidth - clientWidth),
      what: out.slice(0, 5).map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}`),
    };
  });
}

/** Buttons, links of their own and fields that are too small for a finger. A link within a sentence may be as high as its line. */
function tooSmall(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found = [
      ...document.querySelectorAll<HTMLElement>(
        'button, nav a, summary, .usa-button, .pa-clause, .pa-list__what a, select, input:not([type=hidden], [type=radio], [type=checkbox]), .usa-radio, .usa-checkbox',
      ),
    ];
    return found
      .filter((element) => element.checkVisibility())
      .flatMap((element) => {
        const { width, height } = element.getBoundingClientRect();
        return width < 24 || height < 24
          ? [`${element.textContent.trim().slice(0, 40)} is ${Math.round(width)} by ${Math.round(height)}`]
          : [];
      });
  });
}

/** What does not fit on a page, at each width and size of text. */
async function misfitsOf(page: Page, path: string): Promise<readonly string[]> {
  const misfits: string[] = [];
  await page.goto(path);
  for (const [width, text] of [
    [390, '100%'],
    [320, '100%'],
    [390, '200%'],
  ] as const) {
    await page.setViewportSize({ width, height: 844 });
    await page.evaluate((size) => document.documentElement.style.setProperty('font-size', size), text);
    const { by, what } = await tooWide(page);
    if (by > 0 || what.length > 0)
      misfits.push(`${path} at ${width} px and ${text} is ${by} px too wide: ${what.join(', ')}`);
    if (text === '100%') misfits.push(...(await tooSmall(page)).map((small) => `${path} at ${width} px: ${small}`));
  }
  return misfits;
}

describe('on a phone', () => {
  it('an executive decides from the mail in a few steps and less than a minute', async () => {
    const requestId = await ask(postact);
    const { page } = await BrowserPerson.stranger(browser, postact, PHONE);
    const begun = performance.now();
    const steps: readonly (() => Promise<unknown>)[] = [
      async () => page.goto(await linkFor(postact, 'p-lee', requestId)),
      () => page.getByRole('button', { name: 'I understand, sign in' }).tap(),
      () => page.getByRole('button', { name: 'Morgan Lee' }).tap(),
      () => page.getByText('I have read how members of the public').tap(),
      () => page.getByLabel('Reason').fill('The risk is specific and the plan keeps the public out'),
      () => page.getByRole('button', { name: 'Approve this use' }).tap(),
    ];
    for (const step of steps) await step();
    await page.getByRole('heading', { name: 'You approved this use' }).waitFor();
    expect(performance.now() - begun).toBeLessThan(60_000);
    // Where it goes from there is on the page.
    await page.getByRole('link', { name: 'See where the request stands' }).tap();
    await page.getByRole('heading', { name: `Request ${requestId}` }).waitFor();
    await page.context().close();
  }, 180_000);

  it('no page is wider than the screen, and everything can be touched', async () => {
    const used = await ask(postact, 'p-reyes', {}, { inMinutes: 5, forMinutes: 120 });
    await decide(postact, 'p-lee', used);
    const deployment = deploymentIn(await assign(postact, used));
    const deciding = await ask(postact);
    await postact.advance(6);
    await start(postact, deployment);
    await postact.advance(3);
    const { imageId } = await fileImage(postact, used);
    const link = await linkFor(postact, 'p-lee', deciding);
    const mail = (await postact.mailsTo('p-lee'))[0]!.id;
    const places: Readonly<Record<string, readonly string[]>> = {
      'p-reyes': ['/desk', '/requests', '/requests/new', `/requests/${used}`, link],
      'p-lee': ['/desk', link],
      'p-brandt': [`/deployments/${deployment}`, '/devices/x-ray-1', '/trainings/p-ortiz', '/trainings'],
      'p-ortiz': [`/deployments/${deployment}`, `/images/new?request=${used}`, `/images/${imageId}`, '/images'],
      'p-stone': ['/desk', '/ledger', `/ledger/use-request/${used}`],
      nobody: [
        '/',
        '/sign-in',
        '/ask',
        '/policy',
        '/policy/health',
        '/policy/editions',
        '/policy/clauses/XR26-USE-07',
        '/mail',
        `/mail/${mail}`,
      ],
    };
    const misfits: string[] = [];
    for (const [who, paths] of Object.entries(places)) {
      const person =
        who === 'nobody'
          ? await BrowserPerson.stranger(browser, postact, PHONE)
          : await BrowserPerson.as(browser, postact, who, PHONE);
      for (const path of paths) misfits.push(...(await misfitsOf(person.page, path)));
      if (who === 'p-reyes') {
        await person.page.goto(`/requests/${used}`);
        // Too small to read as a drawing, the steps are a list here.
        expect(await person.page.locator('.pa-drawing svg').isVisible()).toBe(false);
        expect(await person.page.locator('.pa-drawing__phone [aria-current=step]').isVisible()).toBe(true);
      }
      await person.leave();
    }
    expect(misfits).toEqual([]);
  }, 180_000);
});
