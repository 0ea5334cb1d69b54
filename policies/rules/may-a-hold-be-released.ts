/**
 * May a hold be released?
 *
 * Whoever has that duty releases it, with a reason. Of litigation and discovery the day is named on which the legal
 * action ended, which is not to come and not before the hold was placed: from it one more year is kept. No hold ends by
 * time, and one that is released stays so; a new one is placed instead.
 *
 * Units   days are days in New York
 * Answers allowed or refused, for everything that is in the way
 * Throws  nothing
 * Source  nysa-legal-action; house-hold-wins, house-characters-of-reason
 */
import { isCalendarDate, type CalendarDate } from '../calendar-date.ts';
import type { PublishedPolicy } from '../editions/edition.ts';
import { RECORDS_LAW } from '../editions/records-law.ts';
import { nyDate, type Instant } from '../instant.ts';
import { LEGAL_ACTIONS, type HoldKind } from '../retention.ts';
import { mayDo } from '../roles.ts';
import { ruled, unless, type Refusal, type Ruling } from '../ruling.ts';
import { statement } from './statement.ts';

export interface Releasing {
  readonly kind: HoldKind;
  readonly state: 'placing' | 'placed' | 'releasing' | 'released';
  readonly roles: readonly string[];
  readonly reason: string;
  /** Of a legal action: the day it ended. */
  readonly endedOn?: CalendarDate;
  readonly placedOn: CalendarDate;
  /** Who placed it and who releases it; the same person may do both, and the ledger names both. */
  readonly placedBy: string;
  readonly releasedBy: string;
}

export function mayAHoldBeReleased(releasing: Releasing, policy: Pick<PublishedPolicy, 'house'>, now: Instant): Ruling {
  const clause = policy.house.holdWins.id;
  const action = LEGAL_ACTIONS.includes(releasing.kind);
  const because = [
    ...unless(mayDo(releasing.roles, 'release-hold'), {
      clause,
      field: 'person',
      found: 'no role that may release a hold',
      expected: 'a role that may',
      todo: 'ask the chief of the Legal Bureau to release it',
    }),
    ...unless(releasing.state === 'placing' || releasing.state === 'placed', {
      clause,
      field: 'state',
      found: 'a hold that is released already',
      expected: 'a hold that binds',
      todo: 'leave it; place a new hold if these records have to stay',
    }),
    ...statement('reason', releasing.reason, clause, policy, 'say why these records need not stay for it any more'),
    ...(action || releasing.endedOn ? dayOfTheEnd(releasing, nyDate(now)) : []),
  ];
  return ruled(action ? [clause, RECORDS_LAW.legalAction.id] : [clause], because);
}

function dayOfTheEnd({ endedOn, placedOn }: Releasing, today: CalendarDate): readonly Refusal[] {
  const refused = (found: string, expected: string): readonly Refusal[] => [
    {
      clause: RECORDS_LAW.legalAction.id,
      field: 'endedOn',
      found,
      expected,
      todo: 'enter the day on which the legal action ended',
    },
  ];
  if (!endedOn || !isCalendarDate(endedOn)) return refused('no day', 'the day on which the legal action ended');
  if (endedOn > today) return refused('a day to come', 'today or an earlier day');
  if (endedOn < placedOn) return refused('a day before the hold was placed', 'the day it was placed or later');
  return [];
}
