import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FactMalformed } from '../../policies/faults.ts';
import {
  calendarDate,
  epochMs,
  fromEpochMs,
  fromNyForm,
  fromNyLocal,
  hoursBetween,
  instantOf,
  isAfter,
  isBefore,
  isInstant,
  laterOf,
  minutesBetween,
  nyDate,
  nyStartOfDay,
  nyText,
  plusHours,
  plusMinutes,
} from '../../policies/instant.ts';

/** An oracle that shares nothing with the code under test: the platform's own time zone data. */
const inNewYork = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/New_York',
  weekday: 'short',
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  hour12: true,
});
const partsOf = (ms: number) => Object.fromEntries(inNewYork.formatToParts(ms).map((part) => [part.type, part.value]));

const someMs = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2060, 0, 1) });
/** Moments within two hours of a change of clocks, where mistakes live. */
const nearChange = fc
  .tuple(
    fc.constantFrom('2026-03-08T07:00:00Z', '2026-11-01T06:00:00Z', '2027-03-14T07:00:00Z', '2020-11-01T06:00:00Z'),
    fc.integer({ min: -7_200_000, max: 7_200_000 }),
  )
  .map(([change, off]) => Date.parse(change) + off);

describe('an instant', () => {
  it.each([
    ['2026-11-24T15:05:00-05:00', '2026-11-24T20:05:00.000Z'],
    ['2026-11-24T20:05:00Z', '2026-11-24T20:05:00.000Z'],
    ['2026-11-24T20:05:00.123456Z', '2026-11-24T20:05:00.123Z'],
    ['2026-07-01T00:00:00+02:00', '2026-06-30T22:00:00.000Z'],
  ])('written as %s is %s', (text, written) => {
    expect(instantOf(text)).toBe(written);
  });

  it.each(['', 'yesterday', '2026-11-24', '2026-11-24T20:05:00', '2026-13-01T00:00:00Z', '2026-02-30T00:00:00Z'])(
    'is not read from %j',
    (text) => {
      expect(() => instantOf(text)).toThrow(FactMalformed);
      expect(isInstant(text)).toBe(false);
    },
  );

  it('is recognised only in the one way it is written', () => {
    expect(isInstant('2026-11-24T20:05:00.000Z')).toBe(true);
    expect(isInstant('2026-11-24T20:05:00Z')).toBe(false);
    expect(isInstant('2026-02-30T00:00:00.000Z')).toBe(false);
  });

  it('is refused outside the years 0 to 9999, where text would no longer sort', () => {
    expect(() => fromEpochMs(8.64e15 + 1)).toThrow(FactMalformed);
    expect(() => fromEpochMs(Number.NaN)).toThrow(FactMalformed);
    expect(() => plusHours(instantOf('9999-12-31T23:00:00Z'), 2)).toThrow(FactMalformed);
  });

  it('sorts as text in the order of time', () => {
    fc.assert(
      fc.property(someMs, someMs, (one, other) => {
        const [a, b] = [fromEpochMs(one), fromEpochMs(other)];
        expect(isBefore(a, b)).toBe(one < other);
        expect(isAfter(a, b)).toBe(one > other);
        expect(epochMs(laterOf(a, b))).toBe(Math.max(one, other));
      }),
    );
  });

  it('comes back from adding and taking away the same minutes', () => {
    fc.assert(
      fc.property(someMs, fc.integer({ min: -1e6, max: 1e6 }), (ms, minutes) => {
        const start = fromEpochMs(ms);
        const later = plusMinutes(start, minutes);
        expect(minutesBetween(start, later)).toBe(minutes);
        expect(plusMinutes(later, -minutes)).toBe(start);
      }),
    );
  });
});

describe('elapsed hours', () => {
  it('run through the night New York skips an hour', () => {
    expect(
      hoursBetween(fromNyLocal(calendarDate('2026-03-08'), '00:00'), fromNyLocal(calendarDate('2026-03-09'), '00:00')),
    ).toBe(23);
  });

  it('run through the night New York repeats an hour', () => {
    expect(
      hoursBetween(fromNyLocal(calendarDate('2026-11-01'), '00:00'), fromNyLocal(calendarDate('2026-11-02'), '00:00')),
    ).toBe(25);
  });
});

