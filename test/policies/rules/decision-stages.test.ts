import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FactMalformed } from '../../../policies/faults.ts';
import { isBefore, minutesBetween, plusMinutes, plusMs, type Instant } from '../../../policies/instant.ts';
import {
  decisionStage,
  paceOfSignOff,
  type Asked,
  type DecisionRound,
  type DecisionStage,
} from '../../../policies/rules/decision-stages.ts';
import { NOW, UNDER_2021, UNDER_2026 } from '../facts.ts';

const after = (minutes: number) => plusMinutes(NOW, minutes);
const round = (change: Partial<DecisionRound> = {}): DecisionRound => ({
  requestId: 'R-1',
  executives: ['P-1', 'P-2', 'P-3'],
  asked: [],
  startsAt: after(600),
  ...change,
});
const stage = (facts: DecisionRound, now: Instant) => decisionStage(facts, UNDER_2026, now);

/** Plays the whole wait as a workflow would: does what is due, sleeps until the next stage. */
function play(start: DecisionRound, from: Instant): readonly { readonly at: Instant; readonly did: DecisionStage }[] {
  const log: { at: Instant; did: DecisionStage }[] = [];
  let [facts, now] = [start, from];
  for (let turns = 0; turns < 200; turns += 1) {
    const did = stage(facts, now);
    log.push({ at: now, did });
    if (did.stage === 'lapsed' || did.stage === 'answered') return log;
    const last = facts.asked.at(-1);
    const asked: readonly Asked[] =
      did.stage === 'ask' || did.stage === 'escalate'
        ? [...facts.asked, { askedAt: now }]
        : did.stage === 'remind' && last
          ? [...facts.asked.slice(0, -1), { ...last, remindedAt: now }]
          : facts.asked;
    facts = { ...facts, asked };
    now = did.nextAt;
  }
  throw new Error('the wait never ends');
}
const steps = (start: DecisionRound) =>
  play(start, NOW).map(
    ({ at, did }) =>
      `${Math.round(minutesBetween(NOW, at) * 100) / 100} ${did.stage}${'executiveId' in did ? ` ${did.executiveId}` : ''}`,
  );

describe('waiting for a decision', () => {
  it('XR26-USE-07: asks, reminds, asks the next one, and lapses at the start; nothing is approved by silence', () => {
    expect(steps(round())).toEqual([
      '0 ask P-1',
      '30 remind P-1',
      '60 escalate P-2',
      '90 remind P-2',
      '120 escalate P-3',
      '150 remind P-3',
      '600 lapsed',
    ]);
  });

  it('house-minutes-to-ask-next: shrinks in proportion when the time is short', () => {
    expect(steps(round({ startsAt: after(18) }))).toEqual([
      '0 ask P-1',
      '3 remind P-1',
      '6 escalate P-2',
      '9 remind P-2',
      '12 escalate P-3',
      '15 remind P-3',
      '18 lapsed',
    ]);
  });

  it('shrinks for one alone, too', () => {
    expect(steps(round({ executives: ['P-1'], startsAt: after(20) }))).toEqual([
      '0 ask P-1',
      '10 remind P-1',
      '20 lapsed',
    ]);
  });

  it('takes exactly the full stages when the time is exactly enough', () => {
    expect(steps(round({ startsAt: after(180) })).slice(-2)).toEqual(['150 remind P-3', '180 lapsed']);
  });
});

describe('the stage of a request', () => {
  it('is over once it was answered, however late one asks', () => {
    expect(stage(round({ answeredAt: after(5) }), after(9999))).toEqual({
      stage: 'answered',
      at: after(5),
      because: 'XR26-USE-07',
    });
  });

  it('XR26-USE-07: is lapsed from the moment of the start', () => {
    const facts = round({ asked: [{ askedAt: NOW }] });
    expect(stage(facts, plusMs(facts.startsAt, -1)).stage).not.toBe('lapsed');
    expect(stage(facts, facts.startsAt)).toEqual({ stage: 'lapsed', at: facts.startsAt, because: 'XR26-USE-07' });
  });

  it('XR21-USE-02: cites the edition it is asked under', () => {
    expect(decisionStage(round(), UNDER_2021, after(600))).toMatchObject({ stage: 'lapsed', because: 'XR21-USE-02' });
  });

  it.each([
    [29, 'wait', 30],
    [30, 'remind', 60],
    [59, 'remind', 60],
    [60, 'escalate', 90],
    [61, 'escalate', 91],
  ])(
    'house-minutes-to-remind: %i minutes after the first was asked is %s, and changes at %i',
    (minutes, name, next) => {
      expect(stage(round({ asked: [{ askedAt: NOW }] }), after(minutes))).toMatchObject({
        stage: name,
        nextAt: after(next),
      });
    },
  );

  it('waits after the reminder until the next one is asked', () => {
    const facts = round({ asked: [{ askedAt: NOW, remindedAt: after(30) }] });
    expect(stage(facts, after(45))).toEqual({
      stage: 'wait',
      executiveId: 'P-1',
      place: 0,
      nextAt: after(60),
      because: 'house-minutes-to-ask-next',
    });
  });

  it('passes an undeliverable mail on at once', () => {
    const facts = round({ asked: [{ askedAt: NOW, undeliverableAt: after(1) }] });
    expect(stage(facts, after(1))).toMatchObject({ stage: 'escalate', executiveId: 'P-2', place: 1 });
  });

  it('waits for the lapse when the last mail is undeliverable', () => {
    const facts = round({ executives: ['P-1'], asked: [{ askedAt: NOW, undeliverableAt: after(1) }] });
    expect(stage(facts, after(40))).toMatchObject({ stage: 'wait', nextAt: facts.startsAt });
  });

  it('does not ask a second time what was asked', () => {
    expect(stage(round({ asked: [{ askedAt: NOW }] }), NOW).stage).toBe('wait');
  });

  it('cannot be told when there is nobody to ask', () => {
    expect(() => stage(round({ executives: [] }), NOW)).toThrow(FactMalformed);
    expect(() => stage(round({ executives: ['P-1'], asked: [{ askedAt: NOW }, { askedAt: NOW }] }), NOW)).toThrow(
      /R-1 has asked 2/,
    );
  });
});

