/**
 * How much harm may a wrongful disclosure do to the people in it?
 *
 * The statute names what to look at: nature, extent and foreseeable adverse consequences. Each is recorded as
 * facts, and read by fixed steps of the house, so that the same facts get the same answer. A person may raise
 * the level, with a reason, and never lower it. What is recorded goes with the answer.
 *
 * Units   people are counted
 * Answers none, some or serious, with the reasons and the input as it was; anything above none is a potential
 *         risk of harm, the first trigger of a notice
 * Throws  FactMalformed when nobody is affected, or the number is not a whole one
 * Source  XR26-EXT-21 and its twins; nyc-23-1203-6; house-harm-levels, house-people-of-wide-extent,
 *         house-characters-of-reason
 */
import { mustSay } from '../clause-in.ts';
import type { PublishedPolicy } from '../editions/edition.ts';
import { PRIVACY_LAW } from '../editions/privacy-law.ts';
import { FactMalformed } from '../faults.ts';
import type { Instant } from '../instant.ts';
import { statement } from './statement.ts';
import type { InformationKind } from './what-is-identifying.ts';

export const HARM_LEVELS = ['none', 'some', 'serious'] as const;
export type HarmLevel = (typeof HARM_LEVELS)[number];

/** Foreseeable adverse consequences; the first three are serious in themselves. */
export const CONSEQUENCES = [
  'violence-or-retaliation',
  'immigration-consequences',
  'endangered-investigation-or-witness',
  'stalking-or-harassment',
  'identity-theft-or-fraud',
  'loss-of-work-or-housing',
  'embarrassment',
  'other',
] as const;
export type Consequence = (typeof CONSEQUENCES)[number];

const SERIOUS_CONSEQUENCES: readonly Consequence[] = [
  'violence-or-retaliation',
  'immigration-consequences',
  'endangered-investigation-or-witness',
];
const SENSITIVE_KINDS: readonly InformationKind[] = [
  'victim-or-witness',
  'immigration-status',
  'arrest-record',
  'address',
  'location',
  'release-from-custody',
];

export interface HarmFacts {
  readonly breachId: string;
  /** Nature: what kinds of information were disclosed. */
  readonly kinds: readonly InformationKind[];
  readonly minorOrNotCompetent: boolean;
  /** Extent: how many people it is about, and who got it. */
  readonly people: number;
  readonly reached: 'one-known-recipient' | 'several-known-recipients' | 'unknown-recipients' | 'the-public';
  /** Whether everyone who got it confirmed in writing that it was returned or destroyed and not used. */
  readonly contained: boolean;
  readonly consequences: readonly Consequence[];
  readonly raisedTo?: { readonly level: HarmLevel; readonly why: string };
}

export interface HarmAssessment {
  readonly level: HarmLevel;
  /** The first trigger of a notice to the people affected. */
  readonly potentialRisk: boolean;
  readonly reasons: readonly string[];
  readonly clauses: readonly string[];
  readonly recorded: HarmFacts;
}

export function harmAssessment(facts: HarmFacts, policy: PublishedPolicy, _now: Instant): HarmAssessment {
  const { house } = policy;
  if (!Number.isInteger(facts.people) || facts.people < 1) {
    throw new FactMalformed(
      `breach ${facts.breachId} affects ${facts.people} people; give a whole number from 1, or decide that it is no breach`,
    );
  }
  const clause = mustSay(policy.edition, 'XR26-EXT-21');
  const points: readonly (readonly [HarmLevel, boolean, string])[] = [
    [
      'serious',
      facts.consequences.some((one) => SERIOUS_CONSEQUENCES.includes(one)),
      'consequences: a serious one is foreseeable',
    ],
    ['serious', facts.reached === 'the-public', 'extent: it is in public'],
    [
      'serious',
      sensitive(facts).length > 0 && !facts.contained && facts.reached === 'unknown-recipients',
      'nature and extent: sensitive kinds with recipients nobody knows',
    ],
    ['some', facts.consequences.length > 0, 'consequences: some are foreseeable'],
    ['some', sensitive(facts).length > 0, `nature: ${sensitive(facts).join(', ')}`],
    ['some', facts.minorOrNotCompetent, 'nature: a minor or someone not legally competent'],
    [
      'some',
      facts.people >= house.peopleOfWideExtent.count,
      `extent: ${house.peopleOfWideExtent.count} people or more`,
    ],
    ['some', !facts.contained, 'extent: it is not contained'],
  ];
  const found = points.filter(([, holds]) => holds);
  const raised = raise(facts, policy, clause);
  const level = highest([...found.map(([reached]) => reached), ...raised]);
  return {
    level,
    potentialRisk: level !== 'none',
    reasons: [
      ...found.map(([, , reason]) => reason),
      ...(raised.length > 0 ? ['raised by the person who assessed it'] : []),
      ...(level === 'none' ? ['contained, few people, no sensitive kind and no foreseeable consequence'] : []),
    ],
    clauses: [clause, PRIVACY_LAW.noticeFactors.id, house.harmLevels.id, house.peopleOfWideExtent.id],
    recorded: facts,
  };
}

/** A raise counts only with a reason; without one it is as if nobody had raised it. */
function raise({ raisedTo }: HarmFacts, policy: PublishedPolicy, clause: string): readonly HarmLevel[] {
  return raisedTo && statement('raisedTo', raisedTo.why, clause, policy, 'say why').length === 0
    ? [raisedTo.level]
    : [];
}

const sensitive = ({ kinds }: HarmFacts) => kinds.filter((kind) => SENSITIVE_KINDS.includes(kind));
const highest = (levels: readonly HarmLevel[]): HarmLevel =>
  HARM_LEVELS.findLast((level) => levels.includes(level)) ?? 'none';
