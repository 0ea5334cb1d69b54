import { describe, expect, it } from 'vitest';
import { plusDays } from '../../../policies/calendar-date.ts';
import { clauseIn } from '../../../policies/clause-in.ts';
import { CITY_LAW } from '../../../policies/editions/city-law.ts';
import { CONTRADICTIONS } from '../../../policies/editions/disclosure-contradictions.ts';
import { GROUNDS } from '../../../policies/editions/disclosure-grounds.ts';
import { HOUSE } from '../../../policies/editions/house.ts';
import { clauseById, twins } from '../../../policies/editions/all-clauses.ts';
import {
  clausesOf,
  editionInForce,
  EDITIONS,
  policyInForce,
  PUBLISHED_EDITIONS,
} from '../../../policies/editions/index.ts';
import { PRIVACY_LAW } from '../../../policies/editions/privacy-law.ts';
import { ruleClauses } from '../../../policies/rule-clauses.ts';
import { day, NOW } from '../facts.ts';

describe('the editions of the four technologies', () => {
  it.each([
    ['mobile-x-ray', '2026-02-03', 'xray-2021'],
    ['mobile-x-ray', '2026-02-04', 'xray-2026'],
    ['portable-electronic-device', '2026-02-04', 'portable-device-2026'],
    ['digital-camera', '2026-02-04', 'digital-camera-2026'],
    ['license-plate-reader', '2030-01-01', 'plate-reader-2026'],
  ] as const)('for %s on %s is %s', (technology, date, id) => {
    expect(editionInForce(technology, day(date))?.id).toBe(id);
  });

  it('before February 4, 2026 are held for mobile x-ray only', () => {
    expect(editionInForce('license-plate-reader', day('2026-02-03'))).toBeUndefined();
    expect(policyInForce('digital-camera', NOW)?.edition.title).toBe('Digital Cameras: Impact and Use Policy');
  });

  it('of one technology follow each other without a gap', () => {
    for (const edition of PUBLISHED_EDITIONS) {
      const next = PUBLISHED_EDITIONS.find((one) => one.technology === edition.technology && one.from > edition.from);
      expect(edition.until).toBe(next && plusDays(next.from, -1));
    }
  });

  it('bind from their first day to their last, clause by clause, and the x-ray editions come first', () => {
    expect(PUBLISHED_EDITIONS.slice(0, 2)).toEqual(EDITIONS);
    for (const edition of PUBLISHED_EDITIONS) {
      for (const clause of clausesOf(edition))
        expect([clause.from, clause.until]).toEqual([edition.from, edition.until]);
    }
  });

  it.each([
    ['portable-device-2026', 'PED26', 8, 'SAFE-06'],
    ['digital-camera-2026', 'CAM26', 8, 'SAFE-06'],
    ['plate-reader-2026', 'LPR26', 9, 'SAFE-10'],
  ])('%s holds the disclosure clauses of %s: %i of outside entities, and %s', (id, prefix, count, safeguard) => {
    const edition = PUBLISHED_EDITIONS.find((one) => one.id === id)!;
    const external = Array.from({ length: count }, (_, index) => `${prefix}-EXT-0${index + 1}`);
    expect(clausesOf(edition).map((clause) => clause.id)).toEqual([`${prefix}-${safeguard}`, ...external]);
  });

  it.each([
    'XR26-EXT-04',
    'XR26-EXT-05',
    'XR26-EXT-06',
    'XR26-EXT-07',
    ...GROUNDS.flatMap(({ clause }) => clause ?? []),
    'XR26-EXT-16',
    'XR26-EXT-17',
    'XR26-EXT-18',
    'XR26-EXT-19',
    'XR26-EXT-21',
    'XR26-EXT-22',
    'XR26-SAFE-14',
    'XR26-SAFE-16',
  ])('all say what %s says', (id) => {
    for (const edition of PUBLISHED_EDITIONS) expect(clauseIn(edition, id), edition.id).toBeDefined();
  });

  it('differ in the hour of a report, and in whom they let in', () => {
    const of = Object.fromEntries(
      PUBLISHED_EDITIONS.map(({ id, breachReport, directAccess }) => [id, [breachReport.within, directAccess.to]]),
    );
    expect(of).toEqual({
      'xray-2021': ['as-soon-as-practicable', 'agencies-by-agreement'],
      'xray-2026': ['hours', 'nobody'],
      'portable-device-2026': ['hours', 'nobody'],
      'digital-camera-2026': ['hours', 'nobody'],
      'plate-reader-2026': ['hours', 'new-jersey-plate-search'],
    });
  });

  it('print the hours their clause names', () => {
    for (const { id, breachReport } of PUBLISHED_EDITIONS) {
      const text = clauseById(breachReport.clause)?.text;
      expect(text, id).toMatch(
        breachReport.within === 'hours' ? new RegExp(`within ${breachReport.hours} hours`) : /as soon as practicable/,
      );
    }
  });

  it('name twins both ways, one step only', () => {
    expect(twins('XR26-EXT-20')).toEqual(['CAM26-EXT-06', 'LPR26-EXT-07', 'PED26-EXT-06']);
    expect(twins('XR21-EXT-08')).toEqual([]);
    expect(twins('XR26-EXT-09')).toEqual(['CAM26-EXT-04', 'LPR26-EXT-05', 'PED26-EXT-04', 'XR21-EXT-03']);
    expect(twins('PED26-EXT-05')).toContain('LPR26-EXT-06');
    expect(twins('CAM26-EXT-05')).toContain('XR21-EXT-07');
    expect(twins('LPR26-EXT-01')).toEqual([]);
    for (const edition of PUBLISHED_EDITIONS) {
      for (const { id, sameAs } of clausesOf(edition)) {
        for (const twin of sameAs) expect(clauseById(twin), `${id} names ${twin}`).toBeDefined();
      }
    }
  });
});

