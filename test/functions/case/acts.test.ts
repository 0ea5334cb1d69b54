/** What is done to a case, on a real table: who may, what is refused, what is written, and which dates are owed anew. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCharge } from '../../../functions/case/add-charge.ts';
import { CASE_ACTS } from '../../../functions/case/acts.ts';
import { classByStatus, endStatus, reclass } from '../../../functions/case/class-by-status.ts';
import { closeCase } from '../../../functions/case/close-case.ts';
import { caseHref, casesBehind, numberAt, numbersUnder } from '../../../functions/case/contract.ts';
import { disposeCharge } from '../../../functions/case/dispose-charge.ts';
import { addPerson, changePerson } from '../../../functions/case/keep-person.ts';
import { mergeCases } from '../../../functions/case/merge-cases.ts';
import { moveRecord } from '../../../functions/case/move-record.ts';
import { openCase } from '../../../functions/case/open-case.ts';
import { recordFinding } from '../../../functions/case/record-finding.ts';
import { reopenCase } from '../../../functions/case/reopen-case.ts';
import { cardsLine } from '../../../functions/case/contract.ts';
import { caseLine, dutyLine, images } from '../../../functions/image/contract.ts';
import { TABLE } from '../../records-table.ts';
import { breaksIn } from '../../whole-ledger.ts';
import { CaseWorld, day, done, INVESTIGATOR, OFFICER, REASON, refusalsOf, startCases, SYSTEM } from './case-world.ts';

let world: CaseWorld;
beforeAll(async () => {
  world = await startCases();
}, 60_000);
afterAll(() => world?.stop());

/** A case closed without an arrest, classed by what was found. */
async function closed(caseNumber = world.number()) {
  await world.opened(caseNumber);
  const { needs } = world;
  done(await recordFinding(needs, { caseNumber, finding: 'no-offense-by-adult' }, INVESTIGATOR));
  const one = await closeCase(needs, { caseNumber, on: day('2026-11-01'), ground: 'no-arrest' }, INVESTIGATOR);
  return done(one);
}

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

