/** What holds, an ended legal action, a lock in the store and a missing approval do to the day a record may go. */
import { describe, expect, it } from 'vitest';
import type { HoldFacts, RetainedFacts } from '../../../policies/retention.ts';
import { howLongIsItKept } from '../../../policies/rules/how-long-is-it-kept.ts';
import { day, NOW, THEN } from '../facts.ts';
import {
  approved,
  clausesOf,
  closed,
  dateOf,
  image,
  KEPT_2021,
  KEPT_2026,
  keptUnder,
  onDay,
} from '../retention-facts.ts';

describe('a hold', () => {
  const held = (...holds: readonly HoldFacts[]): RetainedFacts => ({ ...image(closed()), holds });
  const hold = (kind: HoldFacts['kind'], releasedOn?: string): HoldFacts => ({
    holdId: 'H-1',
    kind,
    placedOn: day('2022-01-01'),
    ...(releasedOn && { releasedOn: day(releasedOn) }),
  });

  it.each(['litigation', 'discovery', 'foil', 'audit', 'investigation'] as const)(
    'house-hold-wins: for %s keeps while it binds, and shows the class beside it',
    (kind) => {
      const keeping = keptUnder(held(hold('foil', '2022-02-01'), hold(kind)));
      expect(keeping).toMatchObject({ kind: 'keep', classId: 'misdemeanor' });
      expect(clausesOf(keeping)).toEqual(['XR21-RET-07', 'house-hold-wins']);
    },
  );

  it.each(['litigation', 'discovery'] as const)(
    'nysa-legal-action: for %s keeps one more year once the action is over',
    (kind) => {
      expect(dateOf(held(hold(kind, '2026-04-01')))).toBe('2027-04-01');
      expect(dateOf(held(hold(kind, '2024-02-29')))).toBe('2026-05-01');
      expect(clausesOf(keptUnder(held(hold(kind, '2026-04-01'))))).toContain('nysa-legal-action');
    },
  );

  it('nysa-legal-action, house-leap-day: that ended on 29 February keeps through 28 February of the next year', () => {
    expect(dateOf(held(hold('litigation', '2028-02-29')), onDay('2030-01-01'))).toBe('2029-03-01');
  });

  it.each(['audit', 'foil', 'investigation'] as const)(
    'house-hold-wins: for %s adds nothing once it is released',
    (kind) => {
      expect(dateOf(held(hold(kind, '2026-04-01')))).toBe('2026-05-01');
    },
  );

  it('house-hold-wins: is not released on a day to come, nor before it was placed', () => {
    expect(dateOf(held(hold('audit', '2026-11-25')))).toBe('keep');
    expect(dateOf(held(hold('audit', '2021-12-31')))).toBe('keep');
  });
});

describe('the day', () => {
  it('house-locks-stand: is not before the lock in the store ends', () => {
    const locked = { ...image(closed()), lockedUntil: day('2046-05-01') };
    expect(keptUnder(locked)).toMatchObject({ date: '2046-05-01', classId: 'misdemeanor', disposeBy: '2046-11-01' });
    expect(clausesOf(keptUnder(locked))).toEqual(['XR21-RET-07', 'house-locks-stand']);
    expect(dateOf({ ...image(closed()), lockedUntil: day('2026-01-01') })).toBe('2026-05-01');
  });

  it('nyc-1133-f: begins six months by whose end the record is to be gone', () => {
    expect(keptUnder(image(closed()))).toMatchObject({ disposeBy: '2026-11-01' });
    expect(keptUnder(image(closed({ closedOn: day('2021-08-31') })))).toMatchObject({ disposeBy: '2027-02-28' });
  });

  it.each([
    ['there is no schedule', undefined],
    ['nobody approved it', { ...approved, approvals: [] }],
    ['one office approved it', { ...approved, approvals: approved.approvals.slice(0, 1) }],
    [
      'its approval is still to come',
      { ...approved, approvals: approved.approvals.map((one) => ({ ...one, on: day('2030-01-01') })) },
    ],
    ['it is not in force yet', { ...approved, from: day('2030-01-01') }],
    ['it is in force no more', { ...approved, until: day('2026-11-23') }],
  ])('XR26-RET-05: is shown and nothing is disposed of by it while %s', (_what, schedule) => {
    const facts = image(closed());
    const keeping = schedule ? keptUnder(facts, schedule) : howLongIsItKept(facts, KEPT_2026, NOW);
    expect(keeping).toMatchObject({ kind: 'until', date: '2026-05-01', approved: false });
    expect(clausesOf(keeping)).toContain('XR26-RET-05');
  });

  it('XR21-RET-02: under the edition of 2021 says that the schedules of the State and the City govern', () => {
    const keeping = howLongIsItKept(image(closed()), KEPT_2021, THEN);
    expect(keeping).toMatchObject({ kind: 'until', scheduleId: 'xray-2021-printed', approved: false });
    expect(clausesOf(keeping)).toContain('XR21-RET-02');
  });
});
