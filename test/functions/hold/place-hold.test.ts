/** Placing a hold on a real table: what it writes in one change, what it names as gone, and what is in the way. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases, goneLine } from '../../../functions/case/contract.ts';
import type { HoldScope } from '../../../functions/hold/contract.ts';
import { placeHold } from '../../../functions/hold/place-hold.ts';
import { everyFence, recalculations } from '../../../functions/retention/contract.ts';
import { calendarDate } from '../../../policies/calendar-date.ts';
import { instantOf } from '../../../policies/instant.ts';
import { startTable, type TestTable } from '../../records-table.ts';
import { holdWorldOn, type HoldWorld } from './hold-world.ts';

let table: TestTable;
let world: HoldWorld;
beforeAll(async () => {
  table = await startTable();
  world = await holdWorldOn(table.records);
});
afterAll(() => table?.stop());

const onFence = async (holdId: string) =>
  (await everyFence(world.records)).map(({ holds }) => holds.find((entry) => entry.holdId === holdId));
const fieldsOf = async (scope: HoldScope, over = {}, by?: string) => {
  const answer = await placeHold(world.needs, await world.placing(scope, over, by));
  return answer.kind === 'refused' ? answer.because.map(({ field }) => field) : answer.kind;
};

describe('house-hold-wins: placing a hold', () => {
  it('on records writes hold, every copy of the fence, what works out their dates, ledger and notice in one change', async () => {
    await world.kept('P-1001');
    await world.kept('P-1002');
    const hold = await world.placed(
      { kind: 'records', ids: ['P-1001', 'P-1002'] },
      { custodianIds: ['p-ortiz', 'p-kim', 'p-ortiz'] },
    );
    expect(hold).toMatchObject({
      state: 'placing',
      placedBy: 'p-vance',
      gone: { count: 0 },
      custodianIds: ['p-ortiz', 'p-kim'],
    });
    expect(await onFence(hold.id)).toEqual(Array(8).fill({ holdId: hold.id, cards: ['P-1001', 'P-1002'] }));
    expect(await world.records.get(recalculations, hold.recalculationId!)).toMatchObject({
      cause: 'hold-placed',
      scope: { kind: 'hold', holdId: hold.id },
      state: 'owed',
    });
    const mails = await world.mailsAbout(hold.id);
    expect(mails.map(({ kind, to }) => [kind, to])).toEqual(
      expect.arrayContaining(['p-vance', 'p-ortiz', 'p-kim'].map((personId) => ['hold-placed', { personId }])),
    );
    expect(mails).toHaveLength(3);
    expect(await world.acts(hold.id)).toEqual(['hold placed', 'what was gone before named']);
  });

  it('tells the ledger ids, kinds, counts and hashes, and nothing of what was typed', async () => {
    await world.kept('P-1010');
    const { id } = await world.placed({ kind: 'records', ids: ['P-1010'] });
    const told = JSON.stringify(await world.records.ledgerOf(`hold#${id}`));
    for (const typed of ['Claim 26-1044', 'notice of claim', 'Notice of claim']) expect(told).not.toContain(typed);
  });

  it('on cases writes it on each that is on file, and keeps a number without a case on the fence', async () => {
    await world.caseOpened('C-2001');
    const hold = await world.placed({ kind: 'cases', caseNumbers: ['C-2001', 'C-2002'] });
    expect((await world.records.get(cases, 'C-2001'))?.holdIds).toEqual([hold.id]);
    expect((await world.records.ledgerOf('case#C-2001')).at(-1)).toMatchObject({
      act: 'hold placed on the case',
      facts: { hold: hold.id },
    });
    expect(await onFence(hold.id)).toEqual(Array(8).fill({ holdId: hold.id, cases: ['C-2001', 'C-2002'] }));
  });

  it('on a case is on what was merged into it too', async () => {
    await world.caseOpened('C-2010', { mergedFrom: ['C-2011'] });
    await world.caseOpened('C-2011', { state: 'merged', mergedInto: 'C-2010' });
    expect((await world.placed({ kind: 'cases', caseNumbers: ['C-2010'] })).scope).toEqual({
      kind: 'cases',
      caseNumbers: ['C-2010', 'C-2011'],
    });
    expect(await fieldsOf({ kind: 'cases', caseNumbers: ['C-2011'] })).toEqual(['caseNumbers']);
  });

  it('by what it matches stays on the fence', async () => {
    const matching = { technology: 'digital-camera', capturedFrom: calendarDate('2026-11-01') } as const;
    const hold = await world.placed({ kind: 'matching', matching });
    expect(await onFence(hold.id)).toEqual(Array(8).fill({ holdId: hold.id, matching }));
  });

  it('leaves other holds on the same records as they are', async () => {
    await world.kept('P-1020');
    const [one, two] = await Promise.all([
      world.placed({ kind: 'records', ids: ['P-1020'] }),
      world.placed({ kind: 'records', ids: ['P-1020'] }, { kind: 'audit' }),
    ]);
    expect((await onFence(one.id)).every(Boolean)).toBe(true);
    expect((await onFence(two.id)).every(Boolean)).toBe(true);
  });

  it('is done once, however often and at whatever moment the same form is sent', async () => {
    await world.kept('P-1030');
    const draft = 'd'.repeat(43);
    const placing = { ...(await world.placing({ kind: 'records', ids: ['P-1030'] })), draft };
    const answers = await Promise.all([1, 2, 3].map(() => placeHold(world.needs, placing)));
    const ids = answers.map((answer) => (answer.kind === 'placed' ? answer.hold.id : ''));
    expect(new Set(ids).size).toBe(1);
    expect((await world.acts(ids[0]!)).filter((act) => act === 'hold placed')).toHaveLength(1);
  });
});

describe('what was gone before', () => {
  const destroyed = (at: string) => ({
    at: instantOf(at),
    classId: 'misdemeanor',
    scheduleId: 'test-schedule',
    sha256: 'a'.repeat(64),
    bytes: 0,
    versions: 0,
    decisionIds: [],
    certificateId: 'B-1',
  });

  it('is named in the answer and in the hold, whether its files are going or gone', async () => {
    await world.kept('P-1100');
    await world.kept('P-1101', { state: 'destroying', destroyed: destroyed('2026-11-24T14:59:00Z') });
    await world.kept('P-1102', { state: 'destroyed', destroyed: destroyed('2026-01-05T14:59:00Z') });
    const hold = await world.placed({ kind: 'records', ids: ['P-1100', 'P-1101', 'P-1102'] });
    const named = [
      { id: 'P-1101', at: '2026-11-24T14:59:00Z' },
      { id: 'P-1102', at: '2026-01-05T14:59:00Z' },
    ].map(({ id, at }) => ({ id, at: instantOf(at) }));
    expect(hold.gone).toMatchObject({ count: 2, named });
    expect((await world.hold(hold.id)).gone).toEqual(hold.gone);
    expect((await world.records.ledgerOf(`hold#${hold.id}`)).at(-1)!.facts).toEqual({
      count: 2,
      records: ['P-1101', 'P-1102'],
    });
  });

  it('of a case is named by the case, for what is left of it no longer says so', async () => {
    await world.caseClosed('C-2100');
    await world.kept('P-1110', { state: 'destroyed', destroyed: destroyed('2026-11-24T14:00:00Z') });
    await world.records.write({
      at: world.now,
      by: { kind: 'system', id: 'test' },
      puts: [],
      lines: [{ from: goneLine('C-2100'), to: 'P-1110' }],
      tells: [{ subject: 'retention#P-1110', act: 'record destroyed' }],
    });
    const hold = await world.placed({ kind: 'cases', caseNumbers: ['C-2100'] });
    expect(hold.gone).toMatchObject({ count: 1, named: [{ id: 'P-1110', at: '2026-11-24T14:00:00.000Z' }] });
  });
});

describe('what is in the way of a hold', () => {
  const records = (count: number): HoldScope => ({
    kind: 'records',
    ids: Array.from({ length: count }, (_, place) => `P-none-${place}`),
  });

  it.each([
    ['no record', { kind: 'records', ids: [] }, {}, ['recordIds']],
    ['more than a thousand records', records(1001), {}, ['recordIds']],
    ['a record nothing is kept under', records(1), {}, ['recordIds']],
    ['no case', { kind: 'cases', caseNumbers: [] }, {}, ['caseNumbers']],
    [
      'more than twenty cases',
      { kind: 'cases', caseNumbers: Array.from({ length: 21 }, (_, n) => `C-${n}`) },
      {},
      ['caseNumbers'],
    ],
    ['nothing to match', { kind: 'matching', matching: {} }, {}, ['technology']],
    [
      'days the wrong way round',
      {
        kind: 'matching',
        matching: { capturedFrom: calendarDate('2026-02-02'), capturedUntil: calendarDate('2026-02-01') },
      },
      {},
      ['capturedUntil'],
    ],
    ['a reason that says nothing', { kind: 'cases', caseNumbers: ['C-1'] }, { reason: ' ' }, ['reason']],
    ['an owner nobody knows', { kind: 'cases', caseNumbers: ['C-1'] }, { ownerId: 'p-nobody' }, ['ownerId']],
    [
      'a custodian nobody knows',
      { kind: 'cases', caseNumbers: ['C-1'] },
      { custodianIds: ['p-ortiz', ''] },
      ['custodians'],
    ],
    ['a name without end', { kind: 'cases', caseNumbers: ['C-1'] }, { name: 'x'.repeat(201) }, ['name']],
  ] as const)('is %s', async (_, scope, over, fields) => {
    expect(await fieldsOf(scope as HoldScope, over)).toEqual(fields);
  });

  it('says which lines are wrong, and never what was typed', async () => {
    await world.kept('P-1200');
    const answer = await placeHold(
      world.needs,
      await world.placing({ kind: 'records', ids: ['P-1200', 'Smith', 'Jones'] }),
    );
    expect(answer).toMatchObject({
      kind: 'refused',
      because: [{ found: '2 under which nothing is kept: number 2, 3 in the list' }],
    });
  });

  it('is who may not', async () => {
    expect(await fieldsOf({ kind: 'cases', caseNumbers: ['C-1'] }, {}, 'p-kim')).toEqual(['person']);
  });

  it('is too many at once: a copy of the fence is one item of the table', async () => {
    const many = Array.from({ length: 16 }, (_, part) => ({
      holdId: `H-${part}`,
      cards: Array.from({ length: 1000 }, (__, place) => `P-${part}-${place}`),
    }));
    const { records } = world;
    const full: typeof records = {
      ...records,
      async get(kind, id) {
        const found = await records.get(kind, id);
        return found && kind.noun === 'fence' ? { ...found, holds: many } : found;
      },
    };
    const placing = await world.placing({ kind: 'cases', caseNumbers: ['C-1'] });
    expect(await placeHold({ ...world.needs, records: full }, placing)).toMatchObject({
      kind: 'refused',
      because: [
        { field: 'scope', found: expect.stringMatching(/^16 holds that are being placed/), expected: 'fewer at once' },
      ],
    });
    expect(await fieldsOf({ kind: 'cases', caseNumbers: ['C-1'] })).toBe('placed');
  });
});
