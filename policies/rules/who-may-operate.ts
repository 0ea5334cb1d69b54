/**
 * Who may operate a mobile x-ray device?
 *
 * A member of the Counterterrorism Bureau with a specialised mobile x-ray training that is dated before
 * the day of the operation and still current on it. Command-level training in general does not count.
 * Nobody from outside ever operates, whoever asked for the use. Where one section of the policy says
 * "trained members" and another "trained members of the bureau", the narrower one binds.
 *
 * Units   trainings are calendar days in New York, their currency is calendar months
 * Answers allowed with the last day on which the training is current, or refused
 * Throws  nothing
 * Source  XR26-USE-09, XR26-EXT-02, XR26-TRN-01, XR26-SAFE-08 and their 2021 twins;
 *         house-months-training-is-current
 */
import { plusMonths, type CalendarDate } from '../calendar-date.ts';
import { mustSay } from '../clause-in.ts';
import type { Policy } from '../editions/edition.ts';
import { nyDate, nyDateText, type Instant } from '../instant.ts';
import { mayDo } from '../roles.ts';
import { ruled, unless, type Refusal, type Ruling } from '../ruling.ts';
import { isBureauMember, standingText, type Standing } from './executive.ts';

/** The one course that entitles to operate. Records may hold other courses; they do not count here. */
export const OPERATOR_COURSE = 'mobile-x-ray-specialised';

export interface Training {
  readonly course: string;
  readonly completedOn: CalendarDate;
}

export type Operator =
  | ({ readonly kind: 'member'; readonly trainings: readonly Training[] } & Standing)
  | { readonly kind: 'external' };

export interface OperationFacts {
  readonly operator: Operator;
  readonly startsAt: Instant;
}

export type OperatorStanding = Ruling<{ readonly trainingCurrentUntil: CalendarDate }>;

export function whoMayOperate({ operator, startsAt }: OperationFacts, policy: Policy, _now: Instant): OperatorStanding {
  const { edition, house } = policy;
  const [bureauOnly, membersOnly] = [mustSay(edition, 'XR26-USE-09'), mustSay(edition, 'XR26-EXT-02')];
  if (operator.kind === 'external') {
    const because: Refusal = {
      clause: membersOnly,
      field: 'operator',
      found: 'someone of an outside entity',
      expected: 'a trained member of the Counterterrorism Bureau',
      todo: 'assign such a member; an outside entity never operates the device',
    };
    return { kind: 'refused', because: [because] };
  }

  const day = nyDate(startsAt);
  const months = house.monthsTrainingIsCurrent;
  const latest = operator.trainings
    .filter((training) => training.course === OPERATOR_COURSE && training.completedOn < day)
    .map((training) => training.completedOn)
    .toSorted()
    .at(-1);
  const currentUntil = latest && plusMonths(latest, months.months);

  const because = [
    ...unless(isBureauMember(operator), {
      clause: bureauOnly,
      field: 'operator',
      found: standingText(operator),
      expected: 'an active member of the Counterterrorism Bureau',
      todo: 'assign a member of the bureau',
    }),
    ...unless(mayDo(operator.roles, 'operate-device'), {
      clause: mustSay(edition, 'XR26-SAFE-08'),
      field: 'operator',
      found: 'no role that may operate the device',
      expected: 'the role of an operator',
      todo: 'ask the system administrator for the role',
    }),
    ...unless(latest !== undefined, {
      clause: mustSay(edition, 'XR26-TRN-01'),
      field: 'operator.trainings',
      found: `no specialised mobile x-ray training dated before ${nyDateText(day)}`,
      expected: 'one completed before the day of the operation',
      todo: 'record the training if there was one, or assign someone who is trained',
    }),
    ...unless(currentUntil === undefined || day <= currentUntil, {
      clause: months.id,
      field: 'operator.trainings',
      found: `a training that was current until ${currentUntil ? nyDateText(currentUntil) : 'no day'}`,
      expected: `a training of the last ${months.months} months`,
      todo: 'renew the training, or assign someone whose training is current',
    }),
  ];
  const clauses = [
    bureauOnly,
    membersOnly,
    mustSay(edition, 'XR26-TRN-01'),
    mustSay(edition, 'XR26-SAFE-08'),
    months.id,
  ];
  return ruled(clauses, because, { trainingCurrentUntil: currentUntil ?? day });
}
