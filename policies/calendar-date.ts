/**
 * Days on the wall calendar of New York, apart from instants.
 *
 * Legal periods in days, months or years are counted on this calendar and never as multiples of
 * 24 hours: two days a year have 23 or 25 hours.
 */
import { Temporal } from 'temporal-polyfill';
import { FactMalformed } from './faults.ts';

declare const calendarDateBrand: unique symbol;

/** A day as 'YYYY-MM-DD', read in America/New_York. Such texts compare in the order of time. */
export type CalendarDate = string & { readonly [calendarDateBrand]: 'CalendarDate' };

const SHAPE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Reads a day written as 'YYYY-MM-DD'.
 * Throws FactMalformed for any other shape and for days that do not exist, such as 2026-02-29.
 */
export function calendarDate(text: string): CalendarDate {
  if (!isCalendarDate(text)) {
    throw new FactMalformed(`${JSON.stringify(text)} is not a calendar date; write an existing day as YYYY-MM-DD`);
  }
  return text;
}

/** True for an existing day written as 'YYYY-MM-DD'. */
export function isCalendarDate(text: string): text is CalendarDate {
  if (!SHAPE.test(text)) return false;
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
}

/**
 * A day as it was typed into a form, if it is one that somebody could mean: of the years 1900 to 2199. What lies further
 * is a slip of the hand, and so far that the days after it cannot be written.
 */
export function dayTyped(text: string): CalendarDate | undefined {
  return isCalendarDate(text) && text >= '1900-01-01' && text < '2200-01-01' ? text : undefined;
}

/** The day `days` calendar days later; earlier when `days` is negative. */
export function plusDays(date: CalendarDate, days: number): CalendarDate {
  return written(plain(date).add({ days }));
}

/** The day `months` calendar months later. The 31st becomes the last day of a shorter month. */
export function plusMonths(date: CalendarDate, months: number): CalendarDate {
  return written(plain(date).add({ months }));
}

/** The day `years` calendar years later. 29 February becomes 28 February in a common year. */
export function plusYears(date: CalendarDate, years: number): CalendarDate {
  return written(plain(date).add({ years }));
}

/**
 * The day on which `years` full years from a day are over. From a 29 February that is, in a year without one, 1 March:
 * never a day earlier (house-leap-day). Throws FactMalformed after the year 9999.
 */
export function anniversary(date: CalendarDate, years: number): CalendarDate {
  const year = Number(date.slice(0, 4)) + years;
  const leaps = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const rest = date.slice(4) === '-02-29' && !leaps ? '-03-01' : date.slice(4);
  const written = `${String(year).padStart(4, '0')}${rest}`;
  if (!SHAPE.test(written)) throw new FactMalformed(`${years} years after ${date} cannot be written; check the years`);
  return written as CalendarDate;
}

/** Whole calendar days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return plain(from).until(plain(to), { largestUnit: 'day' }).days;
}

/** Monday is 1 and Sunday is 7. */
export function weekday(date: CalendarDate): number {
  return plain(date).dayOfWeek;
}

/** The day of a year, month (1 to 12) and day of the month. Throws FactMalformed when there is none. */
export function dateOf(year: number, month: number, day: number): CalendarDate {
  const two = (part: number) => String(part).padStart(2, '0');
  return calendarDate(`${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`);
}

const plain = (date: CalendarDate) => Temporal.PlainDate.from(date);
const written = (date: Temporal.PlainDate): CalendarDate => calendarDate(date.toString());

/** The quarter of the calendar year a day is in, as `2026-Q4`. */
export const quarterOf = (date: CalendarDate): string =>
  `${date.slice(0, 4)}-Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`;
