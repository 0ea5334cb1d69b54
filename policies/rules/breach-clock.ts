/**
 * How much time is left to report a breach, and was it reported in time?
 *
 * The clock starts when the Agency Privacy Officer becomes aware, not when somebody discovers the breach; both
 * are shown. Under the editions of 2026 it has 24 elapsed hours, through nights, weekends and the two nights
 * on which New York changes its clocks. Under that of 2021 it has none: as soon as practicable, with a target
 * of the house that makes nothing late. A report counts from when it was sent, once its delivery is proven; one
 * that was sent late is told and late, never hidden, and one that reached nobody was not made.
 *
 * Units   instants are UTC; hours are elapsed hours with fractions, to the millisecond
 * Answers unaware, running, sent, overdue or told, with the hours and the clause that sets them
 * Throws  FactMalformed when awareness or a report lies in the future, or before what it follows from, or when
 *         another edition was in force when the officer became aware
 * Source  XR26-EXT-20 and its twins, XR21-EXT-08; nyc-23-1202-c-4; house-hours-to-tell-without-hour
 */
import { isInForce } from '../editions/published.ts';
import type { PublishedPolicy } from '../editions/edition.ts';
import { FactMalformed } from '../faults.ts';
import { hoursBetween, isAfter, isBefore, nyDate, plusHours, type Instant } from '../instant.ts';

export interface BreachReported {
  readonly sentAt: Instant;
  /** When its delivery was proven. */
  readonly deliveredAt?: Instant;
  /** When it became known that it reached nobody. */
  readonly undeliverableAt?: Instant;
}

export interface BreachTimes {
  readonly breachId: string;
  readonly discoveredAt: Instant;
  /** When the Agency Privacy Officer became aware. */
  readonly awareAt?: Instant;
  /** The report to the City's Chief Privacy Officer; the last one when it was sent again. */
  readonly report?: BreachReported;
}

interface Running {
  readonly awareAt: Instant;
  readonly dueAt: Instant;
  /** Whether `dueAt` is the edition's own hour, or only what the house aims at. */
  readonly due: 'by-clause' | 'target';
  readonly hoursFromDiscoveryToAware: number;
  readonly clause: string;
}

/** `sent` waits for the proof of delivery. `overdue` is reached under an edition with an hour only. */
export type BreachClock =
  | { readonly state: 'unaware'; readonly hoursSinceDiscovery: number; readonly clause: string }
  | ({ readonly state: 'running'; readonly hoursLeft: number } & Running)
  | ({ readonly state: 'overdue'; readonly hoursLate: number } & Running)
  | ({
      readonly state: 'sent' | 'told';
      readonly sentAt: Instant;
      readonly hoursTaken: number;
      readonly late: boolean;
    } & Running);

export function breachClock(times: BreachTimes, { edition, house }: PublishedPolicy, now: Instant): BreachClock {
  const { within, clause } = edition.breachReport;
  requireOrder(times, now);
  const { discoveredAt, awareAt, report } = times;
  if (!awareAt) return { state: 'unaware', hoursSinceDiscovery: hoursBetween(discoveredAt, now), clause };
  if (!isInForce(edition, nyDate(awareAt))) {
    throw new FactMalformed(
      `breach ${times.breachId} became known at ${awareAt}, when edition ${edition.id} was not in force; ask under the edition of that day`,
    );
  }
  const hours =
    edition.breachReport.within === 'hours' ? edition.breachReport.hours : house.hoursToTellWithoutHour.hours;
  const running: Running = {
    awareAt,
    dueAt: plusHours(awareAt, hours),
    due: within === 'hours' ? 'by-clause' : 'target',
    hoursFromDiscoveryToAware: hoursBetween(discoveredAt, awareAt),
    clause,
  };
  const isLateAt = (at: Instant) => running.due === 'by-clause' && isAfter(at, running.dueAt);
  if (report && !report.undeliverableAt) {
    const { sentAt, deliveredAt } = report;
    const taken = { sentAt, hoursTaken: hoursBetween(awareAt, sentAt), late: isLateAt(sentAt) };
    return { state: deliveredAt ? 'told' : 'sent', ...taken, ...running };
  }
  return isLateAt(now)
    ? { state: 'overdue', hoursLate: hoursBetween(running.dueAt, now), ...running }
    : { state: 'running', hoursLeft: hoursBetween(now, running.dueAt), ...running };
}

function requireOrder({ breachId, discoveredAt, awareAt, report }: BreachTimes, now: Instant): void {
  const steps: readonly (readonly [string, Instant | undefined])[] = [
    ['discoveredAt', discoveredAt],
    ['awareAt', awareAt],
    ['sentAt', report?.sentAt],
    ['deliveredAt', report?.deliveredAt ?? report?.undeliverableAt],
    ['now', now],
  ];
  const known = steps.filter((step): step is readonly [string, Instant] => step[1] !== undefined);
  for (const [index, [name, at]] of known.entries()) {
    const [next, after] = known[index + 1] ?? [name, at];
    if (isBefore(after, at)) {
      throw new FactMalformed(
        `breach ${breachId} has ${name} (${at}) after ${next} (${after}); correct it, or check the clock of the host that recorded it`,
      );
    }
  }
  if (report && !awareAt) {
    throw new FactMalformed(`breach ${breachId} was reported before the officer was aware of it; record awareAt`);
  }
}
