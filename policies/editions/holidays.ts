/**
 * Public holidays in New York, as rules rather than lists of days, from two sources that differ.
 *
 * The General Construction Law is the legal limit. The City's FOIL portal counts by its own code, and a
 * requester sees its dates. Neither is corrected by the other; whoever computes a date says by which
 * calendar, and may aim for the earlier of the two.
 *
 * Checked for the years 2020 to 2040; asking outside them is refused rather than guessed.
 *
 * Source  General Construction Law § 24 (each general election day included; a holiday on Sunday moves
 *         to Monday, one on Saturday stays). Portal: the City's public OpenRecords code as of February
 *         2023 (no Lincoln's Birthday, no Juneteenth; a holiday of fixed date on Saturday is observed on
 *         Friday). Other published versions of that code do have Juneteenth: confirm before relying on it.
 */
import { dateOf, plusDays, plusMonths, weekday, type CalendarDate } from '../calendar-date.ts';
import { FactMalformed } from '../faults.ts';

/** Monday is 1. `nth` counts from the first of the month; -1 is the last. */
type DayRule =
  | { readonly on: 'date'; readonly month: number; readonly day: number }
  | { readonly on: 'weekday'; readonly month: number; readonly weekday: number; readonly nth: 1 | 2 | 3 | 4 | -1 }
  /** The Tuesday after the first Monday of November. */
  | { readonly on: 'election' };

interface Holiday {
  readonly name: string;
  readonly rule: DayRule;
  /** First year in which it is one. */
  readonly since?: number;
}

export interface HolidayCalendar {
  readonly id: 'general-construction-law-24' | 'city-portal-2023';
  readonly source: string;
  readonly sundayMovesToMonday: boolean;
  readonly saturdayMovesToFriday: boolean;
  readonly holidays: readonly Holiday[];
}

export const FIRST_YEAR = 2020;
export const LAST_YEAR = 2040;

const date = (name: string, month: number, day: number, since?: number): Holiday => ({
  name,
  rule: { on: 'date', month, day },
  ...(since ? { since } : {}),
});
const nth = (name: string, month: number, dayOfWeek: number, which: 1 | 2 | 3 | 4 | -1): Holiday => ({
  name,
  rule: { on: 'weekday', month, weekday: dayOfWeek, nth: which },
});

const MONDAY = 1;
const THURSDAY = 4;
const SUNDAY = 7;

const SHARED: readonly Holiday[] = [
  date("New Year's Day", 1, 1),
  nth('Martin Luther King, Jr. Day', 1, MONDAY, 3),
  nth("Washington's Birthday", 2, MONDAY, 3),
  nth('Memorial Day', 5, MONDAY, -1),
  date('Independence Day', 7, 4),
  nth('Labor Day', 9, MONDAY, 1),
  nth('Columbus Day', 10, MONDAY, 2),
  { name: 'Election Day', rule: { on: 'election' } },
  date('Veterans Day', 11, 11),
  nth('Thanksgiving', 11, THURSDAY, 4),
  date('Christmas Day', 12, 25),
];

export const GENERAL_CONSTRUCTION_LAW: HolidayCalendar = {
  id: 'general-construction-law-24',
  source: 'General Construction Law § 24',
  sundayMovesToMonday: true,
  saturdayMovesToFriday: false,
  holidays: [
    ...SHARED,
    date("Lincoln's Birthday", 2, 12),
    nth('Flag Day', 6, SUNDAY, 2), // Always a Sunday, and the one that does not move.
    date('Juneteenth', 6, 19, 2021),
  ],
};

export const CITY_PORTAL: HolidayCalendar = {
  id: 'city-portal-2023',
  source: 'New York City OpenRecords, public code of 2023-02-15',
  sundayMovesToMonday: true,
  saturdayMovesToFriday: true,
  holidays: SHARED,
};

/** The days off of one year with their names, moved days included, in the order of the calendar. */
export function holidaysOf(calendar: HolidayCalendar, year: number): ReadonlyMap<CalendarDate, string> {
  if (year < FIRST_YEAR || year > LAST_YEAR) {
    throw new FactMalformed(
      `holidays are known for ${FIRST_YEAR} to ${LAST_YEAR}, not for ${year}; check and extend editions/holidays.ts`,
    );
  }
  // New Year's Day on a Saturday is observed in the year before, hence the year after is looked at too.
  const days = [year, year + 1].flatMap((each) =>
    calendar.holidays.flatMap((holiday) => daysOff(calendar, holiday, each)),
  );
  const inYear = days.filter(([day]) => day.startsWith(`${year}-`));
  return new Map(inYear.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** The day itself, and the day it moves to when it does. */
function daysOff(
  calendar: HolidayCalendar,
  holiday: Holiday,
  year: number,
): readonly (readonly [CalendarDate, string])[] {
  if (holiday.since && year < holiday.since) return [];
  const day = dayOf(holiday.rule, year);
  const itself = [day, holiday.name] as const;
  if (holiday.rule.on !== 'date') return [itself];
  const observed = `${holiday.name} (observed)`;
  if (weekday(day) === 7 && calendar.sundayMovesToMonday) return [itself, [plusDays(day, 1), observed]];
  if (weekday(day) === 6 && calendar.saturdayMovesToFriday) return [itself, [plusDays(day, -1), observed]];
  return [itself];
}

function dayOf(rule: DayRule, year: number): CalendarDate {
  if (rule.on === 'date') return dateOf(year, rule.month, rule.day);
  if (rule.on === 'election') return plusDays(nthWeekday(year, 11, MONDAY, 1), 1);
  return nthWeekday(year, rule.month, rule.weekday, rule.nth);
}

function nthWeekday(year: number, month: number, dayOfWeek: number, which: number): CalendarDate {
  const first = dateOf(year, month, 1);
  if (which === -1) {
    const last = plusDays(plusMonths(first, 1), -1);
    return plusDays(last, -((weekday(last) - dayOfWeek + 7) % 7));
  }
  return plusDays(first, ((dayOfWeek - weekday(first) + 7) % 7) + 7 * (which - 1));
}
