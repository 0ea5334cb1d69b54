/** Cases that turn out to be one, and records filed under the wrong one, on a real table. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CASE_ACTS } from '../../../functions/case/acts.ts';
import { closeCase } from '../../../functions/case/close-case.ts';
import { cardsLine, casesBehind, numbersUnder } from '../../../functions/case/contract.ts';
import { addPerson } from '../../../functions/case/keep-person.ts';
import { mergeCases } from '../../../functions/case/merge-cases.ts';
import { moveRecord } from '../../../functions/case/move-record.ts';
import { recordFinding } from '../../../functions/case/record-finding.ts';
import { reopenCase } from '../../../functions/case/reopen-case.ts';
import { caseLine, images } from '../../../functions/image/contract.ts';
import { TABLE } from '../../records-table.ts';
import { breaksIn } from '../../whole-ledger.ts';
import { type CaseWorld, INVESTIGATOR, OFFICER, REASON, day, done, refusalsOf, startCases } from './case-world.ts';

let world: CaseWorld;
beforeAll(async () => {
  world = await startCases();
}, 60_000);
afterAll(() => world?.stop());

const closed = (caseNumber?: string) => world.closed(caseNumber);

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

    const another = (await world.opened()).id;
    const acts = Object.entries(CASE_ACTS).filter(([name]) => name !== 'open' && name !== 'move-record');
    for (const [name, { act }] of acts) {
      const answer = await (act as typeof reopenCase)(
        needs,
        {
          caseNumber: from.id,
          reason: REASON,
          chargeId: 'C7',
          charged: 'Robbery',
          finding: 'juvenile-without-arrest-or-offense',
          classId: 'missing-person',
          since: day('2026-10-02'),
          on: day('2026-10-02'),
          ground: 'settlement',
          personId: 'P8',
          part: 'other',
          into: another,
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
    expect(refusalsOf(await merge(two.id, three.id))).toEqual(['XR26-RET-07 into: another finding than this case has']);
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
        await moveRecord(world.needs, { caseNumber, recordId: record, to: toNumber, reason: REASON }, INVESTIGATOR),
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

it('whatever was written is whole and in the ledger', async () => {
  expect(await breaksIn(world.bureau.table.client, TABLE)).toEqual([]);
});
