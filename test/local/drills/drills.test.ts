/** Drills: one button each on the clock bar, one run at a time, shown as it goes, ended with the host. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunningHost } from '../../../local/host.ts';
import { API_TO_FUNCTION, functionWithRole, startHost, writeAssembly } from '../write-assembly.ts';

const PAGE =
  "export const handler = async () => ({ statusCode: 200, headers: { 'content-type': 'text/html' }, body: '<html><body>Page</body></html>' })";
/** Says where the site is, waits until it is told to end by the clock having moved, and says that. */
const DRILL = `
const site = process.argv[process.argv.indexOf('--site') + 1];
console.log('begins at <' + site + '>');
for (;;) {
  const clock = await (await fetch(site + '/_local/clock')).json().catch(() => process.exit(3));
  if (clock.offsetSeconds >= 60) break;
  await new Promise((resolve) => setTimeout(resolve, 50));
}
console.log('saw the clock move');
process.exit(Number(process.argv[1].includes('fails') ? 1 : 0));
`;

const folder = mkdtempSync(join(tmpdir(), 'drills-'));
const drill = (name: string) => {
  const path = join(folder, `${name}.mjs`);
  writeFileSync(path, DRILL);
  return { name: `Run "${name}"`, path };
};

let running: RunningHost;
beforeEach(async () => {
  running = await startHost(
    writeAssembly({ app: { template: { Resources: { ...functionWithRole(PAGE), ...API_TO_FUNCTION } } } }),
    { drills: [drill('goes'), drill('fails')] },
  );
});
afterEach(() => running.stop());

const post = (place: number | string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${running.site}/_local/drills/${place}`, { method: 'POST', redirect: 'manual', headers });
const watch = (place: number | string) => fetch(`${running.site}/_local/drills/${place}`);
const moveClock = () =>
  fetch(`${running.site}/_local/clock`, { method: 'POST', body: JSON.stringify({ advanceSeconds: 60 }) });

describe('a drill', () => {
  it('has a button on the bar of each page, and no page of its own host runs a script', async () => {
    const page = await (await fetch(`${running.site}/`)).text();
    expect(page).toContain(
      '<form method="post" action="/_local/drills/0"><button>Run &quot;goes&quot;</button></form>',
    );
    expect(page).toContain('action="/_local/drills/1"');
    const own = await watch(0);
    expect(own.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    expect(await own.text()).toContain('It has not been started.');
    expect((await fetch(`${running.site}/_local/drills/style.css`)).headers.get('content-type')).toBe('text/css');
  });

  it('runs when its button is pressed, and its page shows what it says as it says it', async () => {
    const pressed = await post(0);
    expect([pressed.status, pressed.headers.get('location')]).toEqual([303, '/_local/drills/0']);
    const reader = (await watch(0)).body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('begins at')) text += (await reader.read()).value ?? '';
    expect(text).toContain(`begins at &lt;${running.site}&gt;`);
    expect(text).not.toContain('</html>');
    await moveClock();
    for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) text += value;
    expect(text).toMatch(/saw the clock move\n<\/pre>\n<p><strong>It ended well\.<\/strong>[\s\S]*<\/html>/);
    expect(await (await watch(0)).text()).toContain('saw the clock move');
  });

  it('runs alone: who presses another button meanwhile is shown the one that runs', async () => {
    await post(1);
    expect((await post(0)).headers.get('location')).toBe('/_local/drills/1');
    await moveClock();
    expect(await (await watch(1)).text()).toContain('It ended with code 1.');
    expect((await post(0)).headers.get('location')).toBe('/_local/drills/0');
  });

  it('is started by a post from a page of this site only, and only if it is there', async () => {
    expect((await post(0, { origin: 'http://evil.example' })).status).toBe(403);
    expect((await post(0, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await post(7)).status).toBe(404);
    expect((await post('x')).status).toBe(404);
    expect((await fetch(`${running.site}/_local/drills/0`, { method: 'PUT' })).status).toBe(405);
    expect(await (await watch(0)).text()).toContain('It has not been started.');
  });

  it('ends with the host', async () => {
    await post(0);
    const page = watch(0).then((response) => response.text());
    await expect.poll(async () => (await fetch(`${running.site}/_local/health`)).status).toBe(200);
    const began = Date.now();
    await running.stop();
    expect(Date.now() - began).toBeLessThan(5_000);
    await page.catch(() => undefined);
  });
});
