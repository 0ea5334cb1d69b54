/** Closing a case, and everything else that may be done to one. */
import { describe, expect, it } from 'vitest';
import { CLOSURE_GROUNDS, type CaseFacts } from '../../../policies/retention.ts';
import { mayACaseBeClosed, type Closing } from '../../../policies/rules/may-a-case-be-closed.ts';
import { whatMayBeDoneToACase, type CaseActFacts } from '../../../policies/rules/what-may-be-done-to-a-case.ts';
import { day, NOW, refusals } from '../facts.ts';
import { approved, closed, KEPT_2021, KEPT_2026, open, plea, retentionUnder } from '../retention-facts.ts';

const closing = (one: CaseFacts, more: Partial<Closing> = {}, policy = KEPT_2026) =>
  refusals(mayACaseBeClosed({ case: one, on: day('2021-05-01'), ground: 'appeals-exhausted', ...more }, policy, NOW));
const undisposed = open({ dispositions: [{ id: 'D-1', charged: 'homicide' }] });
const without = (outcome: 'acquitted' | 'dismissed') =>
  open({ dispositions: [{ id: 'D-1', charged: 'homicide', outcome, on: day('2020-12-01') }] });

describe('closing a case', () => {
  it('XR26-RET-07: is refused while an appeal is pending, on every ground, and allowed when appeals are exhausted', () => {
    const pending = open({ dispositions: [plea('misdemeanor', { appeal: 'pending' })] });
    for (const ground of CLOSURE_GROUNDS) expect(closing(pending, { ground })).toContain('XR26-RET-07 ground');
    expect(closing(open())).toEqual([]);
    expect(closing(open({ dispositions: [plea('misdemeanor', { appeal: 'none' })] }))).toEqual([]);
  });

  it('XR26-RET-07: on exhausted appeals needs how every charge ended, and what became of appeals', () => {
    expect(closing(undisposed)).toEqual(['XR26-RET-06 ground']);
    expect(closing(open({ dispositions: [] }))).toEqual(['XR26-RET-06 ground']);
    const { appeal: _, ...untold } = plea('misdemeanor');
    expect(closing(open({ dispositions: [untold] }))).toEqual(['XR26-RET-07 ground']);
    expect(closing(without('acquitted'))).toEqual([]);
  });

  it('XR26-RET-07: is allowed on a settlement, without an arrest, and when restitution is no longer sought', () => {
    for (const ground of ['settlement', 'restitution-not-sought'] as const)
      expect(closing(undisposed, { ground })).toEqual([]);
    expect(closing(open({ dispositions: [] }), { ground: 'no-arrest' })).toEqual([]);
    expect(closing(open(), { ground: 'no-arrest' })).toEqual(['XR26-RET-07 ground']);
    expect(closing(open(), { ground: 'tired' as never })).toEqual(['XR26-RET-07 ground']);
  });

  it.each([
    ['a day to come', '2026-11-25'],
    ['a day before it was opened', '2020-01-14'],
    ['a day before a charge ended', '2020-11-30'],
    ['no day', ''],
  ])('XR26-RET-07: is refused on %s', (_what, on) => {
    expect(closing(open(), { on: on as never })).toContain('XR26-RET-07 on');
  });

  it('XR26-RET-07: is done once', () => {
    expect(closing(closed())).toEqual(['XR26-RET-07 state']);
  });

  it.each([
    ['XR21-RET-03', KEPT_2021],
    ['PED26-RET-04', retentionUnder('portable-electronic-device')],
    ['CAM26-RET-04', retentionUnder('digital-camera')],
    ['LPR26-RET-08', retentionUnder('license-plate-reader')],
  ])('%s: says the same in another edition', (clause, policy) => {
    expect(closing(closed(), {}, policy)).toEqual([`${clause} state`]);
  });
});

const doing = (act: CaseActFacts['act'], more: Partial<CaseActFacts> = {}) =>
  refusals(whatMayBeDoneToACase({ act, case: open(), merged: false, schedule: approved, ...more }, KEPT_2026, NOW));
const REASON = 'found to be the same matter';

describe('a charge that ended', () => {
  const disposing = (disposition: CaseActFacts['disposition'], one = undisposed) =>
    doing('dispose', { case: one, ...(disposition && { disposition }) });

  it('XR26-RET-06: has an outcome, a day, and of a conviction or plea the class of its offense', () => {
    expect(disposing(plea('misdemeanor'))).toEqual([]);
    expect(disposing(plea('misdemeanor', { outcome: 'fined' as never }))).toContain('XR26-RET-06 outcome');
    expect(disposing(plea('misdemeanor', { on: day('2026-11-25') }))).toEqual(['XR26-RET-06 on']);
    const { classId: _, ...bare } = plea('misdemeanor');
    expect(disposing(bare)).toEqual(['XR26-RET-06 classId']);
    expect(disposing({ ...bare, outcome: 'dismissed' })).toEqual([]);
    expect(disposing(plea('misdemeanor', { outcome: 'dismissed' }))).toEqual(['XR26-RET-06 classId']);
    expect(disposing(undefined)).toEqual(['XR26-RET-06 outcome', 'XR26-RET-06 on']);
  });

  it('house-unknown-keeps: has a class of cases that the schedule has', () => {
    expect(disposing(plea('jaywalking'))).toEqual(['house-unknown-keeps classId']);
    expect(disposing(plea('plate-read'))).toEqual(['house-unknown-keeps classId']);
    expect(disposing(plea('no-offense-by-adult'))).toEqual(['XR26-RET-06 classId']);
  });

  it('XR26-RET-07: after the closing, or with an appeal, needs the case opened first', () => {
    expect(disposing(plea('other-felony'), closed())).toEqual([]);
    expect(disposing(plea('other-felony', { on: day('2021-05-02') }), closed())).toEqual(['XR26-RET-07 on']);
    expect(disposing(plea('other-felony', { appeal: 'pending' }), closed())).toEqual(['XR26-RET-07 appeal']);
  });
});

