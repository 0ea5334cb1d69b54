/**
 * May a schedule take effect?
 *
 * When both offices have approved it, on record, its first day has come, and a second person puts it in force after a dry
 * run has counted what it would change. A schedule with shorter periods takes effect like any other, and destroys nothing
 * by itself: what falls due by it is proposed and signed for like everything else.
 *
 * Units   days are days in New York
 * Answers allowed or refused, for everything that is in the way
 * Throws  nothing
 * Source  XR26-RET-05 and its twins, XR21-RET-02; nyc-1133-f; house-two-people-on-schedule, house-characters-of-reason
 */
import type { PublishedPolicy } from '../editions/edition.ts';
import { RECORDS_LAW } from '../editions/records-law.ts';
import { nyDate, type Instant } from '../instant.ts';
import type { ApprovingOffice, Schedule } from '../retention.ts';
import { isBlank, ruled, unless, type Ruling } from '../ruling.ts';
import { scheduleClause } from './how-long-is-it-kept.ts';
import { statement } from './statement.ts';

export interface TakingEffect {
  readonly schedule: Schedule;
  /** The one in force now. */
  readonly current?: Schedule;
  readonly loadedBy: string;
  readonly approverId: string;
  /** What the dry run counted; absent while there was none, or it is not whole. */
  readonly dryRun?: Readonly<Record<string, number>>;
  readonly reason: string;
}

const OFFICES: Readonly<Record<ApprovingOffice, string>> = {
  'law-department': 'the Law Department',
  'records-department': 'the Department of Records and Information Services',
};

export function mayAScheduleTakeEffect(facts: TakingEffect, policy: PublishedPolicy, now: Instant): Ruling {
  const { schedule, current } = facts;
  const today = nyDate(now);
  const clause = scheduleClause(policy.edition);
  const two = policy.house.twoPeopleOnSchedule.id;
  const approvedBy = (office: ApprovingOffice) =>
    schedule.approvals.some((one) => one.office === office && !isBlank(one.reference) && one.on <= today);
  const because = [
    ...Object.entries(OFFICES).flatMap(([office, name]) =>
      unless(approvedBy(office as ApprovingOffice), {
        clause,
        field: office,
        found: 'no approval on record that has been given',
        expected: `the approval of ${name}, with its reference and day`,
        todo: 'load it again with the approval',
      }),
    ),
    ...unless(schedule.from <= today, {
      clause,
      field: 'from',
      found: 'a first day to come',
      expected: 'its first day or later',
      todo: 'put it in force on its first day',
    }),
    ...unless(!schedule.until || schedule.until >= today, {
      clause,
      field: 'until',
      found: 'a last day that has passed',
      expected: 'a schedule that is still good',
      todo: 'load the one that follows it',
    }),
    ...unless(schedule.id !== current?.id, {
      clause,
      field: 'schedule',
      found: 'the schedule that is in force',
      expected: 'another schedule',
      todo: 'leave it',
    }),
    ...unless(facts.approverId !== facts.loadedBy, {
      clause: two,
      field: 'approver',
      found: 'the person who loaded it',
      expected: 'a second person',
      todo: 'leave it to another records officer',
    }),
    ...unless(facts.dryRun !== undefined, {
      clause: two,
      field: 'dryRun',
      found: 'no dry run that is whole',
      expected: 'what it would change, counted',
      todo: 'try it first, and read the counts',
    }),
    ...statement('reason', facts.reason, clause, policy, 'say why it takes effect'),
  ];
  return ruled([clause, RECORDS_LAW.approvedDisposal.id, two], because);
}
