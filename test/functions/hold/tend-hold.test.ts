/** A hold while it binds and when it ends: other owners, reviews, release, and what the sweep does for it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deskOf } from '../../../functions/access/desk.ts';
import { sweepDeadlines } from '../../../functions/deadline/sweep-deadlines.ts';
import { acknowledgeHold } from '../../../functions/hold/acknowledge-hold.ts';
import { nameCustodians } from '../../../functions/hold/name-custodians.ts';
import { placeHold } from '../../../functions/hold/place-hold.ts';
import { changeOwner, reviewHold } from '../../../functions/hold/tend-hold.ts';
import { RecordsBusy } from '../../../functions/records/faults.ts';
import type { Records } from '../../../functions/records/records.aws.ts';
import { wordsOf } from '../../../functions/mail/words.ts';
import { everyFence, recalculations } from '../../../functions/retention/contract.ts';
import { calendarDate } from '../../../policies/calendar-date.ts';
import type { HoldKind } from '../../../policies/retention.ts';
import { startTable, type TestTable } from '../../records-table.ts';
import { refusalsIn } from '../bureau.ts';
import { recordedAnew } from '../recorded-anew.ts';
import { holdWorldOn, type HoldWorld } from './hold-world.ts';

let table: TestTable;
let world: HoldWorld;
beforeAll(async () => {
  table = await startTable();
  world = await holdWorldOn(table.records);
});
afterAll(() => table?.stop());

let count = 0;
const hold = async (over = {}) => {
  const id = `P-${++count}`;
  await world.kept(id);
  return world.placed({ kind: 'records', ids: [id] }, over);
};

describe('house-hold-wins: releasing a hold', () => {
  it.each<HoldKind>(['litigation', 'discovery'])('of %s asks for the day the legal action ended', async (kind) => {
    const { id } = await hold({ kind });
    expect(refusalsIn(await world.released(id, {}, 'no day'))).toEqual(['nysa-legal-action endedOn']);
    expect(refusalsIn(await world.released(id, { endedOn: calendarDate('2026-11-25') }))).toEqual([
      'nysa-legal-action endedOn',
    ]);
    expect(await world.released(id)).toMatchObject({
      kind: 'done',
      hold: { state: 'releasing', release: { by: 'p-grant', endedOn: '2026-11-24' } },
    });
  });

  it.each<HoldKind>(['foil', 'audit', 'investigation'])('of %s ends with the day of the release', async (kind) => {
    const { id } = await hold({ kind });
    expect(await world.released(id, {}, 'no day')).toMatchObject({
      hold: { release: { endedOn: '2026-11-24' } },
    });
  });

  it('keeps its records until every date was worked out anew, and owes just that', async () => {
    const placed = await hold();
    await world.released(placed.id);
    const after = await world.hold(placed.id);
    expect(after.recalculationId).not.toBe(placed.recalculationId);
    expect(await world.records.get(recalculations, after.recalculationId!)).toMatchObject({ cause: 'hold-released' });
    for (const copy of await everyFence(world.records))
      expect(copy.holds.some(({ holdId }) => holdId === placed.id)).toBe(true);
    expect((await world.mailsAbout(placed.id)).map(({ kind }) => kind).toSorted()).toEqual([
      'hold-placed',
      'hold-released',
    ]);
  });

  it.each([
    ['without a reason', { reason: '' }, 'house-hold-wins reason'],
    ['with a word', { reason: 'over' }, 'house-characters-of-reason reason'],
  ])('%s is refused', async (_, over, refusal) => {
    const { id } = await hold();
    expect(refusalsIn(await world.released(id, over))).toEqual([refusal]);
  });

  it('is for the chief of the Legal Bureau alone, not for who placed it', async () => {
    const { id } = await hold();
    for (const person of ['p-vance', 'p-okafor', 'p-stone', 'p-reyes'])
      expect(refusalsIn(await world.released(id, { person: await world.person(person) }))).toEqual([
        'house-hold-wins person',
      ]);
  });

  it('is done once', async () => {
    const { id } = await hold();
    const answers = await Promise.all([1, 2, 3].map(() => world.released(id)));
    expect(answers.map(({ kind }) => kind)).toEqual(['done', 'done', 'done']);
    expect((await world.acts(id)).filter((act) => act === 'hold released')).toHaveLength(1);
    expect(await world.released('H-none')).toEqual({ kind: 'missing' });
  });
});

describe('a hold while it binds', () => {
  it('is handed to another owner, who is told', async () => {
    const { id } = await hold();
    const person = await world.person('p-vance');
    const given = { holdId: id, person, ownerId: 'p-dunne' };
    expect(await changeOwner(world.needs, given)).toMatchObject({ kind: 'done', hold: { ownerId: 'p-dunne' } });
    expect(await changeOwner(world.needs, given)).toMatchObject({ kind: 'done' });
    expect((await world.mailsAbout(id)).map(({ to }) => to)).toContainEqual({ personId: 'p-dunne' });
    expect((await world.acts(id)).filter((act) => act === 'hold given to another owner')).toHaveLength(1);
    expect(refusalsIn(await changeOwner(world.needs, { ...given, ownerId: 'p-nobody' }))).toEqual([
      'house-hold-wins ownerId',
    ]);
    const stranger = await world.person('p-reyes');
    expect(refusalsIn(await changeOwner(world.needs, { ...given, person: stranger }))).toEqual([
      'house-hold-wins person',
    ]);
  });

  it('house-days-to-review-hold: is on its owner’s desk after 180 days, and off it for 180 more once reviewed', async () => {
    const { id } = await hold({ ownerId: 'p-stone' });
    const before = world.now;
    const owner = async () => {
      const desk = await deskOf(world.records, { ...(await world.person('p-stone')) } as never);
      return desk.waiting.filter(({ href }) => href === `/holds/${id}`).map(({ what }) => what);
    };
    expect(await owner()).toEqual([]);
    world.later(180 * 24 - 1);
    await sweepDeadlines(world.needs);
    expect(await owner()).toEqual([]);
    world.later(2);
    await sweepDeadlines(world.needs);
    expect(await owner()).toEqual(['Look whether a hold is still needed']);
    await sweepDeadlines(world.needs);
    expect((await world.mailsAbout(id)).filter(({ kind }) => kind === 'hold-to-review')).toHaveLength(1);
    expect((await world.hold(id)).state).toBe('placing');

    const person = await world.person('p-stone');
    expect(refusalsIn(await reviewHold(world.needs, { holdId: id, person, reason: ' ' }))).toEqual([
      'house-hold-wins reason',
    ]);
    await reviewHold(world.needs, { holdId: id, person, reason: 'The audit report is not received' });
    expect(await owner()).toEqual([]);
    world.later(180 * 24 + 1);
    await sweepDeadlines(world.needs);
    expect(await owner()).toEqual(['Look whether a hold is still needed']);
    world.now = before;
  });

  it('house-days-to-acknowledge-hold: asks each custodian again until they say that they keep it', async () => {
    const { id } = await hold({ custodianIds: ['p-ortiz', 'p-kim'] });
    const before = world.now;
    const asked = async () =>
      (await world.mailsAbout(id)).filter(({ kind }) => kind === 'hold-to-acknowledge').map(({ to }) => to);
    const acknowledge = async (who: string) =>
      acknowledgeHold(world.needs, { holdId: id, person: await world.person(who) });
    await sweepDeadlines(world.needs);
    expect(await asked()).toEqual([]);

    expect(await acknowledge('p-ortiz')).toMatchObject({ kind: 'done' });
    expect(await acknowledge('p-ortiz')).toMatchObject({ kind: 'done' });
    expect((await world.hold(id)).acknowledged).toEqual([{ personId: 'p-ortiz', at: before }]);
    expect((await world.acts(id)).filter((act) => act === 'hold acknowledged')).toHaveLength(1);
    expect(refusalsIn(await acknowledge('p-reyes'))).toEqual(['house-hold-wins person']);

    world.later(3 * 24 + 1);
    await sweepDeadlines(world.needs);
    await sweepDeadlines(world.needs);
    expect(await asked()).toEqual([{ personId: 'p-kim' }]);
    world.later(3 * 24 + 1);
    await sweepDeadlines(world.needs);
    expect(await asked()).toHaveLength(2);

    await acknowledge('p-kim');
    expect((await world.hold(id)).askCustodiansAt).toBeUndefined();
    world.later(30 * 24);
    await sweepDeadlines(world.needs);
    expect(await asked()).toHaveLength(2);
    world.now = before;
  });

  it('names more custodians, each told in writing and asked to say that they keep it', async () => {
    const { id } = await hold({ custodianIds: ['p-ortiz'] });
    const given = { holdId: id, person: await world.person('p-vance'), custodianIds: ['p-ortiz', 'p-kim'] };
    expect(await nameCustodians(world.needs, given)).toMatchObject({
      kind: 'done',
      hold: { custodianIds: ['p-ortiz', 'p-kim'] },
    });
    expect(await nameCustodians(world.needs, given)).toMatchObject({ kind: 'done' });
    expect((await world.mailsAbout(id)).filter(({ to }) => 'personId' in to && to.personId === 'p-kim')).toHaveLength(
      1,
    );
    expect((await world.acts(id)).filter((act) => act === 'custodians named')).toHaveLength(1);
    const asked = async (over: object) => refusalsIn(await nameCustodians(world.needs, { ...given, ...over }));
    expect(await asked({ custodianIds: [] })).toEqual(['house-hold-wins custodians']);
    expect(await asked({ custodianIds: ['p-kim', ''] })).toEqual(['house-hold-wins custodians']);
    expect(await asked({ custodianIds: Array.from({ length: 200 }, (_, at) => `p-${at}`) })).toEqual([
      'house-hold-wins custodians',
    ]);
    expect(await asked({ person: await world.person('p-reyes') })).toEqual(['house-hold-wins person']);
    await world.released(id);
    expect(await asked({})).toEqual(['house-hold-wins state']);
  });

  it('asks no custodian who has left, and nobody once it is released', async () => {
    const [left, released] = [await hold({ custodianIds: ['p-kim'] }), await hold({ custodianIds: ['p-kim'] })];
    const before = world.now;
    await world.released(released.id);
    await recordedAnew(world.needs, 'p-kim', { active: false });
    world.later(3 * 24 + 1);
    await sweepDeadlines(world.needs);
    for (const { id } of [left, released]) {
      expect((await world.mailsAbout(id)).some(({ kind }) => kind === 'hold-to-acknowledge')).toBe(false);
      expect((await world.hold(id)).askCustodiansAt).toBeUndefined();
    }
    expect(await world.acts(left.id)).toContain('custodians asked again');
    await recordedAnew(world.needs, 'p-kim', { active: true });
    world.now = before;
  });

  it('is not reviewed or handed over once it is released', async () => {
    const { id } = await hold();
    await world.released(id);
    const person = await world.person('p-vance');
    const given = { holdId: id, person };
    expect(refusalsIn(await changeOwner(world.needs, { ...given, ownerId: 'p-dunne' }))).toEqual([
      'house-hold-wins state',
    ]);
    expect(refusalsIn(await reviewHold(world.needs, { ...given, reason: 'It is needed on' }))).toEqual([
      'house-hold-wins state',
    ]);
  });

  it('has what was gone before named by the sweep, when the act that placed it was cut off', async () => {
    await world.kept('P-gone', {
      state: 'destroying',
      destroyed: {
        at: world.now,
        classId: 'misdemeanor',
        scheduleId: 'test-schedule',
        sha256: 'a'.repeat(64),
        bytes: 0,
        versions: 0,
        decisionIds: [],
        certificateId: 'B-1',
      },
    });
    let writes = 0;
    const cutOff: Records = {
      ...world.records,
      write: (change) => (++writes === 1 ? world.records.write(change) : Promise.reject(new RecordsBusy('cut off'))),
    };
    const placing = { ...(await world.placing({ kind: 'records', ids: ['P-gone'] })), draft: 'e'.repeat(43) };
    await expect(placeHold({ ...world.needs, records: cutOff }, placing)).rejects.toThrow('cut off');
    world.later(1);
    await sweepDeadlines(world.needs);
    const again = await placeHold(world.needs, placing);
    expect(again).toMatchObject({ kind: 'placed', hold: { gone: { count: 1, named: [{ id: 'P-gone' }] } } });
    const ledger = await world.records.ledgerOf(`hold#${again.kind === 'placed' ? again.hold.id : ''}`);
    const named = ledger.filter(({ act }) => act === 'what was gone before named');
    expect(named.map(({ by }) => by)).toEqual([{ kind: 'system', id: 'sweep' }]);
  });
});

describe('the notice of a hold', () => {
  it('names who answers and every custodian, and neither the matter nor what it is about', async () => {
    const placed = await hold({ custodianIds: ['p-ortiz'] });
    const people = { owner: 'Jo Vance', custodians: ['Sam Ortiz'] };
    for (const kind of ['hold-placed', 'hold-to-acknowledge', 'hold-to-review', 'hold-released'] as const) {
      const words = wordsOf(kind, { site: 'https://site.test', now: world.now, hold: placed, people });
      const text = JSON.stringify(words);
      expect(words.link?.href).toBe(`https://site.test/holds/${placed.id}`);
      for (const said of ['Claim 26-1044', 'notice of claim was', 'P-1']) expect(text).not.toContain(said);
      if (kind === 'hold-placed') expect(text).toMatch(/Jo Vance.*Sam Ortiz/);
    }
  });
});
