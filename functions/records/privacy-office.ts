/** The Agency Privacy Officer and the deputies who hold the office at a moment. */
import type { Instant } from '../../policies/instant.ts';
import type { Records } from './records.aws.ts';
import { persons, roleLine, type Person } from './standing.ts';

/** Active, of the role, and in office: its first and its last instant count. */
export function isInOffice({ active, roles, privacyOffice }: Person, now: Instant): boolean {
  if (!active || !privacyOffice || !roles.includes('privacy-officer')) return false;
  const { heldFrom, heldUntil } = privacyOffice;
  return heldFrom <= now && (!heldUntil || now <= heldUntil);
}

export async function officeAt(records: Pick<Records, 'get' | 'linesOf'>, now: Instant): Promise<readonly Person[]> {
  const ids = await records.linesOf(roleLine('privacy-officer'));
  const people = await Promise.all(ids.map((id) => records.get(persons, id)));
  return people.filter((person) => person !== undefined).filter((person) => isInOffice(person, now));
}
