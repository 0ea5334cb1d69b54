/** What classes a case: charges and how they ended, a status, the days of its people; on a real table. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCharge } from '../../../functions/case/add-charge.ts';
import { CASE_ACTS } from '../../../functions/case/acts.ts';
import { classByStatus, endStatus, reclass } from '../../../functions/case/class-by-status.ts';
import { closeCase } from '../../../functions/case/close-case.ts';
import { disposeCharge } from '../../../functions/case/dispose-charge.ts';
import { addPerson, changePerson } from '../../../functions/case/keep-person.ts';
import { TABLE } from '../../records-table.ts';
import { breaksIn } from '../../whole-ledger.ts';
import { type CaseWorld, INVESTIGATOR, REASON, day, done, startCases } from './case-world.ts';

let world: CaseWorld;
beforeAll(async () => {
  world = await startCases();
}, 60_000);
afterAll(() => world?.stop());

const closed = (caseNumber?: string) => world.closed(caseNumber);

describe('a charge', () => {
  it('classes nothing, and its conviction does (XR26-RET-06)', async () => {
    const { id: caseNumber } = await world.opened();
    const { needs } = world;
    done(await addCharge(needs, { caseNumber, chargeId: 'C1', charged: 'Robbery' }, INVESTIGATOR));
    done(await addCharge(needs, { caseNumber, chargeId: 'C1', charged: 'Robbery' }, INVESTIGATOR));
    const given = {
      caseNumber,
      chargeId: 'C1',
      outcome: 'pleaded',
      on: day('2026-11-02'),
      classId: 'misdemeanor',
      appeal: 'none',
    } as const;
    const one = done(await disposeCharge(needs, given, INVESTIGATOR));
    expect(one.dispositions).toEqual([
      { id: 'C1', charged: 'Robbery', outcome: 'pleaded', on: '2026-11-02', classId: 'misdemeanor', appeal: 'none' },
    ]);
    expect(one.recalculationId).toBeUndefined();
    expect(await disposeCharge(needs, given, INVESTIGATOR)).toMatchObject({ changed: false });
    expect(await world.acts(caseNumber)).toEqual(['case opened', 'charge added', 'charge disposed of']);
    const told = JSON.stringify(await world.records.ledgerOf(`case#${caseNumber}`));
    expect(told).not.toContain('Robbery');
  });

  it.each([
    [{ outcome: 'acquitted', classId: 'misdemeanor' }, 'classId'],
    [{ outcome: 'convicted' }, 'classId'],
    [{ outcome: 'convicted', classId: 'no-such-class' }, 'classId'],
    [{ outcome: 'convicted', classId: 'no-offense-by-adult' }, 'classId'],
    [{ outcome: 'dismissed', on: day('2027-01-01') }, 'on'],
    [{ outcome: 'dismissed', chargeId: 'C9' }, 'chargeId'],
  ] as const)('is not disposed of by %j', async (over, field) => {
    const { id: caseNumber } = await world.opened();
    done(await addCharge(world.needs, { caseNumber, chargeId: 'C1', charged: 'Robbery' }, INVESTIGATOR));
    const given = { caseNumber, chargeId: 'C1', on: day('2026-11-02'), ...over };
    const answer = await disposeCharge(world.needs, given, INVESTIGATOR);
    expect(answer).toMatchObject({ kind: 'refused', because: [expect.objectContaining({ field })] });
  });

  it('needs words', async () => {
    const { id: caseNumber } = await world.opened();
    const add = (charged: string) => addCharge(world.needs, { caseNumber, chargeId: 'C1', charged }, INVESTIGATOR);
    expect(await add('\u200B ')).toMatchObject({ kind: 'refused', because: [{ field: 'charged' }] });
    expect(await add('x'.repeat(301))).toMatchObject({ kind: 'refused', because: [{ field: 'charged' }] });
  });
});

describe('a status', () => {
  it('classes permanently until it ended and the class is set again, with a reason (XR21-RET-04)', async () => {
    const { id: caseNumber } = await world.opened();
    const { needs } = world;
    const classId = 'missing-person';
    done(await classByStatus(needs, { caseNumber, classId, since: day('2026-10-02') }, INVESTIGATOR));
    expect(await classByStatus(needs, { caseNumber, classId, since: day('2026-10-02') }, INVESTIGATOR)).toMatchObject({
      changed: false,
    });
    const early = await reclass(needs, { caseNumber, classId, reason: REASON }, INVESTIGATOR);
    expect(early).toMatchObject({ kind: 'refused', because: [{ field: 'classId' }] });
    done(await closeCase(needs, { caseNumber, on: day('2026-11-01'), ground: 'no-arrest' }, INVESTIGATOR));
    const ended = done(await endStatus(needs, { caseNumber, classId, on: day('2026-11-05') }, INVESTIGATOR));
    expect(await world.recalculation(ended.recalculationId)).toMatchObject({ cause: 'case-reclassified' });
    const given = { caseNumber, classId, reclassTo: 'misdemeanor', reason: REASON };
    const one = done(await reclass(needs, given, INVESTIGATOR));
    expect(one.statusClasses).toEqual([
      {
        classId,
        since: '2026-10-02',
        endedOn: '2026-11-05',
        reclassedOn: '2026-11-24',
        reclassedTo: 'misdemeanor',
        reason: REASON,
      },
    ]);
    expect(await reclass(needs, given, INVESTIGATOR)).toMatchObject({ changed: false });
  });

  it.each([
    ['class-by-status', { classId: 'misdemeanor', since: day('2026-10-02') }, 'classId'],
    ['class-by-status', { classId: 'missing-person', since: day('2027-10-02') }, 'since'],
    ['end-status', { classId: 'active-warrant', on: day('2026-10-01') }, 'on'],
    ['end-status', { classId: 'active-warrant', on: day('2027-10-01') }, 'on'],
    ['end-status', { classId: 'missing-person', on: day('2026-10-01') }, 'on'],
    ['reclass', { classId: 'active-warrant', reason: '' }, 'classId'],
  ] as const)('is refused: %s %j at %s', async (name, given, field) => {
    const { id: caseNumber } = await world.opened();
    const warrant = { caseNumber, classId: 'active-warrant', since: day('2026-10-02') };
    done(await classByStatus(world.needs, warrant, INVESTIGATOR));
    const { act } = CASE_ACTS[name];
    const answer = await act(world.needs, { caseNumber, ...given } as never, INVESTIGATOR);
    expect(answer).toMatchObject({ kind: 'refused', because: [{ field }] });
  });
});

describe('a person in a case', () => {
  it('is added and corrected by part and days; what moves no date works none out', async () => {
    const { id: caseNumber } = await closed();
    const before = await world.read(caseNumber);
    const { needs } = world;
    const witness = done(await addPerson(needs, { caseNumber, personId: 'P1', part: 'witness' }, INVESTIGATOR));
    expect(witness.recalculationId).toBe(before.recalculationId);
    const child = { caseNumber, personId: 'P2', part: 'child-victim' } as const;
    const added = done(await addPerson(needs, child, INVESTIGATOR));
    expect(await world.recalculation(added.recalculationId)).toMatchObject({ cause: 'case-people-changed' });
    const corrected = { ...child, bornOn: day('2016-02-29') };
    const one = done(await changePerson(needs, corrected, INVESTIGATOR));
    expect(one.people).toEqual([
      { id: 'P1', part: 'witness' },
      { id: 'P2', part: 'child-victim', bornOn: '2016-02-29' },
    ]);
    expect(one.recalculationId).not.toBe(added.recalculationId);
    expect(await changePerson(needs, corrected, INVESTIGATOR)).toMatchObject({ changed: false });
    expect(await addPerson(needs, corrected, INVESTIGATOR)).toMatchObject({ changed: false });
    const other = await addPerson(needs, child, INVESTIGATOR);
    expect(other).toMatchObject({ kind: 'refused', because: [{ field: 'personId' }] });
  });

  it.each([
    [{ bornOn: day('2027-01-01') }, 'bornOn'],
    [{ bornOn: day('2000-01-01'), diedOn: day('1999-01-01') }, 'diedOn'],
    [{ bornOn: day('2000-01-01'), lastArrestOn: day('1999-01-01') }, 'lastArrestOn'],
    [{ diedOn: day('2020-01-01'), lastArrestOn: day('2021-01-01') }, 'lastArrestOn'],
  ])('with %j is refused at %s', async (days, field) => {
    const { id: caseNumber } = await world.opened();
    const given = { caseNumber, personId: 'P1', part: 'suspect', ...days } as const;
    expect(await addPerson(world.needs, given, INVESTIGATOR)).toMatchObject({ because: [{ field }] });
    expect(await changePerson(world.needs, given, INVESTIGATOR)).toMatchObject({ because: [{ field: 'personId' }] });
  });
});

it('whatever was written is whole and in the ledger', async () => {
  expect(await breaksIn(world.bureau.table.client, TABLE)).toEqual([]);
});
