import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FactMalformed } from '../../../policies/faults.ts';
import { plusMinutes, type Instant } from '../../../policies/instant.ts';
import { custodyEveryMinute, type CustodySpan } from '../../../policies/rules/custody-every-minute.ts';
import { whoMayTakeCustody } from '../../../policies/rules/who-may-take-custody.ts';
import { NOW, refusals, UNDER_2021, UNDER_2026 } from '../facts.ts';

const minute = (minutes: number): Instant => plusMinutes(NOW, minutes);
const span = (from: number, until?: number, custodian: CustodySpan['custodian'] = 'member'): CustodySpan => ({
  custodian,
  from: minute(from),
  ...(until === undefined ? {} : { until: minute(until) }),
});
const log = (...spans: readonly CustodySpan[]) => ({
  deploymentId: 'U-1',
  startsAt: minute(0),
  endsAt: minute(60),
  spans,
});
const judged = (spans: readonly CustodySpan[], now = minute(90)) => custodyEveryMinute(log(...spans), UNDER_2026, now);

describe('taking custody', () => {
  it('XR26-EXT-03: is for department personnel', () => {
    expect(whoMayTakeCustody({ deviceId: 'D-1', to: { kind: 'member', active: true } }, UNDER_2026, NOW)).toEqual({
      kind: 'allowed',
      clauses: ['XR26-EXT-03', 'XR26-SAFE-03'],
    });
  });

  it('XR26-EXT-03: is never for an outside entity', () => {
    expect(refusals(whoMayTakeCustody({ deviceId: 'D-1', to: { kind: 'external' } }, UNDER_2026, NOW))).toEqual([
      'XR26-EXT-03 custodian',
    ]);
    expect(refusals(whoMayTakeCustody({ deviceId: 'D-1', to: { kind: 'external' } }, UNDER_2021, NOW))).toEqual([
      'XR21-EXT-01 custodian',
    ]);
  });

  it('XR26-SAFE-03: is not for a member who is no longer active', () => {
    expect(
      refusals(whoMayTakeCustody({ deviceId: 'D-1', to: { kind: 'member', active: false } }, UNDER_2026, NOW)),
    ).toEqual(['XR26-SAFE-03 custodian']);
  });
});

describe('the custody log of a deployment', () => {
  it.each<[string, readonly CustodySpan[]]>([
    ['one span from start to end', [span(0, 60)]],
    ['a span that is longer on both sides', [span(-10, 70)]],
    ['a handover to the second', [span(0, 30), span(30, 60)]],
    ['a handover that overlaps, out of order', [span(25, 60), span(0, 30)]],
    ['a custody that lasts', [span(0)]],
    ['a short span inside a long one', [span(0, 60), span(10, 20)]],
  ])('XR26-EXT-03: covers every minute with %s', (_what, spans) => {
    expect(judged(spans).kind).toBe('allowed');
  });

  it.each<[string, readonly CustodySpan[], number]>([
    ['nothing at all', [], 1],
    ['a late beginning', [span(1, 60)], 1],
    ['an early end', [span(0, 59)], 1],
    ['a hole in the middle', [span(0, 20), span(21, 60)], 1],
    ['holes on both sides and in the middle', [span(5, 20), span(30, 50)], 3],
    ['custody that ended before', [span(-30, -10)], 1],
    ['custody that began afterwards', [span(61, 70)], 1],
  ])('XR26-EXT-03: does not with %s', (_what, spans, holes) => {
    expect(refusals(judged(spans))).toEqual(Array(holes).fill('XR26-EXT-03 custody'));
  });

  it('XR26-EXT-03: may not name an outside custodian, even beside a member', () => {
    expect(judged([span(0, 60), span(10, 11, 'external')])).toMatchObject({
      kind: 'refused',
      because: [{ found: expect.stringContaining('an outside custodian') }],
    });
  });

  it('counts a custody that lasts only until now', () => {
    expect(refusals(judged([span(0)], minute(30)))).toEqual(['XR26-EXT-03 custody']);
  });

  it('cannot run backwards', () => {
    expect(() => judged([span(20, 10)])).toThrow(FactMalformed);
  });

  it('is whole exactly when a minute-by-minute look finds a custodian each time', () => {
    const spans = fc.array(fc.tuple(fc.integer({ min: -10, max: 70 }), fc.integer({ min: 1, max: 40 })), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(spans, (pairs) => {
        const held = (when: number) => pairs.some(([from, length]) => from <= when && when < from + length);
        const whole = Array.from({ length: 60 }, (_, when) => held(when)).every(Boolean);
        expect(judged(pairs.map(([from, length]) => span(from, from + length))).kind).toBe(
          whole ? 'allowed' : 'refused',
        );
      }),
    );
  });
});
