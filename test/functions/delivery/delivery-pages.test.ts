/** The page of a delivery for members: who may see it, what it tells, and the package that is taken out. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliveryPages } from '../../../functions/delivery/delivery-pages.lambda.tsx';
import { sealPackage } from '../../../functions/delivery/seal-package.ts';
import { visitorsIn } from '../../../functions/records/visitors.ts';
import { signedInAs, type Browser } from '../signed-in.ts';
import { startDelivered, type Delivered } from './delivered.ts';

let on: Delivered;
let requester: Browser;
let officer: Browser;
let others: readonly Browser[];
beforeAll(async () => {
  on = await startDelivered();
  const now = () => on.now;
  const app = deliveryPages(() => ({ records: on.records, now, files: on.store, ...visitorsIn(on.records, now) }));
  const as = (name: string, roles: Parameters<typeof signedInAs>[4]) => signedInAs(app, on.records, now, name, roles);
  requester = await as('requester', ['member', 'investigator']);
  officer = await as('officer', ['member', 'privacy-officer']);
  others = [await as('colleague', ['member', 'investigator']), await as('auditor', ['member', 'auditor'])];
});
afterAll(() => on?.stop());

const sealed = async () => {
  const delivery = await on.released({ way: 'sealed-package' }, { requesterId: requester.personId });
  await sealPackage(on.needs, { disclosureId: delivery.disclosureId });
  return on.delivery(delivery.id);
};

describe('a delivery', () => {
  it('is seen by its requester and by privacy officers, and is not there for anybody else', async () => {
    const { id } = await sealed();
    for (const browser of [requester, officer]) expect((await browser.get(`/deliveries/${id}`)).status).toBe(200);
    for (const browser of others) {
      expect((await browser.get(`/deliveries/${id}`)).status).toBe(404);
      expect((await browser.post(`/deliveries/${id}`)).status).toBe(404);
    }
    expect((await requester.get('/deliveries/Y-none')).status).toBe(404);
    expect((await on.delivery(id)).takenOut).toBeUndefined();
  });

  it('tells what was opened and when, and how many attempts were refused', async () => {
    const delivery = await on.released({}, { requesterId: requester.personId });
    const { browser, link } = await on.visiting(delivery);
    await browser.get(`${link}/files`);
    await browser.post(`${link}/open`, { what: delivery.files[0]!.enclosureId });
    await browser.post(`${link}/open`, { what: 'another' });
    const text = await (await requester.get(`/deliveries/${delivery.id}`)).text();
    expect(text).toContain('Opened: View of the cargo area');
    expect(text).toMatch(/Attempts refused<\/dt><dd>1</);
    expect(text).toContain('waiting for its recipient');
    expect(text).not.toContain('Download the package');
  });

  it('gives its package to be handed over, on record with who took it, and never the passphrase', async () => {
    const delivery = await sealed();
    const taken = await officer.post(`/deliveries/${delivery.id}`);
    expect([taken.status, taken.headers.get('location')]).toEqual([
      303,
      `https://store.example/sealed/${delivery.id}/package.zip?version=${delivery.seal!.package.versionId}&as=${delivery.id}-sealed.zip&seconds=60`,
    ]);
    expect((await on.delivery(delivery.id)).takenOut).toEqual([{ by: officer.personId, at: on.now }]);
    const [entry] = (await on.records.ledgerOf(`disclosure#${delivery.disclosureId}`)).slice(-1);
    expect(entry).toMatchObject({
      act: 'sealed package taken out to be handed over',
      by: { kind: 'person', id: officer.personId },
    });
    const text = await (await requester.get(`/deliveries/${delivery.id}`)).text();
    expect(text).toContain('Package taken out to be handed over');
    expect(text).not.toContain(await on.store.passphrase(delivery.seal!.passphrase));
  });

  it('gives none by page, or once it was taken back', async () => {
    const [byPage, back] = [await on.released({}, { requesterId: requester.personId }), await sealed()];
    await on.change(back, { delivery: { state: 'revoked' }, disclosure: { state: 'revoked' } }, 'disclosure revoked');
    for (const { id } of [byPage, back]) {
      expect((await requester.post(`/deliveries/${id}`)).status).toBe(422);
      expect((await on.delivery(id)).takenOut).toBeUndefined();
    }
    expect(await (await requester.get(`/deliveries/${back.id}`)).text()).toContain('cannot be called back');
  });
});
