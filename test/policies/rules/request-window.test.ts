import { describe, expect, it } from 'vitest';
import { HOUSE } from '../../../policies/editions/house.ts';
import { plusHours, plusMinutes, plusMs } from '../../../policies/instant.ts';
import { requestWindow } from '../../../policies/rules/request-window.ts';
import { at, NOW, refusals, UNDER_2026 } from '../facts.ts';

const startsAt = plusHours(NOW, 3);

describe('the time asked for', () => {
  it('XR26-USE-07: lapses undecided the moment it was to begin', () => {
    expect(requestWindow({ startsAt, endsAt: plusHours(startsAt, 2) }, UNDER_2026, NOW)).toMatchObject({
      kind: 'allowed',
      lapsesAt: startsAt,
    });
  });

  it.each([
    ['now', 0, ['XR26-USE-07 startsAt']],
    ['a millisecond ago', -1, ['XR26-USE-07 startsAt']],
    ['in a millisecond', 1, []],
  ])('XR26-USE-07: may begin only in the future: %s', (_when, ms, because) => {
    const start = plusMs(NOW, ms);
    expect(refusals(requestWindow({ startsAt: start, endsAt: plusHours(start, 1) }, UNDER_2026, NOW))).toEqual(because);
  });

  it.each([
    ['at the start', 0],
    ['before the start', -1],
  ])('XR26-USE-07: may not end %s', (when, hours) => {
    const ruling = requestWindow({ startsAt, endsAt: plusHours(startsAt, hours) }, UNDER_2026, NOW);
    expect(refusals(ruling)).toEqual(['XR26-USE-07 endsAt']);
    expect(ruling).toMatchObject({ because: [{ found: `an end ${when}` }] });
  });

  it.each([
    [24, []],
    [24.001, ['house-hours-of-longest-use endsAt']],
    [200, ['house-hours-of-longest-use endsAt']],
  ])('house-hours-of-longest-use: %d hours', (hours, because) => {
    expect(refusals(requestWindow({ startsAt, endsAt: plusHours(startsAt, hours) }, UNDER_2026, NOW))).toEqual(because);
  });

  it('house-hours-of-longest-use: counts elapsed hours in the night that has 25', () => {
    const midnight = at('2026-11-01T00:00:00-04:00');
    const policy = UNDER_2026;
    const now = at('2026-10-31T12:00:00-04:00');
    expect(
      refusals(requestWindow({ startsAt: midnight, endsAt: at('2026-11-02T00:00:00-05:00') }, policy, now)),
    ).toEqual(['house-hours-of-longest-use endsAt']);
  });

  it('house-minutes-of-notice: is held to a notice when the house asks for one', () => {
    const policy = { ...UNDER_2026, house: { ...HOUSE, minutesOfNotice: { ...HOUSE.minutesOfNotice, minutes: 60 } } };
    const soon = plusMinutes(NOW, 59);
    expect(refusals(requestWindow({ startsAt: soon, endsAt: plusHours(soon, 1) }, policy, NOW))).toEqual([
      'house-minutes-of-notice startsAt',
    ]);
  });
});
