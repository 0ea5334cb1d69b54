/**
 * What the clauses say of every disclosure, written down by hand: the rules are compared with it, and so is what becomes
 * of each disclosure in the workflow. Nothing here asks a rule what to expect.
 */
import type { DisclosureCase } from '../../../policies/data/every-disclosure.ts';

/** 'allowed', 'refused', 'stopped', or what is missing, in the order of the alphabet. */
export type Outcome = 'allowed' | 'refused' | 'stopped' | `needs ${string}`;

/**
 * With everything there: which recipients a ground lets something reach. One letter for each of prosecutor,
 * law enforcement, City agency, person, community leader, civic organization, media, vendor, own unit, New
 * Jersey. A allowed, R refused, G allowed nowhere without a ground. New Jersey's column is for plate readers;
 * for every other technology it is R, by EXT-01 of each policy, and by the agreements of 2021.
 */
export const WITH_EVERYTHING: Readonly<Record<string, string>> = {
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
export const COLUMNS = [
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

const isInside = ({ recipient }: DisclosureCase): boolean => recipient === 'agency-unit';
const isNewJerseyElsewhere = ({ recipient, edition }: DisclosureCase): boolean =>
  recipient === 'new-jersey-agent' && edition.id !== 'plate-reader-2026';

export function expected(one: DisclosureCase): Outcome {
  const { recipient, ground, evidence } = one;
  if (evidence === 'immigration') return 'stopped'; // EXT-06, whatever else
  const letter = isNewJerseyElsewhere(one) ? 'R' : WITH_EVERYTHING[ground]![COLUMNS.indexOf(recipient)]!;
  if (letter === 'R') return 'refused';
  const inside = isInside(one);
  const missing = [
    ...(letter === 'G' ? ['ground'] : []),
    ...(evidence === 'no-decision' && !inside && OFFICER.includes(ground) ? ['officer-approval'] : []),
    ...(evidence === 'no-evidence' && !inside && ground !== 'none' ? [EVIDENCE_OF[ground]!] : []),
    ...(evidence === 'not-confirmed' ? ['affiliation', 'identity', 'lawfulness'] : []), // SAFE-16, whatever the ground
    ...(evidence === 'no-purpose' && PURPOSE_OF[recipient] ? [PURPOSE_OF[recipient]] : []),
  ];
  return needing(missing);
}

export const needing = (missing: readonly string[]): Outcome =>
  missing.length === 0 ? 'allowed' : `needs ${missing.toSorted().join(', ')}`;

/** Whether a privacy officer is asked of it at all: EXT-09 to EXT-11, of what leaves the department. */
export const waitsForOfficer = (one: DisclosureCase): boolean => OFFICER.includes(one.ground) && !isInside(one);

/**
 * The same in the workflow, where nobody can be asked to approve what is not complete: as long as something else is
 * missing, the approval is too.
 */
export function expectedInWorkflow(one: DisclosureCase): Outcome {
  const found = expected(one);
  const missing = found.startsWith('needs ') ? found.slice('needs '.length).split(', ') : [];
  const unasked = missing.length > 0 && waitsForOfficer(one) && !missing.includes('officer-approval');
  return unasked ? needing([...missing, 'officer-approval']) : found;
}

/** What each ground is written in: the policy's clause in its words of 2026, and the law's. */
const GROUND_CLAUSES: Readonly<Record<string, readonly string[]>> = {
  consent: ['XR26-EXT-09', 'nyc-23-1202-c-1'],
  'required-by-law': ['XR26-EXT-10', 'nyc-23-1202-c-1'],
  mission: ['XR26-EXT-11', 'nyc-23-1202-c-1'],
  'city-interest': ['XR26-EXT-12', 'nyc-23-1202-c-2-b'],
  routine: ['XR26-EXT-13', 'nyc-23-1202-c-2-a'],
  crime: ['XR26-EXT-14', 'nyc-23-1202-c-2-c-1'],
  welfare: ['XR26-EXT-15', 'nyc-23-1202-c-2-c-2'],
  exigent: ['nyc-23-1202-d'], // printed in none of the policies
  none: ['XR26-EXT-08'],
};

/** What such a disclosure rests on, or would: its ground; inside the department, the lawful duty. */
export const groundClauses = (one: DisclosureCase): readonly string[] =>
  isInside(one) ? ['XR26-SAFE-14'] : GROUND_CLAUSES[one.ground]!;

/** What refuses, of all that is there: direct access, and an approval in advance for someone who is no City agency. */
export const refusalClauses = (one: DisclosureCase): readonly string[] => [
  // The policy of 2021 has no word on direct access; its agreements do.
  ...(isNewJerseyElsewhere(one) ? [one.edition.id === 'xray-2021' ? 'XR21-EXT-04' : 'XR26-EXT-01'] : []),
  ...(one.ground === 'city-interest' && one.recipient !== 'city-agency' ? ['nyc-23-1202-c-2-b'] : []),
];

const NEED_CLAUSES: Readonly<Record<string, string>> = {
  identity: 'XR26-SAFE-16',
  affiliation: 'XR26-SAFE-16',
  lawfulness: 'XR26-SAFE-16',
  ground: 'XR26-EXT-08',
  'prosecutor-jurisdiction': 'XR26-EXT-04',
  'request-or-proceeding': 'XR26-EXT-05',
  'public-purpose': 'XR26-EXT-07',
  'vendor-standing': 'XR26-EXT-17',
  'duty-reason': 'XR26-SAFE-14',
  'plate-search': 'LPR26-EXT-01',
};

/** The clause each missing thing is asked for by: the evidence of a ground and its approval, by the ground's own. */
export const needClause = (one: DisclosureCase, need: string): string =>
  NEED_CLAUSES[need] ?? GROUND_CLAUSES[one.ground]![0]!;

export const named = (one: DisclosureCase): string =>
  `${one.edition.id} ${one.recipient} ${one.ground} ${one.evidence}`;
