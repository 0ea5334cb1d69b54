/** Opening a case, and whom it is open to, on a real table. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCharge } from '../../../functions/case/add-charge.ts';
import { CASE_ACTS } from '../../../functions/case/acts.ts';
import { caseHref, numberAt } from '../../../functions/case/contract.ts';
import { openCase } from '../../../functions/case/open-case.ts';
import { reopenCase } from '../../../functions/case/reopen-case.ts';
import { dutyLine } from '../../../functions/image/contract.ts';
import { everyFence, fencePuts } from '../../../functions/retention/contract.ts';
import { TABLE } from '../../records-table.ts';
import { breaksIn } from '../../whole-ledger.ts';
import {
  type CaseWorld,
  INVESTIGATOR,
  OFFICER,
  REASON,
  SYSTEM,
  day,
  done,
  refusalsOf,
  startCases,
} from './case-world.ts';

let world: CaseWorld;
beforeAll(async () => {
  world = await startCases();
}, 60_000);
afterAll(() => world?.stop());

describe('opening a case', () => {
  it('makes it the duty of whoever opens it, and is done once', async () => {
    const one = await world.opened();
    expect(one).toMatchObject({ state: 'open', openedOn: '2026-10-01', openedBy: 'p-ortiz', version: 1 });
    expect(await world.records.linesOf(dutyLine('p-ortiz'))).toContain(one.id);
    expect(await world.opened(` ${one.id.toLowerCase()} `)).toMatchObject({ version: 1 });
    expect(await world.acts(one.id)).toEqual(['case opened']);
  });

  it('takes in what was filed under its number, and works its dates out anew', async () => {
    const caseNumber = world.number();
    await world.kept(caseNumber);
    await world.duty('p-ortiz', caseNumber);
    const one = await world.opened(caseNumber);
    expect(await world.recalculation(one.recalculationId)).toMatchObject({
      cause: 'case-opened',
      scope: { kind: 'case', caseNumber },
      state: 'owed',
    });
    expect(await world.bureau.notesFor(one.recalculationId!)).toEqual([
      expect.objectContaining({ kind: 'start', workflow: 'recalculation' }),
    ]);
  });

  it('takes up the holds that name its number already', async () => {
    const caseNumber = world.number();
    await world.records.write({
      at: world.bureau.now,
      by: { kind: 'system', id: 'test' },
      puts: fencePuts(await everyFence(world.records), (fence) => ({
        ...fence,
        holds: [...fence.holds, { holdId: 'H-7', cases: ['2099-1', caseNumber] }, { holdId: 'H-8', cases: ['2099-1'] }],
      })),
      tells: [{ subject: 'hold#H-7', act: 'hold placed' }],
    });
    expect((await world.opened(caseNumber)).holdIds).toEqual(['H-7']);
  });

  it('opens no way to what others filed under a number (XR26-SAFE-07)', async () => {
    const caseNumber = world.number();
    await world.kept(caseNumber);
    const answer = await openCase(world.needs, { caseNumber }, INVESTIGATOR);
    expect(refusalsOf(answer)).toEqual(['XR26-SAFE-07 caseNumber: a case that is not among your duties']);
    expect(done(await openCase(world.needs, { caseNumber }, OFFICER)).state).toBe('open');
    const another = await openCase(world.needs, { caseNumber }, INVESTIGATOR);
    expect(refusalsOf(another)).toEqual(['XR26-SAFE-07 caseNumber: a case that is not among your duties']);
  });

  it.each([
    ['a captain who keeps no cases', { caseNumber: '2026-X1' }, { personId: 'p-reyes' }, 'no role that keeps cases'],
    ['nobody on record', { caseNumber: '2026-X1' }, { personId: 'p-none' }, 'no role that keeps cases'],
    ['words', { caseNumber: 'The Smith case' }, INVESTIGATOR, 'something that is no case number'],
    ['nothing', { caseNumber: ' ' }, INVESTIGATOR, 'nothing'],
    ['a day to come', { caseNumber: '2026-X1', openedOn: day('2027-01-01') }, INVESTIGATOR, 'a day to come'],
  ])('is refused for %s', async (_, given, by, found) => {
    expect(refusalsOf(await openCase(world.needs, given, by))[0]).toContain(found);
    expect(await world.records.linesOf(dutyLine('p-reyes'))).toEqual([]);
  });
});

describe('whom a case is open to', () => {
  it('is an investigator whose duty it is, and any records officer', async () => {
    const { id: caseNumber } = await world.opened(undefined, OFFICER);
    const barred = await addCharge(world.needs, { caseNumber, chargeId: 'C1', charged: 'PL 160.10' }, INVESTIGATOR);
    expect(refusalsOf(barred)).toEqual(['XR26-SAFE-07 viewer: a case that is not among your duties']);
    await world.duty('p-ortiz', caseNumber);
    done(await addCharge(world.needs, { caseNumber, chargeId: 'C1', charged: 'PL 160.10' }, INVESTIGATOR));
    done(await addCharge(world.needs, { caseNumber, chargeId: 'C2', charged: 'PL 155.25' }, OFFICER));
    done(await addCharge(world.needs, { caseNumber, chargeId: 'C3', charged: 'PL 165.40' }, SYSTEM));
    expect((await world.read(caseNumber)).dispositions).toHaveLength(3);
  });

  it('is nobody who keeps none, though they read all', async () => {
    const { id: caseNumber } = await world.opened();
    const answer = await reopenCase(world.needs, { caseNumber, reason: REASON }, { personId: 'p-stone' });
    expect(refusalsOf(answer)).toEqual(['XR26-SAFE-08 viewer: no role that keeps cases']);
  });

  it('is told as missing where no case is on file', async () => {
    for (const { act } of Object.values(CASE_ACTS).filter((each) => each !== CASE_ACTS.open)) {
      const answer = await (act as typeof reopenCase)(
        world.needs,
        { caseNumber: '2099-1', reason: REASON, recordId: 'X', to: '2099-2', into: '2099-2' } as never,
        OFFICER,
      );
      expect(answer.kind).toBe('missing');
    }
  });
});

describe('an act done by many at once', () => {
  it('is done each time, on what is there then', async () => {
    const { id: caseNumber } = await world.opened();
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, place) =>
        addCharge(world.needs, { caseNumber, chargeId: `C${place}`, charged: `PL ${place}` }, INVESTIGATOR),
      ),
    );
    expect(answers.map(({ kind }) => kind)).toEqual(['done', 'done', 'done', 'done', 'done']);
    expect((await world.read(caseNumber)).dispositions).toHaveLength(5);
  });
});

describe('the address of a case', () => {
  it.each(['2026-00042', 'A 12/7', 'B.1_2', '%2F', 'É-1', '..'])('of %s leads back to it', (caseNumber) => {
    const href = caseHref(caseNumber);
    expect(href).toMatch(/^\/cases\/[A-Za-z0-9._~-]+$/);
    expect(numberAt(href.slice('/cases/'.length))).toBe(caseNumber);
  });

  it.each(['', '~', '~zz', '~41', '~C3', 'a b', '~c3'])('that none has (%s) is no number', (address) => {
    expect(numberAt(address)).toBeUndefined();
  });
});

it('whatever was written is whole and in the ledger', async () => {
  expect(await breaksIn(world.bureau.table.client, TABLE)).toEqual([]);
});