describe('the law and the house behind disclosure', () => {
  it('says how far each statute was read', () => {
    for (const clause of [...CITY_LAW, ...Object.values(PRIVACY_LAW)]) {
      expect(clause.authority).toBe('statute');
      expect(['text-read', 'secondary-source', 'general-knowledge']).toContain(clause.confidence);
    }
    expect(PRIVACY_LAW.violation.unverified).toContain('could not be obtained');
  });

  it('nyc-10-502-f, nyc-10-502-g: says its numbers in words too', () => {
    expect(PRIVACY_LAW.consumerAgencies.text).toContain('5,000');
    expect(PRIVACY_LAW.noNoticeKept.text).toContain(`${PRIVACY_LAW.noNoticeKept.years} years`);
  });

  it('nyc-23-1202-c-3, nyc-23-1205, nyc-23-1201-routine, nyc-10-503: holds what later rules will ask', () => {
    for (const id of ['nyc-23-1202-c-3', 'nyc-23-1205', 'nyc-23-1201-routine', 'nyc-10-503'])
      expect(clauseById(id)).toBeDefined();
  });

  it('house-hours-to-remind-of-breach: says its hours in words, in ascending order, all before the report is due', () => {
    const { hoursEach, text } = HOUSE.hoursToRemindOfBreach;
    expect(hoursEach).toEqual([12, 18, 21, 23]);
    expect([...text.matchAll(/\d+/g)].map(Number)).toEqual(hoursEach);
    const minutes = HOUSE.minutesToAskDeputies.minutes + HOUSE.minutesToTellChief.minutes;
    expect(hoursEach.at(-1)! * 60 + minutes).toBeLessThan(24 * 60);
  });

  it('names only clauses that exist where it tells of contradictions', () => {
    for (const { clauses, text } of Object.values(CONTRADICTIONS)) {
      expect(clauses.filter((id) => !clauseById(id))).toEqual([]);
      expect(text.length).toBeGreaterThan(60);
    }
  });

  it('is cited by a rule wherever a policy clause on outside entities is held', () => {
    const cited = new Set(Object.values(ruleClauses).flat());
    const external = EDITIONS.flatMap(clausesOf).filter(({ section }) => section === 'external');
    const unheld = external.filter(({ id }) => !cited.has(id) && !twins(id).some((twin) => cited.has(twin)));
    expect(unheld.map(({ id }) => id)).toEqual([]);
  });
});
