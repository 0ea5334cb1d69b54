/**
 * Whom to remind of a breach report that is not sent, and when?
 *
 * The officer is reminded some hours after becoming aware; then the deputies are asked, then the chief of the
 * bureau is told. A mail that cannot be delivered hands the matter on at once. When the hour has passed the
 * people in charge are told so, once; the report is still owed. Under an edition without an hour the same
 * stages lead to the target of the house.
 *
 * The answer follows from what is on record, not from when it is asked: after a stop only the latest reminder
 * that is due is sent, and no stage is skipped that asks somebody else.
 *
 * Units   instants are UTC; house numbers are elapsed hours and minutes
 * Answers the stage that is due now, or until when to wait; nothing once the report is on its way
 * Throws  FactMalformed as breach-clock does
 * Source  XR26-EXT-20 and its twins, XR21-EXT-08; house-hours-to-remind-of-breach,
 *         house-minutes-to-ask-deputies, house-minutes-to-tell-chief
 */
import type { PublishedPolicy } from '../editions/edition.ts';
import { earlierOf, isBefore, plusHours, plusMinutes, plusMs, type Instant } from '../instant.ts';
import { breachClock, type BreachTimes } from './breach-clock.ts';

export interface BreachRound extends BreachTimes {
  /** Reminders the officer got, as places in the house's list, from 0. */
  readonly reminded: readonly number[];
  /** When it became known that mail to the officer reaches nobody. */
  readonly officerUnreachableAt?: Instant;
  readonly deputiesAskedAt?: Instant;
  readonly chiefToldAt?: Instant;
  readonly toldOverdueAt?: Instant;
}

/** All but `wait` and `over` are to be done now, and then recorded. */
export type BreachStage =
  | { readonly stage: 'remind'; readonly place: number; readonly because: string }
  | { readonly stage: 'ask-deputies' | 'tell-chief' | 'tell-overdue'; readonly because: string }
  | { readonly stage: 'wait'; readonly until: Instant; readonly because: string }
  | { readonly stage: 'wait-for-report' | 'over'; readonly because: string };

export function breachStage(round: BreachRound, policy: PublishedPolicy, now: Instant): BreachStage {
  const clock = breachClock(round, policy, now);
  const { house } = policy;
  if (clock.state === 'told' || clock.state === 'sent') return { stage: 'over', because: clock.clause };
  // Nothing is due of an officer who is not aware yet; telling the officer is the triage's own task.
  if (clock.state === 'unaware') return { stage: 'wait-for-report', because: clock.clause };

  const { awareAt, dueAt } = clock;
  const reminders = house.hoursToRemindOfBreach.hoursEach.map((hours) => plusHours(awareAt, hours));
  const lastReminder = reminders.at(-1) ?? awareAt;
  const ordinary = plusMinutes(lastReminder, house.minutesToAskDeputies.minutes);
  const deputiesAt = round.officerUnreachableAt ? earlierOf(round.officerUnreachableAt, ordinary) : ordinary;
  const chiefAt = plusMinutes(round.deputiesAskedAt ?? deputiesAt, house.minutesToTellChief.minutes);
  const isDue = (at: Instant) => !isBefore(now, at);

  if (!round.deputiesAskedAt && isDue(deputiesAt))
    return { stage: 'ask-deputies', because: house.minutesToAskDeputies.id };
  if (round.deputiesAskedAt && !round.chiefToldAt && isDue(chiefAt)) {
    return { stage: 'tell-chief', because: house.minutesToTellChief.id };
  }
  if (clock.state === 'overdue' && !round.toldOverdueAt) return { stage: 'tell-overdue', because: clock.clause };

  const place = round.officerUnreachableAt ? -1 : reminders.findLastIndex(isDue);
  if (place >= 0 && !round.deputiesAskedAt && !round.reminded.some((sent) => sent >= place)) {
    return { stage: 'remind', place, because: house.hoursToRemindOfBreach.id };
  }
  // The due moment itself is in time: overdue begins a millisecond after it.
  const ahead: readonly Instant[] = [
    ...(round.officerUnreachableAt || round.deputiesAskedAt ? [] : reminders),
    ...(round.deputiesAskedAt ? [] : [deputiesAt]),
    ...(round.chiefToldAt ? [] : [chiefAt]),
    ...(clock.due === 'by-clause' && !round.toldOverdueAt ? [plusMs(dueAt, 1)] : []),
  ].filter((at) => !isDue(at));
  const next = ahead.toSorted()[0];
  return next
    ? { stage: 'wait', until: next, because: clock.clause }
    : { stage: 'wait-for-report', because: clock.clause };
}
