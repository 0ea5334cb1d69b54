/**
 * May this member read what belongs to a case?
 *
 * What was kept is for those whose duty is the case it belongs to. A few duties reach every case: records,
 * privacy, requests under the Freedom of Information Law, and internal investigation.
 *
 * Units   none
 * Answers allowed or refused
 * Throws  nothing
 * Source  XR26-SAFE-07 and its 2021 twin
 */
import { mustSay } from '../clause-in.ts';
import type { Policy } from '../editions/edition.ts';
import type { Instant } from '../instant.ts';
import type { Role } from '../roles.ts';
import { ruled, unless, type Ruling } from '../ruling.ts';

export interface CaseReader {
  readonly roles: readonly string[];
  /** Case numbers that are this member's duty. */
  readonly dutyCases: readonly string[];
  /** The case that what is asked for belongs to. */
  readonly caseNumber: string;
}

const REACH_EVERY_CASE: readonly Role[] = ['privacy-officer', 'records-officer', 'foil-officer', 'internal-affairs'];

export const reachesEveryCase = (roles: readonly string[]): boolean =>
  REACH_EVERY_CASE.some((role) => roles.includes(role));

export function whoMayReadACase(
  { roles, dutyCases, caseNumber }: CaseReader,
  { edition }: Policy,
  _now: Instant,
): Ruling {
  const clause = mustSay(edition, 'XR26-SAFE-07');
  const because = unless(reachesEveryCase(roles) || dutyCases.includes(caseNumber), {
    clause,
    field: 'viewer',
    found: 'a case that is not among your duties',
    expected: 'a case you are assigned to',
    todo: 'ask your supervisor, stating the need',
  });
  return ruled([clause], because);
}
