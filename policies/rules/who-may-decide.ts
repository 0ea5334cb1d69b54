/**
 * Who may decide a request, and what does a decision need?
 *
 * At the moment of the decision the decider is an active uniformed executive of the Counterterrorism
 * Bureau, and the person this decision names. Nobody decides a request of their own, unless it was
 * recorded as started by the bureau itself; then the decision is marked as one's own. An approval also
 * needs a plan that keeps the public out, which the decider acknowledges, and a confirmed outside
 * entity. Once the use was to begin, or once it is answered, there is nothing left to decide.
 *
 * Units   instants are UTC
 * Answers allowed, saying whether people decided their own request, or refused
 * Throws  nothing
 * Source  XR26-USE-04, XR26-USE-07, XR26-USE-08, XR26-SAFE-08 and their 2021 twins;
 *         house-characters-of-reason, house-external-requester-confirmed
 */
import { mustSay } from '../clause-in.ts';
import type { Policy } from '../editions/edition.ts';
import { isBefore, nyText, type Instant } from '../instant.ts';
import { mayDo } from '../roles.ts';
import { isBlank, ruled, unless, type Refusal, type Ruling } from '../ruling.ts';
import { isBureauExecutive, standingText, type Standing } from './executive.ts';
import { statement } from './statement.ts';
import type { Route } from './who-may-request.ts';

export interface DecisionFacts {
  readonly requestId: string;
  readonly route: Route;
  readonly requestState: 'waiting' | 'answered' | 'lapsed' | 'withdrawn';
  readonly startsAt: Instant;
  /** Absent for an outside entity. */
  readonly requesterId?: string;
  /** Required when the route is external. */
  readonly externalConfirmed?: { readonly identity: boolean; readonly affiliation: boolean };
  readonly decider: Standing & { readonly personId: string };
  /** The person the decision link was made for. */
  readonly namedId: string;
  readonly answer: 'approve' | 'decline';
  readonly reason: string;
  /** The plan that keeps the public out, as it stands on the request or as the decider completed it. */
  readonly publicKeptOutHow: string;
  readonly acknowledgesPublicKeptOut: boolean;
}

export type DecisionStanding = Ruling<{ readonly selfDecided: boolean }>;

export function whoMayDecide(facts: DecisionFacts, policy: Policy, now: Instant): DecisionStanding {
  const { edition, house } = policy;
  const final = mustSay(edition, 'XR26-USE-07');
  const ownRequest = facts.requesterId === facts.decider.personId;
  const selfInitiated = facts.route === 'bureau-self-initiated';
  const approves = facts.answer === 'approve';

  const because = [
    ...decider(facts, policy),
    ...unless(!ownRequest || selfInitiated, {
      clause: mustSay(edition, 'XR26-USE-08'),
      field: 'decider',
      found: 'the person who made the request',
      expected: 'another executive, or a request recorded as started by the bureau itself',
      todo: 'leave the decision to another executive of the bureau',
    }),
    ...stillOpen(facts, final, now),
    ...statement('reason', facts.reason, final, policy, 'give the reason for this decision'),
    ...(approves ? approval(facts, policy) : []),
  ];
  const clauses = [
    final,
    mustSay(edition, 'XR26-SAFE-08'),
    ...(selfInitiated ? [mustSay(edition, 'XR26-USE-08')] : []),
    ...(approves ? [mustSay(edition, 'XR26-USE-04')] : []),
    ...(approves && facts.route === 'external' ? [house.externalRequesterConfirmed.id] : []),
  ];
  return ruled(clauses, because, { selfDecided: ownRequest });
}

function decider({ decider: by, namedId }: DecisionFacts, { edition }: Policy): readonly Refusal[] {
  const final = mustSay(edition, 'XR26-USE-07');
  return [
    ...unless(isBureauExecutive(by), {
      clause: final,
      field: 'decider',
      found: standingText(by),
      expected: 'an active uniformed member of the Counterterrorism Bureau in the rank of Captain or above',
      todo: 'leave the decision to such an executive',
    }),
    ...unless(mayDo(by.roles, 'decide-use'), {
      clause: mustSay(edition, 'XR26-SAFE-08'),
      field: 'decider',
      found: 'no role that may decide a use',
      expected: 'the role of an executive of the Counterterrorism Bureau',
      todo: 'ask the system administrator for the role',
    }),
    ...unless(by.personId === namedId, {
      clause: final,
      field: 'decider',
      found: 'someone the decision does not name',
      expected: 'the executive the decision names',
      todo: 'use the link that was sent to you; a link works for nobody else',
    }),
  ];
}

function stillOpen(facts: DecisionFacts, clause: string, now: Instant): readonly Refusal[] {
  return [
    ...unless(facts.requestState === 'waiting', {
      clause,
      field: 'requestState',
      found: `a request that is ${facts.requestState}`,
      expected: 'a request that waits for a decision',
      todo: 'look at the request; it was settled before',
    }),
    ...unless(isBefore(now, facts.startsAt), {
      clause,
      field: 'startsAt',
      found: `a use that was to begin ${nyText(facts.startsAt)}`,
      expected: 'a decision before the use begins',
      todo: 'ask for a new request; this one lapsed and was not approved',
    }),
  ];
}

function approval(facts: DecisionFacts, { edition, house }: Policy): readonly Refusal[] {
  const kept = mustSay(edition, 'XR26-USE-04');
  const confirmed = facts.externalConfirmed;
  const missing = [...(confirmed?.identity ? [] : ['identity']), ...(confirmed?.affiliation ? [] : ['affiliation'])];
  return [
    ...unless(!isBlank(facts.publicKeptOutHow), {
      clause: kept,
      field: 'publicKeptOutHow',
      found: 'nothing',
      expected: 'a statement of how members of the public are kept out of the scan',
      todo: 'have it stated on the request before approving',
    }),
    ...unless(facts.acknowledgesPublicKeptOut, {
      clause: kept,
      field: 'acknowledgesPublicKeptOut',
      found: 'not acknowledged',
      expected: 'that the decider has read how the public is kept out',
      todo: 'read the statement and check the box',
    }),
    ...unless(facts.route !== 'external' || missing.length === 0, {
      clause: house.externalRequesterConfirmed.id,
      field: 'externalConfirmed',
      found: `${missing.join(' and ')} not confirmed`,
      expected: 'identity and affiliation confirmed by a member',
      todo: 'wait until a member has confirmed who is asking',
    }),
  ];
}