describe('a status', () => {
  it('classes permanently until it ended and the class is set again, with a reason (XR21-RET-04)', async () => {
    const { id: caseNumber } = await world.opened();
    const { needs } = world;
    const classId = 'missing-person';
    done(await classByStatus(needs, { caseNumber, classId, since: day('2026-10-02') }, INVESTIGATOR));
    expect(
      await classByStatus(needs, { caseNumber, classId, since: day('2026-10-02') }, INVESTIGATOR),
    ).toMatchObject({ changed: false });
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

describe('merging', () => {
  it('makes one case follow another, with what classes it, and is never undone', async () => {
    const { needs } = world;
    const from = await closed();
    const into = await world.opened();
    done(await addPerson(needs, { caseNumber: from.id, personId: 'P1', part: 'juvenile' }, INVESTIGATOR));
    done(await addPerson(needs, { caseNumber: into.id, personId: 'P1', part: 'witness' }, INVESTIGATOR));
    const given = { caseNumber: from.id, into: into.id, reason: REASON };
    const one = done(await mergeCases(needs, given, INVESTIGATOR));
    expect(one).toMatchObject({
      id: into.id,
      state: 'open',
      mergedFrom: [from.id],
      finding: 'no-offense-by-adult',
      people: [
        { id: 'P1', part: 'witness' },
        { id: `${from.id}/P1`, part: 'juvenile' },
      ],
    });
    const merged = await world.read(from.id);
    expect(merged).toMatchObject({ state: 'merged', mergedInto: into.id });
    expect(merged.recalculationId).toBeUndefined();
    expect(await world.recalculation(one.recalculationId)).toMatchObject({
      cause: 'case-merged',
      scope: { kind: 'case', caseNumber: into.id },
    });
    expect((await casesBehind(world.records, from.id)).map(({ id }) => id)).toEqual([from.id, into.id]);
    expect(numbersUnder(one)).toEqual([into.id, from.id]);
    expect(await mergeCases(needs, given, INVESTIGATOR)).toMatchObject({ changed: false });
    expect(await world.acts(from.id)).toContain('case merged into another');
    expect(await world.acts(into.id)).toContain('another case merged into this one');

    const acts = Object.entries(CASE_ACTS).filter(([name]) => name !== 'open' && name !== 'move-record');
    for (const [name, { act }] of acts) {
      const answer = await (act as typeof reopenCase)(
        needs,
        {
          caseNumber: from.id,
          ...{ reason: REASON, chargeId: 'C7', charged: 'Robbery', finding: 'juvenile-without-arrest-or-offense' },
          ...{ classId: 'missing-person', since: day('2026-10-02'), on: day('2026-10-02'), ground: 'settlement' },
          ...{ personId: 'P8', part: 'other', into: into.id === given.into ? (await world.opened()).id : '' },
        } as never,
        INVESTIGATOR,
      );
      expect(answer.kind, name).toBe('refused');
    }
  });

  it('takes the later closing of two, and goes over two steps', async () => {
    const { needs } = world;
    const [one, two, three] = [await closed(), await closed(), await closed()];
    await reopenCase(needs, { caseNumber: one.id, reason: REASON }, INVESTIGATOR);
    done(await closeCase(needs, { caseNumber: one.id, on: day('2026-11-20'), ground: 'settlement' }, INVESTIGATOR));
    const first = done(await mergeCases(needs, { caseNumber: one.id, into: two.id, reason: REASON }, INVESTIGATOR));
    expect(first.closed).toMatchObject({ on: '2026-11-20', ground: 'settlement' });
    const last = done(await mergeCases(needs, { caseNumber: two.id, into: three.id, reason: REASON }, INVESTIGATOR));
    expect(last.mergedFrom).toEqual([two.id, one.id]);
    expect((await casesBehind(world.records, one.id)).map(({ id }) => id)).toEqual([one.id, two.id, three.id]);
  });

  it.each([
    ['itself', (from: string) => from, 'the same case'],
    ['a number nobody opened', () => '2099-9', 'no case of that number'],
  ])('into %s is refused', async (_, into, found) => {
    const { id: caseNumber } = await closed();
    const answer = await mergeCases(world.needs, { caseNumber, into: into(caseNumber), reason: REASON }, INVESTIGATOR);
    expect(refusalsOf(answer)).toEqual([`XR26-RET-07 into: ${found}`]);
  });

  it('into a merged case, an open one into a closed one, with differing findings or of a case of others is refused', async () => {
    const { needs } = world;
    const [one, two] = [await closed(), await closed()];
    const three = await world.opened();
    done(await mergeCases(needs, { caseNumber: one.id, into: two.id, reason: REASON }, INVESTIGATOR));
    const merge = (caseNumber: string, into: string, by = INVESTIGATOR) =>
      mergeCases(needs, { caseNumber, into, reason: REASON }, by);
    expect(refusalsOf(await merge(three.id, one.id))).toContain(
      'XR26-RET-07 into: a case that was merged into another',
    );
    expect(refusalsOf(await merge(three.id, two.id))).toEqual([
      'XR26-RET-07 into: a closed case, and this one is open',
    ]);
    const given = { caseNumber: three.id, finding: 'juvenile-without-arrest-or-offense' } as const;
    done(await recordFinding(needs, given, INVESTIGATOR));
    expect(refusalsOf(await merge(two.id, three.id))).toEqual([
      'XR26-RET-07 into: another finding than this case has',
    ]);
    const others = await world.opened(undefined, OFFICER);
    expect(refusalsOf(await merge(others.id, three.id))).toEqual([
      'XR26-SAFE-07 viewer: a case that is not among your duties',
    ]);
    expect(refusalsOf(await merge(three.id, others.id))).toEqual([
      'XR26-SAFE-07 viewer: a case that is not among your duties',
    ]);
  });
});

describe('a record filed under the wrong case', () => {
  it('is moved with its image, keeps no date, and is worked out anew', async () => {
    const [from, to] = [await closed(), await world.opened()];
    const id = await world.kept(from.id, {
      keeping: {
        kind: 'until',
        date: day('2031-11-01'),
        classId: 'misdemeanor',
        scheduleId: 'S-1',
        approved: true,
        disposeBy: day('2032-05-01'),
        why: [],
      },
      lock: { legalHold: false, classId: 'misdemeanor' },
      lockSetAt: world.bureau.now,
    });
    const given = { caseNumber: from.id, recordId: id, to: to.id, reason: REASON };
    done(await moveRecord(world.needs, given, INVESTIGATOR));
    const card = await world.card(id);
    expect(card).toMatchObject({ caseNumbers: [to.id], keeping: { kind: 'keep' }, lock: { legalHold: true } });
    expect(card.lockSetAt).toBeUndefined();
    expect(await world.records.get(images, id)).toMatchObject({ filed: { caseNumber: to.id } });
    expect(await world.records.linesOf(cardsLine(from.id))).toEqual([]);
    expect(await world.records.linesOf(cardsLine(to.id))).toEqual([id]);
    expect(await world.records.linesOf(caseLine(to.id))).toEqual([id]);
    expect(await moveRecord(world.needs, given, INVESTIGATOR)).toMatchObject({ changed: false });
    const told = (await world.records.ledgerOf(`retention#${id}`)).at(-1)!;
    expect(told).toMatchObject({ act: 'record moved here from another case', facts: { from: from.id, to: to.id } });
    expect(await world.recalculation(String(told.facts!.recalculation))).toMatchObject({
      cause: 'record-linked',
      scope: { kind: 'cards', ids: [id] },
    });
    expect((await world.acts(from.id)).at(-1)).toBe('record moved to another case');
  });

  it.each([
    ['to a case that is not on file', { to: '2099-7' }, 'to: no case of that number'],
    ['without a reason', { reason: ' ' }, 'reason: nothing'],
  ])('is not moved %s', async (_, over, found) => {
    const [from, to] = [await world.opened(), await world.opened()];
    await world.duty('p-ortiz', '2099-7');
    const recordId = await world.kept(from.id, { kind: 'recording' });
    const given = { caseNumber: from.id, recordId, to: to.id, reason: REASON, ...over };
    expect(refusalsOf(await moveRecord(world.needs, given, INVESTIGATOR)).join()).toContain(found);
    expect((await world.card(recordId)).caseNumbers).toEqual([from.id]);
  });

  it('is not moved to or from a case of others, to a merged one, or once destroyed', async () => {
    const [from, to, merged] = [await world.opened(), await world.opened(), await world.opened()];
    const others = await world.opened(undefined, OFFICER);
    done(await mergeCases(world.needs, { caseNumber: merged.id, into: to.id, reason: REASON }, INVESTIGATOR));
    const recordId = await world.kept(from.id, { kind: 'recording' });
    const move = async (toNumber: string, caseNumber = from.id, record = recordId) =>
      refusalsOf(
        await moveRecord(
          world.needs,
          { caseNumber, recordId: record, to: toNumber, reason: REASON },
          INVESTIGATOR,
        ),
      );
    expect(await move(others.id)).toEqual(['XR26-SAFE-07 viewer: a case that is not among your duties']);
    expect(await move(merged.id)).toEqual(['XR26-RET-06 to: a case that was merged into another']);
    expect(await move(from.id)).toEqual(['XR26-RET-06 to: the same case']);
    const foreign = await world.kept(others.id, { kind: 'recording' });
    expect(await move(to.id, others.id, foreign)).toEqual([
      'XR26-SAFE-07 viewer: a case that is not among your duties',
    ]);
    const gone = await world.kept(from.id, { kind: 'recording', state: 'destroying' });
    expect(await move(to.id, from.id, gone)).toEqual(['XR26-RET-06 recordId: a record that was destroyed']);
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
