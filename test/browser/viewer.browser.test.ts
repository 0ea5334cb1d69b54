/** Looking at an image: what the tools change is the view alone, the original is saved byte for byte, and a link is for one person and five minutes. */
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileImage, sendFile } from '../job.ts';
import { startPostact, type Postact } from '../postact.ts';
import { startChromium } from './chromium.ts';
import { underWay } from './deployed.ts';
import { openImage } from './fill.ts';
import { BrowserPerson } from './person.ts';
import { grayPng, grayTiff } from './pictures.ts';

let postact: Postact;
let browser: Browser;
const originals = { png: grayPng(640, 400), tiff: grayTiff(200, 100), opaque: Buffer.from('the maker’s own format') };
const ids: Record<string, string> = {};
beforeAll(async () => {
  [postact, browser] = [await startPostact(), await startChromium()];
  const requestId = await underWay(postact);
  for (const [declaredKind, bytes] of Object.entries(originals)) {
    const { client, imageId } = await fileImage(postact, requestId, { declaredKind });
    await sendFile(client, bytes);
    ids[declaredKind] = imageId;
  }
  await postact.settled();
});
afterAll(async () => {
  await browser?.close();
  await postact?.stop();
});

describe('looking at an image', () => {
  it('zooms, moves and lightens by keyboard and by button, and changes nothing but the view', async () => {
    const viewer = await BrowserPerson.as(browser, postact, 'p-okafor');
    const { page } = viewer;
    await page.goto(`/images/${ids.png}`);
    await openImage(page, 'See it');
    const [canvas, words] = [page.locator('#viewer-canvas'), page.locator('#viewer-words')];
    await words.filter({ hasText: 'Shown whole: 640 by 400 pixels.' }).waitFor();
    await canvas.focus();
    const whole = await canvas.screenshot();
    const sent: string[] = [];
    page.on('request', (request) => sent.push(`${request.method()} ${request.url()}`));

    const steps: readonly (readonly [name: string, act: () => Promise<unknown>])[] = [
      ['plus zooms in', () => page.keyboard.press('+')],
      ['an arrow moves', () => page.keyboard.press('ArrowRight')],
      ['Farther zooms out', () => page.getByRole('button', { name: 'Farther' }).click()],
      ['Closer zooms in', () => page.getByRole('button', { name: 'Closer' }).click()],
      ['the arrow of Contrast sharpens', () => page.getByLabel('Contrast').press('ArrowRight')],
      ['the arrow of Brightness lightens', () => page.getByLabel('Brightness').press('ArrowRight')],
    ];
    let before = await canvas.screenshot();
    for (const [name, act] of steps) {
      await act();
      const after = await canvas.screenshot();
      expect(after.equals(before), name).toBe(false);
      before = after;
    }
    expect(await words.textContent()).toMatch(/Shown at \d+ percent/);
    expect(await canvas.evaluate((shown) => getComputedStyle(shown).filter)).toBe('brightness(1.05) contrast(1.05)');
    await page.getByLabel('Contrast').press('ArrowLeft');
    await page.getByLabel('Brightness').press('ArrowLeft');
    await page.getByRole('button', { name: 'Whole image' }).click();
    await canvas.focus();
    await page.keyboard.press('0');
    expect((await canvas.screenshot()).equals(whole)).toBe(true);
    // Nothing of this went anywhere.
    expect(sent).toEqual([]);
    await viewer.checked('the viewer');

    await page.goto(`/images/${ids.png}`);
    const saved = page.waitForEvent('download');
    await openImage(page, 'Save the original');
    const file = await saved;
    expect(file.suggestedFilename()).toBe(`${ids.png}.png`);
    expect(readFileSync(await file.path()).equals(originals.png)).toBe(true);
    expect(viewer.problems).toEqual([]);
    await viewer.leave();
  }, 180_000);

  it('draws a TIFF, and says of an opaque original that there is no rendering', async () => {
    const viewer = await BrowserPerson.as(browser, postact, 'p-okafor');
    const { page } = viewer;
    await page.goto(`/images/${ids.tiff}`);
    await openImage(page, 'See it');
    await page.locator('#viewer-words', { hasText: 'Shown whole: 200 by 100 pixels.' }).waitFor();
    const shades = await page.locator('#viewer-canvas').evaluate((canvas: HTMLCanvasElement) => {
      const row = canvas.getContext('2d')!.getImageData(0, canvas.height / 2, canvas.width, 1).data;
      return [0.25, 0.5, 0.75].map((across) => row[Math.floor(canvas.width * across) * 4]!);
    });
    expect(shades[0]).toBeLessThan(shades[1]!);
    expect(shades[1]).toBeLessThan(shades[2]!);

    await page.goto(`/images/${ids.opaque}`);
    await openImage(page, 'See it');
    await page.getByText('There is no rendering of this kind of file').waitFor();
    expect(await page.locator('canvas, #viewer-image').count()).toBe(0);
    expect(viewer.problems).toEqual([]);
    await viewer.leave();
  }, 180_000);

  it('works for the person who opened it and nobody else, and for five minutes', async () => {
    const viewer = await BrowserPerson.as(browser, postact, 'p-okafor');
    await viewer.page.goto(`/images/${ids.png}`);
    await openImage(viewer.page, 'See it');
    await viewer.page.waitForURL(/\/viewer\?view=/);
    const opened = viewer.page.url();
    const other = await BrowserPerson.as(browser, postact, 'p-ortiz');
    for (const address of [opened, opened.replace('/viewer?', '/file?')]) {
      const answer = await other.page.goto(address);
      expect(answer!.status()).toBe(403);
      await other.page.getByText('a view that was opened by another member').waitFor();
    }
    expect((await viewer.page.reload())!.status()).toBe(200);
    await postact.advance(5);
    const answer = await viewer.page.reload();
    expect(answer!.status()).toBe(403);
    await viewer.page.getByText('Found a view that is over').waitFor();
    await viewer.page.goto(opened.replace('/viewer?', '/file?'));
    await viewer.page.getByText('Found a view that is over').waitFor();
    await viewer.checked('a view that is over');
  }, 180_000);
});
