/**
 * When may a requested use begin and end, and when does an unanswered request lapse?
 *
 * A use begins in the future, ends after it begins, and one request covers a limited number of hours.
 * A request nobody has decided lapses the moment the use was to begin: silence approves nothing.
 *
 * Units   instants are UTC; the longest use is elapsed hours, the notice elapsed minutes
 * Answers allowed with the instant of lapse, or refused
 * Throws  nothing
 * Source  XR26-USE-07 and its 2021 twin; house-hours-of-longest-use, house-minutes-of-notice
 */
import { mustSay } from '../clause-in.ts';
import type { Policy } from '../editions/edition.ts';
import { hoursBetween, isBefore, nyText, plusMinutes, type Instant } from '../instant.ts';
import { ruled, unless, type Ruling } from '../ruling.ts';

export interface Window {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

export function requestWindow(
  window: Window,
  { edition, house }: Policy,
  now: Instant,
): Ruling<{ readonly lapsesAt: Instant }> {
  const decided = mustSay(edition, 'XR26-USE-07');
  const earliest = plusMinutes(now, house.minutesOfNotice.minutes);
  const longest = house.hoursOfLongestUse;
  const hours = hoursBetween(window.startsAt, window.endsAt);
  const because = [
    ...unless(isBefore(earliest, window.startsAt), {
      clause: house.minutesOfNotice.minutes > 0 ? house.minutesOfNotice.id : decided,
      field: 'startsAt',
      found: nyText(window.startsAt),
      expected: `a time after ${nyText(earliest)}`,
      todo: 'choose a later start; a use cannot be decided once it has begun',
    }),
    ...unless(hours > 0, {
      clause: decided,
      field: 'endsAt',
      found: `an end ${hours === 0 ? 'at' : 'before'} the start`,
      expected: 'an end after the start',
      todo: 'choose an end later than the start',
    }),
    ...unless(hours <= longest.hours, {
      clause: longest.id,
      field: 'endsAt',
      found: `${hours.toFixed(1)} hours`,
      expected: `at most ${longest.hours} hours`,
      todo: 'shorten the use, or make one request for each part',
    }),
  ];
  return ruled([decided, house.minutesOfNotice.id, longest.id], because, { lapsesAt: window.startsAt });
}
