/**
 * Moments, and how the people of New York write them.
 *
 * An instant is always UTC text with milliseconds, so two of them compare and sort as text. Hours and
 * minutes run through nights, weekends and the two nights when New York changes its clocks. Nothing
 * here asks what time it is: `now` is always handed in.
 */
import { Temporal } from 'temporal-polyfill';
import { calendarDate, type CalendarDate } from './calendar-date.ts';
import { FactMalformed } from './faults.ts';
import type { Refusal } from './ruling.ts';

export { calendarDate, isCalendarDate, type CalendarDate } from './calendar-date.ts';

declare const instantBrand: unique symbol;

/** A moment in UTC as '2026-11-24T20:05:00.000Z': always 24 characters, always milliseconds. */
export type Instant = string & { readonly [instantBrand]: 'Instant' };

export const NEW_YORK = 'America/New_York';

const SHAPE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const MS_PER_MINUTE = 60_000;
const MS_PER_HOUR = 3_600_000;

/**
 * Reads a moment with an offset or Z ('2026-11-24T15:05-05:00'), and writes it in UTC; anything finer
 * than a millisecond is dropped. Throws FactMalformed for text that names no moment.
 */
export function instantOf(text: string): Instant {
  try {
    return fromEpochMs(Temporal.Instant.from(text).epochMilliseconds);
  } catch (cause) {
    if (cause instanceof FactMalformed) throw cause;
    throw new FactMalformed(`${JSON.stringify(text)} is not an instant; write it as 2026-11-24T20:05:00.000Z`, {
      cause,
    });
  }
}

/** True for text that is already written the one way instants are written. */
export function isInstant(text: string): text is Instant {
  return SHAPE.test(text) && !Number.isNaN(Date.parse(text)) && new Date(Date.parse(text)).toISOString() === text;
}

/** The instant `ms` milliseconds after 1970-01-01 UTC. Throws FactMalformed outside the years 0 to 9999. */
export function fromEpochMs(ms: number): Instant {
  const text = Number.isFinite(ms) && Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : String(ms);
  if (!SHAPE.test(text))
    throw new FactMalformed(`${ms} milliseconds lie outside the years 0 to 9999; check the arithmetic`);
  return text as Instant;
}

/** Milliseconds since 1970-01-01 UTC. */
export function epochMs(at: Instant): number {
  return Date.parse(at);
}

/** `hours` elapsed hours later; fractions are kept to the millisecond, negative goes back. */
export function plusHours(at: Instant, hours: number): Instant {
  return fromEpochMs(epochMs(at) + Math.round(hours * MS_PER_HOUR));
}

/** `minutes` elapsed minutes later; fractions are kept to the millisecond, negative goes back. */
export function plusMinutes(at: Instant, minutes: number): Instant {
  return fromEpochMs(epochMs(at) + Math.round(minutes * MS_PER_MINUTE));
}

/** `ms` elapsed milliseconds later. */
export function plusMs(at: Instant, ms: number): Instant {
  return fromEpochMs(epochMs(at) + ms);
}

/** Elapsed hours with fractions; negative when `to` is earlier. */
export function hoursBetween(from: Instant, to: Instant): number {
  return msBetween(from, to) / MS_PER_HOUR;
}

/** Elapsed minutes with fractions; negative when `to` is earlier. */
export function minutesBetween(from: Instant, to: Instant): number {
  return msBetween(from, to) / MS_PER_MINUTE;
}

/** Elapsed milliseconds; negative when `to` is earlier. */
export function msBetween(from: Instant, to: Instant): number {
  return epochMs(to) - epochMs(from);
}

export const isBefore = (one: Instant, other: Instant): boolean => one < other;
export const isAfter = (one: Instant, other: Instant): boolean => one > other;
export const earlierOf = (one: Instant, other: Instant): Instant => (one < other ? one : other);
export const laterOf = (one: Instant, other: Instant): Instant => (one > other ? one : other);

/** The calendar day it is in New York at that moment. */
export function nyDate(at: Instant): CalendarDate {
  return calendarDate(inNewYork(at).toPlainDate().toString());
}

