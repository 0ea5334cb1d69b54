/** When whoever answers for a batch is reminded of its six months: twice before they end, and again and again after. */
import { plusDays, type CalendarDate } from '../../policies/calendar-date.ts';
import { HOUSE } from '../../policies/editions/house.ts';
import { nyStartOfDay, plusHours, type Instant } from '../../policies/instant.ts';

/** Nobody is woken at midnight. */
const IN_THE_MORNING_HOURS = 9;

export function nextReminder(disposeBy: CalendarDate, now: Instant): Instant {
  const { days } = HOUSE.daysToRemindOfDisposal;
  let day = plusDays(disposeBy, -2 * days);
  while (at(day) <= now) day = plusDays(day, days);
  return at(day);
}

const at = (day: CalendarDate): Instant => plusHours(nyStartOfDay(day), IN_THE_MORNING_HOURS);
