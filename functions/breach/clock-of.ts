/**
 * The clock of a breach as its records stand, by the edition of the day the office became aware.
 *
 * Of several reports the first that reached its reader counts: a supplement does not make late what was in time. Until
 * one is proven delivered it is the first that is on its way, and when all came back the last of them, which was not made.
 */
import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import { policyInForce } from '../../policies/editions/index.ts';
import { FactMalformed } from '../../policies/faults.ts';
import type { Instant } from '../../policies/instant.ts';
import {
  breachClock,
  type BreachClock,
  type BreachReported,
  type BreachTimes,
} from '../../policies/rules/breach-clock.ts';
import { reports as reportEntity, type Report } from '../mail/contract.ts';
import type { Records } from '../records/records.aws.ts';
import type { Breach } from './contract.ts';

/** What a breach is judged by: the edition of the day of awareness, before that of the day it was reported. */
export function policyOf({ id, given, awareAt, reportedAt }: Breach): PublishedPolicy {
  const at = awareAt ?? reportedAt;
  const policy = policyInForce(given.technology, at);
  if (!policy)
    throw new FactMalformed(`breach ${id} is judged by the edition of ${at}, and none of that day is held here`);
  return policy;
}

export async function reportsOf(records: Pick<Records, 'get'>, { reportIds }: Breach): Promise<readonly Report[]> {
  const found = await Promise.all(reportIds.map((id) => records.get(reportEntity, id)));
  return found.filter((report) => report !== undefined);
}

export function timesOf(breach: Breach, reports: readonly Report[]): BreachTimes {
  const report = reportThatCounts(reports);
  return {
    breachId: breach.id,
    discoveredAt: breach.given.discoveredAt,
    ...(breach.awareAt && { awareAt: breach.awareAt }),
    ...(report && { report }),
  };
}

export const clockOf = (breach: Breach, reports: readonly Report[], now: Instant): BreachClock =>
  breachClock(timesOf(breach, reports), policyOf(breach), now);

function reportThatCounts(reports: readonly Report[]): BreachReported | undefined {
  const sent = reports
    .filter((report) => report.sentAt !== undefined)
    .toSorted((one, other) => (one.sentAt! < other.sentAt! ? -1 : 1));
  const onTheWay = sent.filter(({ undeliverableAt }) => !undeliverableAt);
  const counts = onTheWay.find(({ deliveredAt }) => deliveredAt) ?? onTheWay[0] ?? sent.at(-1);
  return (
    counts && {
      sentAt: counts.sentAt!,
      ...(counts.deliveredAt && { deliveredAt: counts.deliveredAt }),
      ...(counts.undeliverableAt && { undeliverableAt: counts.undeliverableAt }),
    }
  );
}