describe('the calendar day in New York', () => {
  it.each([
    ['2026-02-04T04:59:59.999Z', '2026-02-03'],
    ['2026-02-04T05:00:00.000Z', '2026-02-04'],
    ['2026-07-01T03:59:59.999Z', '2026-06-30'],
    ['2026-07-01T04:00:00.000Z', '2026-07-01'],
  ])('at %s is %s', (moment, date) => {
    expect(nyDate(instantOf(moment))).toBe(date);
  });

  it('is the one the platform says, near a change of clocks and far from it', () => {
    const oracle = new Intl.DateTimeFormat('en-CA', {
      timeZone: 'America/New_York',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    fc.assert(
      fc.property(fc.oneof(someMs, nearChange), (ms) => {
        expect(nyDate(fromEpochMs(ms))).toBe(oracle.format(ms));
      }),
    );
  });

  it('begins at the first moment that has that day', () => {
    fc.assert(
      fc.property(fc.oneof(someMs, nearChange), (ms) => {
        const start = nyStartOfDay(nyDate(fromEpochMs(ms)));
        expect(nyDate(start)).toBe(nyDate(fromEpochMs(ms)));
        expect(nyDate(fromEpochMs(epochMs(start) - 1)) < nyDate(start)).toBe(true);
      }),
    );
  });
});

describe('a moment for people', () => {
  it.each([
    ['2026-11-24T20:05:00Z', 'Tue Nov 24, 2026, 3:05 PM ET'],
    ['2026-07-04T04:00:00Z', 'Sat Jul 4, 2026, 12:00 AM ET'],
    ['2026-07-04T16:09:59Z', 'Sat Jul 4, 2026, 12:09 PM ET'],
    ['2026-11-01T05:30:00Z', 'Sun Nov 1, 2026, 1:30 AM EDT'],
    ['2026-11-01T06:30:00Z', 'Sun Nov 1, 2026, 1:30 AM EST'],
    ['2026-11-01T07:00:00Z', 'Sun Nov 1, 2026, 2:00 AM ET'],
    ['2026-03-08T07:00:00Z', 'Sun Mar 8, 2026, 3:00 AM ET'],
  ])('at %s reads %s', (moment, text) => {
    expect(nyText(instantOf(moment))).toBe(text);
  });

  it('shows the clock and the day the platform shows', () => {
    fc.assert(
      fc.property(fc.oneof(someMs, nearChange), (ms) => {
        const of = partsOf(ms);
        const expected = `${of.weekday} ${of.month} ${of.day}, ${of.year}, ${of.hour}:${of.minute} ${of.dayPeriod}`;
        expect(nyText(fromEpochMs(ms)).startsWith(`${expected} E`)).toBe(true);
      }),
    );
  });

  it('tells any two different minutes apart', () => {
    fc.assert(
      fc.property(nearChange, fc.integer({ min: 1, max: 180 }), (ms, minutes) => {
        const start = fromEpochMs(ms);
        expect(nyText(start)).not.toBe(nyText(plusMinutes(start, minutes)));
      }),
    );
  });
});

describe('a New York time as a deadline', () => {
  it.each([
    ['a plain winter time', '2026-01-15', '09:30', '2026-01-15T14:30:00.000Z'],
    ['a plain summer time', '2026-07-15', '09:30:15', '2026-07-15T13:30:15.000Z'],
    ['the earlier of a doubled hour', '2026-11-01', '01:30', '2026-11-01T05:30:00.000Z'],
    ['an hour earlier in the skipped hour', '2026-03-08', '02:30', '2026-03-08T06:30:00.000Z'],
  ])('is %s', (_what, date, time, moment) => {
    expect(fromNyLocal(calendarDate(date), time)).toBe(moment);
  });

  it.each(['9:30', '25:00', '12:60', 'noon', ''])('is not read from %j', (time) => {
    expect(() => fromNyLocal(calendarDate('2026-01-15'), time)).toThrow(FactMalformed);
  });
});

describe('a New York time typed into a form', () => {
  it('is one instant when it happens once', () => {
    expect(fromNyForm('2026-11-24', '15:05', 'startsAt')).toEqual({ kind: 'instant', at: '2026-11-24T20:05:00.000Z' });
  });

  it.each([
    ['in the hour New York skips', '2026-03-08', '02:00'],
    ['in the hour New York skips', '2026-03-08', '02:59'],
    ['in the hour New York repeats', '2026-11-01', '01:00'],
    ['in the hour New York repeats', '2026-11-01', '01:59'],
    ['on a day that does not exist', '2026-02-30', '09:00'],
    ['at a time that does not exist', '2026-02-20', '24:30'],
    ['left empty', '', ''],
  ])('is refused %s: %s %s', (_why, date, time) => {
    const answer = fromNyForm(date, time, 'startsAt');
    expect(answer).toMatchObject({ kind: 'refused', because: [{ clause: 'usc-15-260a', field: 'startsAt' }] });
  });

  it.each([
    ['2026-03-08', '01:59'],
    ['2026-03-08', '03:00'],
    ['2026-11-01', '00:59'],
    ['2026-11-01', '02:00'],
  ])('is taken right beside a change of clocks: %s %s', (date, time) => {
    expect(fromNyForm(date, time, 'startsAt').kind).toBe('instant');
  });

  it('comes back as typed when it is read by the platform', () => {
    const oracle = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'America/New_York',
      dateStyle: 'short',
      timeStyle: 'short',
    });
    fc.assert(
      fc.property(fc.oneof(someMs, nearChange), (ms) => {
        const [date, time] = oracle.format(ms).split(' ');
        const answer = fromNyForm(date!, time!, 'startsAt');
        if (answer.kind === 'instant') expect(oracle.format(epochMs(answer.at))).toBe(`${date} ${time}`);
        else expect(answer.because[0].found).toContain('twice');
      }),
    );
  });
});
