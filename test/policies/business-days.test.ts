import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { businessDayFrom, isBusinessDay, plusBusinessDays } from '../../policies/business-days.ts';
import { calendarDate, plusDays, weekday } from '../../policies/calendar-date.ts';
import { CITY_PORTAL, GENERAL_CONSTRUCTION_LAW, holidaysOf } from '../../policies/editions/holidays.ts';
import { FactMalformed } from '../../policies/faults.ts';

const LAW = GENERAL_CONSTRUCTION_LAW;

describe('holidays by General Construction Law § 24', () => {
  it('are these in 2026', () => {
    expect([...holidaysOf(LAW, 2026).keys()]).toEqual([
      '2026-01-01',
      '2026-01-19',
      '2026-02-12',
      '2026-02-16',
      '2026-05-25',
      '2026-06-14',
      '2026-06-19',
      '2026-07-04',
      '2026-09-07',
      '2026-10-12',
      '2026-11-03',
      '2026-11-11',
      '2026-11-26',
      '2026-12-25',
    ]);
  });

  it.each([
    ['2021-06-19', 'Juneteenth', 'its first year'],
    ['2027-07-05', 'Independence Day (observed)', 'a Sunday moves to Monday'],
    ['2023-01-02', "New Year's Day (observed)", 'a Sunday moves to Monday'],
    ['2028-11-07', 'Election Day', 'a general election is held'],
    ['2022-11-08', 'Election Day', 'never the first of November'],
    ['2027-11-02', 'Election Day', 'odd years have one too'],
  ])('have %s, %s: %s', (date, name) => {
    expect(holidaysOf(LAW, Number(date.slice(0, 4))).get(calendarDate(date))).toBe(name);
  });

  it.each([
    ['2026-07-03', 'a Saturday stays where it is'],
    ['2026-06-15', 'Flag Day does not move'],
    ['2020-06-19', 'Juneteenth was not one yet'],
  ])('do not have %s: %s', (date) => {
    expect(isBusinessDay(calendarDate(date), LAW)).toBe(true);
  });

  it('always hold an election day on a Tuesday from November 2 to 8', () => {
    for (let year = 2020; year <= 2040; year += 1) {
      const day = [...holidaysOf(LAW, year)].find(([, name]) => name === 'Election Day')![0];
      expect(weekday(day)).toBe(2);
      expect(Number(day.slice(8))).toBeGreaterThanOrEqual(2);
      expect(Number(day.slice(8))).toBeLessThanOrEqual(8);
    }
  });

  it.each([2019, 2041])('are not guessed for %i', (year) => {
    expect(() => holidaysOf(LAW, year)).toThrow(FactMalformed);
  });
});

describe("the City portal's calendar", () => {
  it.each([
    [2026, ['2026-02-12', '2026-06-19'], ['2026-07-03']],
    [2027, ['2027-02-12'], ['2027-12-24', '2027-12-31']],
    [2028, ['2028-06-19'], ['2028-11-10']],
  ])('in %i differs from the law on these working days', (year, lawOnly, portalOnly) => {
    const [law, portal] = [holidaysOf(LAW, year), holidaysOf(CITY_PORTAL, year)];
    const working = (days: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>) =>
      [...days.keys()].filter((day) => !other.has(day) && weekday(calendarDate(day)) <= 5);
    expect(working(law, portal)).toEqual(lawOnly);
    expect(working(portal, law)).toEqual(portalOnly);
  });

  it("observes a New Year's Day on Saturday in the year before", () => {
    expect(holidaysOf(CITY_PORTAL, 2021).get(calendarDate('2021-12-31'))).toBe("New Year's Day (observed)");
  });
});

describe('counting business days', () => {
  // Received on a day; 5 days to acknowledge, 20 more from the acknowledgement, 10 for an appeal.
  it.each([
    ['2026-02-10', '2026-02-19', '2026-02-18', '2026-03-19', '2026-03-18', '2026-02-26', '2026-02-25'],
    ['2026-06-16', '2026-06-24', '2026-06-23', '2026-07-22', '2026-07-22', '2026-07-01', '2026-06-30'],
    ['2026-06-30', '2026-07-07', '2026-07-08', '2026-08-04', '2026-08-05', '2026-07-14', '2026-07-15'],
    ['2026-10-30', '2026-11-09', '2026-11-09', '2026-12-09', '2026-12-09', '2026-11-17', '2026-11-17'],
    ['2026-12-22', '2026-12-30', '2026-12-30', '2027-01-29', '2027-01-29', '2027-01-07', '2027-01-07'],
  ])(
    'from %s agrees with the worked examples',
    (received, ackLaw, ackPortal, grantLaw, grantPortal, appealLaw, appealPortal) => {
      const from = calendarDate(received);
      expect(plusBusinessDays(from, 5, LAW)).toBe(ackLaw);
      expect(plusBusinessDays(from, 5, CITY_PORTAL)).toBe(ackPortal);
      expect(plusBusinessDays(calendarDate(ackLaw), 20, LAW)).toBe(grantLaw);
      expect(plusBusinessDays(calendarDate(ackPortal), 20, CITY_PORTAL)).toBe(grantPortal);
      expect(plusBusinessDays(from, 10, LAW)).toBe(appealLaw);
      expect(plusBusinessDays(from, 10, CITY_PORTAL)).toBe(appealPortal);
    },
  );

  it('always ends on a business day, with exactly that many counted on the way', () => {
    const someDay = fc.integer({ min: 0, max: 7000 }).map((days) => plusDays(calendarDate('2020-01-01'), days));
    fc.assert(
      fc.property(
        someDay,
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(LAW, CITY_PORTAL),
        (from, count, calendar) => {
          const end = plusBusinessDays(from, count, calendar);
          let counted = 0;
          for (let day = plusDays(from, 1); day <= end; day = plusDays(day, 1))
            if (isBusinessDay(day, calendar)) counted += 1;
          expect(counted).toBe(count);
          expect(isBusinessDay(end, calendar)).toBe(true);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('runs a period that ends on a day off to the next business day', () => {
    expect(businessDayFrom(calendarDate('2026-07-04'), LAW)).toBe('2026-07-06');
    expect(businessDayFrom(calendarDate('2026-07-06'), LAW)).toBe('2026-07-06');
    expect(businessDayFrom(calendarDate('2026-11-26'), LAW)).toBe('2026-11-27');
  });

  it.each([0, -1, 1.5])('refuses to count %d days', (count) => {
    expect(() => plusBusinessDays(calendarDate('2026-01-05'), count, LAW)).toThrow(FactMalformed);
  });
});
