/** Trainings on a real table: recording one, how long it is current, and who may look. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordTraining } from '../../../functions/training/record-training.ts';
import { trainingPages } from '../../../functions/training/training-pages.lambda.tsx';
import { visitorsIn } from '../../../functions/records/visitors.ts';
import { instantOf } from '../../../policies/instant.ts';
import { startTable, type TestTable } from '../../records-table.ts';
import { signedInAs, type Browser } from '../signed-in.ts';

let table: TestTable;
let officer: Browser;
let operator: Browser;
const now = () => instantOf('2026-11-24T15:00:00Z');

beforeAll(async () => {
  table = await startTable();
  const { records } = table;
  const app = trainingPages(() => ({ records, now, ...visitorsIn(records, now) }));
  officer = await signedInAs(app, records, now, 'officer', ['member', 'training-officer']);
  operator = await signedInAs(app, records, now, 'operator', ['member', 'ctb-operator']);
});
afterAll(() => table?.stop());

const given = (differing: Record<string, string> = {}) => ({
  personId: operator.personId,
  specialised: 'specialised',
  completedOn: '2025-03-01',
  ...differing,
});
const textOf = async (answer: Promise<Response>) => (await answer).text();

describe('a training', () => {
  it('of a general kind is kept and does not count', async () => {
    expect((await officer.post('/trainings', given({ specialised: 'general' }))).headers.get('location')).toBe(
      `/trainings/${operator.personId}`,
    );
    expect(await textOf(operator.get('/trainings'))).toContain('not trained');
  });

  it('of the specialised kind is current for 24 months', async () => {
    await officer.post('/trainings', given());
    expect(await textOf(operator.get('/trainings'))).toContain('current until Mon Mar 1, 2027');
    const told = (await table.records.ledgerOf(`person#${operator.personId}`)).at(-1)!;
    expect(told).toMatchObject({
      act: 'training recorded',
      clauses: ['XR26-TRN-01'],
      facts: { specialised: true, completedOn: '2025-03-01' },
    });
  });

  it('is recorded once, however often and at whatever moment it is sent', async () => {
    const again = { personId: operator.personId, by: officer.personId, specialised: true, completedOn: '2024-01-05' };
    const outcomes = await Promise.all([1, 2, 3].map(() => recordTraining({ records: table.records, now }, again)));
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['recorded', 'refused', 'refused']);
  });

  it.each([
    [{ personId: 'P-none' }, 'personId'],
    [{ personId: 'x'.repeat(5000) }, 'personId'],
    [{ specialised: '' }, 'specialised'],
    [{ completedOn: '2026-11-25' }, 'completedOn'],
    [{ completedOn: '2026-02-30' }, 'completedOn'],
    [{ completedOn: '' }, 'completedOn'],
  ])('with %j is refused at %s', async (wrong, field) => {
    const answer = await officer.post('/trainings', given(wrong));
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain(`id="${field}-error"`);
  });

  it('is recorded by a training officer only; everyone reads their own', async () => {
    expect((await operator.post('/trainings', given())).status).toBe(403);
    expect((await operator.get('/trainings/new')).status).toBe(403);
    expect((await operator.get(`/trainings/${operator.personId}`)).status).toBe(200);
  });

  it('is never a fault of ours, whatever is typed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.constantFrom('personId', 'specialised', 'completedOn'), fc.string({ unit: 'binary' })),
        async (fields) => {
          expect((await officer.post('/trainings', fields)).status).toBe(422);
        },
      ),
      { numRuns: 50 },
    );
  });
});
