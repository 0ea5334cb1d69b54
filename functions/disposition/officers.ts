/** The people of an office that signs: active, with its role, in the order they are asked. */
import { mayDo } from '../../policies/roles.ts';
import type { Records } from '../records/records.aws.ts';
import { persons, roleLine, type Person } from '../records/standing.ts';
import type { SigningOffice } from './contract.ts';

export async function peopleOf(
  records: Pick<Records, 'get' | 'linesOf'>,
  office: SigningOffice,
): Promise<readonly Person[]> {
  const ids = await records.linesOf(roleLine(office));
  const people = await Promise.all(ids.map((id) => records.get(persons, id)));
  return people
    .filter((person) => person !== undefined)
    .filter(({ active, roles }) => active && roles.includes(office) && mayDo(roles, 'sign-disposal'))
    .toSorted((a, b) => (a.rotaOrder ?? 1_000) - (b.rotaOrder ?? 1_000) || (a.id < b.id ? -1 : 1));
}

/** Mails of one kind to every records officer, about a batch. */
export const mailsToOfficers = (
  officers: readonly Person[],
  kind: 'disposition-proposed' | 'disposition-declined' | 'disposition-destroyed' | 'disposition-overdue',
  about: string,
) => officers.map(({ id }) => ({ kind, to: { personId: id }, about, subject: about }));
