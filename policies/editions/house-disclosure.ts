/**
 * The numbers the department sets itself for disclosures and breaches, and three rules of its own.
 *
 * As in house.ts none of them is law. They are part of the same list there, and are changed the same way.
 */
import type { Clause, CountClause, HoursClause, HoursListClause, MinutesClause } from '../clause.ts';
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
  notYourOwnDisclosure: house(
    'house-not-your-own-disclosure',
    'Nobody signs off a disclosure of their own request.',
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
