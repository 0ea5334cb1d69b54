import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FactMalformed } from '../../../policies/faults.ts';
import { fromEpochMs, epochMs, hoursBetween, plusHours, plusMs, type Instant } from '../../../policies/instant.ts';
import { breachClock, type BreachTimes } from '../../../policies/rules/breach-clock.ts';
import { under } from '../disclosure-facts.ts';
import { at } from '../facts.ts';

const AWARE = at('2026-11-21T10:00:00-05:00'); // a Saturday
const times = (change: Partial<BreachTimes> = {}): BreachTimes => ({
  breachId: 'B-1',
  discoveredAt: plusHours(AWARE, -30),
  awareAt: AWARE,
  ...change,
});
const clock = (facts: BreachTimes, now: Instant, id = 'xray-2026') => breachClock(facts, under(id), now);
const told = (sentAt: Instant, now = sentAt) => clock(times({ report: { sentAt, deliveredAt: sentAt } }), now);

describe('the breach clock', () => {
  it.each([
    ['2026-11-21T10:00:00-05:00', 'running', 24],
    ['2026-11-22T09:59:00-05:00', 'running', 1 / 60],
    ['2026-11-22T10:00:00-05:00', 'running', 0],
  ])('XR26-EXT-20: at %s is %s with %d hours left', (now, state, hoursLeft) => {
    expect(clock(times(), at(now))).toMatchObject({ state, hoursLeft, due: 'by-clause', clause: 'XR26-EXT-20' });
  });

  it('XR26-EXT-20: is overdue a millisecond after the hour, on a Sunday too', () => {
    expect(clock(times(), at('2026-11-22T15:00:00.001Z'))).toMatchObject({
      state: 'overdue',
      dueAt: '2026-11-22T15:00:00.000Z',
    });
  });

  it('XR26-EXT-20: a report at 09:59 is on time, one at the hour too, a later one is told and late', () => {
    expect(told(at('2026-11-22T09:59:00-05:00'))).toMatchObject({ state: 'told', late: false });
    expect(told(at('2026-11-22T10:00:00-05:00'))).toMatchObject({ state: 'told', late: false });
    expect(told(at('2026-11-22T10:00:00.001-05:00'), plusHours(AWARE, 500))).toMatchObject({
      state: 'told',
      late: true,
    });
  });

  it.each([
    ['skips an hour in March', '2026-03-07T22:00:00-05:00', '2026-03-08T23:00:00-04:00'],
    ['has an hour twice in November', '2026-10-31T22:00:00-04:00', '2026-11-01T21:00:00-05:00'],
  ])('XR26-EXT-20: has 24 elapsed hours on the night that %s', (_what, aware, due) => {
    const awareAt = at(aware);
    const { dueAt } = clock({ breachId: 'B-1', discoveredAt: awareAt, awareAt }, awareAt) as { dueAt: Instant };
    expect(dueAt).toBe(at(due));
    expect(hoursBetween(awareAt, dueAt)).toBe(24);
  });

  it('XR26-EXT-20: counts from awareness and shows how long that took', () => {
    expect(clock(times(), AWARE)).toMatchObject({ hoursFromDiscoveryToAware: 30 });
    const { awareAt: _unaware, ...facts } = times();
    expect(clock(facts, AWARE)).toMatchObject({ state: 'unaware', hoursSinceDiscovery: 30 });
  });

  it('XR21-EXT-08: has no hour under the 2021 edition, and nothing is late', () => {
    const awareAt = at('2025-05-06T12:00:00-04:00');
    const facts = { breachId: 'B-1', discoveredAt: awareAt, awareAt };
    expect(clock(facts, plusHours(awareAt, 30), 'xray-2021')).toMatchObject({
      state: 'running',
      due: 'target',
      hoursLeft: -6,
      clause: 'XR21-EXT-08',
    });
    const sentAt = plusHours(awareAt, 30);
    expect(clock({ ...facts, report: { sentAt, deliveredAt: sentAt } }, sentAt, 'xray-2021')).toMatchObject({
      state: 'told',
      late: false,
      hoursTaken: 30,
    });
  });

  it('asks for the edition in force when the officer became aware', () => {
    const awareAt = at('2026-02-03T23:59:00-05:00');
    expect(() => clock({ breachId: 'B-1', discoveredAt: awareAt, awareAt }, plusHours(awareAt, 48))).toThrow(
      FactMalformed,
    );
    expect(clock({ breachId: 'B-1', discoveredAt: awareAt, awareAt }, plusHours(awareAt, 48), 'xray-2021').state).toBe(
      'running',
    );
  });

  it.each([
    ['portable-device-2026', 'PED26-EXT-06'],
    ['digital-camera-2026', 'CAM26-EXT-06'],
    ['plate-reader-2026', 'LPR26-EXT-07'],
  ])('under %s has 24 hours by %s', (id, clause) => {
    expect(clock(times(), AWARE, id)).toMatchObject({ state: 'running', hoursLeft: 24, clause });
  });

  it('waits for proof of delivery, and a report that reached nobody was not made', () => {
    const sentAt = plusHours(AWARE, 2);
    expect(clock(times({ report: { sentAt } }), sentAt)).toMatchObject({ state: 'sent', late: false });
    const lost = times({ report: { sentAt, undeliverableAt: plusHours(AWARE, 3) } });
    expect(clock(lost, plusHours(AWARE, 4))).toMatchObject({ state: 'running', hoursLeft: 20 });
    expect(clock(lost, plusHours(AWARE, 25))).toMatchObject({ state: 'overdue', hoursLate: 1 });
  });

  it.each<[string, Partial<BreachTimes>]>([
    ['awareness in the future', { awareAt: plusHours(AWARE, 100) }],
    ['awareness before discovery', { discoveredAt: plusHours(AWARE, 1) }],
    ['a report before awareness', { report: { sentAt: plusHours(AWARE, -1) } }],
    ['a delivery before the report', { report: { sentAt: plusHours(AWARE, 2), deliveredAt: plusHours(AWARE, 1) } }],
  ])('refuses to guess with %s', (_what, change) => {
    expect(() => clock(times(change), plusHours(AWARE, 50))).toThrow(FactMalformed);
  });

  it('has exactly 24 elapsed hours whenever it starts in 2026 to 2031, and what is told stays told', () => {
    const moments = fc.integer({ min: epochMs(at('2026-02-04T05:00:00Z')), max: epochMs(at('2031-12-31T00:00:00Z')) });
    fc.assert(
      fc.property(
        moments,
        fc.integer({ min: 0, max: 5e8 }),
        fc.integer({ min: 0, max: 5e8 }),
        (start, taken, later) => {
          const awareAt = fromEpochMs(start);
          const now = plusMs(awareAt, taken);
          const asked = clock({ breachId: 'B-1', discoveredAt: awareAt, awareAt }, now);
          expect(asked.state).toBe(taken > 24 * 3_600_000 ? 'overdue' : 'running');
          const done = { breachId: 'B-1', discoveredAt: awareAt, awareAt, report: { sentAt: now, deliveredAt: now } };
          expect(clock(done, plusMs(now, later))).toEqual(clock(done, now));
        },
      ),
    );
  });
});
