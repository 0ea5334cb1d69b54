/** A person at a real browser: a context of their own, signed in by the directory's page, every page they see checked. */
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { PEOPLE } from '../../demo/people.ts';
import type { Postact } from '../postact.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Fails with each rule that is broken and where. `where` names the page in the message. The mode called legacy judges the
 * page where it is; the other one opens an empty page each time, for frames of other origins, of which there are none.
 */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).setLegacyMode(true).analyze();
  expect(
    violations.map(({ id, nodes }) => `${where}: ${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
  ).toEqual([]);
}

const nameOf = (personId: string): string => PEOPLE.find((person) => person.personId === personId)!.name;

async function windowOf(
  browser: Browser,
  postact: Postact,
  options: BrowserContextOptions,
): Promise<{ readonly context: BrowserContext; readonly page: Page }> {
  const context = await browser.newContext({
    baseURL: postact.site,
    viewport: { width: 1200, height: 900 },
    ...options,
  });
  return { context, page: await context.newPage() };
}

export class BrowserPerson {
  readonly page: Page;
  readonly problems: string[] = [];
  #name: string;

  private constructor(page: Page, name: string) {
    this.page = page;
    this.#name = name;
    page.on('pageerror', (error) => this.problems.push(`${page.url()}: ${error.message}`));
    page.on('console', (line) => {
      if (line.type() === 'error' && !/status of 4\d\d/.test(line.text()))
        this.problems.push(`${page.url()}: ${line.text()}`);
    });
  }

  /** Somebody without a session. */
  static async stranger(
    browser: Browser,
    postact: Postact,
    options: BrowserContextOptions = {},
  ): Promise<BrowserPerson> {
    return new BrowserPerson((await windowOf(browser, postact, options)).page, 'somebody');
  }

  /** A demonstration person who is signed in already, in the session of the client without scripts. */
  static async as(
    browser: Browser,
    postact: Postact,
    personId: string,
    options: BrowserContextOptions = {},
  ): Promise<BrowserPerson> {
    const { context, page } = await windowOf(browser, postact, options);
    await context.addCookies(
      (await postact.as(personId)).cookiesFor(postact.site).map((cookie) => ({ ...cookie, url: postact.site })),
    );
    return new BrowserPerson(page, nameOf(personId));
  }

  /** Signs a demonstration person in. `options` for a phone, or a browser without scripts. */
  static async signIn(
    browser: Browser,
    postact: Postact,
    personId: string,
    options: BrowserContextOptions = {},
  ): Promise<BrowserPerson> {
    const name = nameOf(personId);
    const person = await BrowserPerson.stranger(browser, postact, options);
    person.#name = name;
    await person.page.goto('/sign-in');
    await person.page.locator('main form button').first().click();
    await person.page.getByRole('button', { name }).click();
    await person.page.waitForURL(/\/desk/);
    return person;
  }

  async see(path: string, where: string): Promise<void> {
    await this.page.goto(path);
    await this.checked(where);
  }

  /** The page now looked at says in what language it is, what it is, and has one heading of the first level. */
  async expectWhole(title: RegExp): Promise<void> {
    const found = await this.page.evaluate(() => ({
      lang: document.documentElement.lang,
      title: document.title,
      h1: [...document.querySelectorAll('h1')].map((heading) => heading.textContent),
    }));
    expect(found, this.page.url()).toEqual({
      lang: 'en',
      title: expect.stringMatching(/\S/),
      h1: [expect.stringMatching(title)],
    });
    if (process.env.SCREENSHOTS)
      await this.page.screenshot({
        path: join(
          process.env.SCREENSHOTS,
          `${this.#name.split(' ')[0]}${new URL(this.page.url()).pathname.replaceAll('/', '_').slice(0, 60)}.png`,
        ),
        fullPage: true,
      });
  }

  /** The page now looked at, checked. */
  checked(where: string): Promise<void> {
    return expectAccessible(this.page, `${this.#name} at ${where}`);
  }

  leave(): Promise<void> {
    return this.page.context().close();
  }
}
