/**
 * Counting in business days: Monday to Friday, without the holidays of the calendar given.
 * The day that starts a period is never counted.
 */
import { plusDays, weekday, type CalendarDate } from './calendar-date.ts';
import { holidaysOf, type HolidayCalendar } from './editions/holidays.ts';
import { FactMalformed } from './faults.ts';

/** Whether a day is a business day by this calendar. Throws FactMalformed outside the years it covers. */
export function isBusinessDay(day: CalendarDate, calendar: HolidayCalendar): boolean {
  return weekday(day) <= 5 && !daysOff(calendar, Number(day.slice(0, 4))).has(day);
}

/** The `count`-th business day after a day; the day itself is not counted. `count` is a whole number from 1. */
export function plusBusinessDays(day: CalendarDate, count: number, calendar: HolidayCalendar): CalendarDate {
  if (!Number.isInteger(count) || count < 1) {
    throw new FactMalformed(`${count} business days cannot be counted; give a whole number from 1`);
  }
  let reached = day;
  for (let left = count; left > 0;) {
    reached = plusDays(reached, 1);
    if (isBusinessDay(reached, calendar)) left -= 1;
  }
  return reached;
}

/** The day itself when it is a business day, otherwise the next one: where a period that ends on a day off runs to. */
export function businessDayFrom(day: CalendarDate, calendar: HolidayCalendar): CalendarDate {
  let reached = day;
  while (!isBusinessDay(reached, calendar)) reached = plusDays(reached, 1);
  return reached;
}

/** Days off by calendar and year, worked out once: they follow from nothing but the rules. */
const known = new Map<string, ReadonlySet<CalendarDate>>();

function daysOff(calendar: HolidayCalendar, year: number): ReadonlySet<CalendarDate> {
  const key = `${calendar.id} ${year}`;
  const found = known.get(key) ?? new Set(holidaysOf(calendar, year).keys());
  known.set(key, found);
  return found;
}
