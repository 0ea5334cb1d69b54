/**
 * The scripts of the image pages in a real browser, over the real pages and the real store: a file is sent with its hash
 * and its progress, also over an interruption, and a TIFF is drawn. Skipped where no Chromium is installed.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newSecret } from '../../../functions/edge/system.ts';
import { checkFile } from '../../../functions/image/check-file.ts';
import { dutyLine } from '../../../functions/image/contract.ts';
import { imagePages } from '../../../functions/image/image-pages.lambda.tsx';
import { keepImage } from '../../../functions/image/keep-image.ts';
import { BUCKET, startImageWorld, type ImageWorld } from './image-world.ts';
import * as make from './samples.ts';

const CHROMIUM = '/usr/bin/chromium';
const COOKIE = newSecret();
const at = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

let world: ImageWorld;
let server: Server;
let site: string;
let browser: Browser;

beforeAll(async () => {
  if (!existsSync(CHROMIUM)) return;
  world = await startImageWorld();
  const app = imagePages(() => ({
    ...world.needs,
    originals: world.originals.pages,
    visitorOf: async (cookie) =>
      cookie === COOKIE
        ? {
            personId: 'P-op',
            name: 'Ana Operator',
            email: 'a@example.gov',
            roles: ['ctb-operator', 'investigator'],
            rank: 'detective',
            bureau: 'counterterrorism',
            command: 'ctb',
            uniformed: true,
            active: true,
            sessionId: 's'.repeat(64),
            formSecret: COOKIE,
          }
        : undefined,
  }));
  server = await serve(app, await scripts());
  site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await world.s3.deploy('AWS::S3::Bucket', 'Images', {
    BucketName: BUCKET,
    ObjectLockEnabled: true,
    VersioningConfiguration: { Status: 'Enabled' },
    NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    CorsConfiguration: {
      CorsRules: [{ AllowedOrigins: [site], AllowedMethods: ['POST', 'GET'], AllowedHeaders: ['*'] }],
    },
  });
  await world.line(dutyLine('P-op'), 'C-77');
  browser = await chromium.launch({ executablePath: CHROMIUM });
});
afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
  await world?.stop();
});

/** The scripts as infra/ builds them, by file name. */
async function scripts(): Promise<ReadonlyMap<string, string>> {
  const names = ['upload', 'viewer', 'tiff'];
  const { outputFiles } = await build({
    entryPoints: names.map((name) => at(`functions/image/browser/${name}.ts`)),
    outdir: '/out',
    write: false,
    bundle: true,
    format: 'esm',
    minify: true,
    target: 'es2022',
    logLevel: 'silent',
  });
  return new Map(outputFiles.map(({ path, text }) => [path.split('/').at(-1)!, text]));
}

async function serve(app: ReturnType<typeof imagePages>, files: ReadonlyMap<string, string>): Promise<Server> {
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const [, path] = /^\/assets\/[^/]+\/(.+)$/.exec(request.url!) ?? [];
    if (path) {
      const file = [
        at(`functions/edge/static/${path}`),
        at(`node_modules/@uswds/uswds/dist/${path.replace(/^uswds\//, '')}`),
      ].find((one) => existsSync(one));
      const kind = path.endsWith('.css') ? 'text/css' : path.endsWith('.svg') ? 'image/svg+xml' : 'text/javascript';
      const body = files.get(path) ?? (file && readFileSync(file));
      response.writeHead(body ? 200 : 404, { 'content-type': kind }).end(body);
      return;
    }
    const answer = await app.request(`${site}${request.url}`, {
      method: request.method!,
      headers: Object.entries(request.headers) as [string, string][],
      ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
    });
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(Buffer.from(await answer.arrayBuffer()));
  };
  const listening = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return listening;
}

async function open(path: string): Promise<Page> {
  const context = await browser.newContext();
  await context.addCookies([{ name: 'session', value: COOKIE, url: site }]);
  const page = await context.newPage();
  await page.goto(`${site}${path}`);
  return page;
}

