/**
 * The main job without a mouse: a captain asks and an executive decides with Tab, the arrows, Space and Enter alone. Each
 * stop on the way shows where it is, and the stops come in the order in which the page reads (WCAG 2.1.1, 2.4.3, 2.4.7).
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linkFor, minutesAfter } from '../job.ts';
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

interface Stop {
  /** The id or name of the element, or its words. */
  readonly at: string;
  readonly shown: boolean;
  readonly top: number;
}

/** Where the keyboard is: what, whether it can be seen that it is there, and how far down the page. */
function stopOn(page: Page): Promise<Stop> {
  return page.evaluate(() => {
    const at = document.activeElement as HTMLElement;
    // The design system draws the mark of a radio button and of a checkbox beside it, on its label.
    const marked = at.matches('.usa-radio__input, .usa-checkbox__input')
      ? getComputedStyle(at.nextElementSibling!, '::before')
      : getComputedStyle(at);
    return {
      at: at.getAttribute('name') ?? (at.id || at.textContent!.trim()),
      shown: marked.outlineStyle !== 'none' && Number.parseFloat(marked.outlineWidth) >= 2,
      top: at.getBoundingClientRect().top + scrollY,
    };
  });
}

/** Presses Tab until the stop is there; every stop on the way is seen, and none lies clearly above the one before. */
async function tabTo(page: Page, wanted: string): Promise<void> {
  let before = (await stopOn(page)).top;
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab');
    const stop = await stopOn(page);
    expect(stop.shown, `the focus on "${stop.at}" can be seen`).toBe(true);
    expect(stop.top, `"${stop.at}" comes after what is above it`).toBeGreaterThan(before - 60);
    before = stop.top;
    if (stop.at === wanted) return;
  }
  throw new Error(`60 presses of Tab do not reach "${wanted}" on ${page.url()}`);
}

const type = (page: Page, text: string): Promise<void> => page.keyboard.type(text);
const press = async (page: Page, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};

/** The digits a person types into the browser's own date and time fields, in New York. */
function typedTime(at: Date): { readonly date: string; readonly time: string } {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: 'America/New_York',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h12',
  }).formatToParts(at);
  const of = (type: string): string => parts.find((part) => part.type === type)!.value;
  return { date: of('month') + of('day') + of('year'), time: of('hour') + of('minute') + of('dayPeriod')[0] };
}

async function typeTime(page: Page, name: string, at: Date): Promise<void> {
  const { date, time } = typedTime(at);
  await tabTo(page, `${name}Date`);
  await type(page, date);
  await tabTo(page, `${name}Time`);
  await type(page, time);
}

describe('the main job by keyboard', () => {
  it('lets a captain skip to the page, hear what is missing, and file a request', async () => {
    const captain = await BrowserPerson.as(browser, postact, 'p-reyes');
    const { page } = captain;
    await page.goto('/requests/new');
    await press(page, 'Tab');
    expect(await stopOn(page)).toMatchObject({ at: 'Skip to the page', shown: true });
    // It slides in.
    await expect.poll(async () => (await page.locator('.usa-skipnav').boundingBox())!.y).toBeGreaterThanOrEqual(0);
    await press(page, 'Enter');
    expect((await stopOn(page)).at).toBe('main');
    await press(page, 'Tab');
    expect((await stopOn(page)).at).toBe('targetKind');

    // Enter in a text field sends the form, as everywhere; what is missing is said first and leads to its field.
    await tabTo(page, 'location');
    await press(page, 'Enter');
    await page.getByRole('heading', { name: /things are in the way/ }).waitFor();
    const summary = page.locator('.pa-errors');
    expect(await summary.evaluate((element) => element === document.activeElement)).toBe(true);
    await press(page, 'Tab');
    const first = summary.getByRole('link').first();
    expect(await first.evaluate((element) => element === document.activeElement)).toBe(true);
    const field = (await first.getAttribute('href'))!.slice(1);
    await press(page, 'Enter');
    expect(await page.evaluate((id) => document.activeElement?.id === id || location.hash === `#${id}`, field)).toBe(
      true,
    );

    await page.goto('/requests/new');
    await page.locator('#main').focus();
    await tabTo(page, 'targetKind');
    await press(page, 'Space', 'ArrowDown');
    await tabTo(page, 'targetDescription');
    await type(page, 'White box truck with a covered bed');
    await tabTo(page, 'location');
    await type(page, 'First Avenue and East 45th Street');
    await tabTo(page, 'nearPublicStreet');
    await press(page, 'Space');
    await typeTime(page, 'startsAt', minutesAfter(postact.now(), 60));
    await typeTime(page, 'endsAt', minutesAfter(postact.now(), 120));
    await tabTo(page, 'graveRisk');
    await type(page, 'Credible word of explosives hidden in the cargo area');
    await tabTo(page, 'purpose');
    await press(page, 'Space');
    await tabTo(page, 'lawEnforcementReason');
    await type(page, 'Secure the approach to the assembly');
    await tabTo(page, 'publicKeptOutHow');
    await type(page, 'Cordon of thirty feet with officers on each side');
    await tabTo(page, 'politicalActivity');
    await press(page, 'Space');
    await tabTo(page, 'immigrationEnforcement');
    await press(page, 'Space');
    await tabTo(page, 'attested');
    await press(page, 'Space');
    await tabTo(page, 'Send the request');
    await press(page, 'Enter');
    await page.waitForURL(/\/requests\/R-/, { timeout: 10_000 });
    const requestId = page.url().split('/').at(-1)!;
    await postact.settled();

    const executive = await BrowserPerson.as(browser, postact, 'p-lee');
    const desk = executive.page;
    await desk.goto(await linkFor(postact, 'p-lee', requestId));
    await desk.locator('#main').focus();
    await tabTo(desk, 'acknowledgesPublicKeptOut');
    await press(desk, 'Space');
    await tabTo(desk, 'reason');
    await type(desk, 'The risk is specific and the plan keeps the public out');
    await tabTo(desk, 'answer');
    await press(desk, 'Enter');
    await desk.getByRole('heading', { name: 'You approved this use' }).waitFor();
    expect([...captain.problems, ...executive.problems]).toEqual([]);
  }, 180_000);
});
