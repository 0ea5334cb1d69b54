/** A training comes by the training officer's form or by the import; it is one training either way. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trainings } from '../../../functions/training/contract.ts';
import { importTrainings } from '../../../functions/training/import-trainings.ts';
import { recordTraining } from '../../../functions/training/record-training.ts';
import { startBureau, type Bureau } from '../bureau.ts';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await startBureau();
});
afterAll(() => bureau?.stop());

const given = { personId: 'p-kim', specialised: true };
const typed = (completedOn: string) => recordTraining(bureau.needs, { ...given, by: 'p-wu', completedOn });
const imported = (completedOn: string) =>
  importTrainings(bureau.needs, { by: 'records', trainings: [{ ...given, technology: 'mobile-x-ray', completedOn }] });
const countOn = async (day: string) =>
  (await bureau.records.ofSubject(trainings, 'person#p-kim')).records.filter(({ completedOn }) => completedOn === day)
    .length;

describe('XR26-TRN-01: a training', () => {
  it('that was imported is not recorded again by the form', async () => {
    expect(await imported('2026-05-04')).toEqual({ recorded: 1, unchanged: 0 });
    expect(await typed('2026-05-04')).toMatchObject({ kind: 'refused', because: [{ field: 'completedOn' }] });
    expect(await countOn('2026-05-04')).toBe(1);
  });

  it('that was recorded by the form is left as it is by the import', async () => {
    expect((await typed('2026-06-05')).kind).toBe('recorded');
    expect(await imported('2026-06-05')).toEqual({ recorded: 0, unchanged: 1 });
    expect(await countOn('2026-06-05')).toBe(1);
  });

  it('that comes by both doors in the same moment is on record once', async () => {
    for (let day = 10; day < 20; day++) await Promise.all([typed(`2026-07-${day}`), imported(`2026-07-${day}`)]);
    for (let day = 10; day < 20; day++) expect(await countOn(`2026-07-${day}`)).toBe(1);
  });
});
