/**
 * Serves the static files. They lie beside the bundle, where infra/ copies them:
 *
 *   static/postact.css, favicon.svg, *.js   from functions/edge/static/
 *   static/uswds/css/uswds.min.css          from @uswds/uswds/dist/css
 *   static/uswds/fonts/, static/uswds/img/  from @uswds/uswds/dist (fonts: the .woff2 files are enough)
 *
 * An address holds the version of all of them (assets-version.ts), so a file of this version is cached for ever. A page
 * made just before a deployment may still ask under the version before; it is answered with today's file, uncached.
 *
 *   openapi.json, beside that folder       from docs/: what the interface for systems takes and answers, for anyone
 *
 * Called by  GET /assets/{version}/{path}, GET /api/v1/openapi.json
 * Faults     none: what is not there is 404
 */
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import middy from '@middy/core';
import { Hono } from 'hono';
import { handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda';
import { ASSETS_VERSION } from './assets-version.ts';
import { loggedAs } from './middleware.ts';

const KINDS: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
};
const IS_TEXT = new Set(['.css', '.js', '.json', '.svg']);

/** One folder name or file name: no separators, no leading dot, so no path can leave the folder. */
const PART = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;

type Encoding = 'br' | 'gzip' | 'identity';

const pack: Record<Encoding, (bytes: Buffer) => Promise<Buffer>> = {
  // Quality 5 packs the 0.5 MB style sheet in about 20 ms, and it is packed once for each copy of the function.
  br: (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (bytes) => promisify(gzip)(bytes),
  identity: (bytes) => Promise.resolve(bytes),
};

/** The files of a folder as an app. `folder` ends in a slash. */
export function assetsIn(folder: URL): Hono {
  const kept = new Map<string, Promise<Buffer | undefined>>();
  const bytesOf = (path: string, encoding: Encoding): Promise<Buffer | undefined> => {
    const key = `${encoding} ${path}`;
    const found = kept.get(key) ?? readFile(new URL(path, folder)).then(pack[encoding], () => undefined);
    if (!kept.has(key))
      kept.set(
        key,
        found.then((bytes) => (bytes ? bytes : (kept.delete(key), undefined))),
      );
    return found;
  };

  const app = new Hono();
  app.get('/assets/:version{[0-9a-f]{12}}/:path{.+}', async (c) => {
    const { version, path } = c.req.param();
    const kind = KINDS[extname(path)];
    if (!kind || !path.split('/').every((part) => PART.test(part))) return c.notFound();
    const encoding = IS_TEXT.has(extname(path)) ? encodingFor(c.req.header('accept-encoding')) : 'identity';
    const bytes = await bytesOf(path, encoding);
    if (!bytes) return c.notFound();
    return c.body(new Uint8Array(bytes), 200, {
      'Content-Type': kind,
      'Cache-Control': version === ASSETS_VERSION ? 'public, max-age=31536000, immutable' : 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Resource-Policy': 'same-origin',
      Vary: 'Accept-Encoding',
      ...(encoding !== 'identity' && { 'Content-Encoding': encoding }),
    });
  });
  app.get('/api/v1/openapi.json', async (c) => {
    const encoding = encodingFor(c.req.header('accept-encoding'));
    const bytes = await bytesOf('../openapi.json', encoding);
    if (!bytes) return c.notFound();
    return c.body(new Uint8Array(bytes), 200, {
      'Content-Type': KINDS['.json']!,
      'Cache-Control': 'public, max-age=300',
      'X-Content-Type-Options': 'nosniff',
      Vary: 'Accept-Encoding',
      ...(encoding !== 'identity' && { 'Content-Encoding': encoding }),
    });
  });
  app.notFound((c) =>
    c.text('no such file\n', 404, { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' }),
  );
  return app;
}

function encodingFor(accepted = ''): Encoding {
  const names = accepted
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => !/;\s*q=0(\.0*)?$/.test(part));
  const has = (name: string): boolean => names.some((part) => part.split(';')[0]!.trim() === name);
  return has('br') ? 'br' : has('gzip') ? 'gzip' : 'identity';
}

const answer = handle(assetsIn(new URL('./static/', import.meta.url)));

export const handler = middy<LambdaEvent, unknown>()
  .use(loggedAs('assets'))
  .handler((event, context) => answer(event, context as LambdaContext));
