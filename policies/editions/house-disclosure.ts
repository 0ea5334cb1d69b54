/**
 * The numbers the department sets itself for disclosures and breaches, and three rules of its own.
 *
 * As in house.ts none of them is law. They are part of the same list there, and are changed the same way.
 */
import type { Clause, CountClause, DaysClause, HoursClause, HoursListClause, MinutesClause } from '../clause.ts';
import { house } from './house-clause.ts';

export interface HouseDisclosure {
  readonly hoursToTellWithoutHour: HoursClause;
  readonly hoursToRemindOfBreach: HoursListClause;
  readonly minutesToAskDeputies: MinutesClause;
  readonly minutesToTellChief: MinutesClause;
  readonly hoursToExplainExigency: HoursClause;
  readonly smallestCountShown: CountClause;
  readonly attemptsToReach: CountClause;
  readonly peopleOfWideExtent: CountClause;
  readonly minutesToRemindOfSignOff: MinutesClause;
  readonly minutesToAskNextToSignOff: MinutesClause;
  readonly daysToSignOff: DaysClause;
  readonly daysToCompleteDisclosure: DaysClause;
  readonly daysToCollect: DaysClause;
  readonly minutesACodeIsGood: MinutesClause;
  readonly triesOfACode: CountClause;
  readonly codesForOneDelivery: CountClause;
  readonly minutesBetweenCodes: MinutesClause;
  readonly minutesOfAVisit: MinutesClause;
  readonly minutesToReadBreach: MinutesClause;
  readonly hoursToAskAgainToRead: HoursClause;
  readonly daysToRemindOfOpenBreach: DaysClause;
  readonly daysToSendQuarter: DaysClause;
  readonly daysToRemindOfQuarter: DaysClause;
  readonly daysBeforeAnEnd: DaysClause;
  readonly kindsOfDisclosure: Clause;
  readonly firstToKnow: Clause;
  readonly notYourOwnDisclosure: Clause;
  readonly deputySignsOff: Clause;
  readonly harmLevels: Clause;
}

