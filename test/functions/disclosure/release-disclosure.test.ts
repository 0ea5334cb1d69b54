import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deliveries } from '../../../functions/delivery/contract.ts';
import { provisionsOfQuarter, collectionOf, disclosures } from '../../../functions/disclosure/contract.ts';
import { askRecipientToCollect } from '../../../functions/disclosure/ask-recipient-to-collect.ts';
import { beginEnclosure, takeEnclosure } from '../../../functions/disclosure/enclose.ts';
import { releaseDisclosure } from '../../../functions/disclosure/release-disclosure.ts';
import { revokeDisclosure } from '../../../functions/disclosure/revoke-disclosure.ts';
import { withdrawDisclosure } from '../../../functions/disclosure/withdraw-disclosure.ts';
import { images } from '../../../functions/image/contract.ts';
import { put } from '../../../functions/records/change.ts';
import { ChangedMeanwhile } from '../../../functions/records/faults.ts';
import type { Records } from '../../../functions/records/records.aws.ts';
import { untilWritten } from '../../../functions/records/until-written.ts';
import { calendarDate } from '../../../policies/calendar-date.ts';
import { plusHours, plusMinutes } from '../../../policies/instant.ts';
import { refusalsIn } from '../bureau.ts';
import { CASE, disclosureIdOf, done, startOffice, type Office } from './office.ts';

let office: Office;
beforeAll(async () => {
  office = await startOffice();
});
afterAll(() => office.stop());

const tending = async (disclosureId: string, who = 'p-ortiz') => ({ disclosureId, person: await office.acting(who) });
const revoke = async (id: string, who = 'p-ortiz', reason = 'Sent to the wrong office') =>
  untilWritten(async () => revokeDisclosure(office.needs, { ...(await tending(id, who)), reason }));
const withdraw = async (id: string, who = 'p-ortiz') =>
  untilWritten(async () =>
    withdrawDisclosure(office.needs, { ...(await tending(id, who)), reason: 'No longer needed' }),
  );

/** The recipient confirms receipt, as the delivery writes it. */
const receive = (id: string) =>
  untilWritten(async () => {
    const disclosure = await office.disclosure(id);
    const delivery = await office.delivery(disclosure);
    if (delivery.state !== 'open' || disclosure.state !== 'released') return 'refused';
    const receipt = { name: 'Ada Prosecutor', at: office.now };
    await office.records.write({
      at: office.now,
      by: { kind: 'external', id: delivery.id },
      puts: [
        put(deliveries, { ...delivery, state: 'received', receipt, endedAt: office.now }),
        put(disclosures, { ...disclosure, state: 'received', endedAt: office.now, step: 'Disclosure received' }),
      ],
      tells: [{ subject: `disclosure#${id}`, act: 'disclosure received' }],
    });
    return 'received';
  });

describe('releasing a disclosure', () => {
  it('is one change: the release, the delivery, the row of the register, and the letters', async () => {
    const { id } = await office.approved();
    expect(await office.release(id)).toEqual({ kind: 'collect', seconds: 14 * 24 * 3600 });
    const released = await office.disclosure(id);
    expect(released).toMatchObject({
      state: 'released',
      release: { at: office.now, register: { kind: 'logged-only', exemptUnder: 'other-government' } },
    });
    expect(released.release?.clauses).toEqual(expect.arrayContaining(['XR26-EXT-10', 'XR26-SAFE-16', 'XR26-EXT-04']));
    const delivery = await office.delivery(released);
    expect(delivery).toMatchObject({
      disclosureId: id,
      state: 'open',
      to: { email: 'ada@da.example' },
      files: [{ label: 'View 1', file: { versionId: 'v1' } }],
      closesAt: plusHours(office.now, 14 * 24),
    });
    expect(await office.mailKinds(id)).toEqual(['decision-asked', 'delivery-ready', 'disclosure-released']);
    expect(await office.records.linesOf(provisionsOfQuarter('2026-Q4'))).toContain(id);
    expect((await office.acts(id)).at(-1)).toBe('disclosure released');
  });

  it('happens once, however often the step is run', async () => {
    const { id } = await office.approved();
    const both = await Promise.all([office.release(id), office.release(id)]);
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(['collect', 'look-again']);
    expect(await office.check(id)).toMatchObject({ kind: 'collect' });
    expect(await office.mailKinds(id)).toEqual(['decision-asked', 'delivery-ready', 'disclosure-released']);
  });

  it('leaves a package to be sealed, and sends no link before it is', async () => {
    const { id } = await office.released({ way: 'sealed-package' });
    expect((await office.delivery(await office.disclosure(id))).state).toBe('sealing');
    expect(await office.mailKinds(id)).toEqual(['disclosure-released']);
    expect(await office.check(id)).toEqual({ kind: 'seal' });
  });

  it('does not happen before the check allows it', async () => {
    for (const { id } of [await office.prepared(), await office.sent()])
      expect(await office.release(id)).toEqual({ kind: 'look-again' });
    const decision = await office.deciding();
    expect(await office.release(disclosureIdOf(decision))).toEqual({ kind: 'look-again' });
  });

  it('saves two files of one name under two names', async () => {
    const { id } = await office.opened({
      technology: 'license-plate-reader',
      basis: { ground: 'crime', caseNumber: CASE },
    });
    for (const label of ['First read', 'Second read']) {
      const record = {
        kind: 'record',
        system: 'Plate reader archive',
        reference: 'LPR-1',
        fileName: 'read.csv',
      } as const;
      const begun = await beginEnclosure(office.needs, { ...(await tending(id)), ...record, label });
      if (begun.kind !== 'done' || begun.enclosure.kind !== 'record') throw new Error(begun.kind);
      office.files.arrivedAt.set(begun.enclosure.incomingKey, 100);
      await takeEnclosure(office.needs, { ...(await tending(id)), enclosureId: begun.enclosure.id });
    }
    await office.send(id);
    await office.check(id);
    await office.release(id);
    const { files } = await office.delivery(await office.disclosure(id));
    expect(files.map(({ fileName }) => fileName)).toEqual(['read.csv', `${files[1]?.enclosureId}-read.csv`]);
  });
});

