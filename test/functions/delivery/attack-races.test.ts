/**
 * The release path under attack, the second half: things asked for that are not there, forms that are not ours, races, and
 * machines that look. The first half is attack.test.ts.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealPackage } from '../../../functions/delivery/seal-package.ts';
import { newSecret } from '../../../functions/edge/system.ts';
import { TABLE } from '../../records-table.ts';
import { breaksIn } from '../../whole-ledger.ts';
import { startDelivered, type Delivered } from './delivered.ts';
import { FIELDS, firstOf, opensNothing, POSTS } from './outsider.ts';

let on: Delivered;
beforeAll(async () => {
  on = await startDelivered();
});
afterAll(() => on?.stop());

describe('what is asked for', () => {
  it('is a thing of this delivery, opened in its own way, and nothing else', async () => {
    const page = await on.released();
    const atPage = await on.visiting(page);
    await atPage.browser.get(`${atPage.link}/files`);
    for (const what of ['package', 'passphrase', '', '../../kept', page.files[0]!.file.key, '__proto__'])
      await opensNothing(await atPage.browser.post(`${atPage.link}/open`, { what }));
    await opensNothing(await atPage.browser.post(`${atPage.link}/passphrase`));

    const sealed = await on.released({ way: 'sealed-package' });
    await sealPackage(on.needs, { disclosureId: sealed.disclosureId });
    const atSealed = await on.visiting(sealed);
    await atSealed.browser.get(`${atSealed.link}/files`);
    for (const what of [firstOf(sealed), 'passphrase'])
      await opensNothing(await atSealed.browser.post(`${atSealed.link}/open`, { what }));
    expect([(await on.delivery(page.id)).openings, (await on.delivery(sealed.id)).openings]).toEqual([[], []]);
  });

  it('is not handed over before the package is sealed', async () => {
    const delivery = await on.released({ way: 'sealed-package' });
    await on.change(delivery, { delivery: { state: 'open' } }, 'opened too soon');
    await on.records.write({
      at: on.now,
      by: { kind: 'system', id: 'test' },
      puts: [],
      tells: [{ subject: `disclosure#${delivery.disclosureId}`, act: 'mail owed' }],
      mails: [
        {
          kind: 'delivery-ready',
          to: { address: delivery.to.email },
          about: `delivery#${delivery.id}`,
          subject: `disclosure#${delivery.disclosureId}`,
        },
      ],
    });
    const { browser, link } = await on.visiting(delivery);
    await browser.get(`${link}/files`);
    await opensNothing(await browser.post(`${link}/open`, { what: 'package' }));
    await opensNothing(await browser.post(`${link}/passphrase`));
  });

  it('is asked by our own page: without its secret, or from another site, nothing is read', async () => {
    const delivery = await on.released();
    const { browser, link } = await on.visiting(delivery);
    await browser.get(`${link}/files`);
    const before = await on.everything();
    const form = 'application/x-www-form-urlencoded';
    const body = (secret: string) =>
      new URLSearchParams({ form: secret, ...FIELDS, what: firstOf(delivery) }).toString();
    for (const way of POSTS) {
      const forged: RequestInit[] = [
        { headers: { 'content-type': form }, body: body('') },
        { headers: { 'content-type': form }, body: body(newSecret()) },
        { headers: { 'content-type': form, origin: 'https://evil.example' }, body: body(browser.form) },
        { headers: { 'content-type': form, 'sec-fetch-site': 'cross-site' }, body: body(browser.form) },
        { headers: { 'content-type': 'application/json' }, body: '{}' },
      ];
      for (const init of forged)
        expect([403, 415]).toContain((await browser.ask(`${link}/${way}`, { method: 'POST', ...init })).status);
    }
    expect(await on.everything()).toBe(before);
  });
});

describe('races', () => {
  it('of one code in two tabs and another browser begin one visit', async () => {
    for (let round = 0; round < 5; round++) {
      const delivery = await on.released();
      const link = await on.link(delivery);
      const [recipient, thief] = [on.browser(), on.browser()];
      for (const browser of [recipient, thief]) await browser.get(link);
      await recipient.post(`${link}/code`);
      const code = await on.code(delivery);
      const answers = await Promise.all([
        recipient.post(`${link}/enter`, { code }),
        thief.post(`${link}/enter`, { code }),
        recipient.post(`${link}/enter`, { code }),
      ]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 422, 422]);
      expect(answers[1].status).toBe(422);
      expect((await on.acts(delivery)).filter((act) => act === 'visit of the recipient begun')).toHaveLength(1);
    }
  }, 30_000);

  it('of two askers send one code', async () => {
    const delivery = await on.released();
    const link = await on.link(delivery);
    const browsers = [on.browser(), on.browser(), on.browser()];
    for (const browser of browsers) await browser.get(link);
    const answers = await Promise.all(browsers.map((browser) => browser.post(`${link}/code`)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 422, 422]);
    expect((await on.delivery(delivery.id)).codesAsked).toBe(1);
  });

  it('of a revocation with an opening leave nothing opened after it', async () => {
    for (let round = 0; round < 8; round++) {
      const delivery = await on.released();
      const { browser, link } = await on.visiting(delivery);
      await browser.get(`${link}/files`);
      const revoke = async (): Promise<void> => {
        await new Promise((resolve) => setTimeout(resolve, round * 3));
        for (;;) {
          const ended = await on
            .change(
              delivery,
              { delivery: { state: 'revoked' }, disclosure: { state: 'revoked' } },
              'disclosure revoked',
            )
            .then(
              () => true,
              () => false,
            );
          if (ended) return;
        }
      };
      const [opened] = await Promise.all([browser.post(`${link}/open`, { what: firstOf(delivery) }), revoke()]);
      const acts = await on.acts(delivery);
      expect(acts.slice(acts.indexOf('disclosure revoked'))).not.toContain('delivered file opened');
      await opensNothing(await browser.ask(opened.headers.get('location') ?? link));
      expect((await on.delivery(delivery.id)).state).toBe('revoked');
    }
  }, 60_000);

  it('of a receipt with a revocation and an opening have one end, and nothing opened after it', async () => {
    for (let round = 0; round < 8; round++) {
      const delivery = await on.released();
      const { browser, link } = await on.visiting(delivery);
      await browser.get(`${link}/files`);
      await Promise.all([
        browser.post(`${link}/receipt`, { name: 'Pat Quill', agreed: 'yes' }),
        browser.post(`${link}/open`, { what: firstOf(delivery) }),
        on
          .change(delivery, { delivery: { state: 'revoked' }, disclosure: { state: 'revoked' } }, 'disclosure revoked')
          .catch(() => undefined),
      ]);
      const acts = await on.acts(delivery);
      const ends = acts.filter((act) => act === 'disclosure received' || act === 'disclosure revoked');
      expect(ends).toHaveLength(1);
      expect(acts.slice(acts.indexOf(ends[0]!))).not.toContain('delivered file opened');
      const states = [(await on.delivery(delivery.id)).state, (await on.disclosure(delivery)).state];
      expect(states[0]).toBe(states[1]);
    }
  }, 60_000);
});

describe('machines that look', () => {
  it('two hundred times at every address, by GET, HEAD and OPTIONS, change nothing and use nothing up', async () => {
    const delivery = await on.released();
    const link = await on.link(delivery);
    const recipient = on.browser();
    await recipient.get(link);
    await recipient.post(`${link}/code`);
    const code = await on.code(delivery);
    const before = await on.everything();
    const addresses = [
      '',
      '/code',
      '/enter',
      '/files',
      '/open',
      `/file/${newSecret()}`,
      '/passphrase',
      '/receipt',
      '/files?what=package',
      `/enter?code=${code.replace(' ', '')}`,
    ];
    for (let look = 0; look < 200; look++) {
      const method = (['GET', 'HEAD', 'OPTIONS'] as const)[look % 3]!;
      const { status } = await on.app.request(`${link}${addresses[look % addresses.length]}`, { method });
      expect([200, 303, 404, 405]).toContain(status);
    }
    for (const method of ['PUT', 'DELETE', 'PATCH', 'QUERY'])
      expect((await on.app.request(link, { method })).status).toBe(405);
    expect(await on.everything()).toBe(before);
    expect((await recipient.post(`${link}/enter`, { code })).status).toBe(303);
  }, 30_000);
});

describe('after all of it', () => {
  it('the ledger tells of every record as it is', async () => {
    expect(await breaksIn(on.table.client, TABLE)).toEqual([]);
  });
});
