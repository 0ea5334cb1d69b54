/** What may be put on file, how it stands from day to day, and how it is ended. */
import { describe, expect, it } from 'vitest';
import { FactMalformed } from '../../../policies/faults.ts';
import { HOUSE } from '../../../policies/editions/house.ts';
import { plusHours, plusMs } from '../../../policies/instant.ts';
import { howAnEntryStands, isGood } from '../../../policies/rules/how-an-entry-stands.ts';
import { mayThisBeEnded } from '../../../policies/rules/may-this-be-ended.ts';
import { whatMayBeKeptOnFile, type Entry } from '../../../policies/rules/what-may-be-kept-on-file.ts';
import { deputy, officer } from '../disclosure-facts.ts';
import { at, day, NOW, refusals } from '../facts.ts';

const house = { house: HOUSE };
type Of<K extends Entry['kind']> = Extract<Entry, { kind: K }>;

const agreement: Of<'agreement'> = {
  kind: 'agreement',
  title: 'Agreement 1',
  with: 'An office',
  reference: 'Paper 1',
  technologies: ['mobile-x-ray'],
  from: '2026-01-01',
  until: '2026-12-31',
};
const preApproval: Of<'pre-approval'> = {
  kind: 'pre-approval',
  reference: 'CPO-1',
  covers: ['welfare-of-a-person'],
  unknown: 0,
  from: '2026-11-24',
  until: '',
};
const designation: Of<'routine-designation'> = {
  kind: 'routine-designation',
  title: 'Designation 1',
  why: 'it is asked for in every case',
  covers: ['evidence-for-prosecution'],
  recipients: ['prosecutor'],
  signer: officer,
  from: '2026-11-24',
  until: '2027-11-24',
};
const access: Of<'standing-access'> = {
  kind: 'standing-access',
  agencyName: 'An agency',
  level: 'other-state',
  system: 'A search',
  reaches: 'one-plate-search',
  extent: 'one plate at a time',
  from: '2022-01-01',
  until: '2024-12-31',
};
const judged = (entry: Entry) => whatMayBeKeptOnFile(entry, house, NOW);

describe('what is put on file', () => {
  it('nyc-23-1203-3, nyc-23-1202-c-2-b, nyc-23-1202-c-2-a, nyc-14-188-g-2: is kept with its days', () => {
    expect(judged(agreement)).toEqual({
      kind: 'allowed',
      clauses: ['nyc-23-1203-3'],
      days: { from: '2026-01-01', until: '2026-12-31' },
    });
    expect(judged(preApproval)).toMatchObject({ clauses: ['nyc-23-1202-c-2-b'], days: { from: '2026-11-24' } });
    expect(judged(designation)).toMatchObject({
      clauses: ['nyc-23-1202-c-2-a', 'nyc-23-1201-privacy-officer', 'house-kinds-of-disclosure'],
    });
    expect(judged(access)).toMatchObject({ clauses: ['nyc-14-188-g-2'], days: { until: '2024-12-31' } });
  });

  it.each<[string, Entry, readonly string[]]>([
    [
      'an agreement of nothing',
      { ...agreement, title: ' ', with: '', reference: '', technologies: [], from: '', until: 'soon' },
      ['title', 'with', 'reference', 'technologies', 'from', 'until'].map((field) => `nyc-23-1203-3 ${field}`),
    ],
    ['an agreement that is over', { ...agreement, until: '2026-11-23' }, ['nyc-23-1203-3 until']],
    [
      'an agreement that ends before it begins',
      { ...agreement, from: '2026-12-31', until: '2026-12-30' },
      ['nyc-23-1203-3 until'],
    ],
    ['a day that does not exist', { ...agreement, from: '2026-02-29' }, ['nyc-23-1203-3 from']],
    ['an approval without a reference', { ...preApproval, reference: '' }, ['nyc-23-1202-c-2-b reference']],
    ['an approval of tomorrow', { ...preApproval, from: '2026-11-25' }, ['nyc-23-1202-c-2-b approvedOn']],
    ['an approval without a day', { ...preApproval, from: '' }, ['nyc-23-1202-c-2-b approvedOn']],
    ['an approval of nothing', { ...preApproval, covers: [] }, ['house-kinds-of-disclosure covers']],
    ['an approval of what is on no record', { ...preApproval, unknown: 1 }, ['house-kinds-of-disclosure covers']],
    ['a designation without why', { ...designation, why: '' }, ['nyc-23-1202-c-2-a why']],
    ['a designation with a word for why', { ...designation, why: 'routine' }, ['house-characters-of-reason why']],
    [
      'a designation of a kind nobody listed',
      { ...designation, covers: ['anything'] },
      ['house-kinds-of-disclosure covers'],
    ],
    ['a designation of no kind', { ...designation, covers: [] }, ['house-kinds-of-disclosure covers']],
    ['a designation to nobody', { ...designation, recipients: [] }, ['nyc-23-1202-c-2-a recipients']],
    [
      'a designation to a kind nobody listed',
      { ...designation, recipients: ['anyone'] },
      ['nyc-23-1202-c-2-a recipients'],
    ],
    [
      'an access of nobody',
      { ...access, agencyName: '', level: 'world', reaches: '', system: '', extent: '' },
      ['agencyName', 'level', 'reaches', 'system', 'extent'].map((field) => `nyc-14-188-g-2 ${field}`),
    ],
    ['an access without a beginning', { ...access, from: '' }, ['nyc-14-188-g-2 from']],
  ])('is not %s', (_what, entry, expected) => {
    expect(refusals(judged(entry))).toEqual(expected);
  });

  it.each([
    ['has no office', { office: 'none' as const }],
    ['is not active', { active: false }],
    ['is of another bureau', { bureau: 'counterterrorism-bureau' }],
    ['has not the role', { roles: ['auditor'] }],
    ['holds it from a millisecond later', { heldFrom: plusMs(NOW, 1) }],
    ['held it until a millisecond before', { heldUntil: plusMs(NOW, -1) }],
  ])('nyc-23-1202-c-2-a: is no designation by someone who %s', (_what, change) => {
    expect(refusals(judged({ ...designation, signer: { ...officer, ...change } }))).toEqual([
      'nyc-23-1201-privacy-officer signer',
    ]);
  });

  it('house-deputy-signs-off: is a designation by a deputy while the naming lasts', () => {
    expect(judged({ ...designation, signer: deputy }).kind).toBe('allowed');
    expect(refusals(judged({ ...designation, signer: { ...deputy, heldUntil: plusMs(NOW, -1) } }))).toEqual([
      'house-deputy-signs-off signer',
    ]);
    expect(() =>
      judged({ ...designation, signer: { ...deputy, heldFrom: NOW, heldUntil: plusHours(NOW, -1) } }),
    ).toThrow(FactMalformed);
  });
});

