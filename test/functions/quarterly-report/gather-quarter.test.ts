/** What a quarter counts, on a real table, against counts by hand. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RECIPIENTS } from '../../../policies/editions/disclosure-grounds.ts';
import { instantOf } from '../../../policies/instant.ts';
import { BREACH_CAUSES, REQUESTING_AGENCIES } from '../../../policies/rules/quarterly-compilation.ts';
import { startBureau, type Bureau } from '../bureau.ts';
import { composed as composedIn, sendBreachAgain, writeBreach, writeExigent, writeRequest } from './quarter-world.ts';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await startBureau();
});
afterAll(() => bureau?.stop());

const TECHNOLOGIES = ['mobile-x-ray', 'portable-electronic-device', 'digital-camera', 'license-plate-reader'] as const;
const NOTICES = ['people-told', 'not-owed', 'pending'] as const;
const composed = (id: string) => composedIn(bureau, id);

describe('what a quarter counts', () => {
  it(
    'XR26-EXT-22, nyc-10-178-d-report: is what a count by hand finds, for any mixture',
    { timeout: 120_000 },
    async () => {
      const inQuarter = instantOf('2026-08-11T12:00:00Z');
      const told = fc.sample(
        fc.record({
          technology: fc.constantFrom(...TECHNOLOGIES),
          cause: fc.constantFrom(...BREACH_CAUSES),
          recipient: fc.constantFrom(...RECIPIENTS.map(({ kind }) => kind), 'unknown' as const),
          notice: fc.constantFrom(...NOTICES),
          violates: fc.constantFrom(true, true, true, false),
          cameBack: fc.constantFrom(false, false, false, false, true),
        }),
        { numRuns: 60, seed: 7 },
      );
      for (const one of told) await writeBreach(bureau, { at: inQuarter, ...one });
      const exigent = fc.sample(
        fc.record({
          technology: fc.constantFrom(...TECHNOLOGIES),
          recipient: fc.constantFrom(...RECIPIENTS.map(({ kind }) => kind)),
          exempt: fc.boolean(),
        }),
        { numRuns: 40, seed: 8 },
      );
      for (const one of exigent) await writeExigent(bureau, inQuarter, one);
      await writeExigent(bureau, inQuarter, { ground: 'mission' });
      const asked = fc.sample(
        fc.record({
          technology: fc.constantFrom(...TECHNOLOGIES),
          agency: fc.constantFrom(...REQUESTING_AGENCIES, 'not-an-agency' as const),
          purpose: fc.constantFrom('civil-provisions', 'designated-proxy', 'not-stated'),
        }),
        { numRuns: 40, seed: 9 },
      );
      for (const one of asked) await writeRequest(bureau, inQuarter, one);
      bureau.now = instantOf('2026-10-02T12:00:00Z');

      const counted = {
        breaches: told.filter(({ violates, cameBack }) => violates && !cameBack),
        'exigent-disclosures': exigent.filter(({ exempt }) => !exempt),
        'immigration-requests': asked.filter(({ agency }) => agency !== 'not-an-agency'),
      };
      const { compilation } = await composed('2026-Q3');
      for (const part of compilation.parts) {
        const all: readonly Readonly<Record<string, unknown>>[] = counted[part.about];
        expect(part.total).toBe(all.length);
        expect(part.tables.length).toBeGreaterThan(1);
        for (const { by, rows, others } of part.tables) {
          for (const { category, count } of rows)
            expect([by, category, count]).toEqual([by, category, all.filter((one) => one[by] === category).length]);
          expect(rows.reduce((sum, { count }) => sum + count, others?.count ?? 0)).toBe(all.length);
        }
      }
    },
  );

  it('is decided by the day in New York, not in UTC', async () => {
    for (let one = 0; one < 6; one++) await writeBreach(bureau, { at: instantOf('2022-01-01T04:59:59.999Z') });
    for (let one = 0; one < 7; one++) await writeBreach(bureau, { at: instantOf('2022-01-01T05:00:00Z') });
    for (let one = 0; one < 8; one++) await writeRequest(bureau, instantOf('2022-04-01T03:59:00Z'));
    const totals = async (id: string) => (await composed(id)).compilation.parts.map(({ total }) => total);
    expect(await totals('2021-Q4')).toEqual([6, 0, 0]);
    expect(await totals('2022-Q1')).toEqual([7, 0, 8]);
    expect(await totals('2022-Q2')).toEqual([0, 0, 0]);
  });

  it('counts a report that came back where it was sent again, and one sent twice where it was first told', async () => {
    const cameBack = [];
    for (let one = 0; one < 6; one++)
      cameBack.push(await writeBreach(bureau, { at: instantOf('2022-09-30T20:00:00Z'), cameBack: true }));
    for (const id of cameBack) await sendBreachAgain(bureau, id, instantOf('2022-10-03T12:00:00Z'));
    for (let one = 0; one < 7; one++) {
      const id = await writeBreach(bureau, { at: instantOf('2022-09-29T12:00:00Z') });
      await sendBreachAgain(bureau, id, instantOf('2022-10-04T12:00:00Z'));
    }
    expect((await composed('2022-Q3')).compilation.parts[0]!.total).toBe(7);
    expect((await composed('2022-Q4')).compilation.parts[0]!.total).toBe(6);
  });

  it('names the clause of every edition, and no record, person or place', async () => {
    const { answers, ...text } = await composed('2026-Q3');
    expect(answers).toEqual([
      'XR26-EXT-22',
      'nyc-23-1202-c-4-report',
      'nyc-23-1202-d',
      'nyc-10-178-d-report',
      'PED26-EXT-08',
      'CAM26-EXT-08',
      'LPR26-EXT-09',
    ]);
    expect(JSON.stringify(text)).not.toMatch(/Vale|Main Street|A paper|\b[BXIQ]-\d{4}|p-okafor/);
    for (const { csv } of text.tables) expect(csv).toMatch(/,nyc-|nyc-[a-z0-9-]+\r\n$/);
  });
});