/** Does what the workflow does once a file has come, as soon as it has. */
async function intake(id: string): Promise<void> {
  for (let look = 0; look < 300 && (await world.image(id)).state === 'awaiting-upload'; look++) {
    await world.announce();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const { kind } = await checkFile({ ...world.needs, originals: world.originals.check }, { imageId: id });
  if (kind === 'fit') await keepImage({ ...world.needs, originals: world.originals.keep }, { imageId: id });
}

const choose = (page: Page, file: Buffer) =>
  page.setInputFiles('#file', { name: 'scan', mimeType: 'application/octet-stream', buffer: file });
const noViolations = async (page: Page): Promise<void> => {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
};

describe.skipIf(!existsSync(CHROMIUM))('sending a file with scripts', () => {
  it('reads its hash, sends it, and shows the page as it is then', async () => {
    const id = await world.file();
    const page = await open(`/images/${id}`);
    await noViolations(page);
    await choose(page, Buffer.concat([make.png([make.chunk('teSt', Buffer.alloc(9_000_000, 1))])]));
    await Promise.all([intake(id), page.click('#upload-button'), page.waitForSelector('text=under legal hold')]);
    const { filed, stored } = await world.image(id);
    expect(filed.sha256).toBe(stored!.sha256);
    expect(await page.textContent('main')).toContain('SHA-256 in the browserthe same');
    await noViolations(page);
  });

  it('tries again by itself after an interruption, with a fresh form', async () => {
    const id = await world.file();
    const page = await open(`/images/${id}`);
    let interrupted = 0;
    await page.route(`${world.s3.endpoint}/**`, (route) =>
      route.request().method() === 'POST' && interrupted++ === 0 ? route.abort('connectionreset') : route.continue(),
    );
    await choose(page, make.png([make.chunk('teSt', Buffer.from('again'))]));
    await Promise.all([intake(id), page.click('#upload-button'), page.waitForSelector('text=under legal hold')]);
    expect(interrupted).toBeGreaterThanOrEqual(2);
  });

  it('says what is in the way of a file that is not taken, and sends nothing', async () => {
    const id = await world.file();
    const page = await open(`/images/${id}`);
    await choose(page, Buffer.alloc(0));
    await page.click('#upload-button');
    await page.waitForFunction(() => document.getElementById('upload-words')?.textContent?.includes('empty'));
    expect((await world.image(id)).filed.sha256).toBeUndefined();
  });
});

describe.skipIf(!existsSync(CHROMIUM))('the viewer', () => {
  async function view(file: Buffer, declaredKind: 'png' | 'tiff'): Promise<Page> {
    const id = await world.kept(file, { declaredKind });
    const page = await open(`/images/${id}`);
    await page.selectOption('#purpose', 'criminal-investigation');
    await page.fill('#caseNumber', 'C-77');
    await page.fill('#need', 'to compare it with the door');
    await page.click('button[value=view]');
    return page;
  }

  it.each([
    ['a PNG', () => make.png(), 'png', '2 by 2'],
    [
      'a TIFF',
      () =>
        make.tiff([
          {
            fields: [
              [256, 3, [4]],
              [257, 3, [4]],
              [258, 3, [8]],
              [259, 3, [1]],
              [262, 3, [1]],
              [273, 4, [8]],
              [277, 3, [1]],
              [278, 3, [4]],
              [279, 4, [16]],
            ],
          },
        ]),
      'tiff',
      '4 by 4',
    ],
  ] as const)(
    'draws %s on a canvas that keys enlarge and move, and nothing is sent back',
    async (_, file, kind, size) => {
      const page = await view(file(), kind);
      const posts: string[] = [];
      page.on('request', (request) => request.method() !== 'GET' && posts.push(request.url()));
      await page.waitForSelector('#viewer-canvas');
      await page.waitForFunction((text) => document.getElementById('viewer-words')?.textContent?.includes(text), size);
      await page.focus('#viewer-canvas');
      await page.keyboard.press('0');
      await page.keyboard.press('+');
      await page.waitForFunction(() => /percent/.test(document.getElementById('viewer-words')?.textContent ?? ''));
      await page.fill('[data-set=brightness]', '150');
      expect(
        await page.evaluate(() => (document.getElementById('viewer-canvas') as HTMLCanvasElement).style.filter),
      ).toBe('brightness(150%) contrast(100%)');
      expect(posts).toEqual([]);
      await noViolations(page);
    },
  );

  it('saves the original as it was kept', async () => {
    const file = make.png([make.chunk('teSt', Buffer.from('saved'))]);
    const id = await world.kept(file);
    const page = await open(`/images/${id}`);
    await page.selectOption('#purpose', 'other-official-business');
    await page.fill('#need', 'to copy it for the records');
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('button[value=download]')]);
    expect(download.suggestedFilename()).toBe(`${id}.png`);
    const pieces: Buffer[] = [];
    for await (const piece of await download.createReadStream()) pieces.push(piece as Buffer);
    expect(Buffer.concat(pieces).equals(file)).toBe(true);
  });
});
