/** The page of one disclosure on a real table: who sees it, what each button does, and that looking changes nothing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliveries, type Delivery } from '../../../functions/delivery/contract.ts';
import { disclosures } from '../../../functions/disclosure/contract.ts';
import { newId } from '../../../functions/edge/system.ts';
import { instantOf } from '../../../policies/instant.ts';
import { unlabelled } from './controls.ts';
import { now, SHA, startDesks, textOf, whole, type Desks } from './desks.ts';

let desks: Desks;
beforeAll(async () => {
  desks = await startDesks();
});
afterAll(() => desks?.table.stop());

describe('the page of a disclosure', () => {
  it('is there for its requester, the privacy office and those who oversee, and for nobody else', async () => {
    const id = await desks.opened();
    for (const [who, status] of [
      [desks.asker, 200],
      [desks.officer, 200],
      [desks.auditor, 200],
      [desks.other, 404],
    ] as const)
      expect((await who.get(`/disclosures/${id}`)).status).toBe(status);
    expect((await desks.asker.get('/disclosures/X-0000-0000')).status).toBe(404);
    expect((await desks.asker.get(`/disclosures/${'x'.repeat(3000)}`)).status).toBe(404);
    for (const act of [
      '',
      '/images',
      '/counts',
      '/files',
      '/files/E-1',
      '/enclosures/E-1/leave-out',
      '/send',
      '/withdraw',
      '/revoke',
      '/exigency',
    ])
      expect((await desks.other.post(`/disclosures/${id}${act}`, whole())).status, act).toBe(404);
    const { version } = await desks.disclosure(id);
    expect((await desks.auditor.post(`/disclosures/${id}/withdraw`, { reason: 'Not mine to withdraw' })).status).toBe(
      404,
    );
    expect((await desks.disclosure(id)).version).toBe(version);
  });

  it('changes nothing however often it is looked at', async () => {
    const id = await desks.opened();
    const { version } = await desks.disclosure(id);
    const told = (await desks.table.records.ledgerOf(`disclosure#${id}`)).length;
    for (const path of ['', '/change', '/enclosures', '/enclosures?case=2026-0042', '/exigency', '/send', '/withdraw'])
      for (const who of [desks.asker, desks.officer, desks.other]) await who.get(`/disclosures/${id}${path}`);
    expect((await desks.disclosure(id)).version).toBe(version);
    expect((await desks.table.records.ledgerOf(`disclosure#${id}`)).length).toBe(told);
  });

  it('is sent, and withdrawn with a reason', async () => {
    const id = await desks.opened();
    await desks.asker.post(`/disclosures/${id}/counts`, {
      countLabel: 'Scans in May',
      countText: '41 scans in May 2026',
    });
    expect((await desks.asker.post(`/disclosures/${id}/send`)).headers.get('location')).toBe(`/disclosures/${id}`);
    expect(await textOf(desks.asker.get(`/disclosures/${id}`))).toContain('Being checked');
    const short = await desks.asker.post(`/disclosures/${id}/withdraw`, { reason: 'no' });
    expect(short.status).toBe(422);
    expect(await short.text()).toContain('href="#reason"');
    await desks.asker.post(`/disclosures/${id}/withdraw`, { reason: 'The case was closed meanwhile' });
    const text = await textOf(desks.asker.get(`/disclosures/${id}`));
    expect(text).toContain('Withdrawn');
    expect(text).toContain('The case was closed meanwhile');
  });

  it('shows the officer’s question and a box for the answer, and is not sent without one', async () => {
    const id = await desks.inState({
      state: 'completing',
      sentAt: now(),
      askedBack: { question: 'Why the whole van?', by: desks.officer.personId, at: now() },
    });
    const text = await textOf(desks.asker.get(`/disclosures/${id}`));
    expect(text).toContain('Why the whole van?');
    expect(text).toContain('Name of officer asks');
    expect(text).toContain('name="answerToOfficer"');
    const answer = await desks.asker.post(`/disclosures/${id}/send`, { answerToOfficer: '' });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('href="#answerToOfficer"');
  });

  it('released, says how long it is open, what was opened, and can be revoked', async () => {
    const deliveryId = newId('Y');
    const id = await desks.inState({
      state: 'released',
      release: {
        at: now(),
        clauses: ['XR26-EXT-04'],
        shownHash: SHA,
        deliveryId,
        register: { kind: 'row', clause: 'nyc-14-188-g-1' },
      },
    });
    await desks.keep(deliveries, {
      id: deliveryId,
      version: 0,
      disclosureId: id,
      way: 'page',
      state: 'open',
      to: { name: 'Dana Ross', organization: 'Office', email: 'dana@office.example' },
      files: [],
      counts: [],
      madeAt: now(),
      closesAt: instantOf('2026-12-01T15:00:00Z'),
      links: [],
      codesAsked: 0,
      openings: [{ what: 'package', at: now() }],
    } satisfies Delivery);
    const text = await textOf(desks.asker.get(`/disclosures/${id}`));
    expect(text).toContain('7 days left');
    expect(text).toContain('The sealed package');
    expect(text).toContain('A row of the statutory register');
    expect(text).toContain('Revoke this release');
    expect(await textOf(desks.auditor.get(`/disclosures/${id}`))).not.toContain('Revoke this release');
    expect(
      (await desks.asker.post(`/disclosures/${id}/revoke`, { reason: 'It went to the wrong office' })).status,
    ).toBe(303);
    expect((await desks.disclosure(id)).state).toBe('revoked');
  });

  it('of an exigent release leads the privacy office to the report, sent only by who says it names nobody', async () => {
    const release = {
      at: now(),
      clauses: ['nyc-23-1202-d'],
      shownHash: SHA,
      deliveryId: newId('Y'),
      register: { kind: 'row', clause: 'nyc-14-188-g-1' },
    } as const;
    const id = await desks.opened({ basis: 'exigent' });
    await desks.asker.post(`/disclosures/${id}/images`, { imageId: 'I-KEPT-0001', imageLabel: 'Scan of the van' });
    const explainBy = instantOf('2026-11-25T15:00:00Z');
    await desks.keep(disclosures, {
      ...(await desks.disclosure(id)),
      state: 'received',
      endedAt: now(),
      release,
      explainBy,
    });
    const path = `/disclosures/${id}/exigency`;
    expect(await textOf(desks.officer.get(`/disclosures/${id}`))).toContain(`href="${path}"`);
    expect(await textOf(desks.asker.get(`/disclosures/${id}`))).not.toContain(`href="${path}"`);
    expect((await desks.asker.get(path)).status).toBe(404);
    expect((await desks.auditor.get(path)).status).toBe(404);
    const text = await textOf(desks.officer.get(path));
    expect(text).toContain('A child is missing and time is short');
    expect(unlabelled(text)).toEqual([]);
    const [, shownHash] = /name="shownHash" value="([^"]+)"/.exec(text)!;
    const refused = await desks.officer.post(path, { shownHash: shownHash! });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('href="#namesNobody"');
    expect((await desks.officer.post(path, { shownHash: shownHash!, namesNobody: 'yes' })).status).toBe(303);
    expect((await desks.disclosure(id)).exigentReportId).toBeDefined();
    expect((await desks.officer.get(path)).status).toBe(303);
    expect(await textOf(desks.officer.get(`/disclosures/${id}`))).not.toContain(`href="${path}"`);
  });
});

describe('the list', () => {
  it('has one’s own, and a month for those who oversee', async () => {
    const id = await desks.opened();
    expect(await textOf(desks.asker.get('/disclosures'))).toContain(`/disclosures/${id}`);
    expect(await textOf(desks.other.get('/disclosures'))).not.toContain(id);
    expect(await textOf(desks.auditor.get('/disclosures'))).toContain(`/disclosures/${id}`);
    expect(await textOf(desks.auditor.get('/disclosures?month=2026-10'))).not.toContain(id);
    expect(await textOf(desks.auditor.get('/disclosures?month=2026-13'))).toContain('Opened in 2026-11');
  });
});
