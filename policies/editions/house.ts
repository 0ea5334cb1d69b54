/**
 * The numbers the department sets itself, where a policy asks for something and gives no number.
 *
 * None of them is law; each may be changed by its decision record, as a new dated clause. File sizes
 * are decimal, as disks and the storage service's price list count them: 1 MB is 1,000,000 bytes.
 */
import type {
  BytesClause,
  Clause,
  CountClause,
  DaysClause,
  HoursClause,
  MinutesClause,
  MonthsClause,
} from '../clause.ts';
import { house } from './house-clause.ts';
import { HOUSE_DISCLOSURE, type HouseDisclosure } from './house-disclosure.ts';
import { HOUSE_RETENTION, type HouseRetention } from './house-retention.ts';

export interface HouseNumbers extends HouseDisclosure, HouseRetention {
  readonly minutesToRemind: MinutesClause;
  readonly minutesToAskNext: MinutesClause;
  readonly minutesOfNotice: MinutesClause;
  readonly hoursOfLongestUse: HoursClause;
  readonly monthsTrainingIsCurrent: MonthsClause;
  readonly daysBetweenInspections: DaysClause;
  readonly hoursToUpload: HoursClause;
  readonly largestImage: BytesClause;
  readonly daysIncomingIsKept: DaysClause;
  readonly minutesALinkIsOpen: MinutesClause;
  readonly minutesIdle: MinutesClause;
  readonly hoursOfSession: HoursClause;
  readonly charactersOfReason: CountClause;
  readonly thirdPartiesConfirming: CountClause;
  readonly daysTraceIsKept: DaysClause;
  readonly daysDigestsAreLocked: DaysClause;
  readonly daysDestroyedIsSwept: DaysClause;
  readonly externalRequesterConfirmed: Clause;
  readonly requestsFromOneAddress: CountClause;
  readonly fileKinds: Clause;
  readonly shownIsDecided: Clause;
}

export const HOUSE: HouseNumbers = {
  ...HOUSE_DISCLOSURE,
  ...HOUSE_RETENTION,
  minutesToRemind: house(
    'house-minutes-to-remind',
    'An executive who was asked to decide is reminded after 30 minutes.',
    { minutes: 30 },
  ),
  minutesToAskNext: house(
    'house-minutes-to-ask-next',
    'When a reminder brings no answer within 30 minutes, the next executive is asked: one hour for each in all.',
    { minutes: 30 },
  ),
  minutesOfNotice: house(
    'house-minutes-of-notice',
    'A use may be asked for at any time before it begins; no notice is required.',
    { minutes: 0 },
  ),
  hoursOfLongestUse: house(
    'house-hours-of-longest-use',
    'One request covers at most 24 hours of use; a longer use is asked for again.',
    { hours: 24 },
  ),
  monthsTrainingIsCurrent: house(
    'house-months-training-is-current',
    'A specialised training is current for 24 months.',
    { months: 24 },
  ),
  daysBetweenInspections: house(
    'house-days-between-inspections',
    'A supervisor inspects and accounts for each device at least every 30 days ("periodically" in the policy).',
    { days: 30 },
  ),
  hoursToUpload: house(
    'house-hours-to-upload',
    'A downloaded image is uploaded within 24 hours, or the delay is explained.',
    { hours: 24 },
  ),
  largestImage: house('house-largest-image', 'An image file has at most 500 MB, which is 500,000,000 bytes.', {
    bytes: 500_000_000,
  }),
  daysIncomingIsKept: house(
    'house-days-incoming-is-kept',
    'A file that was uploaded and never filed is swept after 1 day.',
    { days: 1 },
  ),
  minutesALinkIsOpen: house(
    'house-minutes-a-link-is-open',
    'A link to view or download an image works for 5 minutes.',
    { minutes: 5 },
  ),
  minutesIdle: house('house-minutes-idle', 'A session ends after 30 minutes without a request.', { minutes: 30 }),
  hoursOfSession: house('house-hours-of-session', 'A session ends 12 hours after sign-in, however busy it is.', {
    hours: 12,
  }),
  charactersOfReason: house(
    'house-characters-of-reason',
    'A reason, a statement of grave risk and a plan to keep the public out have at least 10 characters, so that they say something.',
    { count: 10 },
  ),
  thirdPartiesConfirming: house(
    'house-third-parties-confirming',
    '"Several" third-party organizations confirming a device\'s compliance are at least 2.',
    { count: 2 },
  ),
  daysTraceIsKept: house(
    'house-days-trace-is-kept',
    "Logs of the system's own running are kept for 731 days, two years with a leap day.",
    { days: 731 },
  ),
  daysDigestsAreLocked: house(
    'house-days-digests-are-locked',
    'A signed digest of the ledger cannot be removed by anyone for 2,557 days: 7 years with two leap days.',
    { days: 2557 },
  ),
  daysDestroyedIsSwept: house(
    'house-days-destroyed-is-swept',
    'What was replaced or destroyed in the image store is swept after 30 days, so that a mistake can be undone; what is locked stays.',
    { days: 30 },
  ),
  requestsFromOneAddress: house(
    'house-requests-from-one-address',
    'The form for outside entities takes at most 5 requests a day from one email address, since it answers by mail to an address nobody has checked.',
    { count: 5 },
  ),
  externalRequesterConfirmed: house(
    'house-external-requester-confirmed',
    'A use for an outside entity is approved only after a member has confirmed who is asking and for which entity.',
    {},
  ),
  shownIsDecided: house(
    'house-shown-is-decided',
    'A decision is bound to exactly what its page showed: an answer to anything else is not taken.',
    {},
  ),
  fileKinds: house(
    'house-file-kinds',
    'Images are kept as PNG, JPEG or TIFF, or as an opaque original by its hash, and are what they are declared to be.',
    {},
  ),
};
