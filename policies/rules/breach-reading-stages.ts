/**
 * Whom to ask to read the report of a suspected disclosure while nobody answerable is aware of it, and when?
 *
 * The officer is asked at once. When nobody has read it after some time the deputies are asked, and after as much
 * again the chief of the bureau is told; then everyone is asked again, over and over, for not reading must not hold
 * the clock off. A mail that cannot be delivered hands the matter on at once.
 *
 * The answer follows from what is on record, not from when it is asked: after a stop everyone is asked again once, and
 * no stage is skipped that asks somebody else.
 *
 * Units   instants are UTC; house numbers are elapsed minutes and hours
 * Answers the stage that is due now, or until when to wait; nothing once the office is aware
 * Throws  FactMalformed when something on record lies in the future
 * Source  XR26-EXT-20 and its twins, XR21-EXT-08; house-minutes-to-read-breach, house-hours-to-ask-again-to-read,
 *         house-first-to-know
 */
import type { PublishedPolicy } from '../editions/edition.ts';
import { FactMalformed } from '../faults.ts';
import { earlierOf, isAfter, isBefore, plusHours, plusMinutes, type Instant } from '../instant.ts';

export interface ReadingRound {
  readonly breachId: string;
  readonly reportedAt: Instant;
  readonly awareAt?: Instant;
  readonly officerAskedAt?: Instant;
  /** When it became known that mail to the officer reaches nobody, or that nobody holds the office. */
  readonly officerUnreachableAt?: Instant;
  readonly deputiesAskedAt?: Instant;
  readonly chiefAskedAt?: Instant;
  /** When everyone was last asked again. */
  readonly askedAgainAt?: Instant;
}

/** All but `wait` and `over` are to be done now, and then recorded. */
export type ReadingStage =
  | { readonly stage: 'ask-officer' | 'ask-deputies' | 'ask-chief' | 'ask-again'; readonly because: string }
  | { readonly stage: 'wait'; readonly until: Instant; readonly because: string }
  | { readonly stage: 'over'; readonly because: string };

export function breachReadingStage(round: ReadingRound, { house }: PublishedPolicy, now: Instant): ReadingStage {
  requirePast(round, now);
  const patience = house.minutesToReadBreach;
  const again = house.hoursToAskAgainToRead;
  if (round.awareAt) return { stage: 'over', because: house.firstToKnow.id };
  if (!round.officerAskedAt) return { stage: 'ask-officer', because: patience.id };

  const due = (stage: 'ask-deputies' | 'ask-chief' | 'ask-again', at: Instant, because: string): ReadingStage =>
    isBefore(now, at) ? { stage: 'wait', until: at, because } : { stage, because };
  const ordinary = plusMinutes(round.officerAskedAt, patience.minutes);
  if (!round.deputiesAskedAt) {
    const at = round.officerUnreachableAt ? earlierOf(round.officerUnreachableAt, ordinary) : ordinary;
    return due('ask-deputies', at, patience.id);
  }
  if (!round.chiefAskedAt) return due('ask-chief', plusMinutes(round.deputiesAskedAt, patience.minutes), patience.id);
  return due('ask-again', plusHours(round.askedAgainAt ?? round.chiefAskedAt, again.hours), again.id);
}

function requirePast({ breachId, ...times }: ReadingRound, now: Instant): void {
  const [name, at] = Object.entries(times).find(([, one]) => one !== undefined && isAfter(one, now)) ?? [];
  if (name)
    throw new FactMalformed(
      `breach ${breachId} has ${name} (${at}) after now (${now}); correct it, or check the clock of the host that recorded it`,
    );
}
