/**
 * May a status class a case?
 *
 * An active warrant, a missing person, a stolen or missing firearm and whatever else lasts by itself class a case while
 * they last, and permanently. That one ended is recorded, and lifts nothing yet: the class of a missing person or a
 * firearm is set again afterwards, with a reason. A permanent class is never lifted.
 *
 * Units   days are days in New York
 * Answers what is in the way, or nothing
 * Throws  nothing
 * Source  XR21-RET-04 through the class of the schedule; house-unknown-keeps, house-characters-of-reason
 */
import type { CalendarDate } from '../calendar-date.ts';
import type { PublishedPolicy } from '../editions/edition.ts';
import type { Schedule } from '../retention.ts';
import { unless, type Refusal } from '../ruling.ts';
import { isOfStatus } from './how-long-is-a-case-kept.ts';
import { statement } from './statement.ts';
import type { CaseActFacts, CaseClauses } from './what-may-be-done-to-a-case.ts';

export function classByStatus(
  { case: one, classId, schedule, on }: CaseActFacts,
  { finality }: CaseClauses,
  policy: PublishedPolicy,
  today: CalendarDate,
): readonly Refusal[] {
  const found = schedule?.classes.find(({ id }) => id === classId);
  return [
    ...classOfCases('classId', classId, schedule, finality, policy),
    ...unless(!found || found.of !== 'case' || isOfStatus(found), {
      clause: found?.clause ?? finality,
      field: 'classId',
      found: 'a class that a conviction, plea or finding gives',
      expected: 'a class that lasts by itself, such as an active warrant or a missing person',
      todo: 'record how the charge ended, or what was found',
    }),
    ...unless(!one.statusClasses.some((status) => status.classId === classId && !status.endedOn), {
      clause: finality,
      field: 'classId',
      found: 'a status the case has already',
      expected: 'a status it does not have',
      todo: 'leave it',
    }),
    ...(on === undefined ? [] : notToCome('since', on, finality, today)),
  ];
}

export function endStatus(
  { case: one, classId, on }: CaseActFacts,
  { finality }: CaseClauses,
  _policy: PublishedPolicy,
  today: CalendarDate,
): readonly Refusal[] {
  return [
    ...unless(
      one.statusClasses.some((status) => status.classId === classId && !status.endedOn),
      {
        clause: finality,
        field: 'classId',
        found: 'no such status that has not ended',
        expected: 'a status of the case that lasts',
        todo: 'look at the case again',
      },
    ),
    ...notToCome('on', on, finality, today),
  ];
}

export function reclass(
  { case: one, classId, reclassTo, schedule, reason }: CaseActFacts,
  { finality }: CaseClauses,
  policy: PublishedPolicy,
): readonly Refusal[] {
  const found = schedule?.classes.find(({ id }) => id === classId);
  return [
    ...unless(
      one.statusClasses.some((status) => status.classId === classId && status.endedOn && !status.reclassedOn),
      {
        clause: found?.clause ?? finality,
        field: 'classId',
        found: 'no such status that has ended',
        expected: 'a person who is located, or a firearm that is recovered or destroyed',
        todo: 'record first that it ended',
      },
    ),
    ...unless(!found || found.rule.kind !== 'permanent', {
      clause: found?.clause ?? finality,
      field: 'classId',
      found: 'a class that is permanent',
      expected: 'a class that lasts until an event',
      todo: 'leave it; nothing but another schedule ends a permanent class',
    }),
    ...(reclassTo === undefined ? [] : classOfCases('reclassTo', reclassTo, schedule, finality, policy)),
    ...statement('reason', reason, finality, policy, 'say why the class is set again'),
  ];
}

/** Whether a class is named, and is one of cases in the schedule where that is told. */
export function classOfCases(
  field: string,
  classId: string | undefined,
  schedule: Schedule | undefined,
  clause: string,
  { house }: PublishedPolicy,
): readonly Refusal[] {
  const found = schedule?.classes.find(({ id }) => id === classId);
  return unless(classId !== undefined && (schedule === undefined || found?.of === 'case'), {
    clause: classId ? house.unknownKeeps.id : clause,
    field,
    found: classId ? 'no class of cases in the schedule' : 'no class',
    expected: 'a class of cases in the schedule in force',
    todo: 'choose a class of the list',
  });
}

export function notToCome(
  field: string,
  day: CalendarDate | undefined,
  clause: string,
  today: CalendarDate,
): readonly Refusal[] {
  return unless(day !== undefined && day <= today, {
    clause,
    field,
    found: day ? 'a day to come' : 'no day',
    expected: 'today or an earlier day',
    todo: 'correct the day',
  });
}