describe('any wait at all', () => {
  const anyRound = fc
    .record({ people: fc.integer({ min: 1, max: 6 }), ms: fc.integer({ min: 1, max: 48 * 3_600_000 }) })
    .map(({ people, ms }) =>
      round({ executives: Array.from({ length: people }, (_, index) => `P-${index}`), startsAt: plusMs(NOW, ms) }),
    );

  it('ends in the lapse exactly at the start, having done nothing after it', () => {
    fc.assert(
      fc.property(anyRound, (facts) => {
        const log = play(facts, NOW);
        expect(log.at(-1)).toMatchObject({ at: facts.startsAt, did: { stage: 'lapsed' } });
        for (const { at } of log.slice(0, -1)) expect(isBefore(at, facts.startsAt)).toBe(true);
      }),
    );
  });

  it('never asks or reminds anyone twice, and keeps the order', () => {
    fc.assert(
      fc.property(anyRound, (facts) => {
        const did = (name: string) =>
          play(facts, NOW).flatMap((entry) =>
            entry.did.stage === name && 'executiveId' in entry.did ? [entry.did.executiveId] : [],
          );
        const asked = [...did('ask'), ...did('escalate')];
        expect(asked).toEqual(facts.executives.slice(0, asked.length));
        expect(new Set(did('remind')).size).toBe(did('remind').length);
      }),
    );
  });

  it('reaches everyone when there are at least a few seconds for each', () => {
    fc.assert(
      fc.property(anyRound, (facts) => {
        fc.pre(minutesBetween(NOW, facts.startsAt) > facts.executives.length);
        expect(play(facts, NOW).filter(({ did }) => did.stage === 'ask' || did.stage === 'escalate')).toHaveLength(
          facts.executives.length,
        );
      }),
    );
  });

  it('names no next stage after the start, whenever it is asked', () => {
    fc.assert(
      fc.property(anyRound, fc.integer({ min: 0, max: 3_000 }), (facts, minutes) => {
        const answer = stage({ ...facts, asked: [{ askedAt: NOW }] }, after(minutes));
        if ('nextAt' in answer) expect(answer.nextAt <= facts.startsAt).toBe(true);
        else expect(after(minutes) >= facts.startsAt).toBe(true);
      }),
    );
  });
});

describe('waiting for a sign-off', () => {
  const pace = paceOfSignOff(UNDER_2026, 'mission');
  const office: DecisionRound = {
    requestId: 'X-1',
    executives: ['P-9', 'P-10'],
    asked: [],
    startsAt: after(14 * 1440),
  };
  const at = (facts: Partial<DecisionRound>, minutes: number) =>
    decisionStage({ ...office, ...facts }, UNDER_2026, after(minutes), pace);
  const asked = (minutes: number, over: Partial<Asked> = {}): Asked => ({ askedAt: after(minutes), ...over });

  it('house-minutes-to-remind-of-sign-off: asks the officer and reminds after 4 hours', () => {
    expect(at({}, 0)).toMatchObject({ stage: 'ask', executiveId: 'P-9', nextAt: after(240), because: 'XR26-EXT-11' });
    expect(at({ asked: [asked(0)] }, 239)).toMatchObject({
      stage: 'wait',
      because: 'house-minutes-to-remind-of-sign-off',
    });
    expect(at({ asked: [asked(0)] }, 240)).toMatchObject({
      stage: 'remind',
      executiveId: 'P-9',
      nextAt: after(480),
      because: 'house-minutes-to-remind-of-sign-off',
    });
  });

  it('house-minutes-to-ask-next-to-sign-off: asks the deputy 4 hours later, or at once when no mail arrives', () => {
    const reminded = asked(0, { remindedAt: after(240) });
    const deputy = { stage: 'escalate', executiveId: 'P-10', because: 'house-minutes-to-ask-next-to-sign-off' };
    expect(at({ asked: [reminded] }, 479).stage).toBe('wait');
    expect(at({ asked: [reminded] }, 480)).toMatchObject(deputy);
    expect(at({ asked: [asked(0, { undeliverableAt: after(1) })] }, 1)).toMatchObject(deputy);
  });

  it('house-days-to-sign-off: waits for the last one until the days are over, and lapses then', () => {
    const last = { asked: [asked(0, { remindedAt: after(240) }), asked(480, { remindedAt: after(720) })] };
    expect(at(last, 14 * 1440 - 1)).toMatchObject({ stage: 'wait', executiveId: 'P-10', nextAt: office.startsAt });
    expect(at(last, 14 * 1440)).toEqual({ stage: 'lapsed', at: office.startsAt, because: 'house-days-to-sign-off' });
  });

  it('leaves the pace of a use as it was', () => {
    expect(decisionStage(office, UNDER_2026, NOW)).toMatchObject({ nextAt: after(30), because: 'XR26-USE-07' });
  });
});
