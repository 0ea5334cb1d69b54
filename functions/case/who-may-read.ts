/**
 * Whom a case is open to. Those whose duty reaches every case, and those who only oversee, read all; an investigator reads
 * and keeps the cases that are their duty (XR26-SAFE-07).
 */
import { xrayPolicyInForce } from '../../policies/editions/x-ray.ts';
import type { Policy } from '../../policies/editions/edition.ts';
import { FactMalformed } from '../../policies/faults.ts';
import type { Instant } from '../../policies/instant.ts';
import { mayDo, type Role } from '../../policies/roles.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { reachesEveryCase, whoMayReadACase } from '../../policies/rules/who-may-read-a-case.ts';
import { dutyLine } from '../image/contract.ts';
import type { Records } from '../records/records.aws.ts';

export interface Reader {
  readonly personId: string;
  readonly roles: readonly Role[];
}

/** The policy that says whom what is kept is open to. */
function policyAt(at: Instant): Policy {
  const policy = xrayPolicyInForce(at);
  if (!policy) throw new FactMalformed(`no edition of the mobile x-ray policy was in force at ${at}; check the clock`);
  return policy;
}

/** Roles that read cases and keep none: they oversee, and their duty is no one case. */
const overseesCases = (roles: readonly Role[]): boolean =>
  roles.some((role) => mayDo([role], 'read-cases') && !mayDo([role], 'keep-cases'));

/** The case numbers that a person may read: all, or those that are their duty. */
export const readableBy = async (
  records: Pick<Records, 'linesOf'>,
  { personId, roles }: Reader,
): Promise<readonly string[] | 'all'> =>
  reachesEveryCase(roles) || overseesCases(roles) ? 'all' : records.linesOf(dutyLine(personId));

/** Why a person may not read a case of these numbers; undefined when they may. One of a merged case's numbers is enough. */
export function whyNotRead(
  readable: readonly string[] | 'all',
  numbers: readonly string[],
  at: Instant,
): Refusal | undefined {
  if (readable === 'all') return undefined;
  const rulings = numbers.map((caseNumber) =>
    whoMayReadACase({ roles: [], dutyCases: readable, caseNumber }, policyAt(at), at),
  );
  const first = rulings[0];
  return rulings.some(({ kind }) => kind === 'allowed') || first?.kind !== 'refused' ? undefined : first.because[0];
}

/** Why somebody with these roles may not keep a case; `duties` are the case numbers that are their duty. */
export function whyNotKeep(
  roles: readonly Role[],
  duties: readonly string[],
  caseNumber: string,
  at: Instant,
): Refusal | undefined {
  if (!mayDo(roles, 'keep-cases'))
    return {
      clause: 'XR26-SAFE-08',
      field: 'viewer',
      found: 'no role that keeps cases',
      expected: 'a role that does',
      todo: 'ask whoever the case is assigned to, or a records officer',
    };
  const ruling = whoMayReadACase({ roles, dutyCases: duties, caseNumber }, policyAt(at), at);
  return ruling.kind === 'refused' ? ruling.because[0] : undefined;
}
