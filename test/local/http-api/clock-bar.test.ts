import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MakePart } from '../../../local/contract.ts';
import type { RunningHost } from '../../../local/host.ts';
import { API_TO_FUNCTION, functionWithRole, startHost, writeAssembly } from '../write-assembly.ts';

const PAGE =
  "export const handler = async (event) => ({ statusCode: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: event.rawPath === '/part' ? '<p>part</p>' : '<html><body><h1>Page</h1></body></html>' })";

/** A part's own page, written the way node:http pages usually are. */
const mail: MakePart = () => ({
  pages: {
    '/mail': async (_, response) => {
      const html = '<html><body>Inbox</body></html>';
      response.writeHead(200, { 'content-type': 'text/html', 'content-length': html.length });
      response.end(html);
    },
  },
});

let running: RunningHost;
beforeEach(async () => {
  running = await startHost(
    writeAssembly({
      app: {
        template: { Resources: { ...functionWithRole(PAGE), ...API_TO_FUNCTION }, Outputs: { A: { Value: '1' } } },
      },
    }),
    { parts: [mail] },
  );
});
afterEach(() => running.stop());

const post = (body: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${running.site}/_local/clock`, {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });

describe('the clock bar', () => {
  it('is at the end of each page, a part’s own pages too, and not in what is no whole page', async () => {
    const page = await (await fetch(`${running.site}/requests?desk="x"`)).text();
    expect(page).toMatch(
      /<h1>Page<\/h1><link rel="stylesheet" href="\/_local\/bar.css">[^]*<\/section><\/body><\/html>$/,
    );
    expect(page).toContain('<input type="hidden" name="back" value="/requests?desk=%22x%22">');
    expect(page).not.toMatch(/style=|<script|<style/);
    expect(await (await fetch(`${running.site}/mail/1`)).text()).toMatch(/Inbox<link [^]*<\/section><\/body><\/html>$/);
    expect(await (await fetch(`${running.site}/part`)).text()).toBe('<p>part</p>');
    expect((await fetch(`${running.site}/_local/bar.css`)).headers.get('content-type')).toBe('text/css');
  });

  it('advances by a step and goes back to the page', async () => {
    const before = running.host.clock.now();
    const response = await post('advanceSeconds=3600&back=%2Frequests');
    expect([response.status, response.headers.get('location')]).toEqual([303, '/requests']);
    expect(running.host.clock.now() - before).toBeGreaterThanOrEqual(3_600_000);
  });

  it('advances until a New York time, over the change to summer time', async () => {
    const year = new Date(running.host.clock.now()).getUTCFullYear() + 1;
    await post(`until=${year}-01-15T09:00`);
    expect(new Date(running.host.clock.now()).toISOString()).toMatch(`${year}-01-15T14:00:0`);
    await post(`until=${year}-07-15T09:00`);
    expect(new Date(running.host.clock.now()).toISOString()).toMatch(`${year}-07-15T13:00:0`);
  });

  it('speaks JSON, and answers once all that fell due has happened', async () => {
    let fired = 0;
    running.host.clock.on('test', () => void fired++);
    running.host.clock.set({ kind: 'test', id: '1', dueAt: running.host.clock.now() + 60_000, payload: null });
    const response = await post('{"advanceSeconds":90}', { 'content-type': 'application/json' });
    expect([fired, await response.json()]).toEqual([1, { now: expect.any(String), offsetSeconds: 90 }]);
    expect(await (await fetch(`${running.site}/_local/clock`)).json()).toMatchObject({ offsetSeconds: 90 });
  });

  it.each(['advanceSeconds=-1', 'advanceSeconds=soon', 'until=2001-01-01T00:00', 'until=tomorrow', ''])(
    'refuses %j',
    async (body) => {
      const response = await post(body);
      expect([response.status, await response.json()]).toEqual([
        400,
        { message: expect.stringMatching(/^(advanceSeconds|until): .*(expected|past)/) },
      ]);
    },
  );

  it('takes posts from its own pages only', async () => {
    expect((await post('advanceSeconds=1', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await post('advanceSeconds=1', { origin: 'http://evil.example' })).status).toBe(403);
    expect((await post('advanceSeconds=1', { origin: running.site, 'sec-fetch-site': 'same-origin' })).status).toBe(
      303,
    );
  });

  it('never leads to another site', async () => {
    for (const back of ['//evil.example', 'http://evil.example', '/\\evil.example']) {
      expect((await post(`advanceSeconds=1&back=${encodeURIComponent(back)}`)).headers.get('location')).toBe('/');
    }
  });
});

describe('the site', () => {
  it('tells its health, its addresses and the outputs of the stacks', async () => {
    const { site, endpoint } = running;
    expect(await (await fetch(`${site}/_local/addresses`)).json()).toEqual({ site, endpoint });
    expect(await (await fetch(`${running.site}/_local/health`)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${running.site}/_local/outputs`)).json()).toEqual({ app: { A: '1' } });
  });
});
