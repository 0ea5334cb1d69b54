/** Who answers for breaches at a moment: the officer, the deputies in their order, and the chief of the bureau. */
import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import { BUREAUS } from '../../policies/editions/ranks.ts';
import type { Instant } from '../../policies/instant.ts';
import type { Role } from '../../policies/roles.ts';
import { whoMayHandleABreach } from '../../policies/rules/who-may-handle-a-breach.ts';
import type { Records } from '../records/records.aws.ts';
import { persons, roleLine, type Person } from '../records/standing.ts';
import { handlerOf } from './handle.ts';

/** Ids of people. */
export interface PrivacyOffice {
  readonly officers: readonly string[];
  readonly deputies: readonly string[];
  readonly chiefs: readonly string[];
}

export async function privacyOfficeOf(
  records: Pick<Records, 'get' | 'linesOf'>,
  breachId: string,
  policy: PublishedPolicy,
  now: Instant,
): Promise<PrivacyOffice> {
  const [office, chiefs] = await Promise.all([
    withRole(records, 'privacy-officer'),
    withRole(records, 'legal-bureau-chief'),
  ]);
  const answering = office.filter(
    (person) =>
      whoMayHandleABreach({ breachId, handler: handlerOf({ ...person, personId: person.id }, person) }, policy, now)
        .kind === 'allowed',
  );
  const holding = (of: 'agency-privacy-officer' | 'deputy') =>
    answering.filter(({ privacyOffice }) => privacyOffice?.office === of).map(({ id }) => id);
  return {
    officers: holding('agency-privacy-officer'),
    deputies: holding('deputy'),
    chiefs: chiefs.filter(({ active, bureau }) => active && bureau === BUREAUS.legal).map(({ id }) => id),
  };
}

async function withRole(records: Pick<Records, 'get' | 'linesOf'>, role: Role): Promise<readonly Person[]> {
  const ids = await records.linesOf(roleLine(role));
  const found = await Promise.all(ids.map((id) => records.get(persons, id)));
  return found
    .filter((person) => person !== undefined)
    .toSorted((a, b) => (a.rotaOrder ?? 1_000) - (b.rotaOrder ?? 1_000) || (a.id < b.id ? -1 : 1));
}
