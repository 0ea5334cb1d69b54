import { describe, expect, it } from 'vitest';
import { plusDays } from '../../../policies/calendar-date.ts';
import { clauseIn, mustSay } from '../../../policies/clause-in.ts';
import { CITY_LAW } from '../../../policies/editions/city-law.ts';
import { CONTRADICTIONS } from '../../../policies/editions/disclosure-contradictions.ts';
import { GROUNDS } from '../../../policies/editions/disclosure-grounds.ts';
import { HOUSE } from '../../../policies/editions/house.ts';
import { clauseById, twins, WHOLE_EDITIONS } from '../../../policies/editions/all-clauses.ts';
import {
  clausesOf,
  editionInForce,
  EDITIONS,
  policyInForce,
  PUBLISHED_EDITIONS,
} from '../../../policies/editions/index.ts';
import { PRIVACY_LAW } from '../../../policies/editions/privacy-law.ts';
import { RECORDS_LAW } from '../../../policies/editions/records-law.ts';
import { RETENTION_EDITIONS, retentionPolicyInForce } from '../../../policies/editions/retention-clauses.ts';
import { nyStartOfDay } from '../../../policies/instant.ts';
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

describe('the retention clauses', () => {
  it.each([
    ['mobile-x-ray', '2021-04-11', ['XR21-RET-02', 'XR21-RET-13'], 12],
    ['mobile-x-ray', '2026-02-04', ['XR26-RET-05', 'XR26-RET-07'], 3],
    ['portable-electronic-device', '2026-02-04', ['PED26-RET-01', 'PED26-RET-04'], 4],
    ['digital-camera', '2026-02-04', ['CAM26-RET-01', 'CAM26-RET-04'], 4],
    ['license-plate-reader', '2026-02-04', ['LPR26-RET-07', 'LPR26-RET-08'], 2],
  ] as const)('of %s on %s are those from %j', (technology, date, [first, last], count) => {
    const { edition } = retentionPolicyInForce(technology, nyStartOfDay(day(date)))!;
    const ids = clausesOf(edition).map(({ id }) => id);
    expect([ids[0], ids.at(-1), ids.length]).toEqual([first, last, count]);
  });

  it('are of the same edition as the whole, and none before the first', () => {
    for (const one of RETENTION_EDITIONS) {
      const { sections: _, ...head } = one;
      expect(PUBLISHED_EDITIONS.find(({ id }) => id === one.id)).toMatchObject(head);
    }
    expect(retentionPolicyInForce('mobile-x-ray', nyStartOfDay(day('2021-04-10')))).toBeUndefined();
    expect(retentionPolicyInForce('digital-camera', nyStartOfDay(day('2026-02-03')))).toBeUndefined();
  });

  it.each(['XR26-RET-05', 'XR26-RET-06', 'XR26-RET-07'])('%s: are said by every edition of 2026', (id) => {
    for (const one of RETENTION_EDITIONS.filter(({ until }) => !until)) expect(mustSay(one, id)).toMatch(/RET/);
  });

  it('XR26-RET-05: prints no period, and 2021 did', () => {
    expect(clauseIn(RETENTION_EDITIONS[0]!, 'XR26-RET-05')).toBeUndefined();
    expect(clauseIn(RETENTION_EDITIONS[0]!, 'XR26-RET-07')).toBe('XR21-RET-03');
    expect(clauseById('XR26-RET-05')?.text).toMatch(/No period is printed/);
  });

  it('PED26-RET-01, CAM26-RET-01: overwrite nothing, where an x-ray image that is not downloaded is', () => {
    for (const id of ['PED26-RET-01', 'CAM26-RET-01']) expect(clauseById(id)?.text).toMatch(/nothing is overwritten/);
    expect(clauseById('XR26-RET-03')?.text).toMatch(/overwritten, the oldest first/);
  });

  it('PED26-RET-02: let the augmented reality application keep nothing', () => {
    expect(clauseById('PED26-RET-02')?.text).toMatch(/stores, keeps and creates none/);
  });

  it('PED26-RET-03, CAM26-RET-03: bind every use of what is kept to the purposes of mobile x-ray', () => {
    expect(twins('XR26-RET-04')).toEqual(['CAM26-RET-03', 'PED26-RET-03', 'XR21-RET-01']);
  });

  it('CAM26-RET-02: let relevant images be kept', () => {
    expect(clauseById('CAM26-RET-02')?.text).toMatch(/Relevant images/);
  });

  it('are in the whole editions that pages show, in one section, and in no other', () => {
    for (const one of WHOLE_EDITIONS) {
      const parts = one.sections.filter(({ id }) => id === 'retention');
      expect(parts).toHaveLength(1);
      const own = clausesOf(RETENTION_EDITIONS.find(({ id }) => id === one.id)!);
      expect(parts[0]!.clauses).toEqual(expect.arrayContaining([...own]));
    }
    const carried = PUBLISHED_EDITIONS.flatMap(clausesOf).map(({ id }) => id);
    expect(RETENTION_EDITIONS.flatMap(clausesOf).filter(({ id }) => carried.includes(id))).toEqual([]);
  });
});

describe('the law and the house behind retention', () => {
  it('nyc-1133-f, nysa-legal-action: says its numbers in words too, and what was not verified', () => {
    expect(RECORDS_LAW.approvedDisposal.text).toContain(`${RECORDS_LAW.approvedDisposal.months} months`);
    expect(RECORDS_LAW.legalAction.text).toContain(`${RECORDS_LAW.legalAction.years} year`);
    for (const clause of Object.values(RECORDS_LAW)) expect(clause.unverified).toBeDefined();
  });

  it('nyc-1133-g, nyc-1133-h: holds what goes to the archives and what is no record', () => {
    expect(clauseById('nyc-1133-g')?.text).toContain('Municipal Archives');
    expect(clauseById('nyc-1133-h')?.text).toContain('no record');
  });

  it('house-days-of-grace, house-days-to-sign-disposal, house-days-after-declined: leave room for a second attempt in the six months', () => {
    const { daysOfGrace, daysToSignDisposal, daysAfterDeclined } = HOUSE;
    const first = daysOfGrace.days + daysToSignDisposal.days + daysAfterDeclined.days;
    expect(first).toBeLessThan(6 * 30);
  });
});

describe('the numbers of the house on retention', () => {
  it('house-most-in-a-batch, house-days-to-review-hold: are a thousand records, and twice a year', () => {
    expect(HOUSE.mostInABatch.count).toBe(1000);
    expect(Math.floor(365 / HOUSE.daysToReviewHold.days)).toBe(2);
  });
});

describe('the house on custodians of a hold', () => {
  it('house-days-to-acknowledge-hold: leaves a weekend, and no week', () => {
    expect(HOUSE.daysToAcknowledgeHold.days).toBeGreaterThan(2);
    expect(HOUSE.daysToAcknowledgeHold.days).toBeLessThan(7);
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
