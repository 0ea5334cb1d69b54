/** The link of a sign-off under scanners and blind posts: nothing but the named person's own form is an answer. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { form, startOffice, type Office } from './office.ts';
import { asked, WHY } from './signing-off.ts';

let office: Office;
beforeAll(async () => {
  office = await startOffice();
});
afterAll(() => office?.bureau.stop());

describe('a link that is followed 200 times', () => {
  it('with GET, HEAD and OPTIONS, by a scanner and by the officer’s own session, changes nothing', async () => {
    const own = await asked(office.bureau);
    const link = await office.linkTo(own, 'p-okafor');
    const before = await office.everything();
    for (let turn = 0; turn < 200; turn++) {
      const method = ['GET', 'HEAD', 'OPTIONS'][turn % 3]!;
      const path =
        turn % 2 === 0
          ? link
          : `${link}?answer=approve&reason=${encodeURIComponent(WHY)}&shown=${own.shownHash}&keep=E-1`;
      const answer = turn % 4 < 2 ? await office.app.request(path, { method }) : await office.officer.get(path, method);
      expect(answer.status).toBeLessThan(500);
    }
    expect(await office.everything()).toBe(before);
    expect((await office.bureau.decision(own.id)).state).toBe('waiting');
  });

  it('and posted blind, with and without a session, is not an answer', async () => {
    const own = await asked(office.bureau);
    const link = await office.linkTo(own, 'p-okafor');
    const before = await office.everything();
    const fields = { ...form(own), keep: 'E-1' };
    for (const body of [
      '',
      new URLSearchParams(fields).toString(),
      new URLSearchParams({ ...fields, form: randomBytes(32).toString('base64url') }).toString(),
    ]) {
      const answer = await office.app.request(link, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
      expect([401, 403]).toContain(answer.status);
    }
    expect(await office.everything()).toBe(before);
  });
});
