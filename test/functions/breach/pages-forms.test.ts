/** Every form of a breach's pages: what is wrong leads to its field, what was typed is kept, and nothing is written. */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plusHours } from '../../../policies/instant.ts';
import { ACCOUNT, BreachWorld, HARM, nyFields, SECURITY, TRIAGE } from './page-world.ts';

let world: BreachWorld;
let id: string;
beforeAll(async () => {
  world = await BreachWorld.start();
});
afterAll(() => world?.table.stop());

/** Refused: with status 422, the field's error beside it, the summary leading there, and this still in the page. */
async function expectRefused(path: string, fields: Record<string, string>, field: string, kept: string): Promise<void> {
  const answer = await (await world.as('officer')).post(path, fields);
  const text = await answer.text();
  expect(answer.status, path).toBe(422);
  expect(text).toContain(`href="#${field}"`);
  expect(text).toContain(`id="${field}-error"`);
  expect(text.match(new RegExp(`id="${field}"`, 'g'))).toHaveLength(1);
  if (kept) expect(text).toContain(kept);
}

describe('the report form', () => {
  it.each<readonly [Record<string, string>, string]>([
    [{ technology: '' }, 'technology'],
    [{ technology: 'crystal-ball' }, 'technology'],
    [{ what: ' ' }, 'what'],
    [{ what: 'x'.repeat(4001) }, 'what'],
    [{ how: '' }, 'how'],
    [{ recipient: '' }, 'recipient'],
    [{ toWhom: '' }, 'toWhom'],
    [{ discoveredAtDate: '', discoveredAtTime: '' }, 'discoveredAt'],
    [{ discoveredAtDate: '2026-03-08', discoveredAtTime: '02:30' }, 'discoveredAt'],
    [{ discoveredAtDate: '2026-11-01', discoveredAtTime: '01:30' }, 'discoveredAt'],
    [{ discoveredAtDate: '2027-03-08', discoveredAtTime: '02:30' }, 'discoveredAt'],
    [{ discoveredAtDate: '9999-12-31' }, 'discoveredAt'],
    [{ occurredAtDate: '2026-11-30', occurredAtTime: '10:00' }, 'occurredAt'],
    [{ occurredAtDate: '2026-11-20' }, 'occurredAt'],
    [{ disclosureId: 'X-0000-0000' }, 'disclosureId'],
    [{ disclosureId: 'x'.repeat(41) }, 'disclosureId'],
  ])('with %j is shown again with the error at %s, and what was typed', async (wrong, field) => {
    const kept = field === 'toWhom' ? 'A mail was sent to a list' : 'value="The Harbor Office, by mail"';
    await expectRefused('/breaches', world.reportFields(wrong), field, kept);
  });
});

