/**
 * Is this member an executive, and of which bureau?
 *
 * An executive is a uniformed member in the rank of Captain or above. A civilian is none, however
 * senior, and neither is a member who is no longer active.
 *
 * Units   none
 * Answers true or false; who is asked for a reason builds the refusal
 * Throws  nothing; a rank that is not on the ladder is below Captain
 * Source  XR26-USE-05, XR26-USE-07, XR21-USE-02
 */
import { BUREAUS, isAtLeast, LOWEST_EXECUTIVE_RANK, rankLabel } from '../editions/ranks.ts';

/** What the department's records say about a member at the moment that is judged. */
export interface Standing {
  readonly active: boolean;
  readonly uniformed: boolean;
  /** A rank id of editions/ranks.ts, or 'civilian'. */
  readonly rank: string;
  /** A bureau id; those the rules ask for are in editions/ranks.ts. */
  readonly bureau: string;
  readonly roles: readonly string[];
}

export function isExecutive(member: Standing): boolean {
  return member.active && member.uniformed && isAtLeast(member.rank, LOWEST_EXECUTIVE_RANK);
}

export function isBureauMember(member: Standing): boolean {
  return member.active && member.bureau === BUREAUS.counterterrorism;
}

export function isBureauExecutive(member: Standing): boolean {
  return isBureauMember(member) && isExecutive(member);
}

/** The standing in words that name no person: 'an active uniformed Lieutenant of another bureau'. */
export function standingText(member: Standing): string {
  const active = member.active ? 'an active' : 'an inactive';
  const bureau = member.bureau === BUREAUS.counterterrorism ? 'the Counterterrorism Bureau' : 'another bureau';
  return `${active} ${member.uniformed ? `uniformed ${rankLabel(member.rank)}` : 'civilian'} of ${bureau}`;
}
