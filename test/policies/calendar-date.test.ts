import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  anniversary,
  calendarDate,
  dateOf,
  daysBetween,
  isCalendarDate,
  plusDays,
  plusMonths,
  plusYears,
  weekday,
} from '../../policies/calendar-date.ts';
import { FactMalformed } from '../../policies/faults.ts';

const DAY_MS = 86_400_000;
const someDay = fc.integer({ min: 0, max: 25_000 }).map((days) => new Date(days * DAY_MS).toISOString().slice(0, 10));

describe('a calendar date', () => {
  it.each(['2026-02-29', '2026-13-01', '2026-1-1', '26-01-01', '2026-01-01T00:00', '', 'today'])(
    'is not %j',
    (text) => {
      expect(isCalendarDate(text)).toBe(false);
      expect(() => calendarDate(text)).toThrow(FactMalformed);
    },
  );

  it('is a leap day in a leap year', () => {
    expect(calendarDate('2028-02-29')).toBe('2028-02-29');
  });

  it.each([
    ['2024-02-29', 1, '2025-02-28'],
    ['2024-02-29', 4, '2028-02-29'],
    ['2021-05-01', 25, '2046-05-01'],
  ])('%s plus %i years is %s', (from, years, to) => {
    expect(plusYears(calendarDate(from), years)).toBe(to);
  });

  it.each([
    ['2024-02-29', 1, '2025-03-01'],
    ['2024-02-29', 4, '2028-02-29'],
    ['2096-02-29', 4, '2100-03-01'],
    ['1996-02-29', 4, '2000-02-29'],
    ['2023-03-01', 1, '2024-03-01'],
    ['2023-02-28', 1, '2024-02-28'],
    ['0999-05-01', 1, '1000-05-01'],
  ])('house-leap-day: %s and %i full years is %s', (from, years, to) => {
    expect(anniversary(calendarDate(from), years)).toBe(to);
  });

  it('has no anniversary after the year 9999', () => {
    expect(() => anniversary(calendarDate('9990-01-01'), 10)).toThrow(FactMalformed);
  });

  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-11-24', 24, '2026-11-24'],
    ['2026-12-15', 1, '2027-01-15'],
  ])('%s plus %i months is %s', (from, months, to) => {
    expect(plusMonths(calendarDate(from), months)).toBe(to);
  });

  it('counts days as UTC midnights are apart, whatever New York does to its clocks', () => {
    fc.assert(
      fc.property(someDay, fc.integer({ min: -4000, max: 4000 }), (from, days) => {
        const to = plusDays(calendarDate(from), days);
        expect(Date.parse(to) - Date.parse(from)).toBe(days * DAY_MS);
        expect(daysBetween(calendarDate(from), to)).toBe(days);
      }),
    );
  });

  it('has the weekday the platform gives it', () => {
    fc.assert(
      fc.property(someDay, (text) => {
        expect(weekday(calendarDate(text)) % 7).toBe(new Date(text).getUTCDay());
      }),
    );
  });

  it('is built from its parts, and refused when there is no such day', () => {
    expect(dateOf(2026, 2, 4)).toBe('2026-02-04');
    expect(() => dateOf(2026, 2, 30)).toThrow(FactMalformed);
  });
});
