/** How long records are kept, clause by clause as the policies say it. The many other cases are the oracle's. */
import { describe, expect, it } from 'vitest';
import { SCHEDULE_XRAY_2021 } from '../../../policies/editions/schedules/index.ts';
import { howLongIsItKept } from '../../../policies/rules/how-long-is-it-kept.ts';
import type { RetainedFacts } from '../../../policies/retention.ts';
import { day, THEN } from '../facts.ts';
import {
  approved,
  classed,
  clausesOf,
  closed,
  dateOf,
  goesOn,
  image,
  KEPT_2021,
  keptUnder,
  onDay,
  open,
  plea,
} from '../retention-facts.ts';

describe('the class of a case', () => {
  it('XR26-RET-06: follows what was pleaded to, and never the charge', () => {
    const one = image(classed('misdemeanor'));
    expect(one.cases[0]!.dispositions[0]!.charged).toBe('homicide');
    expect(dateOf(one)).toBe('2026-05-01');
  });

  it.each([
    ['no charge at all', []],
    ['a charge that has not ended', [{ id: 'D-1', charged: 'homicide' }]],
    ['an acquittal', [{ id: 'D-1', charged: 'homicide', outcome: 'acquitted' as const, on: day('2020-12-01') }]],
    ['a dismissal', [{ id: 'D-1', charged: 'homicide', outcome: 'dismissed' as const, on: day('2020-12-01') }]],
  ])('XR26-RET-06: is none with %s, and then no day is set', (_what, dispositions) => {
    expect(keptUnder(image(closed({ dispositions })))).toMatchObject({ kind: 'keep', classId: 'unclassed' });
  });

  it('XR26-RET-07, XR21-RET-03: counts for nothing while an appeal is pending', () => {
    expect(dateOf(image(closed({ dispositions: [plea('misdemeanor', { appeal: 'pending' })] })))).toBe('keep');
    const facts = { ...image(closed({ dispositions: [plea('misdemeanor', { appeal: 'pending' })] })) };
    expect(howLongIsItKept(facts, KEPT_2021, THEN).kind).toBe('keep');
    expect(clausesOf(howLongIsItKept(facts, KEPT_2021, THEN))).toContain('XR21-RET-03');
  });

  it('XR26-RET-07: counts from the day of the closing', () => {
    expect(keptUnder(image(open()))).toMatchObject({ kind: 'keep', classId: 'open-case' });
    expect(dateOf(image(closed({ closedOn: day('2022-11-30') })))).toBe('2027-11-30');
  });
});

