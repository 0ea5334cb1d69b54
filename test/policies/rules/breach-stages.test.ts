import { describe, expect, it } from 'vitest';
import { plusHours, plusMinutes, type Instant } from '../../../policies/instant.ts';
import { breachStage, type BreachRound, type BreachStage } from '../../../policies/rules/breach-stages.ts';
import { under } from '../disclosure-facts.ts';
import { at } from '../facts.ts';

const AWARE = at('2026-10-31T12:00:00-04:00');
const round: BreachRound = { breachId: 'B-1', discoveredAt: AWARE, awareAt: AWARE, reminded: [] };
const after = (hours: number) => plusHours(AWARE, hours);
const stage = (facts: BreachRound, now: Instant, id = 'xray-2026') => breachStage(facts, under(id), now);

/** Plays a round as a workflow would, and tells what it did with the elapsed hours. */
function played(start: BreachRound, from: Instant, until: Instant, id = 'xray-2026'): readonly string[] {
  const told: string[] = [];
  let facts = start;
  let now = from;
  for (let step = 0; step < 40; step += 1) {
    const next: BreachStage = stage(facts, now, id);
    const hours = (Date.parse(now) - Date.parse(facts.awareAt!)) / 3_600_000;
    if (next.stage === 'wait') {
      if (next.until > until) return told;
      now = next.until;
      continue;
    }
    if (next.stage === 'wait-for-report' || next.stage === 'over') return told;
    told.push(`${Math.round(hours * 100) / 100} ${next.stage}${next.stage === 'remind' ? ` ${next.place}` : ''}`);
    if (next.stage === 'remind') facts = { ...facts, reminded: [...facts.reminded, next.place] };
    if (next.stage === 'ask-deputies') facts = { ...facts, deputiesAskedAt: now };
    if (next.stage === 'tell-chief') facts = { ...facts, chiefToldAt: now };
    if (next.stage === 'tell-overdue') facts = { ...facts, toldOverdueAt: now };
  }
  throw new Error('the stages do not end');
}

describe('the stages of a breach report', () => {
  it('house-hours-to-remind-of-breach: are four reminders, the deputies, the chief and the hour, over a doubled hour', () => {
    expect(played(round, AWARE, after(100))).toEqual([
      '12 remind 0',
      '18 remind 1',
      '21 remind 2',
      '23 remind 3',
      '23.25 ask-deputies',
      '23.5 tell-chief',
      '24 tell-overdue',
    ]);
  });

  it('XR21-EXT-08: are the same under the 2021 edition, without an hour to be overdue', () => {
    const awareAt = at('2025-05-06T12:00:00-04:00');
    const facts = { ...round, discoveredAt: awareAt, awareAt };
    expect(played(facts, awareAt, plusHours(awareAt, 100), 'xray-2021')).toEqual([
      '12 remind 0',
      '18 remind 1',
      '21 remind 2',
      '23 remind 3',
      '23.25 ask-deputies',
      '23.5 tell-chief',
    ]);
  });

  it('house-minutes-to-ask-deputies: hand on at once when no mail reaches the officer', () => {
    const unreachable = { ...round, officerUnreachableAt: after(1) };
    expect(played(unreachable, after(1), after(100))).toEqual(['1 ask-deputies', '1.25 tell-chief', '24 tell-overdue']);
  });

  it('send only the latest reminder after a stop, and skip nobody who is to be asked', () => {
    expect(played(round, after(19), after(100))[0]).toBe('19 remind 1');
    expect(played(round, after(30), after(100))).toEqual(['30 ask-deputies', '30 tell-overdue', '30.25 tell-chief']);
  });

  it.each([
    [0, 12],
    [12.5, 18],
    [22, 23],
  ])('wait %d hours in until hour %d when all before is done', (hours, until) => {
    const reminded = [0, 1, 2].filter((place) => [12, 18, 21][place]! <= hours);
    expect(stage({ ...round, reminded }, after(hours))).toMatchObject({ stage: 'wait', until: after(until) });
  });

  it('say the same however often they are asked', () => {
    expect(stage(round, after(12))).toEqual(stage(round, plusMinutes(after(12), 90)));
  });

  it('are over once the report is on its way, and begin again when it reached nobody', () => {
    const sent = { ...round, report: { sentAt: after(5) } };
    expect(stage(sent, after(13)).stage).toBe('over');
    expect(stage({ ...round, report: { sentAt: after(5), undeliverableAt: after(6) } }, after(13))).toMatchObject({
      stage: 'remind',
      place: 0,
    });
  });

  it('ask nothing of an officer who is not aware yet', () => {
    const { awareAt: _unaware, ...facts } = round;
    expect(stage(facts, after(40)).stage).toBe('wait-for-report');
  });
});
