/**
 * The hard stop of XR26-EXT-06 and nyc-10-178, tried through every act and past every form, with anything in every other
 * field. Each answer by name is in immigration.test.ts; posts to the pages are in immigration-posted.test.ts.
 */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { changeDisclosure } from '../../../functions/disclosure/change-disclosure.ts';
import {
  disclosures,
  disclosuresOfMonth,
  immigrationRequestsOfQuarter,
} from '../../../functions/disclosure/contract.ts';
import { openDisclosure, type DisclosureAskedDraft } from '../../../functions/disclosure/open-disclosure.ts';
import { put } from '../../../functions/records/change.ts';
import type { RecordsInMemory } from '../../records-in-memory.ts';
import { others, tried, type Tried } from './immigration-answers.ts';
import { officeInMemory, type Office } from './office.ts';

const MONTH = disclosuresOfMonth('2026-11-24T15:00:00Z');
const REFUSAL = { clause: 'house-shown-is-decided', field: 'about', found: 'x', expected: 'y', todo: 'z' };

describe('XR26-EXT-06, nyc-10-178: through the acts, with anything in every other field', () => {
  let office: Office<RecordsInMemory>;
  beforeAll(async () => {
    office = await officeInMemory();
  });
  const requests = async (): Promise<number> =>
    (await office.records.linesOf(immigrationRequestsOfQuarter('2026-Q4'))).length;
  /** Nothing was ever delivered, whatever was tried before. */
  const nothingDelivered = (): void =>
    expect(office.records.items().filter(({ noun }) => noun === 'delivery')).toEqual([]);

  const askedWith = (over: Partial<DisclosureAskedDraft>, { immigration, iceOrCbp }: Tried): DisclosureAskedDraft => {
    const asked = office.asked(over);
    return { ...asked, immigration, addressee: { ...asked.addressee, iceOrCbp } };
  };

  it('opens nothing, and puts each on record', async () => {
    const person = await office.acting();
    await fc.assert(
      fc.asyncProperty(others, tried, fc.boolean(), async (over, one, unreadable) => {
        const [before, opened] = [await requests(), await office.records.linesOf(MONTH)];
        const asked = askedWith(over, one);
        const answer = await openDisclosure(office.needs, { person, asked, refusals: unreadable ? [REFUSAL] : [] });
        expect(answer).toMatchObject({ kind: 'refused', onRecordAs: expect.any(String) });
        expect(await requests()).toBe(before + 1);
        expect(await office.records.linesOf(MONTH)).toEqual(opened);
      }),
      { numRuns: 300 },
    );
    nothingDelivered();
  });

  it('opens nothing for a technology that has no policy', async () => {
    const person = await office.acting();
    await fc.assert(
      fc.asyncProperty(fc.string(), tried, async (technology, one) => {
        const asked = askedWith({ technology: technology as 'mobile-x-ray' }, one);
        expect((await openDisclosure(office.needs, { person, asked })).kind).toBe('refused');
      }),
      { numRuns: 50 },
    );
  });

  /** It stays refused and undelivered, on record once, whatever is tried after. */
  async function staysStopped(id: string, recorded: number): Promise<void> {
    const disclosureId = id;
    const person = await office.acting();
    expect(await office.disclosure(id)).toMatchObject({ state: 'refused', step: 'Disclosure refused' });
    expect((await changeDisclosure(office.needs, { disclosureId, person, asked: office.crime() })).kind).toBe(
      'refused',
    );
    expect((await office.send(id)).kind).toBe('refused');
    expect(await office.check(id)).toEqual({ kind: 'refused' });
    expect(await office.release(id)).toEqual({ kind: 'look-again' });
    const { state, release } = await office.disclosure(id);
    expect([state, release]).toEqual(['refused', undefined]);
    expect(await requests()).toBe(recorded);
    const on = `disclosure#${id}`;
    expect(
      office.records
        .items()
        .filter(({ noun, record }) => noun === 'immigration-request' && (record as { on: string }).on === on),
    ).toHaveLength(1);
  }

  const BEFORE = ['preparing', 'completing', 'checking', 'deciding', 'approved'] as const;
  async function innocent(state: (typeof BEFORE)[number]): Promise<string> {
    if (state === 'preparing') return (await office.prepared()).id;
    if (state === 'checking') return (await office.sent({ basis: { ground: 'crime', caseNumber: 'C-1' } })).id;
    if (state === 'deciding') return (await office.deciding()).on.slice('disclosure#'.length);
    if (state === 'approved') return (await office.approved()).id;
    const { id } = await office.sent({ basis: { ground: 'required-by-law' } });
    await office.check(id);
    return id;
  }

  it('ends an innocent one that is changed into it, for good', async () => {
    const person = await office.acting();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('preparing', 'completing'),
        others,
        tried,
        fc.boolean(),
        async (state, over, one, unreadable) => {
          const [id, before] = [await innocent(state), await requests()];
          const given = {
            disclosureId: id,
            person,
            asked: askedWith(over, one),
            refusals: unreadable ? [REFUSAL] : [],
          };
          expect((await changeDisclosure(office.needs, given)).kind).toBe('refused');
          await staysStopped(id, before + 1);
        },
      ),
      { numRuns: 100 },
    );
    nothingDelivered();
  });

  it('ends what slipped past every form, however far it has come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...BEFORE), others, tried, async (state, over, one) => {
        const [id, before] = [await innocent(state), await requests()];
        const { identity, affiliation, lawfulness, technology, ...asked } = askedWith(over, one);
        const slipped = await office.disclosure(id);
        await office.records.write({
          at: office.now,
          by: { kind: 'system', id: 'test' },
          puts: [put(disclosures, { ...slipped, asked: { ...slipped.asked, ...asked } })],
          tells: [{ subject: `disclosure#${id}`, act: 'test' }],
        });
        if (state === 'preparing' || state === 'completing') expect((await office.send(id)).kind).toBe('refused');
        expect(await office.release(id)).toEqual({ kind: 'look-again' });
        // Whoever decides is asked no more than to answer what is asked already; then the check reads the record.
        if (state === 'deciding') await office.answer(await office.decision(slipped.decisionId!));
        expect(await office.check(id)).toEqual({ kind: 'refused' });
        await staysStopped(id, before + 1);
      }),
      { numRuns: 100 },
    );
    nothingDelivered();
  });
});
