/**
 * Is an exigent disclosure explained to the City's Chief Privacy Officer?
 *
 * What left in exigent circumstances is reported afterwards with why they were so, as soon as practicable; the
 * law names no hour, and the house aims at one. Three kinds are exempt by law; the exemption is recorded, and
 * the disclosure stays in the register all the same.
 *
 * Units   instants are UTC; hours are elapsed hours
 * Answers exempt, due, sent or told, with the target of the house and whether it was met
 * Throws  FactMalformed when a report was sent before the disclosure, or anything lies in the future
 * Source  nyc-23-1202-d, nyc-23-1202-d-exempt; house-hours-to-explain-exigency, house-characters-of-reason
 */
import type { ExigentExemption } from '../editions/disclosure-grounds.ts';
import type { PublishedPolicy } from '../editions/edition.ts';
import { PRIVACY_LAW } from '../editions/privacy-law.ts';
import { FactMalformed } from '../faults.ts';
import { hoursBetween, isAfter, isBefore, plusHours, type Instant } from '../instant.ts';
import type { Refusal } from '../ruling.ts';
import type { BreachReported } from './breach-clock.ts';
import { statement } from './statement.ts';

export interface ExigentDisclosure {
  readonly disclosureId: string;
  readonly releasedAt: Instant;
  readonly exemption?: ExigentExemption;
  /** Why circumstances were exigent. */
  readonly explanation?: string;
  readonly report?: BreachReported;
}

export type ExigentReport =
  | { readonly kind: 'exempt'; readonly exemption: ExigentExemption; readonly clause: string }
  | {
      readonly kind: 'due';
      readonly targetAt: Instant;
      readonly pastTarget: boolean;
      /** What keeps it from being sent. */
      readonly missing: readonly Refusal[];
      readonly clause: string;
    }
  | {
      readonly kind: 'sent' | 'told';
      readonly hoursTaken: number;
      readonly pastTarget: boolean;
      readonly clause: string;
    };

export function exigentReport(facts: ExigentDisclosure, policy: PublishedPolicy, now: Instant): ExigentReport {
  const { releasedAt, report, exemption } = facts;
  const clause = PRIVACY_LAW.exigent.id;
  if (isAfter(releasedAt, now) || (report && (isBefore(report.sentAt, releasedAt) || isAfter(report.sentAt, now)))) {
    throw new FactMalformed(
      `disclosure ${facts.disclosureId} has its release, its report and now out of order; correct the record`,
    );
  }
  if (exemption) return { kind: 'exempt', exemption, clause: PRIVACY_LAW.exigentExempt.id };
  const targetAt = plusHours(releasedAt, policy.house.hoursToExplainExigency.hours);
  if (report && !report.undeliverableAt) {
    const { sentAt, deliveredAt } = report;
    const hoursTaken = hoursBetween(releasedAt, sentAt);
    return { kind: deliveredAt ? 'told' : 'sent', hoursTaken, pastTarget: isAfter(sentAt, targetAt), clause };
  }
  const missing = statement('explanation', facts.explanation, clause, policy, 'explain why circumstances were exigent');
  return { kind: 'due', targetAt, pastTarget: isAfter(now, targetAt), missing, clause };
}
