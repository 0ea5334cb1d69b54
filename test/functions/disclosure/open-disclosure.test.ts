import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeDisclosure } from '../../../functions/disclosure/change-disclosure.ts';
import { disclosuresOfMonth } from '../../../functions/disclosure/contract.ts';
import { openDisclosure, type DisclosureAskedDraft } from '../../../functions/disclosure/open-disclosure.ts';
import { plusMinutes } from '../../../policies/instant.ts';
import { refusalsIn } from '../bureau.ts';
import { done, startOffice, type Office } from './office.ts';

let office: Office;
beforeAll(async () => {
  office = await startOffice();
});
afterAll(() => office.stop());

const opening = async (over: Partial<DisclosureAskedDraft> = {}, who = 'p-ortiz', draft?: string) =>
  openDisclosure(office.needs, {
    person: await office.acting(who),
    asked: office.asked(over),
    ...(draft && { draft }),
  });
const changing = async (id: string, over: Partial<DisclosureAskedDraft>, who = 'p-ortiz') =>
  changeDisclosure(office.needs, { disclosureId: id, person: await office.acting(who), asked: office.asked(over) });

describe('opening a disclosure', () => {
  it('keeps what was asked, to be prepared; nothing runs, and it lapses in thirty days', async () => {
    const disclosure = await office.opened();
    expect(disclosure).toMatchObject({ state: 'preparing', requesterId: 'p-ortiz', edition: 'xray-2026', version: 1 });
    expect(disclosure.id).toMatch(/^X-....-....$/);
    expect(disclosure.lapsesAt).toBe('2026-12-24T15:00:00.000Z');
    expect(await office.acts(disclosure.id)).toEqual(['disclosure opened']);
    expect(await office.records.linesOf(disclosuresOfMonth(office.now))).toContain(disclosure.id);
    expect(await office.records.onDesk('person#p-ortiz')).toContainEqual({ noun: 'disclosure', record: disclosure });
  });

  it('XR26-SAFE-16: writes down who confirmed what, and when', async () => {
    const { asked } = await office.opened();
    for (const one of [asked.identity, asked.affiliation, asked.lawfulness])
      expect(one).toMatchObject({ byId: 'p-ortiz', at: office.now });
  });

  it('tells the ledger kinds and hashes, and no word that was typed', async () => {
    const { id } = await office.opened({ about: 'SECRET-WORDS about the truck' });
    const told = JSON.stringify(await office.records.ledgerOf(`disclosure#${id}`));
    expect(told).not.toMatch(/SECRET-WORDS|Ada|da\.example|Called back/);
  });

  it('is for those whose role asks for disclosures', async () => {
    expect(refusalsIn(await opening({}, 'p-novak'))).toEqual(['house-kinds-of-disclosure requester']);
    const person = { ...(await office.acting()), active: false };
    const answer = await openDisclosure(office.needs, { person, asked: office.asked() });
    expect(refusalsIn(answer)).toEqual(['house-kinds-of-disclosure requester']);
  });

  it.each<[string, Partial<Record<keyof DisclosureAskedDraft, unknown>>, string]>([
    ['a technology without a policy', { technology: 'drone' }, 'technology'],
    ['a kind that is not on the list', { disclosureType: 'still-images' }, 'disclosureType'],
    ['a recipient that is not on the list', { recipient: { kind: 'anyone' } }, 'recipient'],
    ['another way than two', { way: 'fax' }, 'way'],
    ['more text than a record holds', { about: 'x'.repeat(4001) }, 'about'],
    [
      'a consent of tomorrow',
      {
        basis: {
          ground: 'consent',
          people: [
            { personRef: 'One', capacity: 'adult', consent: { signedBy: 'person', at: '2026-11-25T15:00:00.000Z' } },
          ],
        },
      },
      'consent',
    ],
  ])('refuses %s', async (_what, over, field) => {
    expect(refusalsIn(await opening(over as Partial<DisclosureAskedDraft>))).toEqual([
      `house-kinds-of-disclosure ${field}`,
    ]);
  });

  it('keeps what the rule would refuse: that is judged, and put on record, when it is sent', async () => {
    expect(await opening({ lawfulness: { outcome: 'unlawful', because: 'No ground at all' } })).toMatchObject({
      kind: 'opened',
    });
  });

  it('opens one disclosure for a form sent twice', async () => {
    const [one, two] = [await opening({}, 'p-ortiz', 'draft-1'), await opening({}, 'p-ortiz', 'draft-1')];
    expect(one).toMatchObject({ kind: 'opened' });
    expect(two).toEqual(one);
    expect(await opening({}, 'p-reyes', 'draft-1')).not.toEqual(one);
  });
});

describe('changing a disclosure', () => {
  it('keeps who confirmed something while the words are the same', async () => {
    const { id, asked } = await office.opened();
    office.later(10);
    const next = done(
      await changing(id, { identity: { outcome: 'confirmed', how: 'Came in with a badge' } }, 'p-okafor'),
    );
    expect(next.asked.identity).toMatchObject({ byId: 'p-okafor', at: office.now });
    expect(next.asked.affiliation).toEqual(asked.affiliation);
    expect(plusMinutes(asked.affiliation!.at, 10)).toBe(office.now);
  });

  it('writes nothing when nothing changed', async () => {
    const { id, version } = await office.opened();
    expect(done(await changing(id, {}))).toMatchObject({ version });
    expect(await office.acts(id)).toEqual(['disclosure opened']);
  });

  it('is for its requester, and for a privacy officer who prepares it', async () => {
    const { id } = await office.opened();
    expect(await changing(id, { about: 'Another truck altogether' }, 'p-reyes')).toEqual({ kind: 'missing' });
    expect(await changing(id, { about: 'Another truck altogether' }, 'p-stone')).toEqual({ kind: 'missing' });
    expect(await changing('X-NONE-NONE', {})).toEqual({ kind: 'missing' });
    expect(await changing(id, { about: 'Another truck altogether' }, 'p-adler')).toMatchObject({ kind: 'done' });
  });

  it('house-shown-is-decided: is over once it was sent', async () => {
    const { id } = await office.sent();
    expect(refusalsIn(await changing(id, { about: 'Another truck altogether' }))).toEqual([
      'house-shown-is-decided state',
    ]);
  });

  it('does not move enclosures to another technology', async () => {
    const { id } = await office.prepared();
    expect(refusalsIn(await changing(id, { technology: 'license-plate-reader' }))).toEqual([
      'house-shown-is-decided technology',
    ]);
    const { id: empty } = await office.opened();
    expect(done(await changing(empty, { technology: 'license-plate-reader' })).edition).toBe('plate-reader-2026');
  });
});