describe('what is on file', () => {
  const days = { from: day('2026-11-24'), until: day('2026-12-31') };
  const stands = (moment: string, more = {}) => howAnEntryStands({ ...days, ...more }, house, at(moment));

  it.each([
    ['2026-11-23T23:59:59.999-05:00', 'to-come'],
    ['2026-11-24T00:00:00-05:00', 'good'],
    ['2026-11-30T23:59:59.999-05:00', 'good'],
    ['2026-12-01T00:00:00-05:00', 'ends-soon'],
    ['2026-12-31T23:59:59.999-05:00', 'ends-soon'],
    ['2027-01-01T00:00:00-05:00', 'over'],
  ])('house-days-before-an-end: at %s in New York is %s', (moment, standing) => {
    expect(stands(moment)).toBe(standing);
  });

  it('is ended from the instant it was, whatever its days say', () => {
    const ended = { at: at('2026-11-25T12:00:00-05:00') };
    expect(stands('2026-11-25T11:59:59.999-05:00', { ended })).toBe('good');
    expect(stands('2026-11-25T12:00:00-05:00', { ended })).toBe('ended');
    expect(isGood(stands('2026-11-25T12:00:00-05:00', { ended }))).toBe(false);
  });

  it('without a last day is good for good', () => {
    expect(howAnEntryStands({ from: days.from }, house, at('2099-01-01T12:00:00Z'))).toBe('good');
  });
});

describe('ending what is on file', () => {
  const ending = { kind: 'agreement', until: day('2026-11-24'), why: 'the partner withdrew' } as const;

  it('is allowed through its last day, with a reason', () => {
    expect(mayThisBeEnded(ending, house, NOW)).toEqual({ kind: 'allowed', clauses: ['nyc-23-1203-3'] });
    expect(refusals(mayThisBeEnded({ ...ending, why: ' ' }, house, NOW))).toEqual(['nyc-23-1203-3 why']);
    expect(refusals(mayThisBeEnded({ ...ending, why: 'over' }, house, NOW))).toEqual([
      'house-characters-of-reason why',
    ]);
    expect(refusals(mayThisBeEnded(ending, house, plusHours(NOW, 24)))).toEqual(['nyc-23-1203-3 until']);
  });
});
