/** Which schedules are sound, which take effect, and the ones that are printed or shown in the demonstration. */
import { describe, expect, it } from 'vitest';
import { DEMO_SCHEDULE } from '../../../demo/schedule.ts';
import { clauseById } from '../../../policies/editions/all-clauses.ts';
import {
  SCHEDULE_PLATE_READER_2026,
  SCHEDULE_XRAY_2021,
  schedules,
} from '../../../policies/editions/schedules/index.ts';
import type { KeepRule, Schedule, ScheduleClass } from '../../../policies/retention.ts';
import { isApproved } from '../../../policies/rules/how-long-is-it-kept.ts';
import { isAScheduleSound } from '../../../policies/rules/is-a-schedule-sound.ts';
import { mayAScheduleTakeEffect, type TakingEffect } from '../../../policies/rules/may-a-schedule-take-effect.ts';
import { day, NOW, refusals } from '../facts.ts';
import { approved, KEPT_2021, KEPT_2026 } from '../retention-facts.ts';

/** As it comes from a file. */
const loaded = (schedule: object): unknown => JSON.parse(JSON.stringify(schedule));
const judged = (schedule: object, policy = KEPT_2026) => isAScheduleSound(loaded(schedule), policy, NOW);
const withClass = (id: string, change: Partial<ScheduleClass>): Schedule => ({
  ...approved,
  classes: approved.classes.map((one) => (one.id === id ? { ...one, ...change } : one)),
});
const rule = (id: string, of: KeepRule): Schedule => withClass(id, { rule: of });

describe('the printed schedules', () => {
  const years = ({ classes }: Schedule) =>
    Object.fromEntries(
      classes.flatMap(({ id, rule: of }) => ('years' in of && !('age' in of) ? [[id, of.years]] : [])),
    );

  it('XR21-RET-04 to RET-13: hold the classes of 2021 with the numbers in print', () => {
    expect(years(SCHEDULE_XRAY_2021)).toEqual({
      'other-felony': 25,
      'arson-4': 10,
      'non-fatal': 10,
      misdemeanor: 5,
      'no-offense-by-adult': 5,
      'violation-or-infraction': 1,
    });
    const permanent = SCHEDULE_XRAY_2021.classes.filter(({ clause }) => clause === 'XR21-RET-04');
    expect(permanent).toHaveLength(8);
    expect(permanent.filter(({ rule: of }) => of.kind === 'until-event').map(({ id }) => id)).toEqual([
      'missing-person',
      'stolen-or-missing-firearm',
    ]);
  });

  it('XR21-RET-04 to RET-13, LPR26-RET-07: say in their clause what the class reckons with', () => {
    for (const { clause, rule: of } of schedules.flatMap(({ classes }) => classes)) {
      const text = clauseById(clause)?.text ?? '';
      const numbers = Object.values(of).filter((value) => typeof value === 'number');
      expect(
        numbers.filter((value) => !new RegExp(`\\b${value}\\b`).test(text)),
        clause,
      ).toEqual([]);
    }
  });

  it('XR26-RET-05: are approved by nobody, so nothing is disposed of by them', () => {
    for (const one of schedules) expect(isApproved(one, day('2026-11-24'))).toBe(false);
    expect(SCHEDULE_XRAY_2021.until).toBe('2026-02-03');
    expect(SCHEDULE_PLATE_READER_2026.classes).toEqual([
      expect.objectContaining({ rule: { kind: 'after-capture', years: 5 } }),
    ]);
  });
});

describe('the schedule of the demonstration', () => {
  it('XR26-RET-05: is sound, in force from February 4, 2026, and says that its approvals are made up', () => {
    expect(judged(DEMO_SCHEDULE)).toEqual({ kind: 'allowed', clauses: ['XR26-RET-05'], schedule: DEMO_SCHEDULE });
    expect(isApproved(DEMO_SCHEDULE, day('2026-02-03'))).toBe(false);
    expect(isApproved(DEMO_SCHEDULE, day('2026-02-04'))).toBe(true);
    for (const { reference } of DEMO_SCHEDULE.approvals) expect(reference).toContain('fictional');
    expect(DEMO_SCHEDULE.classes).toEqual(expect.arrayContaining([...approved.classes]));
  });
});

