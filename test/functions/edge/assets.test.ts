/** The static files: what is served, under which version, and what no address reaches. */
import { createHash } from 'node:crypto';
import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ASSETS_VERSION } from '../../../functions/edge/assets-version.ts';
import { assetsIn, handler } from '../../../functions/edge/assets.lambda.ts';

const STATIC = new URL('../../../functions/edge/static/', import.meta.url);
/** Scripts that infra/ builds from these sources. */
const SCRIPTS = new URL('../../../functions/image/browser/', import.meta.url);

/** Over each file's path and bytes, in order, and the design system's version. */
function versionOfFiles(): string {
  const hash = createHash('sha256');
  for (const folder of [STATIC, SCRIPTS]) {
    for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()) {
      hash
        .update(`${path}\0`)
        .update(readFileSync(new URL(path, folder)))
        .update('\0');
    }
  }
  const uswds = JSON.parse(
    readFileSync(new URL('../../../node_modules/@uswds/uswds/package.json', import.meta.url), 'utf8'),
  ) as { version: string };
  return hash.update(uswds.version).digest('hex').slice(0, 12);
}

let home: string;
let app: ReturnType<typeof assetsIn>;
const CSS = `body { color: ${'x'.repeat(2000)} }`;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'assets-'));
  mkdirSync(join(home, 'static/uswds/fonts'), { recursive: true });
  writeFileSync(join(home, 'static/postact.css'), CSS);
  writeFileSync(join(home, 'static/uswds/fonts/a.woff2'), Buffer.from([0, 255, 128, 13, 10]));
  writeFileSync(join(home, 'static/notes.txt'), 'not a kind we serve');
  writeFileSync(join(home, 'secret.css'), 'outside');
  app = assetsIn(pathToFileURL(join(home, 'static/')));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const get = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers });

describe('the static files', () => {
  it('carry the version of what is checked in; if this fails, write the found version in assets-version.ts', () => {
    expect(ASSETS_VERSION).toBe(versionOfFiles());
  });

  it('are cached for ever under their own version', async () => {
    const answer = await get(`/assets/${ASSETS_VERSION}/postact.css`);
    expect(await answer.text()).toBe(CSS);
    expect(answer.headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });

  it('are answered without being kept under an earlier version', async () => {
    const answer = await get('/assets/0123456789ab/postact.css');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ])('are packed with %s for a browser that takes it', async (encoding, unpack) => {
    const answer = await get(`/assets/${ASSETS_VERSION}/postact.css`, { 'accept-encoding': encoding });
    expect(answer.headers.get('content-encoding')).toBe(encoding);
    expect(unpack(Buffer.from(await answer.arrayBuffer())).toString()).toBe(CSS);
  });

  it('are not packed for a browser that refuses it with q=0', async () => {
    const answer = await get(`/assets/${ASSETS_VERSION}/postact.css`, { 'accept-encoding': 'br;q=0, gzip;q=0.0' });
    expect(answer.headers.get('content-encoding')).toBeNull();
  });

  it('keep a font byte for byte', async () => {
    const answer = await get(`/assets/${ASSETS_VERSION}/uswds/fonts/a.woff2`, { 'accept-encoding': 'br' });
    expect(answer.headers.get('content-encoding')).toBeNull();
    expect([...new Uint8Array(await answer.arrayBuffer())]).toEqual([0, 255, 128, 13, 10]);
  });

  it.each([
    '../secret.css',
    '%2e%2e/secret.css',
    '..%2fsecret.css',
    '..%5csecret.css',
    'notes.txt',
    'none.css',
    'uswds',
    '.hidden.css',
    'uswds//fonts/a.woff2',
    '%00.css',
    '%',
  ])('do not include %s', async (path) => {
    expect((await get(`/assets/${ASSETS_VERSION}/${path}`)).status).toBe(404);
  });

  it('never leave the folder and never fail, whatever is asked', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom('.', '/', '%', '2', 'e', 'f', 'secret.css', '\\', 'a', '?') }),
        async (path) => {
          const answer = await get(`/assets/${ASSETS_VERSION}/${path}`);
          expect([200, 404]).toContain(answer.status);
          expect(await answer.text()).not.toContain('outside');
        },
      ),
      { numRuns: 300 },
    );
  });

  it('come out of the function as base64 when they are not text', async () => {
    const event = {
      version: '2.0',
      rawPath: `/assets/${ASSETS_VERSION}/favicon.svg`,
      rawQueryString: '',
      headers: { 'accept-encoding': 'br' },
      requestContext: { http: { method: 'GET' }, domainName: 'x.example' },
    };
    const answer = (await handler(event as never, {} as never)) as {
      statusCode: number;
      body: string;
      isBase64Encoded: boolean;
    };
    expect(answer).toMatchObject({ statusCode: 200, isBase64Encoded: true });
    expect(brotliDecompressSync(Buffer.from(answer.body, 'base64')).toString()).toContain('<svg');
  });
});
