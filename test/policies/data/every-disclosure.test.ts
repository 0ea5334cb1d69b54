/**
 * The whole table: each edition, recipient, ground and state of evidence against what the clauses say, written
 * down by hand below. Nothing here asks a rule what to expect.
 */
import { describe, expect, it } from 'vitest';
import { EVIDENCE, everyDisclosure, type DisclosureCase } from '../../../policies/data/every-disclosure.ts';
import { GROUNDS, RECIPIENTS } from '../../../policies/editions/disclosure-grounds.ts';
import { PUBLISHED_EDITIONS } from '../../../policies/editions/index.ts';
import { HOUSE } from '../../../policies/editions/house.ts';
import { mayThisBeDisclosed, type DisclosureAnswer } from '../../../policies/rules/may-this-be-disclosed.ts';
import { factsOf, momentOf } from '../disclosure-facts.ts';

/** 'allowed', 'refused', 'stopped', or what is missing, in the order of the alphabet. */
type Outcome = 'allowed' | 'refused' | 'stopped' | `needs ${string}`;

/**
 * With everything there: which recipients a ground lets something reach. One letter for each of prosecutor,
 * law enforcement, City agency, person, community leader, civic organization, media, vendor, own unit, New
 * Jersey. A allowed, R refused, G allowed nowhere without a ground. New Jersey's column is for plate readers;
 * for every other technology it is R, by EXT-01 of each policy, and by the agreements of 2021.
 */
const WITH_EVERYTHING: Readonly<Record<string, string>> = {
  // EXT-09, 23-1202(c)(1): consent and officer, whoever receives it
  consent: 'AAAAAAAAAA',
  // EXT-10
  'required-by-law': 'AAAAAAAAAA',
  // EXT-11
  mission: 'AAAAAAAAAA',
  // EXT-12 with 23-1202(c)(2)(b): another City agency only; a unit of the department is no disclosure outside
  'city-interest': 'RRARRRRRAR',
  // EXT-13
  routine: 'AAAAAAAAAA',
  // EXT-14
  crime: 'AAAAAAAAAA',
  // EXT-15: connected with a City agency's investigation; nothing is said of the recipient
  welfare: 'AAAAAAAAAA',
  // 23-1202(d)
  exigent: 'AAAAAAAAAA',
  // EXT-08: none of the seven; SAFE-14 alone for a unit
  none: 'GGGGGGGGAG',
};
const COLUMNS = [
  'prosecutor',
  'law-enforcement',
  'city-agency',
  'person-or-guardian',
  'community-leader',
  'civic-organization',
  'news-media',
  'vendor',
  'agency-unit',
  'new-jersey-agent',
];

/** EXT-09 to EXT-11 name the officer; no other ground does. */
const OFFICER = ['consent', 'required-by-law', 'mission'];

const EVIDENCE_OF: Readonly<Record<string, string>> = {
  consent: 'consent',
  'required-by-law': 'law-cited',
  mission: 'mission-stated',
  'city-interest': 'city-pre-approval',
  routine: 'routine-designation',
  crime: 'crime-or-information',
  welfare: 'welfare-investigation',
  exigent: 'exigency-explained',
  none: 'ground',
};

const PURPOSE_OF: Readonly<Record<string, string | undefined>> = {
  prosecutor: 'prosecutor-jurisdiction', // EXT-04
  'law-enforcement': 'request-or-proceeding', // EXT-05
  'city-agency': 'request-or-proceeding', // EXT-05
  'person-or-guardian': undefined, // the policies ask nothing beyond the ground
  'community-leader': 'public-purpose', // EXT-07
  'civic-organization': 'public-purpose',
  'news-media': 'public-purpose',
  vendor: 'vendor-standing', // EXT-17
  'agency-unit': 'duty-reason', // SAFE-14
  'new-jersey-agent': 'plate-search', // LPR26-EXT-01
};

function expected({ edition, recipient, ground, evidence }: DisclosureCase): Outcome {
  if (evidence === 'immigration') return 'stopped'; // EXT-06, whatever else
  const newJerseyElsewhere = recipient === 'new-jersey-agent' && edition.id !== 'plate-reader-2026';
  const letter = newJerseyElsewhere ? 'R' : WITH_EVERYTHING[ground]![COLUMNS.indexOf(recipient)]!;
  if (letter === 'R') return 'refused';
  const inside = recipient === 'agency-unit';
  const missing = [
    ...(letter === 'G' ? ['ground'] : []),
    ...(evidence === 'no-decision' && !inside && OFFICER.includes(ground) ? ['officer-approval'] : []),
    ...(evidence === 'no-evidence' && !inside && ground !== 'none' ? [EVIDENCE_OF[ground]!] : []),
    ...(evidence === 'not-confirmed' ? ['affiliation', 'identity', 'lawfulness'] : []), // SAFE-16, whatever the ground
    ...(evidence === 'no-purpose' && PURPOSE_OF[recipient] ? [PURPOSE_OF[recipient]] : []),
  ];
  return missing.length === 0 ? 'allowed' : `needs ${missing.toSorted().join(', ')}`;
}

const outcomeOf = (answer: DisclosureAnswer): Outcome =>
  answer.kind === 'needs'
    ? `needs ${answer.needs
        .map(({ need }) => need)
        .toSorted()
        .join(', ')}`
    : answer.kind === 'refused' && answer.stop === 'immigration'
      ? 'stopped'
      : answer.kind;

const cases = everyDisclosure();
const named = (one: DisclosureCase) => `${one.edition.id} ${one.recipient} ${one.ground} ${one.evidence}`;

describe('every disclosure', () => {
  it('is each edition with each recipient, ground or none, and state of evidence, once', () => {
    const all = PUBLISHED_EDITIONS.length * RECIPIENTS.length * (GROUNDS.length + 1) * EVIDENCE.length;
    expect(cases).toHaveLength(all);
    expect(new Set(cases.map(named)).size).toBe(2700);
  });

  it('the table written by hand has a line for each ground and a column for each recipient', () => {
    expect(Object.keys(WITH_EVERYTHING)).toEqual([...GROUNDS.map(({ id }) => id), 'none']);
    expect(COLUMNS).toEqual(RECIPIENTS.map(({ kind }) => kind));
    for (const line of Object.values(WITH_EVERYTHING)) expect(line).toHaveLength(COLUMNS.length);
  });

  it.each(PUBLISHED_EDITIONS.map(({ id }) => id))('under %s comes out as the clauses say, all of them', (id) => {
    const wrong = cases
      .filter(({ edition }) => edition.id === id)
      .map((one) => {
        const answer = mayThisBeDisclosed(factsOf(one), { edition: one.edition, house: HOUSE }, momentOf(id));
        return { case: named(one), found: outcomeOf(answer), expected: expected(one) };
      })
      .filter(({ found, expected: wanted }) => found !== wanted);
    expect(wrong).toEqual([]);
  });

  it('under the 2021 and the 2026 x-ray edition comes out the same (XR21-EXT-03)', () => {
    const of = (id: string) =>
      cases
        .filter(({ edition }) => edition.id === id)
        .map((one) =>
          outcomeOf(mayThisBeDisclosed(factsOf(one), { edition: one.edition, house: HOUSE }, momentOf(id))),
        );
    expect(of('xray-2021')).toEqual(of('xray-2026'));
  });
});
