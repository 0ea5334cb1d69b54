/**
 * Whose turn is it to decide, and what happens next, and when?
 *
 * People are asked one after another: the executives of the bureau for a use, the privacy officer and then
 * the deputies for a disclosure. Each is reminded once and then the next is asked; the last one holds the
 * question until its time is over (for a use, when it was to begin), when it lapses. When that time is too
 * short for everyone left, the stages shrink in proportion, so that everyone left gets an equal share.
 * A mail that cannot be delivered hands the question on at once.
 *
 * The answer follows from what is on record, not from when it is asked: asking late, twice or after a
 * restart skips nothing but reminders that have lost their sense.
 *
 * Units   instants are UTC; house numbers are elapsed minutes
 * Answers the stage and the instant the next one begins; nothing is ever due after the start
 * Throws  FactMalformed when there is nobody to ask, or more people were asked than there are
 * Source  XR26-USE-07 and its 2021 twin (no approval by silence); house-minutes-to-remind,
 *         house-minutes-to-ask-next; of a sign-off house-minutes-to-remind-of-sign-off,
 *         house-minutes-to-ask-next-to-sign-off, house-days-to-sign-off and the clause of its ground
 */
import { mustSay } from '../clause-in.ts';
import type { MinutesClause } from '../clause.ts';
import type { GroundId } from '../editions/disclosure-grounds.ts';
import type { PublishedPolicy } from '../editions/edition.ts';
import { FactMalformed } from '../faults.ts';
import { earlierOf, isBefore, minutesBetween, plusMinutes, type Instant } from '../instant.ts';
import { signOffClause } from './who-may-sign-off.ts';

/** One person who was asked. */
export interface Asked {
  readonly askedAt: Instant;
  readonly remindedAt?: Instant;
  /** When it became known that the mail reached nobody. */
  readonly undeliverableAt?: Instant;
}

export interface DecisionRound {
  readonly requestId: string;
  /** Person ids of those who may be asked, in their order: the bureau's executives, or the privacy office. */
  readonly executives: readonly string[];
  /** What was done so far, in the same order; shorter than `executives` while some are not asked yet. */
  readonly asked: readonly Asked[];
  /** Undecided then, it lapses: the start of a use, or the end of the days to sign off. */
  readonly startsAt: Instant;
  /** When the request was decided or withdrawn. */
  readonly answeredAt?: Instant;
}

/**
 * `ask`, `escalate` and `remind` are to be done now, and `nextAt` assumes that they are.
 * `wait` says for whom and until when. `lapsed` and `answered` are the end.
 */
export type DecisionStage =
  | {
      readonly stage: 'ask' | 'escalate' | 'remind';
      readonly executiveId: string;
      readonly place: number;
      readonly nextAt: Instant;
      readonly because: string;
    }
  | {
      readonly stage: 'wait';
      readonly executiveId: string;
      readonly place: number;
      readonly nextAt: Instant;
      readonly because: string;
    }
  | { readonly stage: 'lapsed'; readonly at: Instant; readonly because: string }
  | { readonly stage: 'answered'; readonly at: Instant; readonly because: string };

/** How soon somebody is reminded, and the next is asked; the clauses by which they are asked at all, and by which it lapses. */
export interface Pace {
  readonly remind: MinutesClause;
  readonly askNext: MinutesClause;
  readonly final: string;
  readonly lapse: string;
}

export function paceOfUse({ edition, house }: PublishedPolicy): Pace {
  const final = mustSay(edition, 'XR26-USE-07');
  return { remind: house.minutesToRemind, askNext: house.minutesToAskNext, final, lapse: final };
}

export function paceOfSignOff({ edition, house }: PublishedPolicy, ground: GroundId): Pace {
  return {
    remind: house.minutesToRemindOfSignOff,
    askNext: house.minutesToAskNextToSignOff,
    final: signOffClause(edition, ground),
    lapse: house.daysToSignOff.id,
  };
}

export function decisionStage(
  round: DecisionRound,
  policy: PublishedPolicy,
  now: Instant,
  pace: Pace = paceOfUse(policy),
): DecisionStage {
  requirePeople(round);
  const { final, lapse } = pace;
  if (round.answeredAt) return { stage: 'answered', at: round.answeredAt, because: final };
  if (!isBefore(now, round.startsAt)) return { stage: 'lapsed', at: round.startsAt, because: lapse };

  const minutes = { remind: pace.remind.minutes, askNext: pace.askNext.minutes };
  const place = round.asked.length - 1;
  const current = round.asked[place];
  const ask = (stage: 'ask' | 'escalate', next: number, because: string): DecisionStage => ({
    stage,
    place: next,
    executiveId: round.executives[next]!, // requirePeople and isLast keep `next` within the list
    nextAt: turn(now, round, next, minutes).remindAt,
    because,
  });
  if (!current) return ask('ask', 0, final);

  const isLast = place === round.executives.length - 1;
  const { remindAt, endsAt } = turn(current.askedAt, round, place, minutes);
  const holder = { executiveId: round.executives[place]!, place };

  if (!isLast && (current.undeliverableAt || !isBefore(now, endsAt)))
    return ask('escalate', place + 1, pace.askNext.id);
  if (current.remindedAt || current.undeliverableAt)
    return { stage: 'wait', ...holder, nextAt: endsAt, because: pace.askNext.id };
  if (isBefore(now, remindAt)) return { stage: 'wait', ...holder, nextAt: remindAt, because: pace.remind.id };
  return { stage: 'remind', ...holder, nextAt: endsAt, because: pace.remind.id };
}

/** When the person at `place`, asked at `askedAt`, is reminded, and when their turn is over. */
function turn(
  askedAt: Instant,
  round: DecisionRound,
  place: number,
  minutes: { readonly remind: number; readonly askNext: number },
) {
  const peopleLeft = round.executives.length - place;
  const wanted = peopleLeft * (minutes.remind + minutes.askNext);
  const share = Math.min(1, Math.max(0, minutesBetween(askedAt, round.startsAt)) / wanted);
  const after = (elapsed: number) => earlierOf(plusMinutes(askedAt, elapsed * share), round.startsAt);
  const isLast = peopleLeft === 1;
  return { remindAt: after(minutes.remind), endsAt: isLast ? round.startsAt : after(minutes.remind + minutes.askNext) };
}

function requirePeople(round: DecisionRound): void {
  if (round.executives.length === 0) {
    throw new FactMalformed(`request ${round.requestId} has nobody to decide it; name at least one who may`);
  }
  if (round.asked.length > round.executives.length) {
    throw new FactMalformed(
      `request ${round.requestId} has asked ${round.asked.length} people of a list of ${round.executives.length}; correct the list`,
    );
  }
}
