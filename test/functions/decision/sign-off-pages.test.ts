/** The sign-off's pages on a real table, without a host: what they show to whom, and what a form does. */
import { verify } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifySignature } from '../../../functions/decision/answer-signature.ts';
import type { Decision, DisclosureMatter } from '../../../functions/decision/contract.ts';
import { AnswerNotSigned } from '../../../functions/decision/faults.ts';
import { newSecret } from '../../../functions/edge/system.ts';
import { plusMs } from '../../../policies/instant.ts';
import { form, startOffice, type Office } from './office.ts';
import { asked, SHOWN } from './signing-off.ts';

let office: Office;
beforeAll(async () => {
  office = await startOffice();
});
afterAll(() => office?.bureau.stop());

const idOf = ({ matter }: Decision): string => (matter as DisclosureMatter).disclosureId;
const boxes = (text: string) =>
  [...text.matchAll(/<input\b[^>]*type="checkbox"[^>]*>/g)].map(
    ([box]) => `${/value="([^"]*)"/.exec(box)![1]}${/\bchecked/.test(box) ? ' ticked' : ''}`,
  );

describe('the page of a sign-off', () => {
  it('shows the time left, each thing that would leave ticked, what stands out, and three answers', async () => {
    const own = await asked(office.bureau);
    const text = await (await office.officer.get(`/decisions/${own.id}`)).text();
    expect(text).toContain(`<h1>Sign off disclosure ${idOf(own)}</h1>`);
    expect(text).toMatch(/pa-deadline[\s\S]*14 days left/);
    expect(boxes(text)).toEqual(['E-1 ticked', 'E-2 ticked', 'E-3 ticked']);
    for (const { heading, lines } of SHOWN)
      for (const word of [heading, ...lines.map((line) => line.text)]) expect(text).toContain(word);
    expect(text).toMatch(/usa-alert--warning[\s\S]*Look at this twice[\s\S]*three are enclosed/);
    expect([...text.matchAll(/name="answer" value="([^"]+)"/g)].map(([, value]) => value)).toEqual([
      'approve',
      'decline',
      'ask-back',
    ]);
    expect(text).toContain('href="/policy/clauses/XR26-EXT-11"');
    expect(text).toContain(`name="shown" value="${own.shownHash}"`);
  });

  it('needs no script, and Return in a check box presses no button', async () => {
    const own = await asked(office.bureau);
    const text = await (await office.officer.get(`/decisions/${own.id}`)).text();
    const posted = /<form method="post" action="\/decisions\/D-[\s\S]*?<\/form>/.exec(text)![0];
    expect(posted).not.toMatch(/onclick|onsubmit|<script/);
    expect(/<button\b[^>]*>/.exec(posted)![0]).toMatch(/disabled[^>]*hidden/);
  });

  it('names every field to a screen reader', async () => {
    const text = await (await office.officer.get(`/decisions/${(await asked(office.bureau)).id}`)).text();
    const ids = new Set([...text.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id));
    const used = [...text.matchAll(/(?:for|aria-describedby)="([^"]+)"/g)].flatMap(([, names]) => names!.split(' '));
    expect(used.filter((id) => !ids.has(id))).toEqual([]);
    for (const [box] of text.matchAll(/<input\b[^>]*type="checkbox"[^>]*>/g))
      expect(used).toContain(/\bid="([^"]+)"/.exec(box)![1]);
    expect(text).toMatch(/<fieldset[^>]*><legend class="usa-legend"><h2>What leaves<\/h2><\/legend>/);
  });

  it('opens for the person a link was sent to, and for nobody else', async () => {
    const own = await asked(office.bureau);
    const link = await office.linkTo(own, 'p-okafor');
    expect((await office.officer.get(link)).status).toBe(200);
    for (const other of [office.deputy, office.auditor]) {
      const answer = await other.get(link);
      const text = await answer.text();
      expect([answer.status, text]).toEqual([403, expect.stringContaining('privacy officer or deputy it names')]);
      expect(text).not.toContain('box truck');
    }
    for (const path of [
      `/decisions/link/${newSecret()}`,
      link.slice(0, -2),
      `/decisions/link/${'a'.repeat(64)}`,
      '/decisions/D-none',
    ])
      expect((await office.officer.get(path)).status).toBe(404);
  });

  it('is shut to an officer whose office has ended, and says by which clause', async () => {
    const own = await asked(office.bureau);
    const link = await office.linkTo(own, 'p-okafor');
    const heldFrom = '2024-01-02T05:00:00.000Z';
    await office.bureau.change('p-okafor', {
      privacyOffice: { office: 'agency-privacy-officer', heldFrom, heldUntil: plusMs(office.bureau.now, -1) },
    });
    const before = await office.everything();
    for (const path of [link, `/decisions/${own.id}`]) {
      const answer = await office.officer.get(path);
      const text = await answer.text();
      expect([answer.status, text]).toEqual([403, expect.stringContaining('not yours to sign off now')]);
      expect(text).toContain('href="/policy/clauses/XR26-EXT-11"');
      expect(text).not.toContain('box truck');
    }
    expect(await office.everything()).toBe(before);
    const answer = await office.officer.post(link, form(own));
    expect([answer.status, await answer.text()]).toEqual([403, expect.not.stringContaining('box truck')]);
    await office.bureau.change('p-okafor');
    expect((await office.bureau.decision(own.id)).state).toBe('waiting');
  });
});

