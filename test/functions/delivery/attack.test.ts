/**
 * The release path under attack: forged, cut, expired, replayed, forwarded and raced, with another's visit, another's
 * code, too many guesses, and scanners. Nothing is let through, nothing is told to who has no right to know, and the
 * ledger tells of every attempt that got as far as a real link. Races and machines are in attack-races.test.ts. What needs a real store is in
 * delivery.local.test.ts; altered packages are in seal-package.test.ts.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Delivery } from '../../../functions/delivery/contract.ts';
import { newSecret } from '../../../functions/edge/system.ts';
import { TABLE } from '../../records-table.ts';
import { breaksIn } from '../../whole-ledger.ts';
import { startDelivered, type Delivered } from './delivered.ts';
import { FIELDS, firstOf, opensNothing, POSTS, type Outsider } from './outsider.ts';

let on: Delivered;
beforeAll(async () => {
  on = await startDelivered();
});
afterAll(() => on?.stop());

/** A browser whose forms are taken, because it was on a real page once. */
async function withForm(): Promise<Outsider> {
  const browser = on.browser();
  await browser.get(await on.link(await on.released()));
  return browser;
}

/** Every way to a delivery, tried with this link. */
async function triedOn(browser: Outsider, link: string): Promise<readonly string[]> {
  const pages = [
    await opensNothing(await browser.ask(link)),
    await opensNothing(await browser.ask(`${link}/files`)),
    await opensNothing(await browser.ask(`${link}/file/${newSecret()}`)),
  ];
  for (const way of POSTS) pages.push(await opensNothing(await browser.post(`${link}/${way}`, FIELDS)));
  return pages;
}

describe('a link that is not one', () => {
  it('forged, cut, stretched or in other letters opens nothing, and is looked up nowhere', async () => {
    const delivery = await on.released();
    const link = await on.link(delivery);
    const browser = await withForm();
    const secret = link.slice('/receive/'.length);
    const swapped = secret.replace(/[a-z]/i, (letter) =>
      letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
    );
    const before = await on.everything();
    const forged = [
      newSecret(),
      secret.slice(0, -1),
      `${secret}A`,
      swapped,
      `${secret.slice(0, -1)}%00`,
      '..%2F' + secret,
      'A'.repeat(43),
    ];
    for (const one of forged) await triedOn(browser, `/receive/${one}`);
    expect((await browser.ask(`/receive/${'A'.repeat(600)}`)).status).toBe(404);
    expect(await on.everything()).toBe(before);
  });
});