export const HOUSE_DISCLOSURE: HouseDisclosure = {
  hoursToTellWithoutHour: house(
    'house-hours-to-tell-without-hour',
    'Where an edition names no hour, a breach is meant to be reported within 24 hours. Later is not late in law.',
    { hours: 24 },
  ),
  hoursToRemindOfBreach: house(
    'house-hours-to-remind-of-breach',
    'The privacy officer is reminded of a breach report that is not sent 12, 18, 21 and 23 hours after becoming aware.',
    { hoursEach: [12, 18, 21, 23] },
  ),
  minutesToAskDeputies: house(
    'house-minutes-to-ask-deputies',
    'When the last reminder brings no report within 15 minutes, the deputies are asked; at once when no mail reaches the officer.',
    { minutes: 15 },
  ),
  minutesToTellChief: house(
    'house-minutes-to-tell-chief',
    'When the deputies bring no report within 15 minutes, the chief of the bureau is told.',
    { minutes: 15 },
  ),
  hoursToExplainExigency: house(
    'house-hours-to-explain-exigency',
    'An exigent disclosure is meant to be explained to the Chief Privacy Officer within 24 hours. Later is not late in law.',
    { hours: 24 },
  ),
  smallestCountShown: house(
    'house-smallest-count-shown',
    'A count from 1 up to 4 is not shown in a compilation: the smallest shown is 5.',
    { count: 5 },
  ),
  attemptsToReach: house(
    'house-attempts-to-reach',
    'Reasonable efforts to reach a person in writing are at least 2 attempts that failed, by different ways.',
    { count: 2 },
  ),
  peopleOfWideExtent: house('house-people-of-wide-extent', 'A disclosure about 10 people or more is of wide extent.', {
    count: 10,
  }),
  minutesToRemindOfSignOff: house(
    'house-minutes-to-remind-of-sign-off',
    'A privacy officer who was asked to sign off a disclosure is reminded after 240 minutes.',
    { minutes: 240 },
  ),
  minutesToAskNextToSignOff: house(
    'house-minutes-to-ask-next-to-sign-off',
    'When a reminder brings no answer within 240 minutes, the next who may sign off is asked.',
    { minutes: 240 },
  ),
  daysToSignOff: house(
    'house-days-to-sign-off',
    'A disclosure that nobody has signed off within 14 days lapses. It is never approved by time.',
    { days: 14 },
  ),
  daysToCompleteDisclosure: house(
    'house-days-to-complete-disclosure',
    'A disclosure that lacks something, or is still being prepared, lapses after 30 days.',
    { days: 30 },
  ),
  daysToCollect: house('house-days-to-collect', 'What was released is open to its recipient for 14 days.', {
    days: 14,
  }),
  minutesACodeIsGood: house('house-minutes-a-code-is-good', 'A one-time code is good for 10 minutes.', { minutes: 10 }),
  triesOfACode: house('house-tries-of-a-code', 'A one-time code is used up by 5 wrong tries.', { count: 5 }),
  codesForOneDelivery: house('house-codes-for-one-delivery', 'At most 20 one-time codes are sent for one delivery.', {
    count: 20,
  }),
  minutesBetweenCodes: house(
    'house-minutes-between-codes',
    'Another one-time code for the same delivery is sent 1 minute after the last one was asked for, and not before.',
    { minutes: 1 },
  ),
  minutesOfAVisit: house(
    'house-minutes-of-a-visit',
    'A recipient who gave a one-time code may look for 30 minutes, in that browser.',
    { minutes: 30 },
  ),
  minutesToReadBreach: house(
    'house-minutes-to-read-breach',
    'When nobody of the privacy office has read the report of a suspected disclosure within 30 minutes, the deputies are asked, and after 30 more the chief of the bureau is told.',
    { minutes: 30 },
  ),
  hoursToAskAgainToRead: house(
    'house-hours-to-ask-again-to-read',
    'While nobody of the privacy office has read the report of a suspected disclosure, officer, deputies and chief are asked again every 4 hours.',
    { hours: 4 },
  ),
  daysToRemindOfOpenBreach: house(
    'house-days-to-remind-of-open-breach',
    'While a reported breach is not closed, the officer is reminded of what is still owed every 7 days.',
    { days: 7 },
  ),
  daysToSendQuarter: house(
    'house-days-to-send-quarter',
    'The compilation of a quarter is meant to be sent within 10 days of its end. Later is not late in law.',
    { days: 10 },
  ),
  daysToRemindOfQuarter: house(
    'house-days-to-remind-of-quarter',
    'While the compilation of a quarter is not sent after that day, the privacy office is reminded every 3 days.',
    { days: 3 },
  ),
  daysBeforeAnEnd: house(
    'house-days-before-an-end',
    'What is on file and ends within 30 days is shown first, so that it can be renewed before it is missed.',
    { days: 30 },
  ),
  kindsOfDisclosure: house(
    'house-kinds-of-disclosure',
    'Disclosures are told apart by a fixed list of kinds, which approvals in advance name.',
    {},
  ),
  firstToKnow: house(
    'house-first-to-know',
    'The office is aware of a breach when the first of the officer and the deputies is; reading the report here is the latest moment for that, and an earlier one is stated.',
    {},
  ),
  notYourOwnDisclosure: house(
    'house-not-your-own-disclosure',
    'Nobody signs off a disclosure of their own request, nor one of which they changed what is asked or enclosed.',
    {},
  ),
  deputySignsOff: house(
    'house-deputy-signs-off',
    "A deputy whom the Agency Privacy Officer named in writing may act in the officer's stead while the naming lasts.",
    {},
  ),
  harmLevels: house(
    'house-harm-levels',
    'Harm is put down as none, some or serious, by fixed steps from what was recorded, so that the same facts get the same answer; a person may raise it, never lower it.',
    {},
  ),
};