/** The first moment of a calendar day in New York. */
export function nyStartOfDay(date: CalendarDate): Instant {
  return fromEpochMs(Temporal.PlainDate.from(date).toZonedDateTime(NEW_YORK).epochMilliseconds);
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * A moment for people, in New York: 'Tue Nov 24, 2026, 3:05 PM ET'.
 * In the hour that happens twice in November it says EDT or EST, since 'ET' would not tell which.
 */
export function nyText(at: Instant): string {
  const local = inNewYork(at);
  const hour = local.hour % 12 === 0 ? 12 : local.hour % 12;
  const clock = `${hour}:${String(local.minute).padStart(2, '0')} ${local.hour < 12 ? 'AM' : 'PM'}`;
  const zone = momentsOf(local.toPlainDateTime()).length === 1 ? 'ET' : local.offset === '-04:00' ? 'EDT' : 'EST';
  return `${nyDateText(nyDate(at))}, ${clock} ${zone}`;
}

/** A calendar day for people: 'Tue Nov 24, 2026'. */
export function nyDateText(date: CalendarDate): string {
  const day = Temporal.PlainDate.from(date);
  return `${WEEKDAYS[day.dayOfWeek - 1]} ${MONTHS[day.month - 1]} ${day.day}, ${day.year}`;
}

/**
 * The instant of a New York wall-clock time, for deadlines. Of the two moments of a doubled hour the
 * earlier one is taken, and a time in the skipped hour is read one hour earlier, so that a deadline is
 * never later than anyone could have read it.
 * `time` is 'HH:MM' or 'HH:MM:SS'. Throws FactMalformed for a time of another shape.
 */
export function fromNyLocal(date: CalendarDate, time: string): Instant {
  const zoned = wallClock(date, time).toZonedDateTime(NEW_YORK, { disambiguation: 'earlier' });
  return fromEpochMs(zoned.epochMilliseconds);
}

/** What a date and a time typed into a form mean: one instant, or why they mean none or two. */
export type NyFormTime =
  | { readonly kind: 'instant'; readonly at: Instant }
  | { readonly kind: 'refused'; readonly because: readonly [Refusal] };

/** The clause a refused time cites: statute, since the clock changes are federal law. */
const CLOCK_CHANGE = 'usc-15-260a';

/**
 * The instant of a New York date and time typed into a form. A time that New York skips, or passes
 * twice, is refused rather than guessed: a use could otherwise begin an hour before it was approved.
 * `field` is the form field the refusal points at. Never throws: malformed text is a refusal too.
 */
export function fromNyForm(date: string, time: string, field: string): NyFormTime {
  const refused = (found: string, expected: string, todo: string): NyFormTime => ({
    kind: 'refused',
    because: [{ clause: CLOCK_CHANGE, field, found, expected, todo }],
  });
  let moments: readonly Instant[];
  try {
    // The last hours of the year 9999 in New York are past the last instant there is: no moment either.
    moments = momentsOf(wallClock(calendarDate(date), time));
  } catch {
    return refused(
      'a date or time that cannot be read',
      'a date as YYYY-MM-DD and a time as HH:MM',
      'enter both again',
    );
  }
  if (moments.length === 2) {
    return refused(
      `${time}, which happens twice on ${date}`,
      'a time that happens once',
      'choose a time before 1:00 AM or from 2:00 AM on',
    );
  }
  const [only] = moments;
  if (!only) {
    return refused(
      `${time}, which New York skips on ${date}`,
      'a time that exists',
      'choose a time before 2:00 AM or from 3:00 AM on',
    );
  }
  return { kind: 'instant', at: only };
}

/** The instants at which New York clocks show a wall-clock time: none, one or two, earlier first. */
function momentsOf(local: Temporal.PlainDateTime): readonly Instant[] {
  const read = (disambiguation: 'earlier' | 'later') => local.toZonedDateTime(NEW_YORK, { disambiguation });
  const [early, late] = [read('earlier'), read('later')];
  if (early.epochMilliseconds === late.epochMilliseconds) return [fromEpochMs(early.epochMilliseconds)];
  const exists = early.toPlainDateTime().equals(local);
  return exists ? [fromEpochMs(early.epochMilliseconds), fromEpochMs(late.epochMilliseconds)] : [];
}

function wallClock(date: CalendarDate, time: string): Temporal.PlainDateTime {
  if (!/^\d{2}:\d{2}(:\d{2})?$/.test(time))
    throw new FactMalformed(`${JSON.stringify(time)} is not a time; write it as HH:MM`);
  try {
    return Temporal.PlainDate.from(date).toPlainDateTime(Temporal.PlainTime.from(time, { overflow: 'reject' }));
  } catch (cause) {
    throw new FactMalformed(`${JSON.stringify(time)} is not a time of day; write it as HH:MM`, { cause });
  }
}

const inNewYork = (at: Instant) => Temporal.Instant.from(at).toZonedDateTimeISO(NEW_YORK);
