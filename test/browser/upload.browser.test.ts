/** Sending an original with scripts on: what is shown meanwhile, and that an interruption, a wrong file and a large file end well. */
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileImage } from '../job.ts';
import { startPostact, type Postact } from '../postact.ts';
import { startChromium } from './chromium.ts';
import { underWay } from './deployed.ts';
import { BrowserPerson } from './person.ts';
import { grayPng } from './pictures.ts';

let postact: Postact;
let browser: Browser;
let requestId: string;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'originals-'));
  [postact, browser] = [await startPostact(), await startChromium()];
  requestId = await underWay(postact);
});
afterAll(async () => {
  await browser?.close();
  await postact?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const FILE = 'The original, as it came from the device';

/** The operator on the page of an image that awaits its file. */
async function atUpload(declaredKind: string): Promise<{ readonly operator: BrowserPerson; readonly imageId: string }> {
  const { imageId } = await fileImage(postact, requestId, { declaredKind });
  const operator = await BrowserPerson.as(browser, postact, 'p-ortiz');
  await operator.page.goto(`/images/${imageId}`);
  return { operator, imageId };
}

const tagged = ({ page }: BrowserPerson, words: string, timeout = 20_000): Promise<void> =>
  page.locator('.usa-tag', { hasText: words }).first().waitFor({ timeout });

describe('sending an original', () => {
  it('shows how far it is, can be stopped, and tries again after an interruption until it is kept', async () => {
    const picture = { name: 'scan-0001.png', mimeType: 'image/png', buffer: grayPng(640, 400) };
    const { operator, imageId } = await atUpload('png');
    const { page } = operator;
    const [stop, bar, words] = [
      page.getByRole('button', { name: 'Stop' }),
      page.getByRole('progressbar'),
      page.locator('#upload-words'),
    ];
    expect(await stop.isVisible()).toBe(false);
    expect(await bar.isVisible()).toBe(false);

    // The first sending hangs until it is stopped; the second is cut off; the third goes through.
    const sendings: ((abort: (why: string) => Promise<void>) => Promise<void>)[] = [
      async () => undefined,
      (abort) => abort('connectionreset'),
    ];
    await page.route(`${postact.endpoint}/**`, async (route) => {
      const met = route.request().method() === 'POST' ? sendings.shift() : undefined;
      return met ? met((why) => route.abort(why)) : route.continue();
    });
    await page.getByLabel(FILE).setInputFiles(picture);
    await page.getByRole('button', { name: 'Send the file' }).click();
    await stop.waitFor();
    await bar.waitFor();
    expect(Number(await bar.getAttribute('value'))).toBeGreaterThanOrEqual(0);
    // Stopped only once the first sending hangs; before that it would be the next one that does.
    await expect.poll(() => sendings.length, { timeout: 20_000 }).toBe(1);
    await stop.click();
    await words.filter({ hasText: 'Stopped. Nothing was kept; you can send the file again.' }).waitFor();
    expect(await stop.isVisible()).toBe(false);

    await page.getByRole('button', { name: 'Send the file' }).click();
    await words.filter({ hasText: 'The connection was interrupted. Trying again (1 of 6).' }).waitFor();
    await tagged(operator, 'Kept');
    expect(sendings).toEqual([]);
    expect(operator.problems.filter((problem) => !problem.includes('ERR_CONNECTION_RESET'))).toEqual([]);
    await operator.leave();

    // The same bytes again are kept, and the page says whose copy they are.
    const again = await atUpload('png');
    await again.operator.page.getByLabel(FILE).setInputFiles(picture);
    await again.operator.page.getByRole('button', { name: 'Send the file' }).click();
    await tagged(again.operator, 'Kept');
    await again.operator.page.getByRole('heading', { name: `The same file as ${imageId}` }).waitFor();
    await again.operator.leave();
  }, 180_000);

  it('refuses a file that is not what it is declared to be, and says why on the page', async () => {
    const { operator } = await atUpload('png');
    await operator.page
      .getByLabel(FILE)
      .setInputFiles({
        name: 'scan-0002.png',
        mimeType: 'image/png',
        buffer: Buffer.from('these words are no picture'),
      });
    await operator.page.getByRole('button', { name: 'Send the file' }).click();
    await tagged(operator, 'Refused');
    const why = operator.page.getByRole('alert').filter({ hasText: 'The file was not kept' });
    expect(await why.innerText()).toMatch(/Found .+; expected .+ What to do: /);
    expect(await operator.page.getByLabel(FILE).count()).toBe(0);
    await operator.checked('the image refused');
    await operator.leave();
  }, 180_000);

  it('takes 120 MB, and shows the SHA-256 that sha256sum would', async () => {
    const path = join(folder, 'scan-0003.dat');
    const piece = randomBytes(1_000_000);
    for (let megabyte = 0; megabyte < 120; megabyte++) {
      piece.writeUInt32LE(megabyte);
      writeFileSync(path, piece, { flag: 'a' });
    }
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);

    const { operator } = await atUpload('opaque');
    await operator.page.getByLabel(FILE).setInputFiles(path);
    await operator.page.getByRole('button', { name: 'Send the file' }).click();
    await tagged(operator, 'Kept', 60_000);
    const facts = await operator.page.locator('main').innerText();
    expect(facts).toContain(hash.digest('hex'));
    expect(facts).toContain('120,000,000 bytes');
    expect(facts).toMatch(/SHA-256 in the browser\s+the same/);
    expect(operator.problems).toEqual([]);
  }, 180_000);
});
