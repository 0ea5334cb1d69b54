/** Reads what is on file: all of a kind, newest first, and the names of the people its pages speak of. */
import type { Entity } from '../records/entity.ts';
import type { Records } from '../records/records.aws.ts';
import { persons, roleLine, type Person } from '../records/standing.ts';
import {
  agreements,
  deputyNamings,
  designations,
  preApprovals,
  standingAccesses,
  type DeputyNaming,
  type OnFile,
} from './contract.ts';

/** A department keeps some dozens of each, with what is over; a page shows all of them. */
export async function everyOf<T extends OnFile>(
  records: Records,
  kind: Entity<T>,
  subject: string,
): Promise<readonly T[]> {
  const found: T[] = [];
  let from: string | undefined;
  do {
    const listing = await records.ofSubject(kind, subject, { newestFirst: true, ...(from && { from }) });
    found.push(...listing.records);
    from = listing.next;
  } while (from);
  return found;
}

export const everyAgreement = (records: Records) => everyOf(records, agreements, 'agreements');
export const everyPreApproval = (records: Records) => everyOf(records, preApprovals, 'pre-approvals');
export const everyDesignation = (records: Records) => everyOf(records, designations, 'routine-designations');
export const everyAccess = (records: Records) => everyOf(records, standingAccesses, 'standing-accesses');
export const everyNaming = (records: Records) => everyOf(records, deputyNamings, 'deputy-namings');

/** Names by id, for the ids that are on record. */
export async function namesOf(records: Records, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all([...new Set(ids)].map((id) => records.get(persons, id)));
  return new Map(found.flatMap((person) => (person ? [[person.id, person.name] as const] : [])));
}

/** Whoever has the role of a privacy officer, by name. */
export async function privacyOffice(records: Records): Promise<readonly Person[]> {
  const ids = await records.linesOf(roleLine('privacy-officer'));
  const people = await Promise.all(ids.map((id) => records.get(persons, id)));
  return people.filter((person) => person !== undefined).toSorted((a, b) => a.name.localeCompare(b.name));
}

/** Whoever holds the privacy office or held it last, by name: of those with the role, and of those ever named here. */
export async function officeHolders(records: Records, namings: readonly DeputyNaming[]): Promise<readonly Person[]> {
  const named = namings.map(({ deputyId }) => deputyId);
  const ids = new Set([...(await records.linesOf(roleLine('privacy-officer'))), ...named]);
  const people = await Promise.all([...ids].map((id) => records.get(persons, id)));
  return people
    .filter((person) => person?.privacyOffice !== undefined)
    .map((person) => person!)
    .toSorted((a, b) => a.name.localeCompare(b.name));
}
