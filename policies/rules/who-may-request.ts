/**
 * Who may ask for a use of mobile x-ray?
 *
 * A member asks as an executive: uniformed, Captain or above. An executive of the Counterterrorism
 * Bureau starts a use without anyone else asking. An outside entity may ask too; a member confirms who
 * it is, and until then the request waits. A confirmation that failed ends it.
 *
 * Units   none
 * Answers allowed with the route the request takes and what is still to be confirmed, or refused
 * Throws  nothing
 * Source  XR26-USE-05, XR26-USE-06, XR26-USE-08, XR26-SAFE-08 and their 2021 twins;
 *         house-external-requester-confirmed
 */
import { mustSay } from '../clause-in.ts';
import type { Policy } from '../editions/edition.ts';
import type { Instant } from '../instant.ts';
import { mayDo } from '../roles.ts';
import { ruled, unless, type Refusal, type Ruling } from '../ruling.ts';
import { isBureauExecutive, isExecutive, standingText, type Standing } from './executive.ts';

export interface MemberRequester extends Standing {
  readonly kind: 'member';
}

/** An outside entity, as the member who entered the request found it. Absent means not yet looked into. */
export interface ExternalRequester {
  readonly kind: 'external';
  readonly identityConfirmed?: boolean;
  readonly affiliationConfirmed?: boolean;
}

export type Requester = MemberRequester | ExternalRequester;

/** How a request comes in: it decides who may decide it and what has to be confirmed first. */
export type Route = 'executive' | 'bureau-self-initiated' | 'external';

export type Confirmation = 'identity' | 'affiliation';

export type RequestStanding = Ruling<{ readonly route: Route; readonly stillToConfirm: readonly Confirmation[] }>;

export function whoMayRequest(requester: Requester, policy: Policy, _now: Instant): RequestStanding {
  return requester.kind === 'external' ? external(requester, policy) : member(requester, policy);
}

function member(requester: MemberRequester, { edition }: Policy): RequestStanding {
  const executives = mustSay(edition, 'XR26-USE-05');
  const tasks = mustSay(edition, 'XR26-SAFE-08');
  const because = [
    ...unless(isExecutive(requester), {
      clause: executives,
      field: 'requester',
      found: standingText(requester),
      expected: 'an active uniformed member in the rank of Captain or above',
      todo: 'ask an executive of your command to make the request',
    }),
    ...unless(mayDo(requester.roles, 'request-use'), {
      clause: tasks,
      field: 'requester',
      found: 'no role that may ask for a use',
      expected: 'the role of an executive',
      todo: 'ask the system administrator for the role your rank entitles you to',
    }),
  ];
  return isBureauExecutive(requester)
    ? ruled([executives, mustSay(edition, 'XR26-USE-08'), tasks], because, {
        route: 'bureau-self-initiated',
        stillToConfirm: [],
      })
    : ruled([executives, tasks], because, { route: 'executive', stillToConfirm: [] });
}

function external(requester: ExternalRequester, { edition, house }: Policy): RequestStanding {
  const confirmed = house.externalRequesterConfirmed.id;
  const failed = (field: string, what: Confirmation): Refusal => ({
    clause: confirmed,
    field,
    found: `${what} looked into and not confirmed`,
    expected: `${what} confirmed`,
    todo: 'tell the entity that the request ends here; it may ask again through someone who can be confirmed',
  });
  const because = [
    ...unless(requester.identityConfirmed !== false, failed('identityConfirmed', 'identity')),
    ...unless(requester.affiliationConfirmed !== false, failed('affiliationConfirmed', 'affiliation')),
  ];
  const stillToConfirm: readonly Confirmation[] = [
    ...(requester.identityConfirmed ? [] : (['identity'] as const)),
    ...(requester.affiliationConfirmed ? [] : (['affiliation'] as const)),
  ];
  return ruled([mustSay(edition, 'XR26-USE-06'), confirmed], because, { route: 'external', stillToConfirm });
}
