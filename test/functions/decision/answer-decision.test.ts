/** Answering a decision on a real table: who is refused and why, once and no second time, and never a lost wake. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerDecision, type Answering } from '../../../functions/decision/answer-decision.ts';
import { askForDecision, waitingOn } from '../../../functions/decision/ask-for-decision.ts';
import { checkWhoIsAsked } from '../../../functions/decision/check-who-is-asked.ts';
import { decisions, type Decision } from '../../../functions/decision/contract.ts';
import { newId } from '../../../functions/edge/system.ts';
import { put } from '../../../functions/records/change.ts';
import { deliverNote } from '../../../functions/records/deliver-outbox.ts';
import type { Note } from '../../../functions/records/notes.ts';
import { untilWritten } from '../../../functions/records/until-written.ts';
import { tokensOf, waitId, waits, waitWith, type Wait } from '../../../functions/records/waits.ts';
import { confirmEntity } from '../../../functions/use-request/confirm-entity.ts';
import { withdrawUseRequest } from '../../../functions/use-request/withdraw-use-request.ts';
import { plusHours } from '../../../policies/instant.ts';
import { TABLE } from '../../records-table.ts';
import { breaksIn } from '../../whole-ledger.ts';
import { LIAISON, REASON, refusalsIn, requestIdOf, startBureau, type Bureau } from '../bureau.ts';

let bureau: Bureau;
let decision: Decision;
beforeAll(async () => {
  bureau = await startBureau();
  decision = await bureau.deciding();
});
afterAll(() => bureau?.stop());

const answer = async (on: Decision, over: Partial<Answering> = {}) => {
  const given = await bureau.answering(on, over);
  return untilWritten(() => answerDecision(bureau.needs, given));
};
const as = async (id: string, over: object = {}) => {
  const person = await bureau.person(id);
  return { ...person, personId: id, ...over };
};
const wakes = async (on: Decision) => (await bureau.notesFor(on.id)).filter(({ kind }) => kind === 'wake');

describe('an answer is refused', () => {
  const refused: readonly (readonly [what: string, over: () => Promise<Partial<Answering>>, because: readonly string[]])[] = [
    ['XR26-USE-07: to a lieutenant', async () => ({ person: await as('p-lee', { rank: 'lieutenant' }) }), ['XR26-USE-07 decider']],
    ['XR26-USE-07: to an executive of another bureau', async () => ({ person: await as('p-lee', { bureau: 'legal-bureau' }) }), ['XR26-USE-07 decider']],
    ['XR26-USE-07: to a civilian', async () => ({ person: await as('p-lee', { uniformed: false }) }), ['XR26-USE-07 decider']],
    ['XR26-SAFE-04: to somebody no longer active', async () => ({ person: await as('p-lee', { active: false }) }), ['XR26-USE-07 decider']],
    ['XR26-SAFE-08: to an executive without the role', async () => ({ person: await as('p-lee', { roles: ['member', 'executive'] }) }), ['XR26-SAFE-08 decider']],
    ['XR26-USE-07: to an executive who was not asked yet', async () => ({ person: await as('p-shah') }), ['XR26-USE-07 decider']],
    ['XR26-USE-07: to an executive with another’s link', async () => ({ person: await as('p-shah'), door: { kind: 'mail-link', linkFor: 'p-lee' } }), ['XR26-USE-07 decider']],
    ['XR26-USE-07: without a reason', async () => ({ reason: ' ' }), ['XR26-USE-07 reason']],
    ['house-characters-of-reason: for a reason in a word', async () => ({ reason: 'ok' }), ['house-characters-of-reason reason']],
    ['for a reason of a book’s length', async () => ({ reason: 'x'.repeat(4001) }), ['XR26-USE-07 reason']],
    ['XR26-USE-04: to approve unread how the public is kept out', async () => ({ acknowledgesPublicKeptOut: false }), ['XR26-USE-04 acknowledgesPublicKeptOut']],
    ['house-shown-is-decided: for something else than was shown', async () => ({ shownHash: 'f'.repeat(64) }), ['house-shown-is-decided shown']],
    ['house-shown-is-decided: for nothing that was shown', async () => ({ shownHash: '' }), ['house-shown-is-decided shown']],
    ['with everything that is in the way at once', async () => ({ person: await as('p-novak'), reason: '', shownHash: 'x', acknowledgesPublicKeptOut: false }),
      ['XR26-USE-07 decider', 'XR26-SAFE-08 decider', 'XR26-USE-07 decider', 'XR26-USE-07 reason', 'XR26-USE-04 acknowledgesPublicKeptOut', 'house-shown-is-decided shown']],
  ];

  it.each(refused)('%s', async (_, over, because) => {
    const given = await over();
    const before = await bureau.acts(requestIdOf(decision));
    expect(refusalsIn(await answer(decision, given))).toEqual(because);
    expect((await bureau.decision(decision.id)).state).toBe('waiting');
    expect(await wakes(decision)).toEqual([]);
    const [told, ...more] = (await bureau.records.ledgerOf(decision.on)).slice(before.length);
    expect([told!.act, more]).toEqual(['decision refused to a person', []]);
    if (given.reason && given.reason.length > 3) expect(JSON.stringify(told)).not.toContain(given.reason);
  });

  it('for a decision that is on no record', async () => {
    expect(refusalsIn(await answer(decision, { decisionId: 'D-none' }))).toEqual(['house-shown-is-decided decision']);
  });

  it('XR26-USE-07: once the use was to begin, to approve and to decline', async () => {
    const now = bureau.now;
    bureau.now = plusHours(now, 3);
    expect(refusalsIn(await answer(decision))).toEqual(['XR26-USE-07 startsAt']);
    expect(refusalsIn(await answer(decision, { answer: 'decline' }))).toEqual(['XR26-USE-07 startsAt']);
    bureau.now = now;
  });

  it('XR26-USE-08: to an executive who made the request as a member of another bureau', async () => {
    await bureau.change('p-lee', { bureau: 'patrol-borough-manhattan-south' });
    const { id } = await bureau.submitted('p-lee');
    await bureau.change('p-lee');
    const own = await bureau.asking(id);
    expect(own.askInOrder).toEqual(['p-shah']);
    const door = { kind: 'mail-link', linkFor: 'p-lee' } as const;
    expect(refusalsIn(await answer(own, { person: await as('p-lee'), door }))).toEqual(['XR26-USE-08 decider']);
  });

  it('XR26-USE-04: to approve an outside entity’s request without any plan', async () => {
    const { id } = await bureau.submitted(LIAISON, { publicKeptOutHow: '' });
    await confirmEntity(bureau.needs, { requestId: id, personId: 'p-hale', outcome: 'confirmed', identityHow: 'Called back', affiliationHow: 'Published list' });
    expect(refusalsIn(await answer(await bureau.asking(id)))).toEqual(['XR26-USE-04 publicKeptOutHow']);
  });
});

describe('an answer that is taken', () => {
  it('is on record with the clauses, the hash of what was shown, and the note that wakes the workflow', async () => {
    const own = await bureau.deciding();
    const taken = await answer(own);
    expect(taken).toMatchObject({ kind: 'answered', decision: { state: 'answered', answer: { answer: 'approve', by: 'p-lee', shownHash: own.shownHash, selfDecided: false, door: 'desk' } } });
    expect(await bureau.decision(own.id)).toEqual(taken.kind === 'answered' && taken.decision);
    expect(await wakes(own)).toEqual([{ kind: 'wake', waiting: { on: `decision#${own.id}`, for: 'answer' }, output: { kind: 'approve', seconds: 7 * 3600 } }]);
    const told = (await bureau.records.ledgerOf(own.on)).at(-1)!;
    expect(told).toMatchObject({ act: 'use approved', by: { kind: 'person', id: 'p-lee' }, clauses: expect.arrayContaining(['XR26-USE-07', 'XR26-USE-04']), facts: { shown: own.shownHash } });
    expect(JSON.stringify(told)).not.toContain(REASON);
  });

  it('XR26-USE-08: of an executive on the own request that the bureau started, is marked so', async () => {
    const own = await bureau.deciding('p-lee');
    expect(await answer(own)).toMatchObject({ decision: { answer: { selfDecided: true } } });
  });

  it('is taken once: the same again, and the opposite, are refused as settled', async () => {
    const own = await bureau.deciding();
    await answer(own);
    expect(refusalsIn(await answer(own))).toEqual(['XR26-USE-07 requestState']);
    expect(refusalsIn(await answer(own, { answer: 'decline' }))).toEqual(['XR26-USE-07 requestState']);
    expect(await wakes(own)).toHaveLength(1);
    expect((await bureau.decision(own.id)).answer!.answer).toBe('approve');
  });

  it('may come from an executive who was asked before, after the request was passed on', async () => {
    const own = await bureau.deciding('p-reyes', { startsAt: plusHours(bureau.now, 20) });
    const now = bureau.now;
    for (const minutes of [31, 31]) {
      bureau.later(minutes);
      await askForDecision(bureau.needs, { decisionId: own.id, token: 'token' });
    }
    expect((await bureau.decision(own.id)).asked.map(({ personId }) => personId)).toEqual(['p-lee', 'p-shah']);
    expect((await answer(own)).kind).toBe('answered');
    bureau.now = now;
  });

  it('and a withdrawal in the same moment: one of the two happens, never both', async () => {
    for (let turn = 0; turn < 20; turn++) {
      const own = await bureau.deciding();
      const given = await bureau.answering(own);
      const withdrawing = { requestId: requestIdOf(own), personId: 'p-reyes', reason: 'The truck has left' };
      const [answered, withdrawn] = await Promise.all([untilWritten(() => answerDecision(bureau.needs, given)), untilWritten(() => withdrawUseRequest(bureau.needs, withdrawing))]);
      const { state } = await bureau.decision(own.id);
      // An approval may still be withdrawn right after it; an answer is never taken after the withdrawal.
      expect(withdrawn.kind).toBe('withdrawn');
      expect(state).toBe(answered.kind === 'answered' ? 'answered' : 'withdrawn');
    }
  });
});

describe('asking and answering in the same moment', () => {
  /** What a workflow that waits with each token hears, once every note of these decisions is delivered as the outbox does. */
  async function heard(about: readonly Decision[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const answers = new Map<string, string[]>();
    const mute = async () => undefined;
    const answer = async (token: string, output: object) => void answers.set(token, [...(answers.get(token) ?? []), (output as { kind: string }).kind]);
    const waited = new Set(about.map(({ id }) => waitingOn(id).on));
    for (const { record } of (await bureau.items()).filter(({ noun }) => noun === 'note')) {
      const { id, task } = record as Note;
      if (task.kind !== 'wake' || !waited.has(task.waiting.on)) continue;
      await deliverNote({ records: bureau.records, now: () => bureau.now, start: mute, lookAgain: mute, answer }, id);
    }
    return answers;
  }

  it('asked first, the token is there for the answer; answered first, the answer is there for the token', async () => {
    for (const askedFirst of [true, false]) {
      const own = await bureau.deciding();
      const ask = () => askForDecision(bureau.needs, { decisionId: own.id, token: `of-${own.id}` });
      for (const act of askedFirst ? [ask, () => answer(own)] : [() => answer(own), ask]) await act();
      expect((await heard([own])).get(`of-${own.id}`)).toContain('approve');
    }
  });

  it('wakes both workflows where the sweep started a second one beside the first', async () => {
    const own = await bureau.deciding();
    for (const token of ['of-the-first', 'of-the-second']) await askForDecision(bureau.needs, { decisionId: own.id, token });
    await answer(own);
    const told = await heard([own]);
    for (const token of ['of-the-first', 'of-the-second']) expect(told.get(token)).toContain('approve');
  });

  it('keeps the latest tokens of a wait, once each, and no more than a handful', () => {
    const waiting = waitingOn(decision.id);
    let wait: Wait | undefined;
    for (const token of ['a', 'b', 'a', ...Array.from({ length: 30 }, (_, at) => `t${at}`)]) wait = waitWith(waiting, wait, token, bureau.now).item['record'] as Wait;
    expect(tokensOf(wait).slice(0, 2)).toEqual(['t29', 't28']);
    expect(tokensOf(wait)).toHaveLength(13);
    expect(tokensOf(waitWith(waiting, wait, 't28', bureau.now).item['record'] as Wait).filter((one) => one === 't28')).toHaveLength(1);
  });

  it('200 times at once: exactly one answer of two is taken, and the waiting workflow always hears of it', async () => {
    const turn = async (): Promise<readonly [Decision, string]> => {
      const own = await opened();
      const [yes, no] = await Promise.all([bureau.answering(own), bureau.answering(own, { answer: 'decline' })]);
      const [, ...results] = await Promise.all([
        untilWritten(() => askForDecision(bureau.needs, { decisionId: own.id, token: `of-${own.id}` })),
        untilWritten(() => answerDecision(bureau.needs, yes)),
        untilWritten(() => answerDecision(bureau.needs, no)),
      ]);
      const taken = results.flatMap((result) => (result.kind === 'answered' ? [result.decision.answer!.answer] : []));
      expect(taken).toEqual([(await bureau.decision(own.id)).answer!.answer]);
      return [own, taken[0]!];
    };
    const turns: (readonly [Decision, string])[] = [];
    while (turns.length < 200) turns.push(...(await Promise.all(Array.from({ length: 10 }, turn))));

    const answers = await heard(turns.map(([own]) => own));
    for (const [own, taken] of turns) {
      expect((await bureau.records.get(waits, waitId(waitingOn(own.id))))!.token).toBe(`of-${own.id}`);
      expect(answers.get(`of-${own.id}`)).toContain(taken);
    }
  }, 120_000);

  /** Like the first decision, asked and waiting: what the workflow leaves, in one write instead of eight. */
  async function opened(): Promise<Decision> {
    const own: Decision = { ...(await bureau.decision(decision.id)), id: newId('D'), on: `use-request#${newId('R')}`, version: 0 };
    await bureau.records.write({ at: bureau.now, by: { kind: 'system', id: 'test' }, puts: [put(decisions, own)], tells: [{ subject: own.on, act: 'decision opened' }] });
    return { ...own, version: 1 };
  }
});

describe('the check of whose turn it is', () => {
  it('answers how it ended, in each way, and writes the lapse once', async () => {
    const answered = await bureau.deciding();
    await answer(answered, { answer: 'decline' });
    expect(await checkWhoIsAsked(bureau.needs, { decisionId: answered.id })).toEqual({ kind: 'decline' });
    const lapsing = await bureau.deciding();
    const now = bureau.now;
    bureau.now = plusHours(now, 3);
    for (let turn = 0; turn < 2; turn++) expect(await checkWhoIsAsked(bureau.needs, { decisionId: lapsing.id })).toEqual({ kind: 'lapsed' });
    expect((await bureau.acts(requestIdOf(lapsing))).filter((act) => act === 'decision lapsed')).toHaveLength(1);
    bureau.now = now;
  });

  it('is a fault for an id that is on no record', async () => {
    await expect(checkWhoIsAsked(bureau.needs, { decisionId: 'x'.repeat(3000) })).rejects.toMatchObject({ name: 'RecordMissing' });
  });
});

it('deciding leaves a ledger that holds', async () => {
  expect(await breaksIn(bureau.table.client, TABLE)).toEqual([]);
});
