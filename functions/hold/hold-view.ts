/** What the pages of holds show, read from the records: one hold, the lists, the holds on one record. Reads only. */
import type { Instant } from '../../policies/instant.ts';
import { mayDo, rolesFor, type Role } from '../../policies/roles.ts';
import { cases } from '../case/contract.ts';
import type { Visitor } from '../edge/visitor.ts';
import { itemOf } from '../records/entity.ts';
import type { LedgerEntry } from '../records/ledger.ts';
import type { Listing, Records } from '../records/records.aws.ts';
import { persons, roleLine, type Person } from '../records/standing.ts';
import {
  fenceOf,
  fences,
  progressOf,
  recalculations,
  retentionCards,
  type RetentionCard,
} from '../retention/contract.ts';
import { BINDING, holdKey, holds, isGone, RELEASED, takesIn, type Hold } from './contract.ts';

export const READ = ['read-retention', 'place-hold', 'release-hold'] as const;

/** Records and cases listed on the page of a hold; the rest is counted. */
export const MOST_LISTED = 50;

/** How far its cards have been told. `total` is known once they are listed. */
export interface Progress {
  readonly told: number;
  readonly total?: number;
}

export interface HoldView {
  readonly hold: Hold;
  readonly progress?: Progress | undefined;
  /** Of those named as gone, whose files were still going then and that the store has kept after all. */
  readonly keptAfterAll: ReadonlySet<string>;
  readonly entries: readonly LedgerEntry[];
  readonly names: ReadonlyMap<string, string>;
  readonly visitor: Visitor;
  readonly now: Instant;
}

/** Who oversees retention sees every hold; its owner and its custodians see theirs; nobody else sees that it is there. */
export function maySee(hold: Hold, { personId, roles }: Visitor): boolean {
  const own = hold.ownerId === personId || (hold.custodianIds ?? []).includes(personId);
  return own || READ.some((task) => mayDo(roles, task));
}

export async function holdView(
  records: Records,
  id: string,
  visitor: Visitor,
  now: Instant,
): Promise<HoldView | undefined> {
  const hold = await records.get(holds, id);
  if (!hold || !maySee(hold, visitor)) return undefined;
  const [entries, progress, cards] = await Promise.all([
    records.ledgerOf(holdKey(id)),
    progressOfHold(records, hold),
    Promise.all((hold.gone?.named ?? []).slice(0, MOST_LISTED).map((one) => records.get(retentionCards, one.id))),
  ]);
  const keptAfterAll = new Set(cards.flatMap((card) => (card && !isGone(card) ? [card.id] : [])));
  const ids = [
    hold.ownerId,
    hold.placedBy,
    ...(hold.custodianIds ?? []),
    ...(hold.release ? [hold.release.by] : []),
    ...entries.flatMap(({ by, facts }) => [by.id, ...['owner', 'from', 'to', 'asks'].map((fact) => facts?.[fact])]),
  ].filter((one) => typeof one === 'string');
  return { hold, progress, keptAfterAll, entries, names: await namesOf(records, ids), visitor, now };
}

export async function namesOf(records: Pick<Records, 'get'>, ids: readonly string[]) {
  const people = await Promise.all([...new Set(ids)].map((id) => records.get(persons, id)));
  return new Map(people.flatMap((person) => (person ? [[person.id, person.name] as const] : [])));
}

async function progressOfHold(records: Records, { recalculationId }: Hold): Promise<Progress | undefined> {
  const one = recalculationId ? await records.get(recalculations, recalculationId) : undefined;
  if (!one) return undefined;
  const { done } = await progressOf(records, one.id);
  return { told: done, ...(one.total !== undefined && { total: one.total }) };
}

/** Newest first. `after` is the hold that was listed last. */
export async function listedHolds(
  records: Records,
  which: 'binding' | 'released',
  after: string | undefined,
): Promise<Listing<Hold>> {
  const last = after ? await records.get(holds, after) : undefined;
  const subject = which === 'released' ? RELEASED : BINDING;
  return records.ofSubject(holds, subject, {
    newestFirst: true,
    most: 50,
    ...(last && { from: markOf(last, subject) }),
  });
}

/** Where a listing goes on after this hold: its keys, as the index has them. */
function markOf(hold: Hold, subject: string): string {
  const { pk, sk, subjectOrder } = itemOf(holds, hold);
  return Buffer.from(JSON.stringify({ pk, sk, subject, subjectOrder })).toString('base64url');
}

export interface OnRecord {
  readonly card: RetentionCard;
  readonly holds: readonly Hold[];
}

/** Every hold that takes in a record: told to its card, to one of its cases, or still on the fence. */
export async function holdsOn(records: Records, cardId: string): Promise<OnRecord | undefined> {
  const card = await records.get(retentionCards, cardId);
  if (!card) return undefined;
  const [fence, ...of] = await Promise.all([
    records.get(fences, fenceOf(cardId)),
    ...card.caseNumbers.map((number) => records.get(cases, number)),
  ]);
  const told = new Set([...card.holdIds, ...of.flatMap((one) => one?.holdIds ?? [])]);
  const ids = new Set([...told, ...(fence?.holds ?? []).map(({ holdId }) => holdId)]);
  const found = await Promise.all([...ids].map((id) => records.get(holds, id)));
  const on = found
    .filter((hold) => hold !== undefined)
    .filter((hold) => told.has(hold.id) || takesIn(hold.scope, card));
  return { card, holds: on.toSorted((a, b) => (a.placedAt < b.placedAt ? -1 : 1)) };
}

/** Who may answer for a hold, as the form offers them: whoever places or releases holds. */
export async function owners(records: Pick<Records, 'get' | 'linesOf'>): Promise<readonly Person[]> {
  const roles = [...new Set<Role>([...rolesFor('place-hold'), ...rolesFor('release-hold')])];
  const ids = (await Promise.all(roles.map((role) => records.linesOf(roleLine(role))))).flat();
  const people = await Promise.all([...new Set(ids)].map((id) => records.get(persons, id)));
  return people
    .filter((person) => person !== undefined)
    .filter(({ active }) => active)
    .toSorted((a, b) => a.name.localeCompare(b.name));
}
