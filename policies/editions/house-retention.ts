/**
 * The numbers the department sets itself for retention and disposal, and rules of its own where the texts leave a gap.
 *
 * As in house.ts none of them is law. They are part of the same list there, and are changed the same way.
 */
import type { Clause, CountClause, DaysClause } from '../clause.ts';
import { house } from './house-clause.ts';

export interface HouseRetention {
  readonly daysOfGrace: DaysClause;
  readonly mostInABatch: CountClause;
  readonly daysAfterDeclined: DaysClause;
  readonly daysToSignDisposal: DaysClause;
  readonly daysToRemindOfDisposal: DaysClause;
  readonly daysToReviewHold: DaysClause;
  readonly daysToAcknowledgeHold: DaysClause;
  readonly leapDay: Clause;
  readonly longestWins: Clause;
  readonly unknownKeeps: Clause;
  readonly holdWins: Clause;
  readonly locksStand: Clause;
  readonly twoPeopleOnSchedule: Clause;
  readonly notYourOwnBatch: Clause;
}

export const HOUSE_RETENTION: HouseRetention = {
  daysOfGrace: house(
    'house-days-of-grace',
    'A batch that is proposed for disposal is open to objection for 7 days before anyone is asked to sign.',
    { days: 7 },
  ),
  mostInABatch: house('house-most-in-a-batch', 'A batch has at most 1,000 records.', { count: 1000 }),
  daysAfterDeclined: house(
    'house-days-after-declined',
    'Records of a batch that was declined or lapsed are not proposed again for 90 days.',
    { days: 90 },
  ),
  daysToSignDisposal: house(
    'house-days-to-sign-disposal',
    'A batch that not all three offices have signed within 60 days lapses. It is never approved by time.',
    { days: 60 },
  ),
  daysToRemindOfDisposal: house(
    'house-days-to-remind-of-disposal',
    'Who was asked to sign a disposal is reminded after 14 days, and 14 days later the next in the office is asked. Who answers for the six months of a batch is reminded 28 and 14 days before they end, and every 14 days after.',
    { days: 14 },
  ),
  daysToReviewHold: house(
    'house-days-to-review-hold',
    'The owner of a hold is asked every 180 days whether it is still needed. It stays whatever the answer, until it is released.',
    { days: 180 },
  ),
  daysToAcknowledgeHold: house(
    'house-days-to-acknowledge-hold',
    'Whoever a hold names as having records in their hands says that they keep them. While they have not, they are asked again every 3 days, and the owner of the hold sees it.',
    { days: 3 },
  ),
  leapDay: house(
    'house-leap-day',
    'Years from a 29 February end, in a year without one, on 1 March: a full year later and never a day less.',
    {},
  ),
  longestWins: house(
    'house-longest-wins',
    'Of several classes or cases the longest period counts, and a permanent one before every date.',
    {},
  ),
  unknownKeeps: house(
    'house-unknown-keeps',
    'Whatever about a record or its cases is missing, open or contradictory means that it is kept.',
    {},
  ),
  holdWins: house('house-hold-wins', 'A record under any hold is kept, whatever its date says.', {}),
  locksStand: house(
    'house-locks-stand',
    'A lock in the store is never shortened. Until its last day the record is kept, also when its date has become earlier.',
    {},
  ),
  twoPeopleOnSchedule: house(
    'house-two-people-on-schedule',
    'A schedule takes effect only when a second person approves it, after a dry run has counted what it would change.',
    {},
  ),
  notYourOwnBatch: house(
    'house-not-your-own-batch',
    'Nobody signs a batch that they proposed, and nobody signs one batch for two offices.',
    {},
  ),
};
