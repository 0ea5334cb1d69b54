/** The clock of a breach as it is drawn: at every hour of its twenty-four, late, sent, proven, come back, and without an hour. */
import { describe, expect, it } from 'vitest';
import { ClockPanel } from '../../../functions/breach/breach-clock-panel.tsx';
import { clockOf, policyOf } from '../../../functions/breach/clock-of.ts';
import type { Breach } from '../../../functions/breach/contract.ts';
import type { Report } from '../../../functions/mail/contract.ts';
import { instantOf, plusHours, plusMinutes, type Instant } from '../../../policies/instant.ts';

const AWARE = instantOf('2026-11-24T08:00:00Z');

const breach = (over: Partial<Breach> = {}, aware: Instant = AWARE): Breach => ({
  id: 'B-1',
  version: 1,
  state: 'violation',
  reporterId: 'p-1',
  reportedAt: plusHours(aware, -1),
  given: {
    technology: 'mobile-x-ray',
    what: 'w',
    how: 'h',
    discoveredAt: plusHours(aware, -30),
    recipient: 'unknown',
    toWhom: 't',
  },
  edition: 'xray-2026',
  awareAt: aware,
  readersAsked: [],
  reminded: [],
  reportIds: [],
  containment: [],
  consultations: [],
  people: [],
  step: 'x',
  ...over,
});

const report = (over: Partial<Report>): Report => ({
  id: 'RP-1',
  version: 1,
  about: 'breach',
  of: 'breach#B-1',
  title: 'Report',
  parts: [],
  sha256: '0'.repeat(64),
  answers: [],
  orderedBy: 'p-1',
  orderedAt: AWARE,
  ...over,
});

const drawn = (now: Instant, reports: readonly Report[] = [], of = breach()): string =>
  String(
    <ClockPanel breach={of} clock={clockOf(of, reports, now)} reports={reports} policy={policyOf(of)} now={now} />,
  );
const words = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

describe('the clock of a breach', () => {
  it.each([
    [0, '24 hours left'],
    [90, '22 hours 30 minutes left'],
    [22 * 60, '2 hours left'],
    [23 * 60 + 59, '1 minute left'],
    [24 * 60, 'due now'],
    [24 * 60 + 1, '1 minute late'],
    [75 * 60 + 5, '51 hours 5 minutes late'],
  ])('after %i minutes says %j, in hours and never in days', (minutes, text) => {
    const html = drawn(plusMinutes(AWARE, minutes));
    expect(words(html)).toContain(text);
    expect(html).toContain('data-in-hours');
    expect(html.includes('The report to the City’s Chief Privacy Officer is late')).toBe(minutes > 24 * 60);
  });

  it('shows when it was discovered beside when the office became aware, and what lies between', () => {
    const text = words(drawn(AWARE));
    expect(text).toContain('Discovered Sun Nov 22, 2026, 9:00 PM ET');
    expect(text).toContain('became aware Tue Nov 24, 2026, 3:00 AM ET , 30 hours after it was discovered');
  });

  it('draws the reminders that were sent filled, and tells the bar in words', () => {
    const html = drawn(plusHours(AWARE, 19), [], breach({ reminded: [0, 1] }));
    expect(html.match(/<circle/g)).toHaveLength(4);
    expect(html.match(/pa-clock__bell--sent/g)).toHaveLength(2);
    expect(html).toMatch(
      /<desc[^>]*>[^<]*Reminders after 12, 18, 21, 23 hours; 2 sent\.[^<]*19 hours are gone, and no report is sent\./,
    );
  });

  it('of a report that is on its way waits for the proof', () => {
    const text = words(drawn(plusHours(AWARE, 23), [report({ sentAt: plusHours(AWARE, 22) })]));
    expect(text).toContain('After 22 hours');
    expect(text).toContain('Sent in time');
    expect(text).toContain('The proof of its delivery has yet to come');
  });

  it('of a report that was sent late says by how much, for ever', () => {
    const sentAt = plusMinutes(AWARE, 24 * 60 + 65);
    const text = words(drawn(plusHours(AWARE, 500), [report({ sentAt, deliveredAt: plusHours(sentAt, 1) })]));
    expect(text).toContain('was sent late');
    expect(text).toContain('Late by 1 hour 5 minutes');
    expect(text).toMatch(/Sent late by 1 hour 5 minutes/);
    expect(text).toContain('Its delivery is proven');
  });

  it('of a report that came back runs on', () => {
    const text = words(
      drawn(plusHours(AWARE, 23), [report({ sentAt: plusHours(AWARE, 20), undeliverableAt: plusHours(AWARE, 21) })]),
    );
    expect(text).toContain('1 hour left');
    expect(text).toContain('it reached nobody and counts as not sent');
  });

  it('under the edition of 2021 is as soon as practicable, with an aim of the house that makes nothing late', () => {
    const aware = instantOf('2025-06-02T08:00:00Z');
    const old = breach({ edition: 'xray-2021' }, aware);
    expect(words(drawn(plusHours(aware, 20), [], old))).toMatch(
      /4 hours left.*As soon as practicable.*nothing is late in law/,
    );
    const past = drawn(plusHours(aware, 40), [], old);
    expect(words(past)).toContain('16 hours past the aim');
    expect(words(past)).not.toMatch(/\blate\b(?! in law)/);
    expect(past).toContain('house-hours-to-tell-without-hour');
    expect(past).toContain('data-past="past the aim"');
  });

  it.each([
    ['the night New York skips an hour', '2026-03-08T04:30:00Z'],
    ['the night it passes one twice', '2026-11-01T04:30:00Z'],
  ])('runs its 24 hours through %s', (_night, at) => {
    const aware = instantOf(at);
    expect(words(drawn(plusHours(aware, 23), [], breach({}, aware)))).toContain('1 hour left');
  });
});
