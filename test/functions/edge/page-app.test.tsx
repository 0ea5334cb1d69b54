/** What every page has: who is asking, headers, forms that are ours, and a calm answer for whatever goes wrong. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromEpochMs } from '../../../policies/instant.ts';
import { FormSecret } from '../../../functions/edge/fields.tsx';
import { page } from '../../../functions/edge/frame.tsx';
import {
  formOf,
  handlerOf,
  mustBeAble,
  pageApp,
  publicFormSecret,
  signedIn,
  type PageNeeds,
} from '../../../functions/edge/page-app.tsx';
import { newSecret } from '../../../functions/edge/system.ts';
import type { Visitor } from '../../../functions/edge/visitor.ts';
import { ChangedMeanwhile, RecordMissing, RecordsBusy } from '../../../functions/records/faults.ts';

const COOKIE = newSecret();
const VISITOR: Visitor = {
  personId: 'P-1',
  name: 'Dana O’Neil <b>',
  email: 'dana@example.gov',
  roles: ['auditor'],
  rank: 'civilian',
  bureau: 'b',
  command: 'c',
  uniformed: false,
  active: true,
  sessionId: 'a'.repeat(64),
  formSecret: newSecret(),
};

function appOf(visitor: Visitor | undefined = VISITOR) {
  const log: Record<string, unknown>[] = [];
  const needs: PageNeeds = {
    visitorOf: async (secret) => (secret === COOKIE ? visitor : undefined),
    now: () => fromEpochMs(0),
  };
  const app = pageApp(
    () => needs,
    (line) => log.push({ ...line }),
  );
  app.get('/hello', (c) => page(c, { title: 'Hello & <welcome>' }, <p>{c.var.visitor?.name ?? 'nobody'}</p>));
  app.get('/mine', (c) =>
    page(
      c,
      { title: signedIn(c).personId, uploadOrigin: 'https://up.example', imageOrigin: 'https://img.example' },
      '',
    ),
  );
  app.post('/mine', async (c) => page(c, { title: (await formOf(c)).text('what') || 'nothing' }, ''));
  app.get('/ledger', (c) => page(c, { title: mustBeAble(c, 'read-ledger').personId }, ''));
  app.get('/decide/:secret', (c) => page(c, { title: mustBeAble(c, 'decide-use').personId }, ''));
  app.get('/open', (c) => page(c, { title: 'Open' }, <FormSecret secret={publicFormSecret(c)} />));
  app.get('/fault/:kind', (c) => {
    const kind = c.req.param('kind');
    if (kind === 'busy') throw new RecordsBusy('x');
    if (kind === 'changed') throw new ChangedMeanwhile('x');
    if (kind === 'missing') throw new RecordMissing('x');
    throw new Error('secret words of Dana');
  });
  return { app, log };
}

const SIGNED = { cookie: `session=${COOKIE}` };
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const body = (fields: Record<string, string>) => new URLSearchParams(fields).toString();

describe('a page', () => {
  it('escapes its title and what people are called', async () => {
    const text = await (await appOf().app.request('/hello', { headers: SIGNED })).text();
    expect(text).toContain('<title>Hello &amp; &lt;welcome&gt; · postact</title>');
    expect(text).toContain('Dana O’Neil &lt;b&gt;');
    expect(text.startsWith('<!doctype html><html lang="en">')).toBe(true);
  });

  it('has no inline script, style or handler', async () => {
    const text = await (await appOf().app.request('/hello', { headers: SIGNED })).text();
    expect(text).not.toMatch(/<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)/);
  });

  it('forbids what it does not need, and keeps nothing in a cache', async () => {
    const { headers } = await appOf().app.request('/mine', { headers: SIGNED });
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'self'; img-src 'self' data: blob: https://img.example; connect-src 'self' https://up.example; " +
        "form-action 'self' https://up.example; frame-ancestors 'none'; base-uri 'none'; object-src 'none'",
    );
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('same-origin');
  });

  it('gives the same headers to pages about failures', async () => {
    for (const path of ['/nowhere', '/fault/x']) {
      const { headers } = await appOf().app.request(path);
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it('offers each role only its places', async () => {
    const auditor = await (await appOf().app.request('/hello', { headers: SIGNED })).text();
    expect(auditor).toContain('href="/ledger"');
    const operator = await (
      await appOf({ ...VISITOR, roles: ['ctb-operator'] }).app.request('/hello', { headers: SIGNED })
    ).text();
    expect(operator).not.toContain('href="/ledger"');
  });
});

describe('a visitor without a session', () => {
  it('is sent to sign in and comes back to the same address', async () => {
    const answer = await appOf().app.request('/mine?a=1&b=2');
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/sign-in?next=%2Fmine%3Fa%3D1%26b%3D2');
  });

  it('is told that a posted form was not saved', async () => {
    const { app } = appOf(undefined);
    app.post('/needs', (c) => page(c, { title: signedIn(c).name }, ''));
    expect((await app.request('/needs', { method: 'POST' })).status).toBe(401);
  });
});

describe('a task', () => {
  it('is open to a role that holds it', async () => {
    expect((await appOf().app.request('/ledger', { headers: SIGNED })).status).toBe(200);
  });

  it('is refused by name, with the roles that hold it, and logged without the person or the address', async () => {
    const { app, log } = appOf();
    const answer = await app.request('/decide/very-secret', { headers: SIGNED });
    expect(answer.status).toBe(403);
    const text = await answer.text();
    expect(text).toContain('Decide whether mobile x-ray is used');
    expect(text).toContain('CTB executive');
    expect(log).toEqual([{ outcome: 'denied', task: 'decide-use', session: 'aaaaaaaaaaaa' }]);
  });
});

describe('a form', () => {
  const post = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
    appOf().app.request('/mine', { method: 'POST', headers: { ...SIGNED, ...FORM, ...headers }, body: body(fields) });

  it('is read when it carries the secret of its session', async () => {
    const answer = await post({ form: VISITOR.formSecret, what: '  a\r\nb\u0000 ' });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('<h1>a\nb</h1>');
  });

  it.each([
    ['has no secret', {}, {}, 403],
    ['has another secret', { form: newSecret() }, {}, 403],
    ['says another site sent it', { form: VISITOR.formSecret }, { 'sec-fetch-site': 'cross-site' }, 403],
    ['says a sibling site sent it', { form: VISITOR.formSecret }, { 'sec-fetch-site': 'same-site' }, 403],
    ['names another origin', { form: VISITOR.formSecret }, { origin: 'https://evil.example' }, 403],
    ['hides its origin', { form: VISITOR.formSecret }, { origin: 'null' }, 403],
    ['is not a form', { form: VISITOR.formSecret }, { 'content-type': 'application/json' }, 415],
    ['is too long', { form: VISITOR.formSecret, what: 'x'.repeat(100_001) }, {}, 413],
  ] as const)('is refused when it %s', async (_, fields, headers, status) => {
    expect((await post(fields, headers)).status).toBe(status);
  });

  it('of a page for everyone is bound to a cookie and useless without it', async () => {
    const { app } = appOf(undefined);
    const opened = await app.request('/open');
    const cookie = opened.headers.get('set-cookie')!;
    expect(cookie).toMatch(/^form=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    const secret = /name="form" value="([^"]+)"/.exec(await opened.text())![1]!;
    const send = (headers: Record<string, string>) =>
      app.request('/mine', {
        method: 'POST',
        headers: { ...FORM, ...headers },
        body: body({ form: secret, what: 'asked' }),
      });
    expect((await send({ cookie: cookie.split(';')[0]! })).status).toBe(200);
    expect((await send({})).status).toBe(403);
    expect((await send({ cookie: `form=${newSecret()}` })).status).toBe(403);
  });
});

describe('what goes wrong', () => {
  it.each([
    ['busy', 503],
    ['changed', 409],
    ['missing', 404],
    ['other', 500],
  ])('answers a fault of kind %s with %i and a reference that is in the log', async (kind, status) => {
    const { app, log } = appOf();
    const answer = await app.request(`/fault/${kind}`);
    expect(answer.status).toBe(status);
    expect(await answer.text()).toContain(String(log[0]!.reference));
  });

  it('never logs what a library said, which may name people', async () => {
    const { app, log } = appOf();
    await app.request('/fault/other');
    expect(JSON.stringify(log)).not.toContain('Dana');
    expect(log[0]).toMatchObject({ outcome: 'fault', fault: 'Error' });
  });

  it.each(['PUT', 'DELETE', 'OPTIONS', 'PATCH'])('answers %s with 405 and what is allowed', async (method) => {
    const answer = await appOf().app.request('/mine', { method });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, HEAD, POST');
  });

  it('answers an unknown address with 404', async () => {
    expect((await appOf().app.request('/nowhere')).status).toBe(404);
  });

  it('is never our fault, whatever cookie, path or form arrives', async () => {
    const { app } = appOf();
    const header = fc.string().map((text) => encodeURIComponent(text).replaceAll("'", '%27'));
    await fc.assert(
      fc.asyncProperty(
        header,
        fc.webPath(),
        fc.uint8Array({ maxLength: 300 }),
        fc.boolean(),
        async (cookie, path, bytes, named) => {
          const answer = await app.request(path.startsWith('/fault') ? '/mine' : path || '/', {
            headers: { cookie: `${named ? 'session=' : ''}${cookie}` },
          });
          expect(answer.status).toBeLessThan(500);
          const posted = await app.request('/mine', {
            method: 'POST',
            headers: { ...FORM, cookie: `form=${cookie}` },
            body: new Uint8Array(bytes),
          });
          expect(posted.status).toBe(403);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('behind an HTTP API', () => {
  const event = {
    version: '2.0',
    rawPath: '/open',
    rawQueryString: '',
    headers: {},
    requestContext: { http: { method: 'GET' }, domainName: 'x.example' },
  };
  it('cookies of an https site carry the host prefix and never travel in the clear', async () => {
    process.env.SITE_URL = 'https://postact.example.gov';
    const answer = (await handlerOf(appOf().app, 'test')(event as never, {} as never)) as {
      statusCode: number;
      cookies: string[];
    };
    delete process.env.SITE_URL;
    expect(answer.statusCode).toBe(200);
    expect(answer.cookies[0]).toMatch(/^__Host-form=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
  });
});
