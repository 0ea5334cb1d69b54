/** The pages of a breach on a real table: what each person sees of it, and that looking changes nothing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyOf } from '../../../functions/records/entity.ts';
import { plusHours } from '../../../policies/instant.ts';
import { ACCOUNT, AFFECTED, BreachWorld, HARM, nyFields, SECURITY, START, TRIAGE, type Who } from './page-world.ts';

let world: BreachWorld;
beforeAll(async () => {
  world = await BreachWorld.start();
});
afterAll(() => world?.table.stop());

const WORDS = 'An x-ray image of a vehicle';
const statusOf = async (who: Who, path: string) => (await (await world.as(who)).get(path)).status;

describe('reporting a breach', () => {
  it.each(['stranger', 'officer', 'auditor', 'ended'] as const)('is open to any member: %s', async (who) => {
    expect(await statusOf(who, '/breaches/new')).toBe(200);
  });

  it('is thanked for on a page that tells what happens now', async () => {
    const id = await world.reported();
    const text = await world.text('reporter', `/breaches/${id}`);
    expect(text).toContain('Thank you. What happens now');
    expect(text).toContain(WORDS);
    expect(text).toContain('Reported, not read yet');
  });

  it('sent twice is one report', async () => {
    const draft = 'd'.repeat(43);
    expect(await world.reported({ draft })).toBe(await world.reported({ draft }));
  });

  it('shows a reporter their own reports alone, and of each the state', async () => {
    const id = await world.read();
    await world.done('officer', `/breaches/${id}/triage`, TRIAGE);
    const own = await world.text('reporter', '/breaches');
    expect(own).toContain(id);
    expect(await world.text('stranger', '/breaches')).not.toContain(id);
    const text = await world.text('reporter', `/breaches/${id}`);
    expect(text).toContain('A violation of the law');
    for (const secret of [TRIAGE['triage-because'], 'What is owed', 'What happened</h2>', 'pa-clock', 'pa-drawing'])
      expect(text).not.toContain(secret);
  });

  it('by the officer starts the clock when it was discovered', async () => {
    const answer = await (await world.as('officer')).post('/breaches', world.reportFields());
    const text = await world.text('officer', answer.headers.get('location')!);
    expect(text).toContain('22 hours left');
  });
});

describe('a report that nobody has read', () => {
  it.each(['officer', 'deputy', 'chief', 'auditor'] as const)(
    'shows %s that it was made, and not what it says',
    async (who) => {
      const id = await world.reported();
      const text = await world.text(who, `/breaches/${id}`);
      expect(text).toContain('Reading it starts the clock');
      for (const word of ['Harbor', 'vehicle', 'list that was']) expect(text).not.toContain(word);
      expect(text.includes('Read it now')).toBe(who === 'officer' || who === 'deputy');
      for (const page of ['report', 'notices']) {
        const answer = await (await world.as(who)).get(`/breaches/${id}/${page}`);
        expect(answer.status).toBe(who === 'officer' || who === 'deputy' ? 303 : 403);
      }
      expect((await world.breach(id)).state).toBe('reported');
    },
  );

  it('is read with one press, and the page then tells what is left', async () => {
    const id = await world.reported();
    await world.done('deputy', `/breaches/${id}/read`, { 'read-since': 'now' });
    const text = await world.text('deputy', `/breaches/${id}`);
    expect(text).toContain('24 hours left');
    expect(text).toContain(WORDS);
    expect(text).toMatch(/became aware[\s\S]*?2 hours after it was discovered/);
  });

  it('can have been known before, and then says since when and how', async () => {
    const id = await world.reported();
    const earlier = { 'read-since': 'earlier', ...nyFields('read-awareSince', plusHours(world.now, -1)) };
    const refused = await (await world.as('officer')).post(`/breaches/${id}/read`, earlier);
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('href="#read-howEarlier"');
    await world.done('officer', `/breaches/${id}/read`, {
      ...earlier,
      'read-howEarlier': 'The reporter called me at two in the night',
    });
    expect(await world.text('officer', `/breaches/${id}`)).toContain('23 hours left');
  });
});

describe('a breach that was read', () => {
  const FORMS = ['triage', 'account', 'containment', 'harm', 'security', 'consultations', 'notice'];
  it.each<readonly [Who, number, boolean]>([
    ['officer', 200, true],
    ['deputy', 200, true],
    ['chief', 200, false],
    ['auditor', 200, false],
    ['ended', 403, false],
    ['stranger', 404, false],
    ['asked', 404, false],
  ])('answers %s with %i', async (who, status, acts) => {
    const id = await world.read();
    expect(await statusOf(who, `/breaches/${id}`)).toBe(status);
    const text = await world.text(who, `/breaches/${id}`);
    for (const form of FORMS) expect(text.includes(`action="/breaches/${id}/${form}"`), form).toBe(acts);
    expect(text.includes(WORDS)).toBe(status === 200);
  });

  it.each(['ended', 'chief', 'auditor', 'stranger', 'reporter'] as const)('takes no form from %s', async (who) => {
    const id = await world.read();
    const before = await world.breach(id);
    for (const [form, fields] of [
      ['triage', TRIAGE],
      ['account', ACCOUNT],
      ['harm', HARM],
      ['security', SECURITY],
      ['people', {}],
      ['report', {}],
    ] as const)
      expect((await (await world.as(who)).post(`/breaches/${id}/${form}`, fields)).status, form).toBe(403);
    expect(await world.breach(id)).toEqual(before);
  });

  it('is shown by looking at it, and nothing else', async () => {
    const id = await world.read();
    const before = [await world.breach(id), await world.records.headOf(keyOf('breach', id))];
    for (const who of ['officer', 'auditor', 'reporter', 'stranger'] as const)
      for (const path of ['', '/report', '/notices', '/read', '/triage', '/containment/none', '/notices/none/letter'])
        expect((await (await world.as(who)).get(`/breaches/${id}${path}`)).status, path).toBeLessThan(500);
    expect([await world.breach(id), await world.records.headOf(keyOf('breach', id))]).toEqual(before);
  });

  it('is found not to violate the law, and that can be taken back', async () => {
    const id = await world.read();
    await world.done('officer', `/breaches/${id}/triage`, {
      'triage-violates': 'no',
      'triage-because': 'The recipient had asked for it by law',
    });
    const text = await world.text('officer', `/breaches/${id}`);
    expect(text).not.toContain('pa-clock');
    expect(text).toContain('Take it back');
    await world.done('officer', `/breaches/${id}/triage`, TRIAGE);
    expect(await world.text('officer', `/breaches/${id}`)).toContain('24 hours left');
  });

  it('is listed with the time that is left, the most urgent first', async () => {
    world.now = plusHours(START, 1);
    const later = await world.read();
    world.now = plusHours(START, 2);
    const unread = await world.reported();
    const text = await world.text('deputy', '/breaches');
    expect(text.indexOf(unread)).toBeLessThan(text.indexOf(later));
    expect(text).toMatch(/Read it: the clock starts then/);
    expect(text).toMatch(/2[0-3] hours/);
    expect(text).not.toContain(WORDS);
    expect(await statusOf('ended', '/breaches')).toBe(403);
  });
});

describe('from reading to closing', () => {
  it('every part is done on its page, and whom it is about is named on the notices alone', async () => {
    world.now = plusHours(START, 3);
    const id = await world.read();
    const at = `/breaches/${id}`;
    const next = async () =>
      /aria-current="step"[\s\S]*?<a href="#([\w-]+)"/.exec(await world.text('officer', at))?.[1];
    expect(await next()).toBe('triage');
    await world.done('officer', `${at}/triage`, TRIAGE);
    expect(await next()).toBe('report');

    await world.done('officer', `${at}/account`, ACCOUNT);
    const page = await world.text('officer', `${at}/report`);
    expect(page).toContain('Send to the Chief Privacy Officer');
    const shownHash = /name="shownHash" value="([0-9a-f]{64})"/.exec(page)![1]!;
    expect(page).toContain(`<code>${shownHash}</code>`);
    const unsaid = await (await world.as('officer')).post(`${at}/report`, { shownHash });
    expect(unsaid.status).toBe(422);
    expect(await unsaid.text()).toContain('href="#namesNobody"');
    await world.done('officer', `${at}/report`, { shownHash, namesNobody: 'yes' });
    await world.mailSays(id, { sentAt: world.now });
    expect(await world.text('officer', at)).toContain('The proof of its delivery has yet to come');
    await world.mailSays(id, { deliveredAt: world.now });
    expect(await world.text('officer', at)).toContain('Its delivery is proven');

    await world.done('officer', `${at}/containment`, {
      'containment-what': 'Get the image back from the list',
      'containment-askedOf': 'asked',
    });
    const task = (await world.breach(id)).containment[0]!;
    const taskPath = `${at}/containment/${task.id}`;
    const taskPage = await world.text('asked', taskPath);
    expect(taskPage).toContain('Get the image back from the list');
    for (const secret of [WORDS, TRIAGE['triage-because'], ACCOUNT['account-summary'], 'pa-clock'])
      expect(taskPage).not.toContain(secret);
    expect(await statusOf('asked', at)).toBe(404);
    expect(await statusOf('stranger', taskPath)).toBe(404);
    expect((await (await world.as('asked')).post(`${taskPath}/done`, { outcome: '' })).status).toBe(422);
    await world.done('asked', `${taskPath}/done`, { outcome: 'It was deleted, and that was confirmed in writing' });

    await world.done('officer', `${at}/harm`, HARM);
    const assessed = await world.text('officer', at);
    expect(assessed).toContain('Some harm');
    expect(assessed).toContain('nature: victim-or-witness');
    await world.done('officer', `${at}/security`, SECURITY);
    for (const office of ['chief-privacy-officer', 'law-department'])
      await world.done('officer', `${at}/consultations`, {
        'consultations-with': office,
        'consultations-said': 'They agree that the person is told',
        ...nyFields('consultations-at', world.now),
      });
    await world.done('officer', `${at}/notice`, {
      'notice-answer': 'notify',
      'notice-because': 'A witness is in the image',
      'notice-which': 'none',
    });

    await world.done('officer', `${at}/people`, {
      'people-name': AFFECTED.name,
      'people-address': AFFECTED.address,
      'people-email': AFFECTED.email,
    });
    await world.done('officer', `${at}/letter`, {
      'letter-whatWasDisclosed': 'An x-ray image of your vehicle',
      'letter-toWhom': 'The Harbor Office of the City',
    });
    const { personRef } = (await world.breach(id)).people[0]!;
    await world.done('officer', `${at}/people/${personRef}/mail`);
    const way = {
      [`attempt-${personRef}-way`]: 'post',
      [`attempt-${personRef}-outcome`]: 'delivered',
      ...nyFields(`attempt-${personRef}-at`, world.now),
    };
    await world.done('officer', `${at}/people/${personRef}/attempts`, way);
    const notices = await world.text('officer', `${at}/notices`);
    expect(notices).toContain(AFFECTED.name);
    expect(notices).toContain('Told');
    const letter = await world.text('officer', `${at}/notices/${personRef}/letter`);
    expect(letter).toContain(AFFECTED.address.split(',')[0]!);
    expect(letter).toContain('The Harbor Office of the City');
    expect(letter).toMatch(/<title>Letter T-[\w-]+ · postact<\/title>/);

    for (const who of ['officer', 'auditor', 'reporter', 'asked'] as const)
      for (const path of ['/breaches', at, `${at}/report`, taskPath]) {
        const text = await world.text(who, path);
        for (const secret of Object.values(AFFECTED)) expect(text, `${who} ${path}`).not.toContain(secret);
      }
    for (const who of ['auditor', 'chief', 'ended', 'reporter', 'asked'] as const)
      for (const path of [`${at}/notices`, `${at}/notices/${personRef}/letter`])
        expect(await statusOf(who, path)).toBe(403);
    const told = JSON.stringify(await world.records.ledgerOf(keyOf('breach', id)));
    for (const secret of Object.values(AFFECTED)) expect(told).not.toContain(secret);

    expect(await next()).toBe('close');
    await world.done('officer', `${at}/close`, { 'close-because': 'Everybody was told and nothing is open' });
    const closed = await world.text('officer', at);
    expect(closed).toContain('Everybody was told and nothing is open');
    expect(closed).not.toContain(`action="${at}/`);
  });
});