describe('the printed periods', () => {
  it.each(['homicide', 'suicide', 'arson-1-2-3', 'aggravated-sexual-assault-1', 'active-warrant'])(
    'XR21-RET-04: of %s never end',
    (classId) => {
      const old = classed(classId, { openedOn: day('1825-01-01'), closedOn: day('1826-05-01') });
      const { dispositions } = old;
      const one = image({ ...old, dispositions: dispositions.map((each) => ({ ...each, on: day('1826-01-01') })) });
      expect(keptUnder(one, approved, onDay('2026-06-01'))).toMatchObject({ kind: 'keep', classId });
    },
  );

  it.each([
    ['missing-person', 'located'],
    ['stolen-or-missing-firearm', 'recovered or destroyed'],
  ])('XR21-RET-04: of %s end only when the class is set again after it was %s', (classId) => {
    const status = (more: object) => image(closed({ statusClasses: [{ classId, ...more }] }));
    expect(dateOf(status({}))).toBe('keep');
    expect(dateOf(status({ endedOn: day('2021-06-01') }))).toBe('keep');
    expect(dateOf(status({ endedOn: day('2021-06-01'), reclassedOn: day('2021-06-02') }))).toBe('2026-05-01');
    expect(dateOf(status({ reclassedOn: day('2021-06-02') }))).toBe('keep');
    expect(
      dateOf(status({ endedOn: day('2021-06-01'), reclassedOn: day('2021-06-02'), reclassedTo: 'other-felony' })),
    ).toBe('2046-05-01');
  });

  it('XR21-RET-04: of an active warrant stay, whatever becomes of the warrant', () => {
    const ended = { classId: 'active-warrant', endedOn: day('2021-06-01'), reclassedOn: day('2021-06-02') };
    expect(dateOf(image(closed({ statusClasses: [ended] })))).toBe('keep');
  });

  it.each([
    ['XR21-RET-05', 'arson-4', '2031-05-01'],
    ['XR21-RET-05', 'non-fatal', '2031-05-01'],
    ['XR21-RET-06', 'other-felony', '2046-05-01'],
    ['XR21-RET-07', 'misdemeanor', '2026-05-01'],
    ['XR21-RET-08', 'violation-or-infraction', '2022-05-01'],
  ])('%s: of %s, closed 2021-05-01, end on %s', (clause, classId, date) => {
    const keeping = keptUnder(image(classed(classId)));
    expect(keeping).toMatchObject({ kind: 'until', date, classId, approved: true });
    expect(keeping.why).toEqual([
      expect.objectContaining({ clause, classId, scheduleId: approved.id, on: '2021-05-01', until: date }),
    ]);
  });

  it('XR21-RET-05: of arson in the fourth degree are ten years, and twenty-five beside another felony', () => {
    const both = closed({ dispositions: [plea('arson-4'), plea('other-felony', { id: 'D-2' })] });
    expect(dateOf(image(both))).toBe('2046-05-01');
  });

  it('XR21-RET-07: of a misdemeanor are over on the anniversary and not the day before', () => {
    expect(goesOn(image(classed('misdemeanor')), '2026-04-30')).toBe(false);
    expect(goesOn(image(classed('misdemeanor')), '2026-05-01')).toBe(true);
  });

  it('XR21-RET-08: of an infraction closed on 29 February end a full year later, house-leap-day', () => {
    expect(dateOf(image(classed('violation-or-infraction', { closedOn: day('2024-02-29') })))).toBe('2025-03-01');
    expect(dateOf(image(classed('misdemeanor', { closedOn: day('2024-02-29') })))).toBe('2029-03-01');
  });

  it('XR21-RET-09: of an offense against children end when the youngest is 55, and never with a birth unknown', () => {
    const children = (...childrenBornOn: readonly (string | undefined)[]) =>
      dateOf(
        image(
          classed('child-victims-act', { childrenBornOn: childrenBornOn.map((one) => (one ? day(one) : undefined)) }),
        ),
      );
    expect(children('2010-06-15')).toBe('2065-06-15');
    expect(children('2010-06-15', '2012-02-29', '2001-01-01')).toBe('2067-03-01');
    expect(children('2010-06-15', undefined)).toBe('keep');
    expect(children()).toBe('keep');
  });

  it('XR21-RET-10: of no offense by an adult are five years', () => {
    const found = closed({ dispositions: [], finding: 'no-offense-by-adult', closureGround: 'no-arrest' });
    expect(dateOf(image(found))).toBe('2026-05-01');
  });

  it('XR21-RET-11: of a juvenile follow the birthday and not the closing', () => {
    const juvenile = (...juvenilesBornOn: readonly (string | undefined)[]) =>
      dateOf(
        image(
          closed({
            dispositions: [],
            finding: 'juvenile-without-arrest-or-offense',
            closureGround: 'no-arrest',
            juvenilesBornOn: juvenilesBornOn.map((one) => (one ? day(one) : undefined)),
          }),
        ),
      );
    expect(juvenile('2008-03-10')).toBe('2027-03-10');
    expect(juvenile('2008-02-29')).toBe('2027-03-01');
    expect(juvenile('2008-03-10', '2010-01-01')).toBe('2029-01-01');
    expect(juvenile(undefined)).toBe('keep');
    // The birthday was over when the case was closed: it could not go before.
    expect(juvenile('1999-01-01')).toBe('2021-05-01');
  });
});

describe('a personal data file', () => {
  const file = (person: RetainedFacts['person'], ...cases: RetainedFacts['cases']): RetainedFacts => ({
    kind: 'personal-file',
    technology: 'mobile-x-ray',
    cases,
    holds: [],
    ...(person && { person }),
  });

  it('XR21-RET-12: on a suspect stays because of an arrest within five years, and goes five years after death', () => {
    const suspect = { part: 'suspect', bornOn: day('1930-01-01') } as const;
    const arrested = { ...suspect, lastArrestOn: day('2017-06-01') };
    expect(goesOn(file(arrested), '2022-05-31')).toBe(false);
    expect(dateOf(file(arrested))).toBe('2022-06-01');
    expect(dateOf(file({ ...suspect, lastArrestOn: day('2001-06-01') }))).toBe('2020-01-01');
    expect(dateOf(file({ ...suspect, diedOn: day('2010-01-01') }))).toBe('2015-01-01');
    expect(dateOf(file({ ...suspect, diedOn: day('2018-01-01'), neverArrested: true }))).toBe('2020-01-01');
  });

  it('XR21-RET-12: on a suspect whose arrests are not known, or whose days cannot be so, stays', () => {
    expect(dateOf(file({ part: 'suspect', bornOn: day('1930-01-01') }))).toBe('keep');
    expect(dateOf(file({ part: 'suspect', neverArrested: true }))).toBe('keep');
    const impossible = { part: 'suspect', bornOn: day('1930-01-01'), diedOn: day('1929-01-01') } as const;
    expect(dateOf(file(impossible))).toBe('keep');
    expect(dateOf(file(undefined))).toBe('keep');
  });

  it('XR21-RET-13: on a witness stays with the longest of its cases, and permanently with a permanent one', () => {
    const witness = { part: 'associated' } as const;
    const other = (classId: string) => ({ ...classed(classId), caseNumber: 'C-2' });
    expect(dateOf(file(witness, classed('misdemeanor'), other('other-felony')))).toBe('2046-05-01');
    expect(keptUnder(file(witness, classed('misdemeanor'), other('homicide')))).toMatchObject({
      kind: 'keep',
      classId: 'homicide',
    });
    expect(dateOf(file(witness))).toBe('keep');
  });
});

