/**
 * The classes that the mobile x-ray policy of 2021 prints, as data. No approval of it is on file here, and the edition
 * has ended: it shows what a date would be, and disposes of nothing (docs/adr/0019-retention-schedules.md).
 *
 * Every period is a minimum.
 */
import { FINDINGS, type KeepRule, type Schedule, type ScheduleClass } from '../../retention.ts';
import { XRAY_2021_HEAD } from '../heads.ts';

const permanent: KeepRule = { kind: 'permanent' };
const afterClosing = (years: number): KeepRule => ({ kind: 'after-closing', years });
const ofCases = (id: string, title: string, rule: KeepRule, clause: string, doubt?: string): ScheduleClass => ({
  id,
  title,
  of: 'case',
  rule,
  clause,
  ...(doubt && { doubt }),
});

/** The classes that a finding gives have the findings' own ids. */
const [NO_OFFENSE, JUVENILE] = FINDINGS;

export const XRAY_2021_CLASSES: readonly ScheduleClass[] = [
  ofCases('homicide', 'Homicide', permanent, 'XR21-RET-04'),
  ofCases('suicide', 'Suicide', permanent, 'XR21-RET-04'),
  ofCases('arson-1-2-3', 'Arson in the first, second or third degree', permanent, 'XR21-RET-04'),
  ofCases(
    'missing-person',
    'Missing person, until located',
    { kind: 'until-event', event: 'located' },
    'XR21-RET-04',
    'Printed as permanent, and yet until located. What holds afterwards is not said: the class has to be set again.',
  ),
  ofCases(
    'aggravated-sexual-assault-1',
    'Aggravated sexual assault in the first degree',
    permanent,
    'XR21-RET-04',
    'The Penal Law speaks of aggravated sexual abuse (130.70); the printed word is kept.',
  ),
  ofCases(
    'course-of-sexual-conduct-against-a-child-1',
    'Course of sexual conduct against a child in the first degree',
    permanent,
    'XR21-RET-04',
  ),
  ofCases(
    'active-warrant',
    'Active warrant',
    permanent,
    'XR21-RET-04',
    'No end is printed for it. It is kept permanently, also after the warrant is no longer active.',
  ),
  ofCases(
    'stolen-or-missing-firearm',
    'Stolen or missing firearm, until recovered or destroyed',
    { kind: 'until-event', event: 'recovered-or-destroyed' },
    'XR21-RET-04',
    'Printed as permanent, and yet until recovered or destroyed. What holds afterwards is not said: the class has to be set again.',
  ),
  ofCases('other-felony', 'A felony that no other class takes in', afterClosing(25), 'XR21-RET-06'),
  ofCases(
    'arson-4',
    'Arson in the fourth degree',
    afterClosing(10),
    'XR21-RET-05',
    'A felony too, for which the 25 years do not count. Another felony in the same case keeps its 25 years.',
  ),
  ofCases(
    'non-fatal',
    'Non-fatal, including vehicular accidents',
    afterClosing(10),
    'XR21-RET-05',
    'The noun after "non-fatal" is missing in print. Ask the Law Department before using it.',
  ),
  ofCases('misdemeanor', 'Misdemeanor', afterClosing(5), 'XR21-RET-07'),
  ofCases(NO_OFFENSE, 'No offense was committed by an adult', afterClosing(5), 'XR21-RET-10'),
  ofCases('violation-or-infraction', 'Violation or traffic infraction', afterClosing(1), 'XR21-RET-08'),
  ofCases(
    'child-victims-act',
    'Offense against a child under the Child Victims Act',
    { kind: 'child-reaches', age: 55 },
    'XR21-RET-09',
  ),
  ofCases(JUVENILE, 'Juvenile, with no arrest or no offense', { kind: 'juvenile', age: 18, years: 1 }, 'XR21-RET-11'),
  {
    id: 'suspect-file',
    title: 'Personal data file on a criminal or suspect',
    of: 'suspect-file',
    rule: { kind: 'personal-file', yearsAfterDeath: 5, yearsAfterBirth: 90, yearsWithoutArrest: 5 },
    clause: 'XR21-RET-12',
    doubt:
      'Whether the condition of no arrest in five years is one of the ninety years only, or of both, is not plain. After a death it makes no difference.',
  },
  {
    id: 'associated-file',
    title: 'Personal data file on a victim, relative, witness or other associated person',
    of: 'associated-file',
    rule: { kind: 'with-case' },
    clause: 'XR21-RET-13',
  },
];

export const SCHEDULE_XRAY_2021: Schedule = {
  id: 'xray-2021-printed',
  title: 'Periods printed in the mobile x-ray policy of 2021',
  source:
    'Mobile X-Ray Technology: Impact and Use Policy, April 11, 2021, citing the State’s Retention and Disposition Schedule for New York Local Government Records and the City’s Supplemental Schedule',
  from: XRAY_2021_HEAD.from,
  until: XRAY_2021_HEAD.until,
  approvals: [],
  classes: XRAY_2021_CLASSES,
};