describe('a link that opens nothing any more', () => {
  it('shows the same page to the letter, whatever became of it, and the ledger tells who got that far', async () => {
    const browser = await withForm();
    const pages = new Set(await triedOn(browser, `/receive/${newSecret()}`));
    const ends = {
      revoked: (one: Delivery) =>
        on.change(one, { delivery: { state: 'revoked' }, disclosure: { state: 'revoked' } }, 'disclosure revoked'),
      'revoked, the delivery behind': (one: Delivery) =>
        on.change(one, { disclosure: { state: 'revoked' } }, 'disclosure revoked'),
      expired: (one: Delivery) =>
        on.change(one, { delivery: { state: 'expired' }, disclosure: { state: 'not-collected' } }, 'not collected'),
      'its time over, not yet settled': (one: Delivery) =>
        on.change(one, { delivery: { closesAt: on.now } }, 'time over'),
      received: (one: Delivery) =>
        on.change(one, { delivery: { state: 'received' }, disclosure: { state: 'received' } }, 'received'),
      'another delivery in its place': async (one: Delivery) =>
        on.change(
          one,
          { disclosure: { release: { ...(await on.disclosure(one)).release!, deliveryId: 'Y-other' } } },
          'replaced',
        ),
    };
    for (const end of Object.values(ends)) {
      const delivery = await on.released();
      const link = await on.link(delivery);
      await end(delivery);
      for (const text of await triedOn(browser, link)) pages.add(text);
      expect((await on.refusals(delivery)).map((line) => line.split(':')[0])).toEqual(POSTS);
      expect(await on.delivery(delivery.id)).toMatchObject({ openings: [], attemptsRefused: 5, codesAsked: 0 });
    }
    expect(pages.size).toBe(1);
  });

  it('is closed to a visit that was under way, and to an address that was made before', async () => {
    for (const state of ['revoked', 'received'] as const) {
      const delivery = await on.released();
      const { browser, link } = await on.visiting(delivery);
      await browser.get(`${link}/files`);
      const address = (await browser.post(`${link}/open`, { what: firstOf(delivery) })).headers.get('location')!;
      expect((await browser.ask(address)).status).toBe(302);
      await on.change(delivery, { delivery: { state }, disclosure: { state } }, `disclosure ${state}`);
      await opensNothing(await browser.ask(address));
      await triedOn(browser, link);
      expect((await on.delivery(delivery.id)).openings).toHaveLength(1);
    }
  });

  it('fills nothing: of somebody who goes on the first hundred attempts are told', async () => {
    const delivery = await on.released();
    const link = await on.link(delivery);
    await on.change(
      delivery,
      { delivery: { state: 'revoked' }, disclosure: { state: 'revoked' } },
      'disclosure revoked',
    );
    const browser = await withForm();
    for (let attempt = 0; attempt < 130; attempt++) await opensNothing(await browser.post(`${link}/enter`, FIELDS));
    expect((await on.delivery(delivery.id)).attemptsRefused).toBe(100);
    expect(await on.refusals(delivery)).toHaveLength(100);
  }, 30_000);
});

describe('a mail that was forwarded', () => {
  it('brings whoever has it to the door, and the code to the address it was always for', async () => {
    const delivery = await on.released();
    const link = await on.link(delivery);
    const thief = on.browser();
    await thief.get(link);
    await thief.post(`${link}/code`);
    await on.code(delivery);
    expect(on.sent.filter(({ kind }) => kind === 'delivery-code').at(-1)!.to).toBe(delivery.to.email);
    expect((await thief.post(`${link}/open`, { what: firstOf(delivery) })).headers.get('location')).toBe(link);
    expect((await thief.post(`${link}/receipt`, { name: 'Mallory', agreed: 'yes' })).headers.get('location')).toBe(
      link,
    );
    expect(await on.refusals(delivery)).toEqual(['open: no visit', 'receipt: no visit']);
  });

  it('with the code read over a shoulder opens nothing in another browser, and uses up no try there', async () => {
    const delivery = await on.released();
    const link = await on.link(delivery);
    const [recipient, thief] = [on.browser(), on.browser()];
    for (const browser of [recipient, thief]) await browser.get(link);
    await recipient.post(`${link}/code`);
    const code = await on.code(delivery);
    for (let attempt = 0; attempt < 6; attempt++) {
      const answer = await thief.post(`${link}/enter`, { code });
      expect([answer.status, answer.headers.get('set-cookie')]).toEqual([422, null]);
    }
    expect((await recipient.post(`${link}/enter`, { code })).status).toBe(303);
    expect((await thief.get(`${link}/files`)).headers.get('location')).toBe(link);
    expect(new Set(await on.refusals(delivery))).toEqual(new Set(['enter: another browser']));
  });

  it('with a copy of the address of a file opens nothing outside the visit', async () => {
    const delivery = await on.released();
    const { browser, link } = await on.visiting(delivery);
    await browser.get(`${link}/files`);
    const address = (await browser.post(`${link}/open`, { what: firstOf(delivery) })).headers.get('location')!;
    const thief = await withForm();
    expect((await thief.get(address)).headers.get('location')).toBe(link);
    // A new code ends the visit before it, and with it the address.
    on.later(1);
    await browser.get(link);
    await browser.post(`${link}/code`);
    await browser.post(`${link}/enter`, { code: await on.code(delivery) });
    expect((await browser.get(address)).status).toBe(410);
  });
});

