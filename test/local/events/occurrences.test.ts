import { describe, expect, it } from 'vitest';
import { occurrencesOf } from '../../../local/events/occurrences.ts';

const NEW_YORK = 'America/New_York';
const made = Date.parse('2026-01-01T00:10:00Z');
const of = (expression: string, timeZone = 'UTC', start: string | null = null, end: string | null = null) =>
  occurrencesOf(
    { expression, timeZone, start: start && Date.parse(start), end: end && Date.parse(end) } as Parameters<
      typeof occurrencesOf
    >[0],
    made,
  );
const iso = (instant: number | undefined): string | undefined =>
  instant === undefined ? undefined : new Date(instant).toISOString();

describe('the occurrence after and up to a moment', () => {
  it.each([
    ['rate(1 hour)', 'UTC', '2026-01-01T02:30:00Z', '2026-01-01T03:10:00.000Z', '2026-01-01T02:10:00.000Z'],
    ['rate(1 hour)', 'UTC', '2026-01-01T03:10:00Z', '2026-01-01T04:10:00.000Z', '2026-01-01T03:10:00.000Z'],
    ['cron(0 3 * * ? *)', 'UTC', '2026-01-01T03:00:00Z', '2026-01-02T03:00:00.000Z', '2026-01-01T03:00:00.000Z'],
    ['cron(0 3 * * ? *)', NEW_YORK, '2026-07-01T00:00:00Z', '2026-07-01T07:00:00.000Z', '2026-06-30T07:00:00.000Z'],
    ['cron(0 9 ? * 2-6 *)', 'UTC', '2026-01-02T10:00:00Z', '2026-01-05T09:00:00.000Z', '2026-01-02T09:00:00.000Z'],
    ['cron(0 9 ? * MON *)', 'UTC', '2026-01-02T10:00:00Z', '2026-01-05T09:00:00.000Z', '2025-12-29T09:00:00.000Z'],
    ['cron(0 9 ? * 2#1 *)', 'UTC', '2026-01-06T00:00:00Z', '2026-02-02T09:00:00.000Z', '2026-01-05T09:00:00.000Z'],
    [
      'cron(0 0 1 1,4,7,10 ? *)',
      NEW_YORK,
      '2026-01-02T00:00:00Z',
      '2026-04-01T04:00:00.000Z',
      '2026-01-01T05:00:00.000Z',
    ],
    ['cron(0 0 L * ? *)', 'UTC', '2026-02-01T00:00:00Z', '2026-02-28T00:00:00.000Z', '2026-01-31T00:00:00.000Z'],
    ['cron(0/15 * * * ? *)', 'UTC', '2026-01-01T00:20:00Z', '2026-01-01T00:30:00.000Z', '2026-01-01T00:15:00.000Z'],
    ['cron(0 12 1 6 ? 2030)', 'UTC', '2026-01-01T00:00:00Z', '2030-06-01T12:00:00.000Z', undefined],
    ['cron(0 12 1 6 ? 2025)', 'UTC', '2026-01-01T00:00:00Z', undefined, '2025-06-01T12:00:00.000Z'],
    ['at(2026-03-09T12:00:00)', NEW_YORK, '2026-03-09T15:59:59Z', '2026-03-09T16:00:00.000Z', undefined],
    ['at(2026-03-09T12:00:00)', NEW_YORK, '2026-03-09T16:00:00Z', undefined, '2026-03-09T16:00:00.000Z'],
  ])('of %s in %s at %s is %s and %s', (expression, zone, moment, after, upTo) => {
    expect(iso(of(expression, zone).after(Date.parse(moment)))).toBe(after);
    expect(iso(of(expression, zone).upTo(Date.parse(moment)))).toBe(upTo);
  });

  it('keeps to the start and the end', () => {
    const bounded = of('rate(1 day)', 'UTC', '2026-02-01T00:00:00Z', '2026-02-03T00:00:00Z');
    expect(iso(bounded.after(made))).toBe('2026-02-01T00:00:00.000Z');
    expect(iso(bounded.after(Date.parse('2026-02-03T00:00:00Z')))).toBeUndefined();
    expect(iso(bounded.upTo(Date.parse('2027-01-01T00:00:00Z')))).toBe('2026-02-03T00:00:00.000Z');
    expect(bounded.upTo(made)).toBeUndefined();
  });
});

describe('an expression', () => {
  it.each([
    'rate(0 hours)',
    'rate(1 week)',
    'cron(0 3 * * *)',
    'cron(0 3 * * * *)',
    'cron(61 3 * * ? *)',
    'cron(0 3 1W * ? *)',
    'cron(0 3 * * ? soon)',
    'at(tomorrow)',
    'every day',
  ])('%s is refused', (expression) => {
    expect(() => of(expression)).toThrow('Invalid Schedule Expression');
  });
});
