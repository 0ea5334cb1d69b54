/** Facts that hold, for tests to break one at a time. No names of people or places: ids only. */
import { calendarDate } from '../../policies/calendar-date.ts';
import { EDITIONS, policyInForce } from '../../policies/editions/index.ts';
import type { Policy } from '../../policies/editions/edition.ts';
import { HOUSE } from '../../policies/editions/house.ts';
import { instantOf, type Instant } from '../../policies/instant.ts';
import type { Ruling } from '../../policies/ruling.ts';
import type { DecisionFacts } from '../../policies/rules/who-may-decide.ts';
import type { Standing } from '../../policies/rules/executive.ts';
import type { UseRequestFacts } from '../../policies/rules/what-may-be-asked.ts';

/** A New York noon in November 2026, under the 2026 edition. */
export const NOW: Instant = instantOf('2026-11-24T12:00:00-05:00');
/** A New York noon in May 2025, under the 2021 edition. */
export const THEN: Instant = instantOf('2025-05-06T12:00:00-04:00');

const [edition2021, edition2026] = EDITIONS;
export const UNDER_2021: Policy = { edition: edition2021!, house: HOUSE };
export const UNDER_2026: Policy = { edition: edition2026!, house: HOUSE };

export const at = (text: string): Instant => instantOf(text);
export const day = calendarDate;

export const policyAt = (moment: Instant): Policy => {
  const policy = policyInForce('mobile-x-ray', moment);
  if (!policy) throw new Error(`no edition at ${moment}`);
  return policy;
};

/** Clause ids of a refusal with their fields, as 'XR26-USE-05 requester'; empty when allowed. */
export const refusals = (ruling: Ruling): readonly string[] =>
  ruling.kind === 'refused' ? ruling.because.map((one) => `${one.clause} ${one.field}`) : [];

export const captain: Standing = {
  active: true,
  uniformed: true,
  rank: 'captain',
  bureau: 'patrol-services-bureau',
  roles: ['executive'],
};

export const bureauCaptain: Standing = { ...captain, bureau: 'counterterrorism-bureau', roles: ['ctb-executive'] };

export const request: UseRequestFacts = {
  requestId: 'R-1',
  requester: 'member',
  submittedAt: NOW,
  targetKind: 'truck',
  nearPublicStreet: true,
  graveRisk: 'a credible threat of an explosive device',
  purpose: 'law-enforcement',
  lawEnforcementReason: 'to secure the place of a summit against attack',
  location: 'the east entrance',
  publicKeptOutHow: 'the street is closed with barriers and guarded',
  attestation: true,
  politicalActivity: false,
  immigrationEnforcement: false,
  basisCharacteristics: [],
  useKind: 'described',
  startsAt: at('2026-11-25T08:00:00-05:00'),
  endsAt: at('2026-11-25T14:00:00-05:00'),
};

/** The same request as if it had been made under the 2021 edition. */
export const request2021: UseRequestFacts = {
  ...request,
  submittedAt: THEN,
  startsAt: at('2025-05-07T08:00:00-04:00'),
  endsAt: at('2025-05-07T14:00:00-04:00'),
};

export const decision: DecisionFacts = {
  requestId: 'R-1',
  route: 'executive',
  requestState: 'waiting',
  startsAt: request.startsAt,
  requesterId: 'P-1',
  decider: { ...bureauCaptain, personId: 'P-2' },
  namedId: 'P-2',
  answer: 'approve',
  reason: 'the threat is credible and the plan is sound',
  publicKeptOutHow: 'the street is closed with barriers and guarded',
  acknowledgesPublicKeptOut: true,
};