describe('a plate read', () => {
  const read = (...cases: RetainedFacts['cases']): RetainedFacts => ({
    kind: 'plate-read',
    technology: 'license-plate-reader',
    capturedOn: day('2026-03-01'),
    cases,
    holds: [],
  });

  it('LPR26-RET-07: goes five years after its capture', () => {
    expect(goesOn(read(), '2031-02-28')).toBe(false);
    expect(goesOn(read(), '2031-03-01')).toBe(true);
    expect(keptUnder(read())).toMatchObject({ classId: 'plate-read', approved: true });
  });

  it('LPR26-RET-08: of an open case stays, however old it is, and of a closed one for the later of both', () => {
    expect(goesOn(read(open()), '2040-01-01')).toBe(false);
    expect(dateOf(read(classed('other-felony')))).toBe('2046-05-01');
    expect(dateOf(read(classed('violation-or-infraction')))).toBe('2031-03-01');
  });

  it('LPR26-RET-07: is shown its five years under a schedule that lacks them, and does not go', () => {
    const without = { ...approved, classes: SCHEDULE_XRAY_2021.classes };
    expect(keptUnder(read(), without)).toMatchObject({ date: '2031-03-01', approved: false });
    expect(keptUnder(read(classed('other-felony')), without)).toMatchObject({ date: '2046-05-01', approved: false });
  });
});

describe('what keeps', () => {
  it.each([
    ['PED26-RET-04', 'recording', 'portable-electronic-device'],
    ['CAM26-RET-04', 'image', 'digital-camera'],
    ['LPR26-RET-08', 'enclosure', 'license-plate-reader'],
  ] as const)('%s: an open case keeps its %s', (clause, kind, technology) => {
    const keeping = keptUnder({ ...image(open()), kind, technology });
    expect(keeping).toMatchObject({ kind: 'keep', classId: 'open-case' });
    expect(clausesOf(keeping)).toEqual([clause]);
  });

  it('house-unknown-keeps: an image, a recording and an enclosure of no case stay', () => {
    for (const kind of ['image', 'recording', 'enclosure'] as const) expect(dateOf({ ...image(), kind })).toBe('keep');
  });

  it.each([
    ['is closed before it was opened', closed({ openedOn: day('2021-05-02') })],
    ['is closed on a day to come', closed({ closedOn: day('2026-11-25') })],
    ['is closed on no ground', (({ closureGround: _, ...rest }) => rest)(closed())],
    ['is closed on no day', (({ closedOn: _, ...rest }) => rest)(closed())],
    ['has a disposition after the closing', closed({ dispositions: [plea('misdemeanor', { on: day('2021-05-02') })] })],
    ['has a disposition of no day', closed({ dispositions: [(({ on: _, ...rest }) => rest)(plea('misdemeanor'))] })],
    ['has a plea without a class', closed({ dispositions: [(({ classId: _, ...rest }) => rest)(plea('x'))] })],
    ['has a class nobody knows', classed('jaywalking')],
    ['has a class that is not of cases', classed('plate-read')],
    ['has a plea and a finding that there is none', closed({ finding: 'no-offense-by-adult' })],
    ['has a plea and was closed without an arrest', closed({ closureGround: 'no-arrest' })],
    ['has a status that only a plea gives', closed({ statusClasses: [{ classId: 'misdemeanor' }] })],
  ])('house-unknown-keeps: a case that %s keeps', (_what, one) => {
    expect(dateOf(image(one))).toBe('keep');
    expect(dateOf(image(one, { ...classed('violation-or-infraction'), caseNumber: 'C-2' }))).toBe('keep');
  });

  it('house-longest-wins: of several cases the longest counts, and one that is open before all', () => {
    const other = { ...classed('other-felony'), caseNumber: 'C-2' };
    expect(keptUnder(image(closed(), other))).toMatchObject({ date: '2046-05-01', classId: 'other-felony' });
    expect(keptUnder(image(closed(), other)).why.map(({ caseNumber }) => caseNumber)).toEqual(['C-1', 'C-2']);
    expect(dateOf(image(closed(), { ...open(), caseNumber: 'C-2' }))).toBe('keep');
  });
});
