/** The hard stop, through every answer, field and act: nothing goes on, and that help was asked for is on record. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeDisclosure } from '../../../functions/disclosure/change-disclosure.ts';
import {
  disclosures,
  immigrationRequests,
  immigrationRequestsOfQuarter,
  type ImmigrationRequest,
} from '../../../functions/disclosure/contract.ts';
import { openDisclosure, type DisclosureAskedDraft } from '../../../functions/disclosure/open-disclosure.ts';
import { put } from '../../../functions/records/change.ts';
import { submitUseRequest } from '../../../functions/use-request/submit-use-request.ts';
import {
  GROUNDS,
  IMMIGRATION_PURPOSES,
  RECIPIENTS,
  type GroundId,
} from '../../../policies/editions/disclosure-grounds.ts';
import type { Technology } from '../../../policies/editions/edition.ts';
import type { Basis } from '../../../functions/disclosure/contract.ts';
import { recipientOf } from '../../policies/disclosure-facts.ts';
import { LIAISON, startBureau, type Bureau } from '../bureau.ts';
import { officeInMemory, type Office } from './office.ts';

let office: Office;
beforeAll(async () => {
  office = await officeInMemory();
});

const TECHNOLOGIES: readonly Technology[] = [
  'mobile-x-ray',
  'portable-electronic-device',
  'digital-camera',
  'license-plate-reader',
];
type Immigration = DisclosureAskedDraft['immigration'];

const onRecord = async (id: string): Promise<ImmigrationRequest | undefined> =>
  office.records.get(immigrationRequests, id);
const asksNow = async (): Promise<number> =>
  (await office.records.linesOf(immigrationRequestsOfQuarter('2026-Q4'))).length;
const opening = async (over: Partial<DisclosureAskedDraft>, draft?: string) =>
  openDisclosure(office.needs, { person: await office.acting(), asked: office.asked(over), ...(draft && { draft }) });
/** Writes an answer past every form, as nothing in the system does. */
async function slipped(id: string, immigration: Immigration): Promise<void> {
  const disclosure = await office.disclosure(id);
  await office.records.write({
    at: office.now,
    by: { kind: 'system', id: 'test' },
    puts: [put(disclosures, { ...disclosure, asked: { ...disclosure.asked, immigration } })],
    tells: [{ subject: `disclosure#${id}`, act: 'test' }],
  });
}

const ANSWERS: readonly (readonly [string, Immigration])[] = [
  ...IMMIGRATION_PURPOSES.map(({ id }) => [id, { furthers: id, recipientEnforces: false }] as const),
  ...['yes', 'No', ' no', '', 'maybe', 'null', '0'].map(
    (typed) =>
      [
        `an answer nobody foresaw: ${JSON.stringify(typed)}`,
        { furthers: typed as 'no', recipientEnforces: false },
      ] as const,
  ),
  ['no answer at all', { furthers: undefined as never, recipientEnforces: false }],
  ['federal personnel with such duties and no other purpose', { furthers: 'no', recipientEnforces: true }],
  ['such personnel, a purpose of three letters', { furthers: 'no', recipientEnforces: true, otherPurpose: 'job' }],
];

describe('opening a disclosure', () => {
  it.each(ANSWERS)('stops at %s', async (_what, immigration) => {
    const before = await asksNow();
    const answer = await opening({ immigration });
    expect(answer).toMatchObject({ kind: 'refused', because: expect.any(Array) });
    if (answer.kind !== 'refused') throw new Error(answer.kind);
    expect(await onRecord(answer.onRecordAs!)).toMatchObject({
      response: 'refused',
      askedThrough: 'disclosure',
      by: 'p-ortiz',
      technology: 'mobile-x-ray',
      agency: immigration.recipientEnforces ? 'federal' : 'other-local',
    });
    expect(await asksNow()).toBe(before + 1);
    expect((await office.records.ledgerOf(`immigration-request#${answer.onRecordAs}`)).map(({ act }) => act)).toEqual([
      'immigration request refused',
    ]);
  });

  it.each(TECHNOLOGIES.flatMap((technology) => RECIPIENTS.map(({ kind }) => [technology, kind] as const)))(
    'stops for %s and %s, whatever the ground',
    async (technology, kind) => {
      for (const ground of GROUNDS.map(({ id }) => id)) {
        const answer = await opening({
          technology,
          recipient: recipientOf(kind),
          basis: basisOf(ground),
          immigration: { furthers: 'designated-proxy', recipientEnforces: false },
        });
        expect(answer).toMatchObject({ kind: 'refused', onRecordAs: expect.any(String) });
        if (answer.kind === 'refused')
          expect(await onRecord(answer.onRecordAs!)).toMatchObject({ technology, purpose: 'designated-proxy' });
      }
    },
  );

  it('takes whoever acts for ICE or CBP for an enforcer, whatever else was answered', async () => {
    const addressee = { ...office.asked().addressee, iceOrCbp: true };
    expect(await opening({ addressee })).toMatchObject({ kind: 'refused', onRecordAs: expect.any(String) });
    const immigration = {
      furthers: 'no',
      recipientEnforces: false,
      otherPurpose: 'a federal drug case before the court',
    } as const;
    expect(await opening({ addressee, immigration })).toMatchObject({ kind: 'opened' });
  });

  it('stops before anything else the form may have wrong', async () => {
    const immigration = { furthers: 'civil-provisions', recipientEnforces: false } as const;
    const refusals = [{ clause: 'x', field: 'about', found: '', expected: '', todo: '' }];
    const answer = await openDisclosure(office.needs, {
      person: await office.acting(),
      asked: office.asked({ immigration, about: 'x'.repeat(5000), disclosureType: 'nonsense' as 'other' }),
      refusals,
    });
    expect(answer).toMatchObject({ kind: 'refused', onRecordAs: expect.any(String) });
  });

  it('records the same form once, and another answer on it once more', async () => {
    const before = await asksNow();
    const immigration = { furthers: 'civil-provisions', recipientEnforces: false } as const;
    expect(await opening({ immigration }, 'draft')).toEqual(await opening({ immigration }, 'draft'));
    expect(await asksNow()).toBe(before + 1);
    await opening({ immigration: { ...immigration, furthers: 'designated-proxy' } }, 'draft');
    expect(await asksNow()).toBe(before + 2);
  });

  it('keeps no word of what was typed', async () => {
    const immigration = {
      furthers: 'civil-provisions',
      recipientEnforces: true,
      otherPurpose: 'SECRET-WORDS',
    } as const;
    const answer = await opening({ immigration, about: 'SECRET-WORDS' });
    if (answer.kind !== 'refused') throw new Error(answer.kind);
    const record = await onRecord(answer.onRecordAs!);
    const entries = await office.records.ledgerOf(`immigration-request#${answer.onRecordAs}`);
    expect(JSON.stringify([record, entries])).not.toContain('SECRET-WORDS');
  });
});

