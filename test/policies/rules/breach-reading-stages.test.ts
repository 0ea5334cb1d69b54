import { describe, expect, it } from 'vitest';
import { hoursBetween, plusHours, plusMinutes, plusMs, type Instant } from '../../../policies/instant.ts';
import { breachReadingStage, type ReadingRound } from '../../../policies/rules/breach-reading-stages.ts';
import { under } from '../disclosure-facts.ts';
import { at } from '../facts.ts';

const REPORTED = at('2026-11-01T00:40:00-04:00');
const round: ReadingRound = { breachId: 'B-1', reportedAt: REPORTED };
const stage = (facts: ReadingRound, now: Instant) => breachReadingStage(facts, under('xray-2026'), now);

/** Plays a round as the workflow does, and tells what it did with the minutes since the report. */
function played(start: ReadingRound, from: Instant, until: Instant): readonly string[] {
  const told: string[] = [];
  let facts = start;
  let now = from;
  for (let step = 0; step < 40; step += 1) {
    const next = stage(facts, now);
    if (next.stage === 'wait') {
      if (next.until > until) return told;
      now = next.until;
      continue;
    }
    if (next.stage === 'over') return told;
    told.push(`${Math.round(hoursBetween(REPORTED, now) * 60)} ${next.stage}`);
    facts = {
      ...facts,
      ...(next.stage === 'ask-officer' && { officerAskedAt: now }),
      ...(next.stage === 'ask-deputies' && { deputiesAskedAt: now }),
      ...(next.stage === 'ask-chief' && { chiefAskedAt: now }),
      ...(next.stage === 'ask-again' && { askedAgainAt: now }),
    };
  }
  throw new Error('the stages do not end');
}

describe('the stages before anybody is aware', () => {
  it('house-minutes-to-read-breach, house-hours-to-ask-again-to-read: ask the officer, the deputies, the chief, then all again, through a doubled hour', () => {
    expect(played(round, REPORTED, plusHours(REPORTED, 10))).toEqual([
      '0 ask-officer',
      '30 ask-deputies',
      '60 ask-chief',
      '300 ask-again',
      '540 ask-again',
    ]);
  });

  it('hand on at once when no mail reaches the officer', () => {
    const officerAskedAt = REPORTED;
    const facts = { ...round, officerAskedAt, officerUnreachableAt: plusMinutes(REPORTED, 2) };
    expect(played(facts, plusMinutes(REPORTED, 2), plusHours(REPORTED, 1))).toEqual(['2 ask-deputies', '32 ask-chief']);
  });

  it('skip nobody after a stop, and ask everyone again once', () => {
    const facts = { ...round, officerAskedAt: REPORTED };
    expect(played(facts, plusHours(REPORTED, 20), plusHours(REPORTED, 25))).toEqual([
      '1200 ask-deputies',
      '1230 ask-chief',
      '1470 ask-again',
    ]);
    const all = { ...facts, deputiesAskedAt: REPORTED, chiefAskedAt: REPORTED };
    expect(played(all, plusHours(REPORTED, 20), plusHours(REPORTED, 23))).toEqual(['1200 ask-again']);
  });

  it('are due at their very moment, and not a millisecond before', () => {
    const facts = { ...round, officerAskedAt: REPORTED };
    const due = plusMinutes(REPORTED, 30);
    expect(stage(facts, plusMs(due, -1))).toMatchObject({ stage: 'wait', until: due });
    expect(stage(facts, due)).toEqual({ stage: 'ask-deputies', because: 'house-minutes-to-read-breach' });
  });

  it('house-first-to-know: are over once the office is aware', () => {
    expect(stage({ ...round, awareAt: REPORTED }, REPORTED)).toEqual({ stage: 'over', because: 'house-first-to-know' });
  });

  it('answer the same however often they are asked', () => {
    const facts = { ...round, officerAskedAt: REPORTED };
    const now = plusMinutes(REPORTED, 31);
    expect(stage(facts, now)).toEqual(stage(facts, now));
  });

  it('refuse to guess when the record is ahead of the clock', () => {
    expect(() => stage(round, plusMs(REPORTED, -1))).toThrow('reportedAt');
  });
});
