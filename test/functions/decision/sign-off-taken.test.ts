/** The sign-off of a disclosure on a real table, taken: what is on record, what narrowing leaves, and who hears of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerDecision, type Answering } from '../../../functions/decision/answer-decision.ts';
import { askForDecision } from '../../../functions/decision/ask-for-decision.ts';
import { checkWhoIsAsked } from '../../../functions/decision/check-who-is-asked.ts';
import type { Decision, DisclosureMatter } from '../../../functions/decision/contract.ts';
import { sweepDeadlines } from '../../../functions/deadline/sweep-deadlines.ts';
import { sha256 } from '../../../functions/records/canonical.ts';
import { untilWritten } from '../../../functions/records/until-written.ts';
import { plusHours, plusMinutes, plusMs } from '../../../policies/instant.ts';
import { TABLE } from '../../records-table.ts';
import { breaksIn } from '../../whole-ledger.ts';
import { refusalsIn, startBureau, type Bureau } from '../bureau.ts';
import { answering, asked, opened, SHOWN, WHY } from './signing-off.ts';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await startBureau();
});
afterAll(() => bureau?.stop());

const answer = async (on: Decision, over: Partial<Answering> = {}) => {
  const given = await answering(bureau, on, over);
  return untilWritten(() => answerDecision(bureau.needs, given));
};
const as = async (id: string, over: object = {}) => ({ ...(await bureau.person(id)), personId: id, ...over });
const wakes = async (on: Decision) => (await bureau.notesFor(on.id)).filter(({ kind }) => kind === 'wake');
const FROM = '2024-01-02T05:00:00.000Z';

describe('a sign-off that is taken', () => {
  it('is on record with who signed, in which office, the hash of what was shown, and wakes the workflow', async () => {
    const own = await asked(bureau);
    const taken = await answer(own);
    expect(taken).toMatchObject({
      decision: {
        state: 'answered',
        answer: {
          answer: 'approve',
          by: 'p-okafor',
          reason: WHY,
          shownHash: own.shownHash,
          door: 'desk',
          selfDecided: false,
          clauses: expect.arrayContaining(['XR26-EXT-11', 'nyc-23-1201-privacy-officer', 'house-shown-is-decided']),
          signer: {
            personId: 'p-okafor',
            active: true,
            bureau: 'legal-bureau',
            office: 'agency-privacy-officer',
            heldFrom: FROM,
            roles: ['member', 'privacy-officer'],
          },
        },
      },
    });
    const kept = await bureau.decision(own.id);
    expect(kept).toEqual(taken.kind === 'answered' && taken.decision);
    expect(kept.answer).not.toHaveProperty('kept');
    expect(await wakes(own)).toEqual([
      {
        kind: 'wake',
        waiting: { on: `decision#${own.id}`, for: 'answer' },
        output: { kind: 'approve', seconds: 28 * 86_400 },
      },
    ]);
    const told = (await bureau.records.ledgerOf(own.on)).at(-1)!;
    expect(told).toMatchObject({
      act: 'disclosure signed off',
      by: { kind: 'person', id: 'p-okafor' },
      facts: {
        shown: own.shownHash,
        office: 'agency-privacy-officer',
        signed: kept.answer!.signature!.of,
        reason: sha256(WHY),
      },
    });
    expect(JSON.stringify(told)).not.toContain(WHY);
  });

  it('may be narrowed: it approves what is left, by its hash, and says which parts', async () => {
    const own = await asked(bureau);
    await answer(own, { kept: ['E-3', 'E-1'] });
    const { answer: taken, shown, shownHash } = await bureau.decision(own.id);
    expect([taken!.kept, shown, shownHash]).toEqual([['E-1', 'E-3'], SHOWN, own.shownHash]);
    expect(taken!.shownHash).toBe(sha256(SHOWN.filter(({ id }) => id !== 'E-2')));
    expect((await bureau.records.ledgerOf(own.on)).at(-1)).toMatchObject({
      facts: { kept: ['E-1', 'E-3'], shown: taken!.shownHash },
    });
  });

  it('may decline, or ask back; either ends the decision, and the workflow hears which', async () => {
    for (const [to, act] of [
      ['decline', 'sign-off declined'],
      ['ask-back', 'sign-off asked back'],
    ] as const) {
      const own = await asked(bureau);
      await answer(own, { answer: to, reason: 'Which of the three images shows the plate?', kept: [] });
      expect((await bureau.decision(own.id)).answer).toMatchObject({ answer: to, shownHash: own.shownHash });
      expect((await bureau.decision(own.id)).answer).not.toHaveProperty('kept');
      expect(await wakes(own)).toMatchObject([{ output: { kind: to } }]);
      expect(await checkWhoIsAsked(bureau.needs, { decisionId: own.id })).toEqual({ kind: to });
      expect((await bureau.records.ledgerOf(own.on)).at(-1)!.act).toBe(act);
      expect(refusalsIn(await answer(own))).toEqual(['XR26-EXT-11 state']);
    }
  });

  it('comes from a deputy once the officer has let the time pass, and from the officer even then', async () => {
    for (const [personId, office] of [
      ['p-adler', 'deputy'],
      ['p-okafor', 'agency-privacy-officer'],
    ] as const) {
      const own = await asked(bureau);
      const now = bureau.now;
      for (let stage = 0; stage < 2; stage++) {
        bureau.later(240);
        await askForDecision(bureau.needs, { decisionId: own.id, token: 'token' });
      }
      expect((await bureau.decision(own.id)).asked).toMatchObject([
        { personId: 'p-okafor', remindedAt: plusMinutes(now, 240) },
        { personId: 'p-adler' },
      ]);
      expect(await answer(own, { person: await as(personId) })).toMatchObject({
        decision: { answer: { by: personId, signer: { office } } },
      });
      bureau.now = now;
    }
  });

  it('and the same and another at once: one of them is taken, and one wake goes out', async () => {
    for (let turn = 0; turn < 15; turn++) {
      const own = await asked(bureau);
      const taken = await Promise.all([
        answer(own),
        answer(own, { answer: 'decline' }),
        answer(own, { answer: 'ask-back' }),
        answer(own, { kept: ['E-1'] }),
      ]);
      const [first, ...more] = taken.filter(({ kind }) => kind === 'answered');
      expect(more).toEqual([]);
      expect(first!.decision).toEqual(await bureau.decision(own.id));
      expect(await wakes(own)).toHaveLength(1);
    }
  });

  it('meets the end of an office in the same moment: judged again, and refused, although it was signed by then', async () => {
    const own = await asked(bureau);
    const ended = { office: 'agency-privacy-officer', heldFrom: FROM, heldUntil: plusMs(bureau.now, -1) };
    let signatures = 0;
    const sign = async (text: string) => {
      signatures++;
      await bureau.change('p-okafor', { privacyOffice: ended });
      return bureau.key.sign(text);
    };
    const given = await answering(bureau, own);
    const taken = await untilWritten(() => answerDecision({ ...bureau.needs, sign }, given));
    await bureau.change('p-okafor');
    expect([signatures, refusalsIn(taken)]).toEqual([1, ['XR26-EXT-11 signer']]);
    expect([(await bureau.decision(own.id)).state, await wakes(own)]).toEqual(['waiting', []]);
  });
});

describe('the wait for a sign-off', () => {
  it('asks by mail and on the desk, and lapses unapproved', async () => {
    const own = await opened(bureau);
    const now = bureau.now;
    expect(await checkWhoIsAsked(bureau.needs, { decisionId: own.id })).toEqual({
      kind: 'ask',
      stage: 'ask',
      seconds: 240 * 60,
    });
    bureau.now = own.lapsesAt;
    expect(await checkWhoIsAsked(bureau.needs, { decisionId: own.id })).toEqual({ kind: 'lapsed' });
    expect((await bureau.records.ledgerOf(own.on)).at(-1)).toMatchObject({
      act: 'decision lapsed',
      clauses: ['house-days-to-sign-off'],
    });
    bureau.now = now;
  });

  it('that is overdue is set going by the sweep, with the workflow of its disclosure', async () => {
    const own = await asked(bureau);
    const now = bureau.now;
    bureau.now = plusMinutes(own.dueAt!, 16);
    await sweepDeadlines(bureau.needs);
    const { disclosureId } = own.matter as DisclosureMatter;
    expect((await bureau.notesFor(disclosureId)).filter(({ kind }) => kind === 'start')).toEqual([
      {
        kind: 'start',
        workflow: 'disclosure',
        name: `${disclosureId}-d${own.version}`,
        input: { schema: 1, disclosureId },
      },
    ]);
    bureau.now = now;
  });
});

it('a use of mobile x-ray cannot be asked back about', async () => {
  const use = await bureau.deciding();
  const given = await bureau.answering(use, { answer: 'ask-back' });
  expect(refusalsIn(await answerDecision(bureau.needs, given))).toEqual(['XR26-USE-07 answer']);
});

it('signing off leaves a ledger that holds', async () => {
  bureau.now = plusHours(bureau.now, 1);
  expect(await breaksIn(bureau.table.client, TABLE)).toEqual([]);
});