describe.each(ANSWERS)('once it is open, %s', (_what, immigration) => {
  it('is stopped when it is changed', async () => {
    const { id } = await office.prepared();
    const before = await asksNow();
    const person = await office.acting();
    const answer = await changeDisclosure(office.needs, {
      disclosureId: id,
      person,
      asked: office.asked({ immigration }),
    });
    expect(answer.kind).toBe('refused');
    await expectStopped(id, before);
  });

  it('is stopped when it is sent, and again when it was completed', async () => {
    for (const completing of [false, true]) {
      const { id } = await (completing ? office.sent({ basis: { ground: 'required-by-law' } }) : office.prepared());
      if (completing) await office.check(id);
      await slipped(id, immigration);
      const before = await asksNow();
      expect((await office.send(id)).kind).toBe('refused');
      await expectStopped(id, before);
    }
  });

  it('is stopped by every check, also after an officer approved', async () => {
    const { id } = await office.sent();
    await slipped(id, immigration);
    let before = await asksNow();
    expect(await office.check(id)).toEqual({ kind: 'refused' });
    await expectStopped(id, before);

    const { id: approved } = await office.approved();
    await slipped(approved, immigration);
    before = await asksNow();
    expect(await office.release(approved)).toEqual({ kind: 'look-again' });
    expect(await office.check(approved)).toEqual({ kind: 'refused' });
    await expectStopped(approved, before);
  });
});

async function expectStopped(id: string, before: number): Promise<void> {
  const disclosure = await office.disclosure(id);
  expect(disclosure).toMatchObject({ state: 'refused', step: 'Disclosure refused' });
  expect(disclosure.release).toBeUndefined();
  const asked = await office.records.linesOf(immigrationRequestsOfQuarter('2026-Q4'));
  expect(asked).toHaveLength(before + 1);
  const found = await Promise.all(asked.map(onRecord));
  expect(found.filter((one) => one?.on === `disclosure#${id}`)).toHaveLength(1);
  expect((await office.acts(id)).filter((act) => act === 'immigration request refused')).toHaveLength(1);
  // It stays stopped.
  expect((await office.send(id)).kind).toBe('refused');
  expect(await office.check(id)).toEqual({ kind: 'refused' });
  expect(await office.release(id)).toEqual({ kind: 'look-again' });
  expect(await office.mailKinds(id)).not.toContain('delivery-ready');
}

function basisOf(ground: GroundId): Basis {
  return ground === 'consent' ? { ground, people: [] } : { ground };
}

describe('a use request that serves immigration enforcement', () => {
  let bureau: Bureau;
  beforeAll(async () => {
    bureau = await startBureau();
  });
  afterAll(() => bureau.stop());

  it.each([
    ['a member', 'p-reyes', 'not-an-agency'],
    ['a federal agency', LIAISON, 'federal'],
  ] as const)('of %s is refused at the form, and recorded in the same change', async (_who, who, agency) => {
    const answer = await submitUseRequest(bureau.needs, await bureau.submission(who, { immigrationEnforcement: true }));
    if (answer.kind !== 'refused') throw new Error(answer.kind);
    const ids = await bureau.records.linesOf(immigrationRequestsOfQuarter('2026-Q4'));
    const found = await Promise.all(ids.map((id) => bureau.records.get(immigrationRequests, id)));
    expect(found.filter((one) => one?.on === `refused-request#${answer.onRecordAs}`)).toMatchObject([
      { askedThrough: 'use-request', agency, response: 'refused', technology: 'mobile-x-ray' },
    ]);
  });

  it('of another kind is recorded as no such request', async () => {
    const before = await bureau.records.linesOf(immigrationRequestsOfQuarter('2026-Q4'));
    await submitUseRequest(bureau.needs, await bureau.submission('p-reyes', { politicalActivity: true }));
    expect(await bureau.records.linesOf(immigrationRequestsOfQuarter('2026-Q4'))).toEqual(before);
  });
});
