/**
 * The people of the privacy office at a moment, in the order they are asked: the Agency Privacy Officer, then the
 * deputies by their place on the rota. Whether one of them may sign is judged by the rule, for each thing signed.
 */
import type { Signer } from '../../policies/disclosure.ts';
import type { Instant } from '../../policies/instant.ts';
import type { Records } from './records.aws.ts';
import { persons, roleLine, type Person } from './standing.ts';

export async function privacyOffice(
  records: Pick<Records, 'get' | 'linesOf'>,
  now: Instant,
): Promise<readonly Person[]> {
  const ids = await records.linesOf(roleLine('privacy-officer'));
  const people = await Promise.all(ids.map((id) => records.get(persons, id)));
  return people
    .filter((person) => person !== undefined)
    .filter((person) => isInOffice(person, now))
    .toSorted(
      (a, b) =>
        Number(isDeputy(a)) - Number(isDeputy(b)) ||
        (a.rotaOrder ?? 1_000) - (b.rotaOrder ?? 1_000) ||
        (a.id < b.id ? -1 : 1),
    );
}

const isDeputy = ({ privacyOffice: held }: Person): boolean => held?.office === 'deputy';

/** Active, of the role, and in office: its first and its last instant count. */
export function isInOffice({ active, roles, privacyOffice: held }: Person, now: Instant): boolean {
  if (!active || !held || !roles.includes('privacy-officer')) return false;
  return held.heldFrom <= now && (!held.heldUntil || now <= held.heldUntil);
}

/** What the records say of a person who signs, at that moment. */
export const signerFrom = ({ id, active, roles, bureau, privacyOffice: held }: Person): Signer => ({
  personId: id,
  active,
  roles,
  bureau,
  office: held?.office ?? 'none',
  ...(held && { heldFrom: held.heldFrom }),
  ...(held?.heldUntil && { heldUntil: held.heldUntil }),
});
