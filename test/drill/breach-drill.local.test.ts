/** The breach drill as people run it, against a whole host: once, because it takes most of a minute. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostact, type Postact } from '../postact.ts';

const DRILL = fileURLToPath(new URL('../../demo/drill-breach.ts', import.meta.url));

let postact: Postact;
beforeAll(async () => {
  postact = await startPostact();
});
afterAll(() => postact?.stop());

function run(...flags: string[]): Promise<{ readonly code: number | null; readonly said: string }> {
  const child = spawn(process.execPath, [DRILL, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => void (said += text));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })));
}

describe('the breach drill', () => {
  it(
    'XR26-EXT-20, XR26-EXT-21: plays 24 hours, finds every mail, the run and the ledger, and ends with 0',
    { timeout: 300_000 },
    async () => {
      const began = postact.now();
      const { code, said } = await run('--site', postact.site);
      expect(said).toMatch(/Everything was found, (\d+) of \1/);
      expect(code).toBe(0);
      const marks = [...said.matchAll(/^ {2}(ok|NO) {3}/gm)].map(([, mark]) => mark);
      expect([marks.length, marks.filter((mark) => mark !== 'ok')]).toEqual([17, []]);
      expect(said).toMatch(/23 hours, and no report\. The officer is reminded +0 h 5\d left/);
      expect(said).toMatch(/sends it, in time +0 h [123]\d left/);
      expect(postact.now().getTime() - began.getTime()).toBeGreaterThan(24 * 3_600_000);
    },
  );

  it('says where it looked when no host answers', async () => {
    const { code, said } = await run('--site', 'http://127.0.0.1:9');
    expect([code, said]).toEqual([1, expect.stringContaining('no host answers at http://127.0.0.1:9')]);
  });
});
