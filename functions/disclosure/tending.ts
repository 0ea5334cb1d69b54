/** What the acts of a requester share: whose disclosure it is, where it may stand, and one change of it told. */
import { HOUSE } from '../../policies/editions/house.ts';
import type { Instant } from '../../policies/instant.ts';
import { mayDo } from '../../policies/roles.ts';
import type { Refusal, Refused } from '../../policies/ruling.ts';
import { put, type Change } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import type { Actor, Told } from '../records/ledger.ts';
import { disclosures, type Disclosure, type DisclosureState } from './contract.ts';
import type { Acting, StepNeeds } from './needs.ts';

export interface Tending {
  readonly disclosureId: string;
  readonly person: Acting;
}

/** A disclosure is tended by its requester, and by a privacy officer who helps to prepare it. */
export const mayTend = (person: Acting, { requesterId }: Pick<Disclosure, 'requesterId'>): boolean =>
  person.active &&
  mayDo(person.roles, 'request-disclosure') &&
  (person.personId === requesterId || mayDo(person.roles, 'decide-disclosure'));

/** Undefined when there is none, or none that this person tends. */
export async function tended(
  { records }: Pick<StepNeeds, 'records'>,
  { disclosureId, person }: Tending,
): Promise<Disclosure | undefined> {
  const disclosure = await records.get(disclosures, disclosureId);
  return disclosure && mayTend(person, disclosure) ? disclosure : undefined;
}

/** While it is prepared or completed it may be changed; later only what was shown counts. */
export function notWhile(
  { state }: Pick<Disclosure, 'state'>,
  allowed: readonly DisclosureState[] = ['preparing', 'completing'],
): Refused | undefined {
  if (allowed.includes(state)) return undefined;
  return refused({
    clause: HOUSE.shownIsDecided.id,
    field: 'state',
    found: `a disclosure that is ${state}`,
    expected: `one that is ${allowed.join(' or ')}`,
    todo: 'open its page to see where it stands',
  });
}

/** With who changed what is asked or enclosed, if that is not the requester: somebody else signs it off then. */
export function preparedWith(disclosure: Disclosure, { personId }: Acting): Disclosure {
  const { requesterId, preparedBy = [] } = disclosure;
  if (personId === requesterId || preparedBy.includes(personId)) return disclosure;
  return { ...disclosure, preparedBy: [...preparedBy, personId] };
}

export const refused = (...because: readonly Refusal[]): Refused => ({ kind: 'refused', because });

/** One change of one disclosure and what the ledger is told of it. */
export function changed(
  disclosure: Disclosure,
  by: Actor,
  at: Instant,
  told: Omit<Told, 'subject' | 'edition'>,
  more: Partial<Pick<Change, 'puts' | 'notes' | 'mails' | 'lines' | 'unchanged'>> = {},
): Change {
  return {
    at,
    by,
    ...more,
    puts: [put(disclosures, disclosure), ...(more.puts ?? [])],
    tells: [{ subject: keyOf('disclosure', disclosure.id), edition: disclosure.edition, ...told }],
  };
}

/** As it is on record once the change is written. */
export const written = (disclosure: Disclosure): Disclosure => ({ ...disclosure, version: disclosure.version + 1 });