describe('what ends between the ruling and the release', () => {
  beforeEach(() => office.agreement({ until: calendarDate('2030-01-01') }));

  /** Records in which something happens just before the release is written. */
  const meanwhile = (happens: () => Promise<unknown>): Records => ({
    ...office.records,
    write: async (change) => {
      await happens();
      return office.records.write(change);
    },
  });
  const releasing = (id: string, records: Records) =>
    releaseDisclosure({ ...office.needs, records }, { disclosureId: id });

  it('an agreement that ends at that very moment stops it', async () => {
    const { id } = await office.sent({ basis: { ground: 'crime', caseNumber: CASE } });
    await office.check(id);
    const ended = { ended: { by: 'p-okafor', at: office.now, why: 'It was broken' } };
    await expect(
      releasing(
        id,
        meanwhile(() => office.agreement(ended)),
      ),
    ).rejects.toThrow(ChangedMeanwhile);
    expect((await office.disclosure(id)).state).toBe('checking');
    expect(await office.release(id)).toEqual({ kind: 'look-again' });
    expect(await office.check(id)).toEqual({ kind: 'refused' });
    expect((await office.disclosure(id)).refusals).toMatchObject([{ clause: 'nyc-23-1203-3', field: 'agreement' }]);
    const { ended: _, ...open } = ended as { ended?: unknown };
    await office.agreement({ ...open, ended: undefined as never });
  });

  it('an image that is kept no more stops it', async () => {
    const { id, enclosures } = await office.sent({ basis: { ground: 'crime', caseNumber: CASE } });
    await office.check(id);
    const [enclosed] = enclosures;
    if (enclosed?.kind !== 'image') throw new Error('no image');
    const gone = async () => {
      const image = (await office.records.get(images, enclosed.imageId))!;
      await office.records.write({
        at: office.now,
        by: { kind: 'system', id: 'test' },
        puts: [put(images, { ...image, state: 'refused' })],
        tells: [{ subject: `image#${image.id}`, act: 'test' }],
      });
    };
    await expect(releasing(id, meanwhile(gone))).rejects.toThrow(ChangedMeanwhile);
    expect(await office.release(id)).toEqual({ kind: 'look-again' });
    expect((await office.check(id)).kind).toBe('complete');
    expect((await office.disclosure(id)).needs).toMatchObject([
      { need: 'enclosure', clause: 'house-shown-is-decided' },
    ]);
  });

  it('a withdrawal at that very moment stops it', async () => {
    const { id } = await office.approved();
    await expect(
      releasing(
        id,
        meanwhile(() => withdraw(id)),
      ),
    ).rejects.toThrow(ChangedMeanwhile);
    expect(await office.release(id)).toEqual({ kind: 'look-again' });
    expect(await office.check(id)).toEqual({ kind: 'withdrawn' });
  });

  it('XR26-EXT-09: a consent that was withdrawn before it stops it', async () => {
    const consent = { signedBy: 'person', at: office.now, withdrawnAt: plusMinutes(office.now, 30) } as const;
    const people = [{ personRef: 'The driver', capacity: 'adult', consent }] as const;
    const { id } = await office.approved({ basis: { ground: 'consent', people } });
    office.later(31);
    expect(await office.release(id)).toEqual({ kind: 'look-again' });
    expect(await office.check(id)).toEqual({ kind: 'refused' });
    expect((await office.disclosure(id)).refusals?.map(({ clause }) => clause)).toEqual(['XR26-EXT-09']);
  });
});

