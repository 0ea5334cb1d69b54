/**
 * May a case investigation be closed?
 *
 * On one of four grounds and no other: the prosecution is over and appeals are exhausted, there is a settlement, there
 * was no arrest, or restitution is no longer sought. While an appeal is pending it is not, on any of them. The day of the
 * closing is not to come, and is not before the case was opened or before a charge ended.
 *
 * Units   days are days in New York
 * Answers allowed or refused, for everything that is in the way
 * Throws  nothing
 * Source  XR26-RET-06, XR26-RET-07 and their twins
 */
import { isCalendarDate, type CalendarDate } from '../calendar-date.ts';
import { mustSay } from '../clause-in.ts';
import type { PublishedPolicy } from '../editions/edition.ts';
import { nyDate, type Instant } from '../instant.ts';
import { CLOSURE_GROUNDS, type CaseFacts, type ClosureGround } from '../retention.ts';
import { ruled, unless, type Refusal, type Ruling } from '../ruling.ts';
import { classes } from './how-long-is-a-case-kept.ts';

export interface Closing {
  readonly case: CaseFacts;
  readonly on: CalendarDate;
  readonly ground: ClosureGround;
}

export function mayACaseBeClosed(closing: Closing, { edition }: PublishedPolicy, now: Instant): Ruling {
  const { case: one, ground } = closing;
  const clause = mustSay(edition, 'XR26-RET-07');
  const finality = mustSay(edition, 'XR26-RET-06');
  const because = [
    ...unless(one.state === 'open', {
      clause,
      field: 'state',
      found: 'a case that is closed',
      expected: 'an open case',
      todo: 'leave it, or open it again first',
    }),
    ...unless(CLOSURE_GROUNDS.includes(ground), {
      clause,
      field: 'ground',
      found: 'no ground of the four',
      expected: 'appeals exhausted, a settlement, no arrest, or restitution no longer sought',
      todo: 'choose the ground on which it is closed, or leave it open',
    }),
    ...dayOf(closing, clause, nyDate(now)),
    ...unless(!one.dispositions.some(({ appeal }) => appeal === 'pending'), {
      clause,
      field: 'ground',
      found: 'an appeal that is pending',
      expected: 'no appeal that is pending',
      todo: 'leave it open until the appeal is decided, and record that',
    }),
    ...(ground === 'appeals-exhausted' ? prosecution(one, clause, finality) : []),
    ...unless(ground !== 'no-arrest' || !one.dispositions.some(classes), {
      clause,
      field: 'ground',
      found: 'no arrest, and yet a conviction or plea',
      expected: 'a ground that agrees with how the charges ended',
      todo: 'choose another ground, or correct the charge',
    }),
  ];
  return ruled([clause, finality], because);
}

function dayOf({ case: one, on }: Closing, clause: string, today: CalendarDate): readonly Refusal[] {
  if (!isCalendarDate(on)) {
    const expected = 'the day on which the case was closed';
    return [{ clause, field: 'on', found: 'no day that exists', expected, todo: 'enter the day' }];
  }
  const refused = (found: string, expected: string): Refusal => ({
    clause,
    field: 'on',
    found,
    expected,
    todo: 'correct the day',
  });
  return [
    ...unless(on <= today, refused('a day to come', 'today or an earlier day')),
    ...unless(!one.openedOn || on >= one.openedOn, refused('a day before the case was opened', 'that day or later')),
    ...unless(
      !one.dispositions.some((each) => each.on && each.on > on),
      refused('a day before a charge ended', 'the day on which the last charge ended, or later'),
    ),
  ];
}

/** What it takes for the prosecution to be over and appeals to be exhausted. */
function prosecution({ dispositions }: CaseFacts, clause: string, finality: string): readonly Refusal[] {
  return [
    ...unless(dispositions.length > 0 && dispositions.every(({ outcome, on }) => outcome && on), {
      clause: finality,
      field: 'ground',
      found: dispositions.length > 0 ? 'a charge that has not ended' : 'no charge on file',
      expected: 'how and on which day each charge ended',
      todo: 'record how each charge ended first',
    }),
    ...unless(!dispositions.some((each) => classes(each) && !each.appeal), {
      clause,
      field: 'ground',
      found: 'a conviction or plea of which no appeal is told, nor that there is none',
      expected: 'that there was no appeal, or that appeals are exhausted',
      todo: 'record what became of appeals first',
    }),
  ];
}