describe('a form of a breach', () => {
  beforeEach(async () => {
    id ??= await world.read();
  });

  it.each<readonly [string, Record<string, string>, string, string]>([
    ['triage', { ...TRIAGE, 'triage-violates': '' }, 'triage-violates', TRIAGE['triage-because']],
    ['triage', { ...TRIAGE, 'triage-because': 'short' }, 'triage-because', 'short'],
    ['triage', { ...TRIAGE, 'triage-broken': '' }, 'triage-broken', TRIAGE['triage-because']],
    ['triage', { ...TRIAGE, 'triage-broken': 'XR26-USE-07' }, 'triage-broken', TRIAGE['triage-because']],
    ['triage', { ...TRIAGE, 'triage-cause': 'fate' }, 'triage-cause', TRIAGE['triage-because']],
    [
      'read',
      { 'read-since': 'earlier', 'read-howEarlier': 'A call at night, from the reporter' },
      'read-awareSince',
      'A call at night',
    ],
    ['account', { ...ACCOUNT, 'account-people': 'some' }, 'account-people', 'value="some"'],
    ['account', { ...ACCOUNT, 'account-people': '0' }, 'account-people', ACCOUNT['account-summary']],
    ['account', { ...ACCOUNT, 'account-kinds': '' }, 'account-kinds', ACCOUNT['account-summary']],
    ['account', { ...ACCOUNT, 'account-minors': '' }, 'account-minors', ACCOUNT['account-summary']],
    ['account', { ...ACCOUNT, 'account-summary': '' }, 'account-summary', ACCOUNT['account-corrective']],
    ['account', { ...ACCOUNT, 'account-corrective': 'x' }, 'account-corrective', ACCOUNT['account-summary']],
    [
      'containment',
      { 'containment-what': 'Get it back from the list', 'containment-askedOf': 'nobody-of-that-name' },
      'containment-askedOf',
      'Get it back from the list',
    ],
    ['containment', { 'containment-what': '', 'containment-askedOf': 'asked' }, 'containment-what', 'value="asked"'],
    ['harm', { ...HARM, 'harm-people': '0' }, 'harm-people', 'value="0"'],
    ['harm', { ...HARM, 'harm-kinds': '' }, 'harm-kinds', ''],
    ['harm', { ...HARM, 'harm-reached': '' }, 'harm-reached', ''],
    ['harm', { ...HARM, 'harm-level': 'serious', 'harm-raisedTo': 'bad' }, 'harm-raisedTo', '>bad</textarea>'],
    ['harm', { ...HARM, 'harm-consequences': 'rain' }, 'harm-consequences', ''],
    ['security', { ...SECURITY, 'security-computerized': '' }, 'security-computerized', ''],
    ['security', { ...SECURITY, 'security-act': '' }, 'security-act', ''],
    ['security', { ...SECURITY, 'security-residentsToTell': '-1' }, 'security-residentsToTell', 'value="-1"'],
    ['security', { ...SECURITY, 'security-elements': 'shoe-size' }, 'security-elements', ''],
    [
      'consultations',
      { 'consultations-with': 'law-department', 'consultations-said': 'They agree with it' },
      'consultations-at',
      'They agree with it',
    ],
    [
      'consultations',
      { 'consultations-with': '', 'consultations-said': 'They agree with it' },
      'consultations-with',
      'They agree with it',
    ],
    [
      'notice',
      { 'notice-answer': 'do-not-notify', 'notice-because': 'It was destroyed unread', 'notice-which': 'none' },
      'notice-answer',
      'It was destroyed unread',
    ],
    [
      'notice',
      { 'notice-answer': 'notify', 'notice-because': 'It was read', 'notice-which': 'law' },
      'notice-requiredBy',
      'It was read',
    ],
    ['close', { 'close-because': '' }, 'close-because', ''],
    ['letter', { 'letter-whatWasDisclosed': 'An x-ray image', 'letter-toWhom': '' }, 'letter-toWhom', 'An x-ray image'],
    [
      'delay',
      { 'delay-ground': 'other', 'delay-why': 'It would be embarrassing' },
      'delay-ground',
      'It would be embarrassing',
    ],
    ['delay', { 'delay-ground': 'investigation', 'delay-why': '' }, 'delay-why', ''],
    ['people', { 'people-name': '', 'people-address': '1 Some Street' }, 'people-name', '1 Some Street'],
    ['people', { 'people-name': 'A Name', 'people-address': '' }, 'people-address', 'value="A Name"'],
    [
      'people',
      { 'people-name': 'A Name', 'people-address': '1 Some Street', 'people-email': 'nowhere' },
      'people-email',
      'value="nowhere"',
    ],
  ])('%s with %j is shown again with the error at %s', async (form, fields, field, kept) => {
    const before = await world.breach(id);
    await expectRefused(`/breaches/${id}/${form}`, fields, field, kept);
    expect(await world.breach(id)).toEqual(before);
  });

  it('for an attempt at one person leads to the field of that person', async () => {
    await world.done('officer', `/breaches/${id}/people`, {
      'people-name': 'A Name',
      'people-address': '1 Some Street',
    });
    const { personRef } = (await world.breach(id)).people[0]!;
    const fields = { [`attempt-${personRef}-way`]: 'pigeon', [`attempt-${personRef}-outcome`]: 'failed' };
    await expectRefused(`/breaches/${id}/people/${personRef}/attempts`, fields, `attempt-${personRef}-way`, '');
    await expectRefused(`/breaches/${id}/people/${personRef}/attempts`, fields, `attempt-${personRef}-at`, '');
  });

  it('for a report that has changed since it was read is not sent', async () => {
    await world.done('officer', `/breaches/${id}/account`, ACCOUNT);
    const answer = await (
      await world.as('officer')
    ).post(`/breaches/${id}/report`, { shownHash: 'a'.repeat(64), namesNobody: 'yes' });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('a report that has changed since it was shown');
    expect((await world.breach(id)).reportIds).toEqual([]);
  });

  it('of another session, or of another site, is not taken', async () => {
    const officer = await world.as('officer');
    expect((await officer.post(`/breaches/${id}/triage`, { ...TRIAGE, form: 'forged' })).status).toBe(403);
  });

  it('is never a fault of ours, whatever is typed', async () => {
    const value = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.constantFrom('yes', 'earlier', '1', '2026-11-24', '03:00'),
    );
    const names = [
      'violates',
      'because',
      'broken',
      'cause',
      'since',
      'awareSinceDate',
      'awareSinceTime',
      'people',
      'kinds',
      'reached',
      'with',
      'atDate',
      'atTime',
      'said',
      'answer',
      'which',
    ];
    const officer = await world.as('officer');
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('triage', 'read', 'account', 'harm', 'security', 'consultations', 'notice', 'delay', 'letter'),
        fc.array(value, { minLength: names.length, maxLength: names.length }),
        async (part, values) => {
          const fields = Object.fromEntries(names.map((name, index) => [`${part}-${name}`, values[index]!]));
          expect((await officer.post(`/breaches/${id}/${part}`, fields)).status).toBeLessThan(500);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('of a breach that is not there is answered with 404', async () => {
    const officer = await world.as('officer');
    for (const path of ['triage', 'report', 'people', 'people/T-1/mail', 'delay/lift'])
      expect((await officer.post(`/breaches/none/${path}`)).status, path).toBe(404);
    expect((await officer.get(`/breaches/${'x'.repeat(3000)}`)).status).toBe(404);
  });

  it('changes when the hour of the clock is put earlier, and never later', async () => {
    const other = await world.read();
    const later = {
      'read-since': 'earlier',
      'read-howEarlier': 'A call at night, from the reporter',
      ...nyFields('read-awareSince', plusHours(world.now, 1)),
    };
    await expectRefused(`/breaches/${other}/read`, later, 'read-awareSince', 'A call at night');
    await world.done('officer', `/breaches/${other}/read`, {
      ...later,
      ...nyFields('read-awareSince', plusHours(world.now, -2)),
    });
    expect(await world.text('officer', `/breaches/${other}`)).toContain('22 hours left');
  });
});