describe('withdrawing a disclosure', () => {
  it('ends it while nothing has left, and asks the officer no more', async () => {
    const decision = await office.deciding();
    const id = disclosureIdOf(decision);
    expect(done(await withdraw(id)).state).toBe('withdrawn');
    expect((await office.decision(decision.id)).state).toBe('withdrawn');
    expect(await office.check(id)).toEqual({ kind: 'withdrawn' });
    expect((await office.answer(decision)).kind).toBe('refused');
    expect((await withdraw(id)).kind).toBe('done');
  });

  it('is for its requester, with a reason, and not after the release', async () => {
    const { id } = await office.prepared();
    expect(await withdraw(id, 'p-okafor')).toEqual({ kind: 'missing' });
    const none = await withdrawDisclosure(office.needs, { ...(await tending(id)), reason: ' ' });
    expect(refusalsIn(none)).toEqual(['XR26-EXT-08 reason']);
    const released = await office.released();
    expect(refusalsIn(await withdraw(released.id))).toEqual(['house-shown-is-decided state']);
  });

  it('and the officer’s answer at one moment: one of the two is met, and nothing leaves after a withdrawal', async () => {
    const decision = await office.deciding();
    const id = disclosureIdOf(decision);
    await Promise.all([withdraw(id), untilWritten(() => office.answer(decision))]);
    expect(await office.check(id)).toEqual({ kind: 'withdrawn' });
    expect(await office.release(id)).toEqual({ kind: 'look-again' });
  });
});

describe('revoking a disclosure', () => {
  it('ends the disclosure and its delivery in one change, and tells the recipient', async () => {
    const { id } = await office.released();
    const revoked = done(await revoke(id, 'p-okafor'));
    expect(revoked).toMatchObject({ state: 'revoked', outcomeReason: 'Sent to the wrong office' });
    expect((await office.delivery(revoked)).state).toBe('revoked');
    expect(await office.mailKinds(id)).toEqual([
      'delivery-ready',
      'delivery-revoked',
      'disclosure-released',
      'disclosure-revoked',
    ]);
    expect(await office.check(id)).toEqual({ kind: 'revoked' });
    expect((await revoke(id)).kind).toBe('done');
  });

  it('works while the package is still being sealed', async () => {
    const { id } = await office.released({ way: 'sealed-package' });
    expect((await office.delivery(done(await revoke(id)))).state).toBe('revoked');
  });

  it('is for its requester and the privacy office, with a reason, and not before the release', async () => {
    const { id } = await office.released();
    expect(await revoke(id, 'p-reyes')).toEqual({ kind: 'missing' });
    expect(refusalsIn(await revoke(id, 'p-ortiz', 'no'))).toEqual(['house-characters-of-reason reason']);
    expect(refusalsIn(await revoke((await office.sent()).id))).toEqual(['house-shown-is-decided state']);
  });

  it('and a receipt at one moment: exactly one of the two is so, for the disclosure and its delivery alike', async () => {
    for (let round = 0; round < 5; round++) {
      const { id } = await office.released();
      const [revoked, received] = await Promise.all([revoke(id), receive(id)]);
      const disclosure = await office.disclosure(id);
      const delivery = await office.delivery(disclosure);
      expect([disclosure.state, delivery.state]).toEqual(
        received === 'received' ? ['received', 'received'] : ['revoked', 'revoked'],
      );
      expect(revoked.kind).toBe(received === 'received' ? 'refused' : 'done');
    }
  });
});

describe('waiting for the recipient', () => {
  it('finds what came before anyone waited', async () => {
    const { id } = await office.sent({ basis: { ground: 'crime', caseNumber: CASE } });
    await office.check(id);
    await office.release(id);
    await revoke(id);
    await askRecipientToCollect(office.needs, { disclosureId: id, token: 'late' });
    expect((await office.acts(id)).at(-1)).toBe('collection found ended');
    expect(collectionOf(id)).toEqual({ on: `disclosure#${id}`, for: 'collection' });
  });

  it('house-days-to-collect: ends after fourteen days, and nothing can be opened any more', async () => {
    const { id } = await office.released();
    office.days(14);
    expect(await office.check(id)).toEqual({ kind: 'not-collected' });
    const ended = await office.disclosure(id);
    expect(ended.state).toBe('not-collected');
    expect((await office.delivery(ended)).state).toBe('expired');
    expect(await office.mailKinds(id)).toContain('disclosure-not-collected');
    expect(await receive(id)).toBe('refused');
  });
});
