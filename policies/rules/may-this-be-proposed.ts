/**
 * May this record be proposed for disposal?
 *
 * Only a record that is kept, that an approved schedule gives a day, and whose day has come. After its batch was declined
 * or lapsed it is left alone until the day named then. A run proposes what had fallen due by its own day and nothing that
 * falls due while it runs.
 *
 * Units   days are days in New York
 * Answers allowed or refused, for everything that is in the way
 * Throws  nothing
 * Source  XR26-RET-05 and its twins; nyc-1133-f; house-days-after-declined, house-unknown-keeps
 */
import type { CalendarDate } from '../calendar-date.ts';
import type { PublishedPolicy } from '../editions/edition.ts';
import { RECORDS_LAW } from '../editions/records-law.ts';
import { nyDate, type Instant } from '../instant.ts';
import type { Keeping } from '../retention.ts';
import { ruled, unless, type Refusal, type Ruling } from '../ruling.ts';
import { scheduleClause } from './how-long-is-it-kept.ts';

export interface Proposal {
  readonly keeping: Keeping;
  /** State of the card. */
  readonly state: string;
  /** The day of the run; never later than the day it is. */
  readonly today: CalendarDate;
  readonly notBefore?: CalendarDate;
  /** The last day of eligibility the run takes in; the day of the run when absent. */
  readonly cutOff?: CalendarDate;
}

export function mayThisBeProposed(facts: Proposal, policy: PublishedPolicy, now: Instant): Ruling {
  const { state, notBefore, cutOff } = facts;
  const today = facts.today < nyDate(now) ? facts.today : nyDate(now);
  const last = cutOff && cutOff < today ? cutOff : today;
  const because = [
    ...unless(state === 'kept', {
      clause: RECORDS_LAW.approvedDisposal.id,
      field: 'state',
      found: `a record that is ${state}`,
      expected: 'a record that is kept, in no batch',
      todo: 'leave it',
    }),
    ...fallenDue(facts.keeping, last, policy),
    ...unless(!notBefore || notBefore <= today, {
      clause: policy.house.daysAfterDeclined.id,
      field: 'notBefore',
      found: 'a record of a batch that was declined or lapsed',
      expected: `${notBefore} or later`,
      todo: 'leave it until then',
    }),
  ];
  return ruled([scheduleClause(policy.edition), RECORDS_LAW.approvedDisposal.id], because);
}

/** What is in the way of disposal in how long it is kept, on a day. */
export function fallenDue(keeping: Keeping, on: CalendarDate, { edition, house }: PublishedPolicy): readonly Refusal[] {
  if (keeping.kind === 'keep') {
    const keeps = keeping.why.findLast(({ until }) => !until);
    return [
      {
        clause: keeps?.clause ?? house.unknownKeeps.id,
        field: 'keeping',
        found: 'a record that is kept without a date',
        expected: 'a day from which it may be disposed of',
        todo: 'leave it; its page says why it is kept',
      },
    ];
  }
  return [
    ...unless(keeping.approved, {
      clause: scheduleClause(edition),
      field: 'schedule',
      found: 'no schedule in force that both offices approved',
      expected: 'a schedule that the Law Department and the Department of Records approved',
      todo: 'leave it; load the approved schedule first',
    }),
    ...unless(keeping.date <= on, {
      clause: keeping.why.findLast(({ until }) => until === keeping.date)?.clause ?? scheduleClause(edition),
      field: 'date',
      found: 'a day that has not come',
      expected: `${keeping.date} or later`,
      todo: 'leave it until then',
    }),
  ];
}
