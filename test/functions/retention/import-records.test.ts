/** Bringing in what older systems kept, on a real table: each whole or not at all, and the same whenever it is sent. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardsLine, caseKey, cases } from '../../../functions/case/contract.ts';
import { newId } from '../../../functions/edge/system.ts';
import { cardKey, recalculations, retentionCards } from '../../../functions/retention/contract.ts';
import { importRecords } from '../../../functions/retention/import-records.ts';
import { handler } from '../../../functions/retention/import-records.lambda.ts';
import type { ImportedCard, ImportedCase, RecordsImport } from '../../../functions/retention/import-shapes.ts';
import { calendarDate, instantOf } from '../../../policies/instant.ts';
import { startTable, type TestTable } from '../../records-table.ts';

let table: TestTable;
beforeAll(async () => void (table = await startTable()));
afterAll(() => table?.stop());

const NOW = instantOf('2026-11-24T15:00:00Z');
const bring = (given: Omit<RecordsImport, 'by' | 'reason'>, over: object = {}) =>
  importRecords(
    { records: table.records, now: () => NOW, newId, ...over },
    { by: 'migration', reason: 'The move from the system of 2014', ...given },
  );

const CASE: ImportedCase = {
  caseNumber: '2014-c-1',
  openedOn: calendarDate('2014-02-01'),
  closed: { on: calendarDate('2015-06-30'), ground: 'appeals-exhausted' },
  dispositions: [
    {
      id: 'C-1',
      charged: 'PL 155.30',
      outcome: 'pleaded',
      on: calendarDate('2015-05-01'),
      classId: 'misdemeanor',
      appeal: 'exhausted',
    },
  ],
  statusClasses: [],
  people: [{ id: 'P-1', part: 'suspect', bornOn: calendarDate('1980-02-29') }],
};
const cardOf = (id: string, over: Partial<ImportedCard> = {}): ImportedCard => ({
  id,
  kind: 'recording',
  technology: 'portable-electronic-device',
  capturedAt: instantOf('2014-02-01T10:00:00Z'),
  keptAt: instantOf('2014-02-02T10:00:00Z'),
  caseNumbers: ['2014-c-1'],
  files: [{ key: `kept/records/${id}/original`, versionId: 'v1', sha256: 'a'.repeat(64), bytes: 9 }],
  ...over,
});
const refusedFields = (one: unknown) =>
  ((one as { because?: readonly { field: string }[] }).because ?? []).map(({ field }) => field);

describe('what older systems kept', () => {
  it('is brought in as it stands, and its dates are owed', async () => {
    const done = await bring({ cases: [CASE], cards: [cardOf('OLD-1'), cardOf('OLD-2')] });
    expect(done).toMatchObject({
      cases: [{ kind: 'recorded', id: '2014-C-1' }],
      cards: [
        { kind: 'recorded', id: 'OLD-1' },
        { kind: 'recorded', id: 'OLD-2' },
      ],
    });
    expect(await table.records.get(cases, '2014-C-1')).toMatchObject({
      state: 'closed',
      closed: { on: '2015-06-30', ground: 'appeals-exhausted', by: 'migration' },
      version: 1,
    });
    const card = (await table.records.get(retentionCards, 'OLD-1'))!;
    expect(card).toMatchObject({ caseNumbers: ['2014-C-1'], keeping: { kind: 'keep' }, lock: { legalHold: true } });
    // Nobody has told the store yet.
    expect(card).not.toHaveProperty('lockSetAt');
    expect(await table.records.linesOf(cardsLine('2014-C-1'))).toEqual(['OLD-1', 'OLD-2']);
    expect(await table.records.get(recalculations, done.recalculationId!)).toMatchObject({
      state: 'owed',
      scope: { kind: 'cards', ids: ['OLD-1', 'OLD-2'] },
    });
    const told = [
      ...(await table.records.ledgerOf(caseKey('2014-C-1'))),
      ...(await table.records.ledgerOf(cardKey('OLD-1'))),
    ];
    expect(told.map(({ act }) => act)).toEqual(['case brought in', 'record brought in']);
    expect(JSON.stringify(told)).not.toMatch(/1980|155\.30|the system of/);
  });

  it('is left as it is when it is sent again, and the dates are owed again while none was worked out', async () => {
    const again = await bring({ cases: [CASE], cards: [cardOf('OLD-1')] });
    expect(again).toMatchObject({ cases: [{ kind: 'unchanged' }], cards: [{ kind: 'unchanged' }] });
    expect(again.recalculationId).toBeDefined();
    expect((await table.records.get(cases, '2014-C-1'))!.version).toBe(1);
    expect((await bring({ cards: [cardOf('OLD-1')], workOut: false })).recalculationId).toBeUndefined();
  });

  it('is refused by itself when it is on file otherwise; the others of its batch are not', async () => {
    const done = await bring({
      cases: [
        { ...CASE, closed: undefined },
        { ...CASE, caseNumber: '2014-C-2' },
      ],
      cards: [cardOf('OLD-1', { deviceId: 'PED-2' }), cardOf('OLD-3')],
      workOut: false,
    });
    expect(done.cases.map(({ kind }) => kind)).toEqual(['refused', 'recorded']);
    expect(done.cards.map(({ kind }) => kind)).toEqual(['refused', 'recorded']);
    expect(refusedFields(done.cards[0])).toEqual(['id']);
  });

  it.each<[string, Partial<ImportedCase>, string]>([
    ['closed in the future', { closed: { on: calendarDate('2199-01-01'), ground: 'no-arrest' } }, 'on'],
    ['opened in the future', { openedOn: calendarDate('2199-01-01') }, 'openedOn'],
    ['with no number', { caseNumber: 'John Doe' }, 'caseNumber'],
    [
      'closed while an appeal is pending',
      { dispositions: [{ ...CASE.dispositions[0]!, appeal: 'pending' }] },
      'ground',
    ],
  ])('a case %s is refused', async (_, over, field) => {
    const done = await bring({ cases: [{ ...CASE, caseNumber: '2014-C-9', ...over }] });
    expect(done.cases[0]).toMatchObject({ kind: 'refused' });
    expect(refusedFields(done.cases[0]).length, field).toBeGreaterThan(0);
    expect(await table.records.get(cases, '2014-C-9')).toBeUndefined();
  });

  it.each<[string, Partial<ImportedCard>, string]>([
    ['captured in the future', { capturedAt: instantOf('2199-01-01T00:00:00Z') }, 'capturedAt'],
    ['without a file', { files: [] }, 'files'],
    ['with a file of another record', { files: [{ ...cardOf('OLD-1').files[0]! }] }, 'files'],
    ['with a plate read that is none', { read: { plate: 'A', state: 'NY', place: 'x' } }, 'read'],
    ['of a person that has none', { kind: 'personal-file', files: [] }, 'person'],
  ])('a record %s is refused', async (_, over, field) => {
    const done = await bring({ cards: [cardOf('OLD-9', over)] });
    expect(refusedFields(done.cards[0])).toContain(field);
    expect(await table.records.get(retentionCards, 'OLD-9')).toBeUndefined();
  });

  it('comes in batches of at most 200, each thing once', async () => {
    const many = (count: number) => Array.from({ length: count }, (_, n) => cardOf(`MANY-${n}`));
    await expect(bring({ cards: many(200), cases: [CASE] })).rejects.toThrow('at most 200');
    await expect(bring({ cards: [cardOf('TWICE'), cardOf('TWICE')] })).rejects.toThrow(
      'cards.1: is the same as cards.0',
    );
    const done = await bring({ cards: many(200) });
    expect(done.cards.filter(({ kind }) => kind === 'recorded')).toHaveLength(200);
    expect((await table.records.linesOf(cardsLine('2014-C-1'))).length).toBeGreaterThanOrEqual(203);
  }, 60_000);

  it('that does not fit is refused before anything is built', async () => {
    const call = handler as (event: unknown, context: unknown) => Promise<unknown>;
    await expect(call({ by: 'x', reason: 'y', cards: [{ id: 'a b' }] }, {})).rejects.toThrow('cards.0.id');
  });
});
