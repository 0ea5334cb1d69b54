/**
 * When does a schedule occur? `rate(...)`, `cron(...)` in AWS's six fields and a time zone, and `at(...)`.
 *
 * Units   ms since 1970, UTC
 * Source  EventBridge Scheduler User Guide, "Schedule types"
 */
import { CronExpressionParser } from 'cron-parser';
import { Temporal } from 'temporal-polyfill';
import { AwsError } from '../contract.ts';

export interface Timing {
  readonly expression: string;
  /** IANA name, such as `America/New_York`. */
  readonly timeZone: string;
  /** First and last moment at which it may occur. */
  readonly start: number | null;
  readonly end: number | null;
}

export interface Occurrences {
  /** The first occurrence later than `instant`, if there is one. */
  after(instant: number): number | undefined;
  /** The last occurrence at `instant` or before, if there is one. */
  upTo(instant: number): number | undefined;
}

const UNITS_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
/** The years that a cron expression of AWS may name. */
const YEARS = { first: 1970, last: 2199 };

/** `anchor` is when the schedule was made; a rate counts from its start, or else from there. Throws ValidationException. */
export function occurrencesOf(timing: Timing, anchor: number): Occurrences {
  const bare = unbounded(timing, anchor);
  const { start, end } = timing;
  return {
    after(instant) {
      const found = bare.after(start === null ? instant : Math.max(instant, start - 1));
      return found === undefined || (end !== null && found > end) ? undefined : found;
    },
    upTo(instant) {
      const found = bare.upTo(end === null ? instant : Math.min(instant, end));
      return found === undefined || (start !== null && found < start) ? undefined : found;
    },
  };
}

function unbounded({ expression, timeZone, start }: Timing, anchor: number): Occurrences {
  const [, kind, inside = ''] = /^\s*(rate|cron|at)\((.*)\)\s*$/.exec(expression) ?? [];
  if (kind === 'rate') return everyPeriod(inside, expression, start ?? anchor);
  if (kind === 'cron') return byCron(inside.trim(), expression, timeZone);
  if (kind === 'at') return once(inside.trim(), expression, timeZone);
  throw invalid(expression, 'write rate(1 hour), cron(0 3 * * ? *) or at(2026-01-31T12:00:00)');
}

/** The first occurrence is the anchor itself. */
function everyPeriod(inside: string, expression: string, anchor: number): Occurrences {
  const [, count, unit = ''] = /^\s*(\d+)\s+(minute|hour|day)s?\s*$/.exec(inside) ?? [];
  const period = Number(count) * (UNITS_MS[unit] ?? Number.NaN);
  if (!(period > 0)) throw invalid(expression, 'write rate(value unit) with a unit of minutes, hours or days');
  return {
    after: (instant) => (instant < anchor ? anchor : anchor + (Math.floor((instant - anchor) / period) + 1) * period),
    upTo: (instant) => (instant < anchor ? undefined : anchor + Math.floor((instant - anchor) / period) * period),
  };
}

function once(inside: string, expression: string, timeZone: string): Occurrences {
  let moment: number;
  try {
    moment = Temporal.PlainDateTime.from(inside).toZonedDateTime(timeZone).epochMilliseconds;
  } catch {
    throw invalid(expression, 'write at(yyyy-mm-ddThh:mm:ss) and an IANA time zone');
  }
  return {
    after: (instant) => (instant < moment ? moment : undefined),
    upTo: (instant) => (instant < moment ? undefined : moment),
  };
}

function byCron(inside: string, expression: string, timeZone: string): Occurrences {
  const fields = inside.split(/\s+/);
  const [minute, hour, dayOfMonth = '', month, dayOfWeek = '', year = ''] = fields;
  if (fields.length !== 6)
    throw invalid(
      expression,
      `it has ${fields.length} fields, give six: minutes hours day-of-month month day-of-week year`,
    );
  if ((dayOfMonth === '?') === (dayOfWeek === '?'))
    throw invalid(expression, 'write ? for exactly one of day-of-month and day-of-week');
  if (/W/i.test(dayOfMonth))
    throw invalid(expression, 'W (the nearest weekday) is not served by this host; name days, or run against AWS');
  const years = yearsOf(year, expression);
  const pattern = [minute, hour, dayOfMonth, month, fromSunday(dayOfWeek)].join(' ');
  const from = (instant: number) => {
    try {
      return CronExpressionParser.parse(pattern, { currentDate: new Date(instant), tz: timeZone });
    } catch (cause) {
      throw invalid(expression, (cause as Error).message);
    }
  };
  from(0);

  /** Walks one way until the year fits, jumping over years that do not. */
  const walk = (instant: number, step: 'next' | 'prev'): number | undefined => {
    let at = instant;
    for (;;) {
      const found = from(at)[step]();
      const foundYear = found.getFullYear();
      if (years.includes(foundYear)) return found.getTime();
      const wanted =
        step === 'next' ? years.find((each) => each > foundYear) : years.findLast((each) => each < foundYear);
      if (wanted === undefined) return undefined;
      // The edge of that year in any time zone is within a day of the edge in UTC.
      const edge = step === 'next' ? Date.UTC(wanted, 0, 1) - 86_400_000 : Date.UTC(wanted + 1, 0, 1) + 86_400_000;
      at = step === 'next' ? Math.max(found.getTime(), edge) : Math.min(found.getTime(), edge);
    }
  };
  return { after: (instant) => walk(instant, 'next'), upTo: (instant) => walk(instant + 1, 'prev') };
}

/** AWS counts days of the week from 1, Sunday; the parser from 0. Names stay, and so does what follows # or precedes L. */
function fromSunday(field: string): string {
  return field
    .replace(/(^|[,-])(\d)/g, (_all, before: string, day: string) => before + String(Number(day) - 1))
    .replace(/^L$/i, '6');
}

function yearsOf(field: string, expression: string): number[] {
  const all = Array.from({ length: YEARS.last - YEARS.first + 1 }, (_, index) => YEARS.first + index);
  const parts = field.split(',').map((part) => {
    const [, range = '', from, to, step = '1'] = /^(\*|(\d{4})(?:-(\d{4}))?)(?:\/(\d+))?$/.exec(part) ?? [];
    if (!range) throw invalid(expression, `the year ${part} is none; write *, 2026, 2026-2030 or 2026/2`);
    const first = Number(from ?? YEARS.first);
    const last = Number(to ?? (from && !part.includes('/') ? from : YEARS.last));
    return (year: number) => year >= first && year <= last && (year - first) % Number(step) === 0;
  });
  return all.filter((year) => parts.some((fits) => fits(year)));
}

function invalid(expression: string, reason: string): AwsError {
  return new AwsError('ValidationException', `Invalid Schedule Expression ${expression}. ${reason}`);
}
