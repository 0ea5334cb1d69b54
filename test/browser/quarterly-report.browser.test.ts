/**
 * A quarter from its end to the proof of its report, on a whole host and in a real browser: opened by the daily call,
 * asked for by mail, read, sent, delivered, printed; accessible by WCAG 2.2 AA and no wider than a phone of 360 px.
 * Screenshots go to the folder that SCREENSHOTS names, if it is set.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endOf, idOf, quarterAt } from '../../functions/quarterly-report/quarter.ts';
import { HostClock } from '../../local/clock.ts';
import { Journal } from '../../local/journal.ts';
import { epochMs, fromEpochMs, plusHours } from '../../policies/instant.ts';
import { startPostact, type Postact } from '../postact.ts';
import { startChromium } from './chromium.ts';
import { BrowserPerson } from './person.ts';

let postact: Postact;
let browser: Browser;
const data = mkdtempSync(join(tmpdir(), 'postact-quarter-'));
/** That of three days ahead, so that its end is never too near. */
const quarter = quarterAt(fromEpochMs(Date.now() + 3 * 86_400_000));
beforeAll(async () => {
  // The host wakes up shortly before the end of the quarter: nothing falls due on the way there.
  const journal = new Journal(data);
  await new HostClock(journal).advanceTo(epochMs(plusHours(endOf(quarter), -40)));
  journal.close();
  [postact, browser] = [await startPostact({ data }), await startChromium()];
});
afterAll(async () => {
  await browser?.close();
  await postact?.stop();
  rmSync(data, { recursive: true, force: true });
});

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } as const;
const CHIEF = 'chief-privacy-officer@example.gov';

const widerBy = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

async function look(who: string, path: string, title: RegExp): Promise<void> {
  for (const options of [{}, PHONE]) {
    const person = await BrowserPerson.as(browser, postact, who, options);
    await person.see(path, path);
    await person.expectWhole(title);
    expect([path, await widerBy(person.page), person.problems]).toEqual([path, 0, []]);
    await person.leave();
  }
}

describe('a quarter', () => {
  it('nyc-23-1202-c-4-report: ends, is asked for by mail, read, sent and proven', { timeout: 240_000 }, async () => {
    await postact.advance(25 * 60); // The first daily call notes from when on quarters are kept.
    const id = idOf(quarter);
    await look('p-okafor', `/quarterly-reports/${id}`, /Quarterly compilation/);
    expect((await postact.mailsTo('p-okafor')).map(({ subject }) => subject).join()).not.toContain(id);

    await postact.advanceTo(plusHours(endOf(quarter), 7));
    for (const who of ['p-okafor', 'p-adler'])
      expect((await postact.mailsTo(who)).map(({ subject }) => subject)).toContain(
        `Compile and send the report of ${id}`,
      );
    await look('p-okafor', '/quarterly-reports', /Quarterly reports/);
    expect((await (await postact.as('p-adler')).go('/desk')).text).toContain(`href="/quarterly-reports/${id}"`);
    await look('p-okafor', `/quarterly-reports/${id}`, /Quarterly compilation/);
    await look('p-stone', `/quarterly-reports/${id}`, /Quarterly compilation/);

    const officer = await BrowserPerson.as(browser, postact, 'p-okafor');
    await officer.page.goto(`/quarterly-reports/${id}`);
    await officer.page.locator('form[action$="/send"]').evaluate((form: HTMLFormElement) => (form.noValidate = true));
    await officer.page.getByRole('button', { name: /Send it/ }).click();
    await officer.page.getByRole('heading', { name: /in the way/ }).waitFor();
    await officer.checked('a compilation that was not read');
    await officer.page.getByText('I have read this compilation').click();
    await officer.page.getByRole('button', { name: /Send it/ }).click();
    await officer.page.getByRole('heading', { name: 'As it was sent' }).waitFor();
    await officer.leave();
    await postact.settled();

    const [mail] = await postact.mailsTo(CHIEF);
    expect(mail!.subject).toBe(`Quarterly compilation ${id}`);
    expect(mail!.text).toContain(`${id}-breaches-by-cause.csv`);
    await look('p-stone', `/quarterly-reports/${id}`, /Quarterly compilation/);
    const auditor = await BrowserPerson.as(browser, postact, 'p-stone');
    await auditor.page.goto(`/quarterly-reports/${id}`);
    await auditor.page.getByText('delivered', { exact: true }).waitFor();
    await auditor.page.emulateMedia({ media: 'print' });
    expect(await auditor.page.getByRole('link', { name: /^CSV/ }).count()).toBe(0);
    if (process.env.SCREENSHOTS)
      await auditor.page.screenshot({ path: join(process.env.SCREENSHOTS, 'quarter-print.png'), fullPage: true });
    await auditor.leave();
  });
});
