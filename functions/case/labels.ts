/** What the pages of cases offer and say, in the words an officer uses. The values are the ones policies/ judges. */
import type { DispositionOutcome, FinalDisposition, Schedule, ScheduleClass } from '../../policies/retention.ts';
import { isOfStatus } from '../../policies/rules/how-long-is-a-case-kept.ts';
import type { TagKind } from '../edge/fields.tsx';
import type { Case, CaseFinding, CasePerson, ClosureGround } from './contract.ts';

type Labels<Value extends string> = Readonly<Record<Value, string>>;

export const STATES: Readonly<Record<Case['state'], readonly [words: string, kind: TagKind]>> = {
  open: ['Open', 'waiting'],
  closed: ['Closed', 'good'],
  merged: ['Merged into another case', 'plain'],
};

export const GROUNDS: Labels<ClosureGround> = {
  'appeals-exhausted': 'The prosecution is over and every appeal is exhausted',
  settlement: 'There was a settlement',
  'no-arrest': 'There was no arrest',
  'restitution-not-sought': 'Restitution is no longer sought',
};

export const OUTCOMES: Labels<DispositionOutcome> = {
  convicted: 'Convicted',
  pleaded: 'Pleaded guilty',
  acquitted: 'Acquitted',
  dismissed: 'Dismissed',
  declined: 'Prosecution declined',
  sealed: 'Sealed',
};

export const APPEALS: Labels<NonNullable<FinalDisposition['appeal']>> = {
  none: 'No appeal',
  pending: 'An appeal is pending',
  exhausted: 'Every appeal is exhausted',
};

export const FINDINGS: Labels<CaseFinding> = {
  'no-offense-by-adult': 'No offense was committed by an adult',
  'juvenile-without-arrest-or-offense': 'A juvenile, and no arrest or no offense',
};

export const PARTS: Labels<CasePerson['part']> = {
  suspect: 'Suspect',
  'child-victim': 'Child against whom the offense was',
  juvenile: 'Juvenile',
  victim: 'Victim',
  witness: 'Witness',
  relative: 'Relative',
  other: 'Somebody else',
};

export const optionsOf = <Value extends string>(labels: Labels<Value>, hints: Partial<Labels<Value>> = {}) =>
  (Object.entries<string>(labels) as [Value, string][]).map(([value, label]) => ({ value, label, hint: hints[value] }));

/** Given by a status alone, also where the schedule prints them as permanent: no court convicts anybody of them. */
const NO_OFFENSE = ['active-warrant', 'suicide'];

const optionOf = ({ id, title, doubt }: ScheduleClass) => ({ value: id, label: title, hint: doubt });

/** Classes that follow how a charge ended. */
export const offenseClasses = ({ classes }: Schedule) =>
  classes
    .filter(({ id, of, rule }) => of === 'case' && rule.kind !== 'until-event' && !NO_OFFENSE.includes(id))
    .filter(({ id }) => !Object.hasOwn(FINDINGS, id))
    .map(optionOf);

/** Classes that follow a status: those that never end by themselves. */
export const statusClasses = ({ classes }: Schedule) =>
  classes.filter((one) => one.of === 'case' && isOfStatus(one)).map(optionOf);

/** Classes that a case may be given when a status of it has ended. */
export const caseClasses = ({ classes }: Schedule) =>
  classes.filter(({ of, rule }) => of === 'case' && rule.kind !== 'until-event').map(optionOf);

/** A class in words; of one that this schedule has not, its id. */
export const classTitle = ({ classes }: Schedule, classId: string): string =>
  classes.find(({ id }) => id === classId)?.title ?? SPECIAL[classId] ?? classId;

const SPECIAL: Readonly<Record<string, string>> = {
  unclassed: 'No class yet',
  'open-case': 'The case is open',
};

/** Whether a class lasts until an event and is set again after it; a permanent one never is. */
export const isSetAgain = ({ classes }: Schedule, classId: string): boolean =>
  classes.find(({ id }) => id === classId)?.rule.kind !== 'permanent';

/** What ends a status, for the form that says it has. */
export const statusEnds = ({ classes }: Schedule, classId: string): string => {
  const rule = classes.find(({ id }) => id === classId)?.rule;
  if (rule?.kind !== 'until-event') return 'No longer active since';
  return rule.event === 'located' ? 'Located on' : 'Recovered or destroyed on';
};
