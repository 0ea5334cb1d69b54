/** The way of an honest recipient, by page and by package: what each page shows, what each step writes, and how it ends. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealPackage } from '../../../functions/delivery/seal-package.ts';
import { dueKey } from '../../../functions/records/entity.ts';
import { mails } from '../../../functions/records/mail-owed.ts';
import type { Note } from '../../../functions/records/notes.ts';
import { plusMinutes } from '../../../policies/instant.ts';
import { startDelivered, type Delivered } from './delivered.ts';
import { sha } from './file-store.ts';
import { ADDRESS } from './released.ts';

let on: Delivered;
beforeAll(async () => {
  on = await startDelivered();
});
afterAll(() => on?.stop());

const textOf = async (answer: Promise<Response> | Response): Promise<string> => (await answer).text();
const words = (html: string): string =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replace(/\s+/g, ' ');

describe('the door', () => {
  it('names nobody and nothing, and says until when', async () => {
    const delivery = await on.released();
    const answer = await on.browser().get(await on.link(delivery));
    expect(answer.status).toBe(200);
    const text = await answer.text();
    expect(text).toContain('Something is ready for you');
    expect(text).toMatch(/data-until="2026-12-14T15:00:00.000Z"/);
    expect(text).not.toMatch(/Quill|Attorney|prosecutor|cargo|driver|X-[0-9A-Z]{4}-|Y-[0-9A-Z]{4}-|example/);
  });

  it('mails a code to the address of the delivery, to nobody else, and takes it once', async () => {
    const delivery = await on.released();
    const link = await on.link(delivery);
    const browser = on.browser();
    await browser.get(link);
    const asked = await browser.post(`${link}/code`);
    expect([asked.status, asked.headers.get('location')]).toEqual([303, link]);
    const code = await on.code(delivery);
    expect(on.sent.at(-1)).toMatchObject({ to: ADDRESS, kind: 'delivery-code' });
    expect(await textOf(browser.get(link))).toContain('autocomplete="one-time-code"');

    const entered = await browser.post(`${link}/enter`, { code });
    expect([entered.status, entered.headers.get('location')]).toEqual([303, `${link}/files`]);
    expect(entered.headers.get('set-cookie')).toMatch(
      /^visit=[\w-]{43}; Max-Age=1800; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect((await browser.get(`${link}/files`)).status).toBe(200);
    const again = await browser.post(`${link}/enter`, { code });
    expect(again.status).toBe(422);
    expect(await on.acts(delivery)).toEqual([
      'disclosure released',
      'delivery link made',
      'mail sent',
      'one-time code asked for',
      'one-time code made',
      'mail sent',
      'visit of the recipient begun',
      'attempt at a delivery refused',
    ]);
  });

  it('sets its cookies for https alone when the site is reached by it', async () => {
    const delivery = await on.released();
    const link = await on.link(delivery);
    const answer = await on.app.request(link, {}, { SITE_URL: 'https://postact.example.gov' } as never);
    expect(answer.headers.get('set-cookie')).toMatch(
      /^__Host-form=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
  });

  it('lets a wrong code be corrected, and keeps what is said of the tries true', async () => {
    const delivery = await on.released();
    const link = await on.link(delivery);
    const browser = on.browser();
    await browser.get(link);
    await browser.post(`${link}/code`);
    const code = await on.code(delivery);
    const wrong = code.startsWith('0000') ? '1111 1111' : '0000 0000';
    const refused = await browser.post(`${link}/enter`, { code: wrong });
    expect(refused.status).toBe(422);
    expect(words(await refused.text())).toContain('4 tries are left');
    expect(words(await textOf(browser.post(`${link}/enter`, { code: '12' })))).toContain('eight digits of the mail');
    expect((await on.delivery(delivery.id)).code?.triesLeft).toBe(4);
    expect((await browser.post(`${link}/enter`, { code: code.replace(' ', '') })).status).toBe(303);
  });

  it('sends another code after a minute and not before, and at most twenty', async () => {
    const delivery = await on.released();
    const link = await on.link(delivery);
    const browser = on.browser();
    await browser.get(link);
    await browser.post(`${link}/code`);
    const first = await on.code(delivery);
    expect((await browser.post(`${link}/code`)).status).toBe(422);
    on.later(1);
    expect((await browser.post(`${link}/code`)).status).toBe(303);
    expect((await browser.post(`${link}/enter`, { code: first })).status).toBe(422);
    for (let asked = 2; asked < 20; asked++) {
      on.later(1);
      expect((await browser.post(`${link}/code`)).status).toBe(303);
    }
    on.later(1);
    const tooMany = await browser.post(`${link}/code`);
    expect(words(await tooMany.text())).toContain('at most 20 for one delivery');
    expect(await on.refusals(delivery)).toEqual(['code: too soon', 'enter: no code', 'code: too many']);
  });
});

describe('the list', () => {
  it('shows sizes, hashes, numbers and terms, and names a redacted copy as one', async () => {
    const original = on.file('Whole view', randomBytes(1500));
    const copy = on.file('Driver hidden', randomBytes(900), { redactedCopyOf: original.enclosureId });
    const counts = [{ enclosureId: 'E-count', label: 'Trucks scanned', text: 'Between 5 and 9' }];
    const delivery = await on.released({ files: [original, copy], counts });
    const { browser, link } = await on.visiting(delivery);
    const text = words(await textOf(browser.get(`${link}/files`)));
    expect(text).toContain('Redacted copy of Whole view');
    expect(text).toContain('originals/01.png');
    expect(text).toContain('redacted-copies/02-redacted-copy-of-01.png');
    expect(text).toContain('1.5 kB (1,500 bytes)');
    for (const { file } of [original, copy]) expect(text).toContain(file.sha256);
    expect(text).toContain('Between 5 and 9');
    expect(text).toContain('It goes to the defence under the laws of criminal discovery.');
    expect(text).toContain('It is not used to further immigration enforcement.');
    expect(text).toContain('2 of 2 files are not opened yet');
  });

  it('opens one file by an address of five minutes that leads to the exact version for a minute', async () => {
    const delivery = await on.released();
    const { browser, link } = await on.visiting(delivery);
    await browser.get(`${link}/files`);
    const [first] = delivery.files;
    const opened = await browser.post(`${link}/open`, { what: first!.enclosureId });
    const address = opened.headers.get('location')!;
    expect(address).toMatch(new RegExp(`^${link}/file/[\\w-]{43}$`));
    expect(await on.delivery(delivery.id)).toMatchObject({
      openings: [{ what: first!.enclosureId, at: on.now }],
      opened: { what: first!.enclosureId, until: plusMinutes(on.now, 5) },
    });
    on.later(4);
    const led = await browser.get(address);
    expect([led.status, led.headers.get('location')]).toEqual([
      302,
      `https://store.example/${first!.file.key}?version=${first!.file.versionId}&as=${delivery.id}-01.png&seconds=60`,
    ]);
    on.later(1);
    expect((await browser.get(address)).status).toBe(410);
    expect((await on.acts(delivery)).at(-1)).toBe('delivered file opened');
  });

  it('ends with the visit, and another code goes on', async () => {
    const delivery = await on.released();
    const { browser, link } = await on.visiting(delivery);
    on.later(30);
    expect((await browser.get(`${link}/files`)).headers.get('location')).toBe(link);
    expect((await browser.post(`${link}/open`, { what: delivery.files[0]!.enclosureId })).headers.get('location')).toBe(
      link,
    );
    await browser.get(link);
    await browser.post(`${link}/code`);
    expect((await browser.post(`${link}/enter`, { code: await on.code(delivery) })).status).toBe(303);
    expect((await browser.get(`${link}/files`)).status).toBe(200);
  });
});

describe('the receipt', () => {
  it('asks for a name and the statement, keeps what was typed, and ends both records in one change', async () => {
    const delivery = await on.released();
    const { browser, link } = await on.visiting(delivery);
    await browser.get(`${link}/files`);
    const refused = await browser.post(`${link}/receipt`, { name: 'Pat Quill' });
    expect(refused.status).toBe(422);
    const text = await refused.text();
    expect(text).toContain('value="Pat Quill"');
    expect(text).toContain('href="#agreed"');

    const received = await browser.post(`${link}/receipt`, { name: 'Pat Quill', agreed: 'yes' });
    expect(received.headers.get('location')).toBe('/receive/done');
    expect(await textOf(browser.get('/receive/done'))).toContain('The department has your receipt');
    const [ended, disclosure] = [await on.delivery(delivery.id), await on.disclosure(delivery)];
    expect(ended).toMatchObject({ state: 'received', receipt: { name: 'Pat Quill', at: on.now }, endedAt: on.now });
    for (const over of ['visit', 'opened', 'code', 'asking', 'dueAt']) expect(ended).not.toHaveProperty(over);
    expect(disclosure).toMatchObject({ state: 'received', step: 'Disclosure received', endedAt: on.now });
    const { records } = await on.records.ofSubject(mails, `disclosure#${delivery.disclosureId}`);
    expect(records.find(({ kind }) => kind === 'disclosure-received')).toMatchObject({ to: { personId: 'p-ortiz' } });
    const day = on.now.slice(0, 10);
    const due = (await Promise.all([0, 1, 2, 3].map((shard) => on.records.dueIn(dueKey(day, shard), '9')))).flat();
    expect(due.filter(({ noun }) => noun === 'note').map(({ record }) => (record as Note).task)).toContainEqual({
      kind: 'wake',
      waiting: { on: `disclosure#${delivery.disclosureId}`, for: 'collection' },
      output: { kind: 'received' },
    });
    expect((await browser.get(link)).status).toBe(404);
  });

  it('leaves no name, address or secret in the ledger', async () => {
    const delivery = await on.released();
    const { browser, link } = await on.visiting(delivery);
    await browser.get(`${link}/files`);
    const address = (await browser.post(`${link}/open`, { what: delivery.files[0]!.enclosureId })).headers.get(
      'location',
    )!;
    await browser.post(`${link}/receipt`, { name: 'Pat Quill', agreed: 'yes' });
    const ledger = JSON.stringify(await on.records.ledgerOf(`disclosure#${delivery.disclosureId}`));
    expect(ledger).not.toMatch(/Quill|Attorney|@|Smith|cargo/);
    const record = JSON.stringify(await on.delivery(delivery.id));
    for (const secret of [link.slice('/receive/'.length), address.slice(-43), browser.cookies.get('form')!]) {
      expect(ledger).not.toContain(secret);
      expect(record).not.toContain(secret);
      expect(ledger).not.toContain(sha(secret));
    }
  });
});

describe('the recipient of a sealed package', () => {
  it('downloads it and is shown its passphrase, each put down before it is handed over', async () => {
    const sealed = await on.released({ way: 'sealed-package' });
    await sealPackage(on.needs, { disclosureId: sealed.disclosureId });
    const { browser, link } = await on.visiting(sealed);
    const text = await (await browser.get(`${link}/files`)).text();
    const { seal: made } = await on.delivery(sealed.id);
    for (const hash of [made!.package.sha256, made!.manifestSha256, made!.keySha256]) expect(text).toContain(hash);
    expect(text).not.toContain('Whole view');

    const address = (await browser.post(`${link}/open`, { what: 'package' })).headers.get('location')!;
    expect((await browser.get(address)).headers.get('location')).toContain(`as=${sealed.id}-sealed.zip&seconds=60`);
    const shown = await browser.post(`${link}/passphrase`);
    expect([shown.status, shown.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(await shown.text()).toContain(await on.store.passphrase(made!.passphrase));
    expect((await on.acts(sealed)).slice(-2)).toEqual(['sealed package opened', 'passphrase shown']);
    expect((await on.delivery(sealed.id)).openings.map(({ what }) => what)).toEqual(['package', 'passphrase']);
    expect((await browser.get(`${link}/passphrase`)).status).toBe(405);
  });
});
