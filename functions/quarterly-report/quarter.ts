/** Quarters of the calendar year, by the day in New York: how they are written, when they end, and when they are due. */
import { dateOf, plusDays, quarterOf } from '../../policies/calendar-date.ts';
import { policyInForce } from '../../policies/editions/index.ts';
import type { PublishedPolicy, Technology } from '../../policies/editions/edition.ts';
import { HOUSE } from '../../policies/editions/house.ts';
import { nyDate, nyStartOfDay, plusMs, type Instant } from '../../policies/instant.ts';
import type { Quarter } from '../../policies/rules/quarterly-compilation.ts';

const WRITTEN = /^(20\d\d)-Q([1-4])$/;

/** Reads a quarter written as `2026-Q4`; undefined for anything else. */
export function quarterFrom(text: string): Quarter | undefined {
  const [, year, quarter] = WRITTEN.exec(text) ?? [];
  return year ? { year: Number(year), quarter: Number(quarter) as Quarter['quarter'] } : undefined;
}

export const idOf = ({ year, quarter }: Quarter): string => `${year}-Q${quarter}`;

/** The quarter a moment is in. */
export const quarterAt = (at: Instant): Quarter => quarterFrom(quarterOf(nyDate(at)))!;

export const nextOf = ({ year, quarter }: Quarter): Quarter =>
  quarter === 4 ? { year: year + 1, quarter: 1 } : { year, quarter: (quarter + 1) as Quarter['quarter'] };

export const previousOf = ({ year, quarter }: Quarter): Quarter =>
  quarter === 1 ? { year: year - 1, quarter: 4 } : { year, quarter: (quarter - 1) as Quarter['quarter'] };

export const firstDayOf = ({ year, quarter }: Quarter) => dateOf(year, quarter * 3 - 2, 1);
export const lastDayOf = (quarter: Quarter) => plusDays(firstDayOf(nextOf(quarter)), -1);

/** The first moment after it. */
export const endOf = (quarter: Quarter): Instant => nyStartOfDay(firstDayOf(nextOf(quarter)));

export const hasEnded = (quarter: Quarter, now: Instant): boolean => now >= endOf(quarter);

/** The end of the last day on which the house means it to be sent. */
export const dueAtOf = (quarter: Quarter): Instant =>
  nyStartOfDay(plusDays(firstDayOf(nextOf(quarter)), HOUSE.daysToSendQuarter.days));

const TECHNOLOGIES: readonly Technology[] = [
  'mobile-x-ray',
  'portable-electronic-device',
  'digital-camera',
  'license-plate-reader',
];

/** The policies in force on a quarter's last day, that of mobile x-ray first; none before the first edition held here. */
export function policiesOf(quarter: Quarter): readonly PublishedPolicy[] {
  const last = plusMs(endOf(quarter), -1);
  return TECHNOLOGIES.map((technology) => policyInForce(technology, last)).filter((policy) => policy !== undefined);
}
