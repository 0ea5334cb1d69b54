/**
 * What may be done to a case?
 *
 * A conviction or a plea classes it, by the offense convicted of or pleaded to; what the investigation found does where
 * nobody was convicted; a status does while it lasts, and a class that lasts until an event is set again only after the
 * event, with a reason. A case is opened again only when it was closed, and merged into another one, each with a reason.
 * A case that was merged away is left as it is. What ended after the closing, and an appeal, need the case opened first.
 *
 * Units   days are days in New York
 * Answers allowed or refused, for everything that is in the way
 * Throws  nothing
 * Source  XR26-RET-06, XR26-RET-07 and their twins; XR21-RET-04 through the class of the schedule;
 *         house-unknown-keeps, house-characters-of-reason
 */
import type { CalendarDate } from '../calendar-date.ts';
import { mustSay } from '../clause-in.ts';
import type { PublishedPolicy } from '../editions/edition.ts';
import { nyDate, type Instant } from '../instant.ts';
import {
  DISPOSITION_OUTCOMES,
  FINDINGS,
  type CaseFacts,
  type CaseFinding,
  type FinalDisposition,
  type Schedule,
} from '../retention.ts';
import { ruled, unless, type Refusal, type Ruling } from '../ruling.ts';
import { classes } from './how-long-is-a-case-kept.ts';
import { classByStatus, classOfCases, endStatus, notToCome, reclass } from './may-a-status-class-a-case.ts';
import { statement } from './statement.ts';

export type CaseAct =
  | 'dispose'
  | 'find'
  | 'class-by-status'
  | 'end-status'
  | 'reclass'
  | 'reopen'
  | 'merge'
  | 'add-person'
  | 'change-person';

export interface CaseActFacts {
  readonly act: CaseAct;
  readonly case: CaseFacts;
  /** Whether it was merged into another. */
  readonly merged: boolean;
  readonly reason?: string;
  readonly disposition?: FinalDisposition;
  /** What was found; absent where only whether anything may be found is asked. */
  readonly finding?: CaseFinding;
  /** Of a status: its class. */
  readonly classId?: string;
  /** Of a status that is set again: the class it is set to; absent when a disposition or finding gives it. */
  readonly reclassTo?: string;
  /** The schedule whose classes may be named. */
  readonly schedule?: Schedule;
  readonly into?: CaseFacts;
  readonly on?: CalendarDate;
}

export interface CaseClauses {
  readonly finality: string;
  readonly closing: string;
}
type Judge = (
  facts: CaseActFacts,
  clauses: CaseClauses,
  policy: PublishedPolicy,
  today: CalendarDate,
) => readonly Refusal[];

export function whatMayBeDoneToACase(facts: CaseActFacts, policy: PublishedPolicy, now: Instant): Ruling {
  const clauses: CaseClauses = {
    finality: mustSay(policy.edition, 'XR26-RET-06'),
    closing: mustSay(policy.edition, 'XR26-RET-07'),
  };
  const [rests, judge] = ACTS[facts.act];
  return ruled(
    [clauses[rests]],
    [
      ...unless(!facts.merged, {
        clause: clauses.closing,
        field: 'state',
        found: 'a case that was merged into another',
        expected: 'a case of its own',
        todo: 'do it to the case it was merged into',
      }),
      ...judge(facts, clauses, policy, nyDate(now)),
    ],
  );
}

const nothingMore: Judge = () => [];
const ACTS: Readonly<Record<CaseAct, readonly [keyof CaseClauses, Judge]>> = {
  dispose: ['finality', dispose],
  find: ['finality', find],
  'class-by-status': ['finality', classByStatus],
  'end-status': ['finality', endStatus],
  reclass: ['finality', reclass],
  reopen: ['closing', reopen],
  merge: ['closing', merge],
  'add-person': ['finality', nothingMore],
  'change-person': ['finality', nothingMore],
};

function dispose(
  { case: one, disposition, schedule }: CaseActFacts,
  { finality, closing }: CaseClauses,
  policy: PublishedPolicy,
  today: CalendarDate,
): readonly Refusal[] {
  const { outcome, on, appeal, classId } = disposition ?? {};
  const gives = disposition !== undefined && classes(disposition);
  return [
    ...unless(outcome !== undefined && DISPOSITION_OUTCOMES.includes(outcome), {
      clause: finality,
      field: 'outcome',
      found: 'no outcome of the list',
      expected: 'how the charge ended',
      todo: 'choose how the charge ended',
    }),
    ...notToCome('on', on, finality, today),
    ...unless(one.state === 'open' || !one.closedOn || !on || on <= one.closedOn, {
      clause: closing,
      field: 'on',
      found: 'a day after the case was closed',
      expected: 'the day of the closing or earlier',
      todo: 'open the case again first',
    }),
    ...unless(one.state === 'open' || appeal !== 'pending', {
      clause: closing,
      field: 'appeal',
      found: 'a pending appeal in a closed case',
      expected: 'a case that is open while an appeal is pending',
      todo: 'open the case again first',
    }),
    ...unless(gives || !classId, {
      clause: finality,
      field: 'classId',
      found: 'a class for a charge without a conviction or plea',
      expected: 'a class only of what was convicted of or pleaded to',
      todo: 'leave the class out',
    }),
    ...(gives ? classOfCases('classId', classId, schedule, finality, policy) : []),
    ...unless(!gives || !FINDINGS.some((finding) => finding === classId), {
      clause: finality,
      field: 'classId',
      found: 'a class that only a finding gives',
      expected: 'the class of the offense convicted of or pleaded to',
      todo: 'choose another class',
    }),
  ];
}

function find({ case: one, finding }: CaseActFacts, { finality }: CaseClauses): readonly Refusal[] {
  return [
    ...unless(!one.dispositions.some(classes), {
      clause: finality,
      field: 'finding',
      found: 'a case with a conviction or plea',
      expected: 'a case in which nobody was convicted or pleaded',
      todo: 'leave it; the conviction or plea classes the case',
    }),
    ...unless(finding === undefined || FINDINGS.includes(finding), {
      clause: finality,
      field: 'finding',
      found: 'no finding of the list',
      expected: 'what the investigation found',
      todo: 'choose what was found',
    }),
  ];
}

function reopen(
  { case: one, reason }: CaseActFacts,
  { closing }: CaseClauses,
  policy: PublishedPolicy,
): readonly Refusal[] {
  return [
    ...unless(one.state === 'closed', {
      clause: closing,
      field: 'state',
      found: 'a case that is open',
      expected: 'a closed case',
      todo: 'leave it as it is',
    }),
    ...statement('reason', reason, closing, policy, 'say why it is opened again'),
  ];
}

function merge(
  { case: one, into, reason }: CaseActFacts,
  { closing }: CaseClauses,
  policy: PublishedPolicy,
): readonly Refusal[] {
  return [
    ...unless(into !== undefined && into.caseNumber !== one.caseNumber, {
      clause: closing,
      field: 'into',
      found: into ? 'the same case' : 'no case',
      expected: 'another case that is on file',
      todo: 'enter the number of the case that goes on',
    }),
    ...statement('reason', reason, closing, policy, 'say why the two are one case'),
  ];
}
