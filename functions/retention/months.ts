/** A month of the calendar, as addresses name it, and its days. */
import { dateOf, isCalendarDate, plusDays, plusMonths, type CalendarDate } from '../../policies/calendar-date.ts';

/** The first day of a month as it stands in an address; undefined when it is none. */
export function firstDayOf(month: string): CalendarDate | undefined {
  const day = `${month}-01`;
  return isCalendarDate(day) && month >= '1900-01' && month < '2200-01' ? day : undefined;
}

export const daysOf = (first: CalendarDate): readonly CalendarDate[] => {
  const next = plusMonths(first, 1);
  const days: CalendarDate[] = [];
  for (let day = dateOf(Number(first.slice(0, 4)), Number(first.slice(5, 7)), 1); day < next; day = plusDays(day, 1))
    days.push(day);
  return days;
};