describe('the form of a sign-off', () => {
  it('approves what is ticked: all of it, signed, and leads to the disclosure', async () => {
    const own = await asked(office.bureau);
    const text = await (await office.officer.post(await office.linkTo(own, 'p-okafor'), form(own))).text();
    expect(text).toContain('You signed off this disclosure');
    expect(text).toContain(`href="/disclosures/${idOf(own)}"`);
    const answered = await office.bureau.decision(own.id);
    expect(answered.answer).toMatchObject({ answer: 'approve', door: 'mail-link', shownHash: own.shownHash });
    expect(answered.answer).not.toHaveProperty('kept');
    expect(verifySignature(office.bureau.key.pem, answered)).toBe(true);
    // The page says what was signed, so that anyone can check it with the public key.
    const said = /What was signed<\/dt><dd><code>([^<]*)</.exec(text)![1]!.replaceAll('&quot;', '"');
    const { value } = answered.answer!.signature!;
    expect(text).toContain(value);
    expect(verify('sha256', Buffer.from(said), office.bureau.key.pem, Buffer.from(value, 'base64'))).toBe(true);
  });

  it('narrows by one tap, and says afterwards what may leave and what stays', async () => {
    const own = await asked(office.bureau);
    expect(
      await (await office.officer.post(`/decisions/${own.id}`, form(own, { keep: ['E-1', 'E-3'] }))).text(),
    ).toContain('2 of 3 things may leave');
    expect((await office.bureau.decision(own.id)).answer).toMatchObject({ kept: ['E-1', 'E-3'], door: 'desk' });
    const later = await (await office.officer.get(`/decisions/${own.id}`)).text();
    expect(later).toMatch(
      /Image E-1[\s\S]*?may leave[\s\S]*Image E-2[\s\S]*?stays here[\s\S]*Image E-3[\s\S]*?may leave/,
    );
    expect(later).not.toContain('name="answer"');
  });

  it.each([
    ['decline', 'You declined this disclosure', 'Declined'],
    ['ask-back', 'You asked back about this disclosure', 'comes back as a new sign-off'],
  ])('takes %s', async (to, title, said) => {
    const own = await asked(office.bureau);
    const text = await (await office.officer.post(`/decisions/${own.id}`, form(own, { answer: to, keep: [] }))).text();
    expect(text).toContain(title);
    expect(text).toContain(said);
    expect((await office.bureau.decision(own.id)).answer!.answer).toBe(to);
  });

  it('is shown again when refused, with what was typed and ticked, and where it is wrong', async () => {
    const own = await asked(office.bureau);
    const answer = await office.officer.post(`/decisions/${own.id}`, form(own, { reason: 'short', keep: ['E-2'] }));
    const text = await answer.text();
    expect(answer.status).toBe(422);
    expect(text).toMatch(/href="#reason"/);
    expect(text).toContain('short</textarea>');
    expect(boxes(text)).toEqual(['E-1', 'E-2 ticked', 'E-3']);
    const nothing = await office.officer.post(`/decisions/${own.id}`, form(own, { keep: [] }));
    expect([nothing.status, await nothing.text()]).toEqual([
      422,
      expect.stringMatching(/href="#keep"[\s\S]*id="keep"/),
    ]);
    expect((await office.officer.post(`/decisions/${own.id}`, form(own, { keep: ['E-9'] }))).status).toBe(422);
    expect((await office.officer.post(`/decisions/${own.id}`, form(own, { shown: 'f'.repeat(64) }))).status).toBe(422);
    expect((await office.officer.post(`/decisions/${own.id}`, form(own, { answer: 'release' }))).status).toBe(303);
    expect((await office.bureau.decision(own.id)).state).toBe('waiting');
  });

  it('sent twice is told that it was settled before', async () => {
    const own = await asked(office.bureau);
    await office.officer.post(`/decisions/${own.id}`, form(own));
    const again = await office.officer.post(`/decisions/${own.id}`, form(own, { answer: 'decline' }));
    expect([again.status, await again.text()]).toEqual([409, expect.stringContaining('This has been answered')]);
  });

  it('is told to the ledger by the clause of its ground when it is tried with another’s link', async () => {
    const own = await asked(office.bureau, { ground: 'consent', technology: 'license-plate-reader' });
    expect((await office.deputy.post(await office.linkTo(own, 'p-okafor'), form(own))).status).toBe(403);
    expect((await office.bureau.records.ledgerOf(own.on)).at(-1)).toMatchObject({
      act: 'decision refused to a person',
      by: { id: 'p-adler' },
      clauses: ['LPR26-EXT-05'],
      facts: { fields: ['not named'] },
    });
    expect((await office.bureau.decision(own.id)).state).toBe('waiting');
  });

  it('that the key does not sign says so, changes nothing, and may be sent again', async () => {
    const own = await asked(office.bureau);
    const before = await office.everything();
    office.sign = async () => {
      throw new AnswerNotSigned('the key did not sign');
    };
    expect((await office.officer.post(`/decisions/${own.id}`, form(own))).status).toBe(503);
    office.sign = office.bureau.key.sign;
    expect(await office.everything()).toBe(before);
    expect((await office.officer.post(`/decisions/${own.id}`, form(own))).status).toBe(200);
  });

  it('too late shows that it has lapsed, and no form', async () => {
    const now = office.bureau.now;
    const own = await asked(office.bureau, {}, { lapsesAt: plusMs(now, 60_000) });
    office.bureau.now = plusMs(now, 60_000);
    const text = await (await office.officer.get(`/decisions/${own.id}`)).text();
    expect(text).toContain('The time to sign off has passed');
    expect(text).not.toContain('name="answer"');
    expect((await office.officer.post(`/decisions/${own.id}`, form(own))).status).toBe(422);
    office.bureau.now = now;
  });

  it('is never a fault of ours, whatever is posted', async () => {
    const own = await asked(office.bureau);
    const value = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.constantFrom('approve', 'decline', 'ask-back', 'E-1', '__proto__'),
    );
    const fields = fc.record({ answer: value, reason: value, keep: fc.array(value, { maxLength: 5 }), shown: value });
    await fc.assert(
      fc.asyncProperty(fields, async (posted) => {
        expect((await office.officer.post(`/decisions/${own.id}`, posted)).status).toBeLessThan(500);
      }),
      { numRuns: 60 },
    );
    expect((await office.bureau.decision(own.id)).state).toBe('waiting');
  });
});
