/** Closing a case and opening it again, on a real table: when it is refused, and which dates are owed anew. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCharge } from '../../../functions/case/add-charge.ts';
import { closeCase } from '../../../functions/case/close-case.ts';
import { disposeCharge } from '../../../functions/case/dispose-charge.ts';
import { reopenCase } from '../../../functions/case/reopen-case.ts';
import { TABLE } from '../../records-table.ts';
import { breaksIn } from '../../whole-ledger.ts';
import { type CaseWorld, INVESTIGATOR, OFFICER, REASON, day, done, refusalsOf, startCases } from './case-world.ts';

let world: CaseWorld;
beforeAll(async () => {
  world = await startCases();
}, 60_000);
afterAll(() => world?.stop());

const closed = (caseNumber?: string) => world.closed(caseNumber);

describe('closing a case (XR26-RET-07)', () => {
  it('starts its clocks, once, and owes the dates', async () => {
    const one = await closed();
    expect(one).toMatchObject({
      state: 'closed',
      closed: { on: '2026-11-01', ground: 'no-arrest', by: 'p-ortiz' },
    });
    expect(await world.recalculation(one.recalculationId)).toMatchObject({ cause: 'case-closed', state: 'owed' });
    const again = { caseNumber: one.id, on: day('2026-11-01'), ground: 'no-arrest' } as const;
    expect(await closeCase(world.needs, again, INVESTIGATOR)).toMatchObject({ changed: false });
    expect((await world.records.ledgerOf(`case#${one.id}`)).at(-1)).toMatchObject({
      act: 'case closed',
      facts: { on: '2026-11-01', ground: 'no-arrest', recalculation: one.recalculationId },
    });
  });

  it('is refused with an appeal pending, on any ground', async () => {
    const { id: caseNumber } = await world.opened();
    const { needs } = world;
    done(await addCharge(needs, { caseNumber, chargeId: 'C1', charged: 'Robbery' }, INVESTIGATOR));
    const ended = { caseNumber, chargeId: 'C1', outcome: 'convicted', on: day('2026-11-02'), classId: 'other-felony' };
    done(await disposeCharge(needs, { ...ended, appeal: 'pending' } as never, INVESTIGATOR));
    for (const ground of ['appeals-exhausted', 'settlement', 'no-arrest', 'restitution-not-sought'] as const) {
      const answer = await closeCase(needs, { caseNumber, on: day('2026-11-20'), ground }, INVESTIGATOR);
      expect(refusalsOf(answer).join()).toContain('an appeal that is pending');
    }
    done(await disposeCharge(needs, { ...ended, appeal: 'exhausted' } as never, INVESTIGATOR));
    const on = day('2026-11-20');
    expect(done(await closeCase(needs, { caseNumber, on, ground: 'appeals-exhausted' }, INVESTIGATOR)).state).toBe(
      'closed',
    );
  });

  it.each([
    [day('2027-01-01'), 'a day to come'],
    [day('2026-09-30'), 'a day before the case was opened'],
  ])('is refused on %s', async (on, found) => {
    const { id: caseNumber } = await world.opened();
    const answer = await closeCase(world.needs, { caseNumber, on, ground: 'no-arrest' }, INVESTIGATOR);
    expect(refusalsOf(answer)).toEqual([`XR26-RET-07 on: ${found}`]);
  });

  it('leaves a closed case to be opened first', async () => {
    const { id: caseNumber } = await closed();
    const answer = await closeCase(world.needs, { caseNumber, on: day('2026-11-02'), ground: 'settlement' }, OFFICER);
    expect(refusalsOf(answer)).toEqual(['XR26-RET-07 state: a case that is closed']);
  });
});

describe('opening a case again', () => {
  it('keeps what its closing was, and names a recalculation of its own in place of the one before', async () => {
    const before = await closed();
    const one = done(await reopenCase(world.needs, { caseNumber: before.id, reason: REASON }, INVESTIGATOR));
    expect(one).toMatchObject({ state: 'open', reopened: [{ closing: before.closed, reason: REASON, by: 'p-ortiz' }] });
    expect(one.closed).toBeUndefined();
    expect(one.recalculationId).not.toBe(before.recalculationId);
    expect(await world.recalculation(one.recalculationId)).toMatchObject({ cause: 'case-reopened' });
    const again = await reopenCase(world.needs, { caseNumber: one.id, reason: REASON }, INVESTIGATOR);
    expect(again).toMatchObject({ changed: false });
  });

  it('needs a reason, and a closed case', async () => {
    const { id: caseNumber } = await closed();
    const short = await reopenCase(world.needs, { caseNumber, reason: 'because' }, INVESTIGATOR);
    expect(refusalsOf(short)).toEqual(['house-characters-of-reason reason: 7 characters']);
    const { id: open } = await world.opened();
    const answer = await reopenCase(world.needs, { caseNumber: open, reason: REASON }, INVESTIGATOR);
    expect(refusalsOf(answer)).toEqual(['XR26-RET-07 state: a case that is open']);
  });
});

it('whatever was written is whole and in the ledger', async () => {
  expect(await breaksIn(world.bureau.table.client, TABLE)).toEqual([]);
});