describe('a code', () => {
  it('is used up by five wrong tries, and a hundred are all there can ever be', async () => {
    const delivery = await on.released();
    const link = await on.link(delivery);
    const browser = on.browser();
    await browser.get(link);
    for (let codes = 0; codes < 20; codes++) {
      expect((await browser.post(`${link}/code`)).status).toBe(303);
      const code = (await on.code(delivery)).replace(' ', '');
      const wrong = String((Number(code) + 1) % 100_000_000).padStart(8, '0');
      for (let tries = 0; tries < 5; tries++)
        expect((await browser.post(`${link}/enter`, { code: wrong })).status).toBe(422);
      expect((await browser.post(`${link}/enter`, { code })).status).toBe(422);
      on.later(1);
    }
    expect((await browser.post(`${link}/code`)).status).toBe(422);
    const after = await on.delivery(delivery.id);
    expect(after).toMatchObject({ codesAsked: 20, openings: [] });
    expect(after).not.toHaveProperty('visit');
    expect(
      (await on.acts(delivery)).filter((act) => act === 'attempt at a delivery refused').length,
    ).toBeGreaterThanOrEqual(100);
  }, 60_000);

  it('of ten minutes ago, of another delivery, or in other digits opens nothing', async () => {
    const [one, other] = [await on.released(), await on.released()];
    const links = [await on.link(one), ''] as string[];
    links[1] = await on.link(other);
    const browser = on.browser();
    await browser.get(links[0]!);
    await browser.post(`${links[0]}/code`);
    const codeOfOne = await on.code(one);
    await browser.post(`${links[1]}/code`);
    const codeOfOther = await on.code(other);
    if (codeOfOne !== codeOfOther)
      expect((await browser.post(`${links[1]}/enter`, { code: codeOfOne })).status).toBe(422);
    expect((await browser.post(`${links[0]}/enter`, { code: '１２３４５６７８' })).status).toBe(422);
    on.later(10);
    expect((await browser.post(`${links[0]}/enter`, { code: codeOfOne })).status).toBe(422);
    expect((await on.refusals(one)).at(-1)).toBe('enter: code too old');
    // Of equal codes the records hold different hashes.
    expect((await on.delivery(one.id)).code!.hash).not.toBe((await on.delivery(other.id)).code!.hash);
  });
});

describe('another’s visit', () => {
  it('is worth nothing at this delivery, with its cookie, its address or its file', async () => {
    const [mine, theirs] = [await on.released(), await on.released()];
    const { browser: me, link: myLink } = await on.visiting(mine);
    await me.get(`${myLink}/files`);
    const myAddress = (await me.post(`${myLink}/open`, { what: firstOf(mine) })).headers.get('location')!;
    const theirLink = await on.link(theirs);
    expect((await me.get(`${theirLink}/files`)).headers.get('location')).toBe(theirLink);
    expect((await me.post(`${theirLink}/open`, { what: firstOf(theirs) })).headers.get('location')).toBe(theirLink);
    expect((await me.get(myAddress.replace(myLink, theirLink))).headers.get('location')).toBe(theirLink);
    await me.get(`${myLink}/files`);
    await opensNothing(await me.post(`${myLink}/open`, { what: firstOf(theirs) }));
    expect(await on.refusals(mine)).toEqual(['open: nothing of that name']);
    expect((await on.delivery(theirs.id)).openings).toEqual([]);
  });

  it('does not begin with a cookie that was planted, or with a member’s session', async () => {
    const delivery = await on.released();
    const link = await on.link(delivery);
    const browser = await withForm();
    browser.cookies.set('visit', newSecret());
    browser.cookies.set('session', newSecret());
    expect((await browser.get(`${link}/files`)).headers.get('location')).toBe(link);
    for (const cookie of ['', 'x', '0'.repeat(43), `${newSecret()}.admin`]) {
      browser.cookies.set('visit', cookie);
      expect((await browser.get(`${link}/files`)).headers.get('location')).toBe(link);
    }
  });
});

describe('after all of it', () => {
  it('the ledger tells of every record as it is', async () => {
    expect(await breaksIn(on.table.client, TABLE)).toEqual([]);
  });
});
