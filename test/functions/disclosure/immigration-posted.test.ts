/**
 * The hard stop of XR26-EXT-06 and nyc-10-178, tried through the pages with answers that no form offers: in another case
 * or script, sent twice, to questions the form does not ask. The acts behind them are tried in immigration-tried.test.ts.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  disclosuresOfMonth,
  immigrationRequests,
  immigrationRequestsOfQuarter,
} from '../../../functions/disclosure/contract.ts';
import type { RecipientKind } from '../../../policies/editions/disclosure-grounds.ts';
import { startDesks, whole, type Desks } from './desks.ts';
import { KINDS, otherFields, posted, PURPOSES } from './immigration-answers.ts';

const MONTH = disclosuresOfMonth('2026-11-24T15:00:00Z');

describe('XR26-EXT-06, nyc-10-178: through the pages, with answers no form offers', () => {
  let desks: Desks;
  beforeAll(async () => {
    desks = await startDesks();
  });
  afterAll(() => desks?.table.stop());

  const requests = async (): Promise<number> =>
    (await desks.table.records.linesOf(immigrationRequestsOfQuarter('2026-Q4'))).length;
  /** A refused form that opens nothing, or the record that it was asked for. */
  async function refusedPage(answer: Response, before: number): Promise<void> {
    expect(answer.status).toBe(422);
    const [, id] = /on record as (G-[0-9A-Z]{4}-[0-9A-Z]{4})/.exec(await answer.text()) ?? [];
    const records = desks.table.records;
    expect(await requests()).toBe(before + (id ? 1 : 0));
    if (id)
      expect(await records.get(immigrationRequests, id)).toMatchObject({
        response: 'refused',
        by: desks.asker.personId,
      });
  }

  type Fields = Readonly<Record<string, string | readonly string[]>>;
  const fields = (kind: RecipientKind, more: Fields, odd: Fields): Fields => ({ ...whole({}, kind), ...more, ...odd });

  it('opens nothing', async () => {
    const { records } = desks.table;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...KINDS), otherFields, posted, async (kind, more, odd) => {
        const [before, opened] = [await requests(), await records.linesOf(MONTH)];
        await refusedPage(await desks.asker.post('/disclosures', fields(kind, more, odd)), before);
        expect(await records.linesOf(MONTH)).toEqual(opened);
      }),
      { numRuns: 120 },
    );
  });

  it.each(PURPOSES)('puts %s on record, whatever else is posted', async (immigration) => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...KINDS), otherFields, async (kind, more) => {
        const before = await requests();
        const answer = await desks.asker.post('/disclosures', fields(kind, more, { immigration }));
        expect(await answer.text()).toContain('on record as G-');
        expect(await requests()).toBe(before + 1);
      }),
      { numRuns: 10 },
    );
  });

  it('changes no innocent one into it', async () => {
    await fc.assert(
      fc.asyncProperty(otherFields, posted, async (more, odd) => {
        const id = await desks.opened();
        const [before, asked] = [await requests(), (await desks.disclosure(id)).asked];
        const answer = await desks.asker.post(`/disclosures/${id}`, fields('prosecutor', more, odd));
        expect(answer.status).toBe(422);
        const after = await desks.disclosure(id);
        // A refused form changed nothing; what was stopped is on record, and can be sent no more.
        if (after.state === 'refused') {
          expect((await desks.asker.post(`/disclosures/${id}/send`)).status).toBe(422);
          const { state, release } = await desks.disclosure(id);
          expect([state, release, await requests()]).toEqual(['refused', undefined, before + 1]);
        } else {
          expect([after.state, after.asked, await requests()]).toEqual(['preparing', asked, before]);
        }
      }),
      { numRuns: 60 },
    );
  });
});
