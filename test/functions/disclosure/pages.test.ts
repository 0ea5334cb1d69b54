/** The pages of a disclosure on a real table: asking for one, changing it, and what is enclosed in it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { disclosuresOfMonth, immigrationRequests } from '../../../functions/disclosure/contract.ts';
import { RECIPIENTS } from '../../../policies/editions/disclosure-grounds.ts';
import { unlabelled } from './controls.ts';
import { now, SHA, startDesks, textOf, whole, type Desks } from './desks.ts';

let desks: Desks;
beforeAll(async () => {
  desks = await startDesks();
});
afterAll(() => desks?.table.stop());

describe('asking for a disclosure', () => {
  it('asks first who gets it, and then what that kind of recipient is asked', async () => {
    const chooser = await textOf(desks.asker.get('/disclosures/new'));
    for (const { label } of RECIPIENTS) expect(chooser).toContain(label.replace("'", '&#39;'));
    expect(await textOf(desks.asker.get('/disclosures/new?to=news-media'))).toContain('name="purpose"');
    expect((await desks.asker.get('/disclosures/new?to=nobody')).status).toBe(422);
  });

  it('opens it and goes to its page, which says what is next and what is missing', async () => {
    const id = await desks.opened({ matter: '' });
    const text = await textOf(desks.asker.get(`/disclosures/${id}`));
    expect(text).toContain('Being prepared');
    expect(text).toContain(`href="/disclosures/${id}/change#matter"`);
    expect(text).toContain(`href="/disclosures/${id}/enclosures"`);
    expect(text).toContain('href="/policy/clauses/XR26-EXT-04"');
    expect(unlabelled(text)).toEqual([]);
  });

  it('opens one disclosure for one form, however often it is sent', async () => {
    const draft = 'd'.repeat(43);
    expect(await desks.opened({ draft })).toBe(await desks.opened({ draft }));
  });

  it('shows a refused form again with all that was typed, and opens nothing', async () => {
    const before = (await desks.table.records.linesOf(disclosuresOfMonth(now()))).length;
    const answer = await desks.asker.post('/disclosures', whole({ email: 'nowhere', about: 'Mine & "yours"' }));
    expect(answer.status).toBe(422);
    const text = await answer.text();
    expect(text).toContain('href="#email"');
    expect(text).toContain('id="email-error"');
    expect(text).toContain('Mine &amp; &quot;yours&quot;');
    expect(text).toContain('value="nowhere"');
    expect((await desks.table.records.linesOf(disclosuresOfMonth(now()))).length).toBe(before);
  });

  it.each(['civil-provisions', 'presence-entry-departure', 'registration-documents', 'designated-proxy'])(
    'stops at %s, and names the record of it',
    async (immigration) => {
      const answer = await desks.asker.post('/disclosures', whole({ immigration, about: 'Words of mine' }));
      expect(answer.status).toBe(422);
      const text = await answer.text();
      expect(text).toContain('Stopped: immigration enforcement');
      expect(text).toContain('href="/policy/clauses/nyc-10-178-d"');
      const [, id] = /on record as (G-[0-9A-Z]{4}-[0-9A-Z]{4})/.exec(text)!;
      const record = await desks.table.records.get(immigrationRequests, id!);
      expect(record).toMatchObject({ response: 'refused', purpose: immigration, by: desks.asker.personId });
      expect(JSON.stringify(record)).not.toContain('Words of mine');
    },
  );

  it('stops a yes that comes with a change, for good', async () => {
    const id = await desks.opened();
    const answer = await desks.asker.post(`/disclosures/${id}`, whole({ immigration: 'civil-provisions' }));
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('Refused by policy or law');
    expect((await desks.disclosure(id)).state).toBe('refused');
    expect((await desks.asker.get(`/disclosures/${id}/change`)).status).toBe(409);
  });

  it('is for those who may ask for a disclosure', async () => {
    expect((await desks.auditor.get('/disclosures/new')).status).toBe(403);
    expect((await desks.auditor.post('/disclosures', whole())).status).toBe(403);
  });
});

describe('changing a disclosure', () => {
  it('shows the form as it is on record, and keeps what is changed', async () => {
    const id = await desks.opened();
    const text = await textOf(desks.asker.get(`/disclosures/${id}/change`));
    expect(text).toContain('value="IND-1234-26"');
    expect(unlabelled(text)).toEqual([]);
    const answer = await desks.asker.post(`/disclosures/${id}`, whole({ matter: 'IND-9999-26' }));
    expect(answer.headers.get('location')).toBe(`/disclosures/${id}`);
    expect((await desks.disclosure(id)).asked.recipient).toMatchObject({ matter: { caseNumber: 'IND-9999-26' } });
  });

  it('shows a refused change again with what was typed', async () => {
    const id = await desks.opened();
    const answer = await desks.asker.post(`/disclosures/${id}`, whole({ technology: '', about: 'Another word' }));
    expect(answer.status).toBe(422);
    const text = await answer.text();
    expect(text).toContain('href="#technology"');
    expect(text).toContain('Another word');
    expect(text).toContain(`action="/disclosures/${id}"`);
  });
});

describe('what is enclosed', () => {
  it('offers the kept images of one’s own cases, and of no other', async () => {
    const id = await desks.opened();
    const text = await textOf(desks.asker.get(`/disclosures/${id}/enclosures?case=2026-0042`));
    expect(text).toContain('value="I-KEPT-0001"');
    expect(text).toContain('href="/images/I-KEPT-0001"');
    expect(unlabelled(text)).toEqual([]);
    const foreign = await textOf(desks.asker.get(`/disclosures/${id}/enclosures?case=2026-0099`));
    expect(foreign).not.toContain('I-KEPT-0002');
    expect(foreign).toContain('not among your duties');
  });

  it('is listed as what it is, the copy beside its original, with the first letters of its SHA-256', async () => {
    const id = await desks.opened();
    await desks.asker.post(`/disclosures/${id}/images`, { imageId: 'I-KEPT-0001', imageLabel: 'Scan of the van' });
    const [original] = (await desks.disclosure(id)).enclosures;
    const begun = await desks.asker.post(`/disclosures/${id}/files`, {
      kind: 'redacted-copy',
      madeOf: original!.id,
      whatWasRedacted: 'The passenger',
      copyLabel: 'Scan without the passenger',
      copyFileName: 'scan.png',
    });
    const place = begun.headers.get('location')!;
    expect(place).toMatch(new RegExp(`^/disclosures/${id}/files/`));
    const form = await desks.asker.get(place);
    expect(form.headers.get('content-security-policy')).toContain("form-action 'self' https://store.example");
    const text = await form.text();
    expect(text).toContain('enctype="multipart/form-data"');
    expect(text).not.toContain('Take it in');
    expect((await desks.asker.post(place)).status).toBe(422);

    const copy = (await desks.disclosure(id)).enclosures[1]!;
    desks.arrived.set('incomingKey' in copy ? copy.incomingKey : '', 77);
    expect(await textOf(desks.asker.get(place))).toContain('Take it in');
    expect((await desks.disclosure(id)).enclosures[1]).not.toHaveProperty('file');
    expect((await desks.asker.post(place)).headers.get('location')).toBe(`/disclosures/${id}/enclosures`);
    const listed = await textOf(desks.asker.get(`/disclosures/${id}`));
    expect(listed).toContain('Redacted copy of Scan of the van');
    expect(listed).toContain(SHA.slice(0, 12));
    await desks.asker.post(`/disclosures/${id}/enclosures/${original!.id}/leave-out`);
    expect(await textOf(desks.asker.get(`/disclosures/${id}`))).toContain('Left out');
  });

  it('may be a number', async () => {
    const id = await desks.opened();
    await desks.asker.post(`/disclosures/${id}/counts`, {
      countLabel: 'Scans in May',
      countText: '41 scans in May 2026',
    });
    expect((await desks.disclosure(id)).enclosures).toMatchObject([{ kind: 'count', text: '41 scans in May 2026' }]);
  });

  it.each([
    ['images', { imageId: 'I-KEPT-0002', imageLabel: 'Of another case' }, 'imageId', 'value="Of another case"'],
    ['images', { imageId: 'I-KEPT-0001', imageLabel: '' }, 'imageLabel', 'value="I-KEPT-0001"'],
    ['counts', { countLabel: 'Scans', countText: '' }, 'countText', 'value="Scans"'],
    [
      'files',
      { kind: 'redacted-copy', madeOf: 'nothing', whatWasRedacted: 'x', copyLabel: 'My copy', copyFileName: 'a.png' },
      'madeOf',
      'value="My copy"',
    ],
  ])('is refused at %s with %j, leading to %s', async (path, fields, field, kept) => {
    const id = await desks.opened();
    const answer = await desks.asker.post(`/disclosures/${id}/${path}`, { case: '2026-0042', ...fields });
    expect(answer.status).toBe(422);
    const text = await answer.text();
    expect(text).toContain(`href="#${field}"`);
    expect(text).toContain(kept);
    expect((await desks.disclosure(id)).enclosures).toEqual([]);
  });

  it('of another technology is a record of its own system, and no image', async () => {
    const id = await desks.opened({ technology: 'digital-camera' });
    const text = await textOf(desks.asker.get(`/disclosures/${id}/enclosures`));
    expect(text).toContain('name="system"');
    expect(text).not.toContain('Add an image');
  });
});
