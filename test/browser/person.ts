/** A person at a real browser: a context of their own, signed in by the directory's page, every page they see checked. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { PEOPLE } from '../../demo/people.ts';
import type { Postact } from '../postact.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Fails with each rule that is broken and where. `where` names the page in the message. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  expect(violations.map(({ id, nodes }) => `${where}: ${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([]);
}

export class BrowserPerson {
  readonly page: Page;
  readonly problems: string[] = [];
  readonly #name: string;

  private constructor(page: Page, name: string) {
    this.page = page;
    this.#name = name;
    page.on('pageerror', (error) => this.problems.push(`${page.url()}: ${error.message}`));
    page.on('console', (line) => {
      if (line.type() === 'error' && !/status of 4\d\d/.test(line.text())) this.problems.push(`${page.url()}: ${line.text()}`);
    });
  }

  /** Signs a demonstration person in. `options` for a phone, or a browser without scripts. */
  static async signIn(browser: Browser, postact: Postact, personId: string, options: BrowserContextOptions = {}): Promise<BrowserPerson> {
    const context = await browser.newContext({ baseURL: postact.site, viewport: { width: 1200, height: 900 }, ...options });
    const name = PEOPLE.find((person) => person.personId === personId)!.name;
    const person = new BrowserPerson(await context.newPage(), name);
    await person.page.goto('/sign-in');
    await expectAccessible(person.page, 'sign-in');
    await person.page.locator('main form button').first().click();
    await person.page.getByRole('button', { name }).click();
    await person.page.waitForURL(/\/desk/);
    return person;
  }

  async see(path: string, where: string): Promise<void> {
    await this.page.goto(path);
    await expectAccessible(this.page, `${this.#name} at ${where}`);
  }

  /** The page now looked at, checked. */
  checked(where: string): Promise<void> {
    return expectAccessible(this.page, `${this.#name} at ${where}`);
  }

  leave(): Promise<void> {
    return this.page.context().close();
  }
}
