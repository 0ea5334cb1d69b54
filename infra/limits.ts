/**
 * The numbers infra sets. Those the department owns come from policies/editions/house.ts; the rest are about cost and
 * load, judge nobody, and are here with their reasons.
 */
import { Duration } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { HOUSE } from '../policies/editions/house.ts';

/** How long the system's own logs are kept. CloudWatch takes only certain numbers of days, and 731 is one. */
export const KEEP_TRACE_FOR = retention(HOUSE.daysTraceIsKept.days);

/** What was uploaded and never filed is swept; so is what an upload left half done. */
export const SWEEP_INCOMING_AFTER = Duration.days(HOUSE.daysIncomingIsKept.days);

/** A sealed package may be collected for its days; after that it stays as long as what was destroyed, so that a mistake can be undone. */
export const SWEEP_SEALED_AFTER = Duration.days(HOUSE.daysToCollect.days + HOUSE.daysDestroyedIsSwept.days);

/**
 * Lists that a workflow works through name records by their ids and are read within hours. A week leaves a run that was
 * stopped the time to go on; after that it makes its list anew.
 */
export const SWEEP_WORK_AFTER = Duration.days(7);

/** Who asked the buckets for what: as long as the system's other logs. */
export const KEEP_ACCESS_LOGS_FOR = Duration.days(HOUSE.daysTraceIsKept.days);

/**
 * When a kept image moves to cheaper storage, from its upload. Both classes answer in milliseconds, so a page never
 * waits. 30 days is the least Standard-IA takes; 90 is when Instant Retrieval's price of reading is made good by its
 * price of keeping for images that are opened less than once a quarter.
 */
export const TO_INFREQUENT_ACCESS_AFTER = Duration.days(30);
export const TO_INSTANT_RETRIEVAL_AFTER = Duration.days(90);

/** What S3 charges for at the least once a file is in the class: a file that goes sooner is paid for all the same. */
export const LEAST_IN_INFREQUENT_ACCESS = Duration.days(30);
export const LEAST_IN_INSTANT_RETRIEVAL = Duration.days(90);

/**
 * Where nothing is known of how long a file stays, it goes to the class that finds out by itself and asks for no least
 * time. After 90 days, so that what is known to stay is in Instant Retrieval by then, from where S3 moves nothing back.
 */
export const TO_INTELLIGENT_TIERING_AFTER = Duration.days(120);

/** S3's own limit for one bucket. */
export const MOST_LIFECYCLE_RULES = 1_000;

/** A version that was destroyed or replaced stays this long, so that a mistake can be undone. Locked versions stay anyway. */
export const SWEEP_DESTROYED_AFTER = Duration.days(HOUSE.daysDestroyedIsSwept.days);

/**
 * How long nobody, not even the account's owner, can remove a signed digest. A longer time may be set at any moment, a
 * shorter one only for new digests.
 */
export const LOCK_DIGESTS_FOR = Duration.days(HOUSE.daysDigestsAreLocked.days);

/** Requests a second, and at once. A precinct's shift change is below 10 a second; the rest is room for a bad day. */
export const SITE_THROTTLE = { rateLimit: 50, burstLimit: 100 };
/** The same for the page anyone may use without signing in. */
export const PUBLIC_THROTTLE = { rateLimit: 5, burstLimit: 10 };

function retention(days: number): RetentionDays {
  if (RetentionDays[days] === undefined)
    throw new Error(
      `house-days-trace-is-kept is ${days}; CloudWatch Logs keeps logs only for ${Object.values(RetentionDays).filter(Number.isInteger).join(', ')} days`,
    );
  return days;
}
