/** What the acts on the registers need, who acts, and how an act answers. */
import type { Signer } from '../../policies/disclosure.ts';
import type { Instant } from '../../policies/instant.ts';
import type { Role } from '../../policies/roles.ts';
import type { Refusal } from '../../policies/ruling.ts';
import type { Records } from '../records/records.aws.ts';
import { persons, type Person } from '../records/standing.ts';

export interface RegisterNeeds {
  readonly records: Records;
  now(): Instant;
  newId(prefix: string): string;
}

/** Whoever keeps the registers, as a visitor is known. */
export interface Keeper {
  readonly personId: string;
  readonly roles: readonly Role[];
  readonly active: boolean;
  readonly bureau: string;
}

export interface Refused {
  readonly kind: 'refused';
  readonly because: readonly Refusal[];
}

export const refused = (because: readonly Refusal[]): Refused => ({ kind: 'refused', because });

/** What a rule is told of somebody's office. `roles` are those in force: of a visitor, what the directory gave too. */
export function signerOf(person: Person, roles: readonly Role[] = person.roles): Signer {
  const { privacyOffice } = person;
  return {
    personId: person.id,
    active: person.active,
    bureau: person.bureau,
    roles,
    office: privacyOffice?.office ?? 'none',
    ...(privacyOffice && { heldFrom: privacyOffice.heldFrom }),
    ...(privacyOffice?.heldUntil && { heldUntil: privacyOffice.heldUntil }),
  };
}

/** The keeper as the rules take a signer, and the record that says so; somebody not on record holds no office. */
export async function keeperAsSigner(
  records: Records,
  { personId, roles, active, bureau }: Keeper,
): Promise<{ readonly signer: Signer; readonly record?: Person }> {
  const record = await records.get(persons, personId);
  if (!record) return { signer: { personId, roles, active, bureau, office: 'none' } };
  return { signer: { ...signerOf(record, roles), active: active && record.active }, record };
}

/** The most one field may hold. Engineering, not law: as much as a page shows well. */
export const MOST_SHORT = 200;
export const MOST_LONG = 4000;

/** A refusal for each field that is longer than it may be. */
export function tooLong(clause: string, texts: Readonly<Record<string, readonly [text: string, most: number]>>) {
  return Object.entries(texts)
    .filter(([, [text, most]]) => text.length > most)
    .map(([field, [text, most]]): Refusal => ({
      clause,
      field,
      found: `${text.length} characters`,
      expected: `at most ${most}`,
      todo: 'shorten it',
    }));
}