describe('a schedule that is loaded', () => {
  it('XR26-RET-05: is read whole', () => {
    expect(judged(approved)).toEqual({ kind: 'allowed', clauses: ['XR26-RET-05'], schedule: approved });
  });

  it.each<[string, object, string]>([
    ['no first day', { ...approved, from: 'soon' }, 'XR26-RET-05 from'],
    ['a day that does not exist', { ...approved, from: '2026-02-29' }, 'XR26-RET-05 from'],
    ['a last day before the first', { ...approved, until: '2026-02-03' }, 'XR26-RET-05 until'],
    ['no source', { ...approved, source: ' ' }, 'XR26-RET-05 source'],
    ['no classes', { ...approved, classes: [] }, 'XR26-RET-05 classes'],
    [
      'an approval of nobody',
      { ...approved, approvals: [{ office: 'the mayor', reference: '1', on: '2026-01-01' }] },
      'XR26-RET-05 approvals.0.office',
    ],
    [
      'an approval without a reference',
      { ...approved, approvals: [{ office: 'law-department', reference: '', on: '2026-01-01' }] },
      'XR26-RET-05 approvals.0.reference',
    ],
    ['a field nobody knows', { ...approved, secret: true }, 'XR26-RET-05 schedule'],
    ['half a year', rule('misdemeanor', { kind: 'after-closing', years: 0.5 }), 'XR26-RET-05 classes.11.rule.years'],
    ['no year', rule('misdemeanor', { kind: 'after-closing', years: 0 }), 'XR26-RET-05 classes.11.rule.years'],
    ['an id that is no tag', withClass('misdemeanor', { id: 'Mis demeanor' }), 'XR26-RET-05 classes.11.id'],
    ['one id twice', withClass('misdemeanor', { id: 'suicide' }), 'house-unknown-keeps classes.11.id'],
    ['a class that is none', withClass('misdemeanor', { id: 'unclassed' }), 'house-unknown-keeps classes.11.id'],
    [
      'a period that does not fit',
      rule('misdemeanor', { kind: 'after-capture', years: 9 }),
      'house-unknown-keeps classes.11.rule',
    ],
    ['no class for plate reads', { ...approved, classes: SCHEDULE_XRAY_2021.classes }, 'LPR26-RET-07 classes'],
    [
      'four years for plate reads',
      rule('plate-read', { kind: 'after-capture', years: 4 }),
      'LPR26-RET-07 classes.18.rule',
    ],
    [
      'no class of cases',
      { ...approved, classes: approved.classes.filter(({ of }) => of !== 'case') },
      'XR26-RET-05 classes',
    ],
    [
      'no class of files',
      { ...approved, classes: approved.classes.filter(({ of }) => of !== 'suspect-file') },
      'XR26-RET-05 classes',
    ],
  ])('XR26-RET-05: is refused with %s', (_what, schedule, expected) => {
    expect(refusals(judged(schedule))).toEqual([expected]);
  });

  it.each([undefined, null, 'a schedule', 7, [], {}])('XR26-RET-05: is refused when it is %j', (value) => {
    expect(isAScheduleSound(value, KEPT_2026, NOW).kind).toBe('refused');
  });

  it('XR26-RET-05: is refused without a word of what was written there', () => {
    const spoken = JSON.stringify(judged({ ...approved, title: 7, from: 'p-grant said so', 'p-vance': 1, source: '' }));
    expect(spoken).not.toMatch(/p-grant|p-vance/);
  });

  it('XR21-RET-02: under the edition of 2021 cites the State or the City with a year, and is never below print', () => {
    const cited = { ...approved, source: 'Supplemental Schedule of the City, 2021' };
    expect(refusals(judged(cited, KEPT_2021))).toEqual([]);
    expect(refusals(judged({ ...cited, source: 'Supplemental Schedule' }, KEPT_2021))).toEqual(['XR21-RET-02 source']);
    const shorter = { ...rule('misdemeanor', { kind: 'after-closing', years: 4 }), source: cited.source };
    expect(refusals(judged(shorter, KEPT_2021))).toEqual(['XR21-RET-07 classes.11.rule']);
    const weaker = { ...rule('homicide', { kind: 'after-closing', years: 99 }), source: cited.source };
    expect(refusals(judged(weaker, KEPT_2021))).toEqual(['XR21-RET-04 classes.0.rule']);
    const longer = { ...rule('misdemeanor', { kind: 'permanent' }), source: cited.source };
    expect(refusals(judged(longer, KEPT_2021))).toEqual([]);
  });

  it('XR26-RET-05: under the edition of 2026, which prints no period, is as short as it was approved', () => {
    expect(refusals(judged(rule('misdemeanor', { kind: 'after-closing', years: 4 })))).toEqual([]);
  });
});

describe('a schedule that is to take effect', () => {
  const facts: TakingEffect = {
    schedule: approved,
    loadedBy: 'P-1',
    approverId: 'P-2',
    dryRun: { same: 9, longer: 0, shorter: 1, 'due-now': 1, kept: 3 },
    reason: 'it was approved by both offices',
  };
  const takes = (change: Partial<TakingEffect> = {}) =>
    refusals(mayAScheduleTakeEffect({ ...facts, ...change }, KEPT_2026, NOW));

  it('house-two-people-on-schedule: does so by a second person, after a dry run, also when it is shorter', () => {
    expect(takes()).toEqual([]);
    expect(takes({ current: { ...approved, id: 'S-2025' } })).toEqual([]);
    expect(takes({ approverId: 'P-1' })).toEqual(['house-two-people-on-schedule approver']);
    const { dryRun: _, ...untried } = facts;
    expect(refusals(mayAScheduleTakeEffect(untried, KEPT_2026, NOW))).toEqual(['house-two-people-on-schedule dryRun']);
  });

  it.each<[string, Partial<TakingEffect>, readonly string[]]>([
    [
      'nobody approved it',
      { schedule: { ...approved, approvals: [] } },
      ['XR26-RET-05 law-department', 'XR26-RET-05 records-department'],
    ],
    [
      'one office approved it',
      { schedule: { ...approved, approvals: approved.approvals.slice(1) } },
      ['XR26-RET-05 law-department'],
    ],
    ['its first day has not come', { schedule: { ...approved, from: day('2026-11-25') } }, ['XR26-RET-05 from']],
    ['its last day has passed', { schedule: { ...approved, until: day('2026-11-23') } }, ['XR26-RET-05 until']],
    ['it is in force', { current: approved }, ['XR26-RET-05 schedule']],
    ['nobody says why', { reason: '' }, ['XR26-RET-05 reason']],
  ])('XR26-RET-05: does not while %s', (_what, change, expected) => {
    expect(takes(change)).toEqual(expected);
  });
});