describe('a finding', () => {
  it('XR26-RET-06, XR21-RET-10, XR21-RET-11: is for cases in which nobody was convicted or pleaded', () => {
    expect(doing('find', { case: undisposed, finding: 'no-offense-by-adult' })).toEqual([]);
    expect(doing('find', { case: without('dismissed') })).toEqual([]);
    expect(doing('find')).toEqual(['XR26-RET-06 finding']);
    expect(doing('find', { case: undisposed, finding: 'nothing' as never })).toEqual(['XR26-RET-06 finding']);
  });
});

describe('a class that follows a status', () => {
  const missing = (more: object) => open({ statusClasses: [{ classId: 'missing-person', ...more }] });
  const located = { endedOn: day('2021-03-01') };

  it('XR21-RET-04: is one of those that last by themselves', () => {
    const on = day('2020-02-01');
    expect(doing('class-by-status', { classId: 'active-warrant', on })).toEqual([]);
    expect(doing('class-by-status', { classId: 'missing-person', on: day('2026-11-25') })).toEqual([
      'XR26-RET-06 since',
    ]);
    expect(doing('class-by-status', { classId: 'misdemeanor', on })).toEqual(['XR21-RET-07 classId']);
    expect(doing('class-by-status', { classId: 'plate-read', on })).toEqual(['house-unknown-keeps classId']);
    expect(doing('class-by-status', { case: missing({}), classId: 'missing-person', on })).toEqual([
      'XR26-RET-06 classId',
    ]);
  });

  it('XR21-RET-04: ends on a day, once', () => {
    const on = day('2021-03-01');
    expect(doing('end-status', { case: missing({}), classId: 'missing-person', on })).toEqual([]);
    expect(doing('end-status', { case: missing({}), classId: 'missing-person' })).toEqual(['XR26-RET-06 on']);
    expect(doing('end-status', { case: missing(located), classId: 'missing-person', on })).toEqual([
      'XR26-RET-06 classId',
    ]);
  });

  it('XR21-RET-04: is set again only after it ended, with a reason, and never where it is permanent', () => {
    const reclass = (one: CaseFacts, more: Partial<CaseActFacts> = {}) =>
      doing('reclass', { case: one, classId: 'missing-person', reason: REASON, ...more });
    expect(reclass(missing(located))).toEqual([]);
    expect(reclass(missing(located), { reclassTo: 'misdemeanor' })).toEqual([]);
    expect(reclass(missing(located), { reclassTo: 'jaywalking' })).toEqual(['house-unknown-keeps reclassTo']);
    expect(reclass(missing(located), { reason: '' })).toEqual(['XR26-RET-06 reason']);
    expect(reclass(missing({}))).toEqual(['XR21-RET-04 classId']);
    const warrant = open({ statusClasses: [{ classId: 'active-warrant', ...located }] });
    expect(reclass(warrant, { classId: 'active-warrant' })).toEqual(['XR21-RET-04 classId']);
  });
});

describe('a case', () => {
  it('XR26-RET-07: is opened again when it was closed, with a reason', () => {
    expect(doing('reopen', { case: closed(), reason: REASON })).toEqual([]);
    expect(doing('reopen', { reason: REASON })).toEqual(['XR26-RET-07 state']);
    expect(doing('reopen', { case: closed(), reason: 'because' })).toEqual(['house-characters-of-reason reason']);
  });

  it('XR26-RET-07: is merged into another one, with a reason', () => {
    const into = open({ caseNumber: 'C-2' });
    expect(doing('merge', { into, reason: REASON })).toEqual([]);
    expect(doing('merge', { into: open(), reason: REASON })).toEqual(['XR26-RET-07 into']);
    expect(doing('merge', { reason: REASON })).toEqual(['XR26-RET-07 into']);
    expect(doing('merge', { into })).toEqual(['XR26-RET-07 reason']);
  });

  it.each([
    'dispose',
    'find',
    'class-by-status',
    'end-status',
    'reclass',
    'reopen',
    'merge',
    'add-person',
    'change-person',
  ] as const)('XR26-RET-07: that was merged away is left as it is: %s', (act) => {
    expect(doing(act, { merged: true })).toContain('XR26-RET-07 state');
  });

  it('XR26-RET-06: takes in people while it is its own', () => {
    expect(doing('add-person')).toEqual([]);
    expect(doing('change-person', { case: closed() })).toEqual([]);
  });
});
