/**
 * Places a hold. The hold, every copy of the fence, the cases it names and what works out the dates anew are one change:
 * from that moment nothing it takes in is destroyed, whether its card has been told or not. What had been destroyed before
 * is looked up right after, and named in the hold.
 */
import { HOUSE } from '../../policies/editions/house.ts';
import { retentionPolicyAt } from '../../policies/editions/retention-clauses.ts';
import { plusHours } from '../../policies/instant.ts';
import { mayAHoldBePlaced } from '../../policies/rules/may-a-hold-be-placed.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { caseKey, cases } from '../case/contract.ts';
import { idFromDraft } from '../edge/system.ts';
import { sha256 } from '../records/canonical.ts';
import { put } from '../records/change.ts';
import type { Told } from '../records/ledger.ts';
import { untilWritten } from '../records/until-written.ts';
import { everyFence, fencePuts, recalculationOwed, type Fence } from '../retention/contract.ts';
import { HOLD_CLAUSE, inTheWay, onFile, scopeWith, type HoldAsked } from './asked.ts';
import { holdKey, holds, type Hold, type HoldScope } from './contract.ts';
import { noticeOf } from './notice-of.ts';
import { nameGone } from './name-gone.ts';
import { refused, written, type Doer, type HoldNeeds, type HoldRefused } from './needs.ts';

export interface Placing {
  readonly person: Doer;
  readonly asked: HoldAsked;
  /** What the form itself could not read. */
  readonly refusals?: readonly Refusal[];
  /** The form's own number: the same form sent twice places one hold. */
  readonly draft?: string;
}

export type Placed = { readonly kind: 'placed'; readonly hold: Hold } | HoldRefused;

/** What a copy of the fence may grow to: an item of the table holds 400 kB. */
const MOST_FENCE_BYTES = 150_000;

export async function placeHold(needs: HoldNeeds, placing: Placing): Promise<Placed> {
  const { draft, person } = placing;
  const id = draft ? idFromDraft('H', `${draft} ${person.personId}`) : needs.newId('H');
  const placed = await untilWritten(() => placedOnce(needs, id, placing));
  if (placed.kind === 'refused' || placed.hold.gone) return placed;
  const named = await nameGone(needs, id, { kind: 'person', id: person.personId });
  return { kind: 'placed', hold: named ?? placed.hold };
}

/** What is in the way of a hold as it would be placed now; nothing is written. */
export async function judgePlacing(needs: HoldNeeds, { person, asked, refusals = [] }: Placing) {
  const now = needs.now();
  const file = await onFile(needs.records, asked);
  const ruling = mayAHoldBePlaced(
    {
      kind: asked.kind,
      name: asked.name,
      reason: asked.reason,
      authority: asked.authority,
      ownerActive: file.owner?.active ?? false,
      scope: { kind: asked.scope.kind, count: countOf(asked.scope) },
      roles: person.roles,
    },
    retentionPolicyAt(now),
    now,
  );
  const own = [...refusals, ...inTheWay(asked, file)];
  const said = new Set(own.map(({ field }) => (SCOPE_FIELDS.includes(field) ? 'scope' : field)));
  const judged = (ruling.kind === 'refused' ? ruling.because : []).filter(({ field }) => !said.has(field));
  return {
    now,
    file,
    clauses: ruling.kind === 'allowed' ? ruling.clauses : [],
    // The form asks for the owner by number.
    because: [...own, ...judged.map((one) => (one.field === 'owner' ? { ...one, field: 'ownerId' } : one))],
  };
}

const SCOPE_FIELDS: readonly string[] = ['recordIds', 'caseNumbers', 'technology', 'capturedUntil'];

export const countOf = (scope: HoldScope): number =>
  scope.kind === 'records' ? scope.ids.length : scope.kind === 'cases' ? scope.caseNumbers.length : 1;

async function placedOnce(needs: HoldNeeds, id: string, placing: Placing): Promise<Placed> {
  const { asked, person } = placing;
  const before = await needs.records.get(holds, id);
  if (before) return { kind: 'placed', hold: before };
  const { now, file, clauses, because } = await judgePlacing(needs, placing);
  if (because.length > 0) return refused(...because);

  const copies = await everyFence(needs.records);
  const scope = scopeWith(asked.scope, file.cases);
  const entry = entryOf(id, scope);
  const full = copies.map((copy) => withEntry(copy, entry));
  if (full.some((copy) => Buffer.byteLength(JSON.stringify(copy)) > MOST_FENCE_BYTES))
    return refused(tooManyAtOnce(copies[0]?.holds.length ?? 0));

  const owed = recalculationOwed({
    cause: 'hold-placed',
    scope: { kind: 'hold', holdId: id },
    subject: holdKey(id),
    by: person.personId,
    at: now,
    newId: needs.newId,
  });
  const hold: Hold = {
    id,
    version: 0,
    kind: asked.kind,
    name: asked.name.trim(),
    reason: asked.reason.trim(),
    authority: asked.authority.trim(),
    ownerId: asked.ownerId,
    ...(asked.custodianIds.length > 0 && {
      custodianIds: [...new Set(asked.custodianIds)],
      askCustodiansAt: plusHours(now, HOUSE.daysToAcknowledgeHold.days * 24),
    }),
    scope,
    placedBy: person.personId,
    placedAt: now,
    state: 'placing',
    recalculationId: owed.record.id,
    reviewAt: plusHours(now, HOUSE.daysToReviewHold.days * 24),
  };
  await needs.records.write({
    at: now,
    by: { kind: 'person', id: person.personId },
    puts: [
      put(holds, hold),
      ...fencePuts(copies, (copy) => withEntry(copy, entry)),
      ...file.cases.map((one) => put(cases, { ...one, holdIds: [...new Set([...one.holdIds, id])] })),
      ...owed.puts,
    ],
    tells: [
      told(hold, clauses),
      ...file.cases.map((one) => ({ subject: caseKey(one.id), ...ON_CASE, facts: { hold: id } })),
    ],
    notes: owed.notes,
    mails: noticeOf(hold, 'hold-placed'),
  });
  return { kind: 'placed', hold: written(hold) };
}

const ON_CASE = { act: 'hold placed on the case', clauses: [HOLD_CLAUSE] } as const;

function told(hold: Hold, clauses: readonly string[]): Told {
  return {
    subject: holdKey(hold.id),
    act: 'hold placed',
    clauses,
    facts: {
      kind: hold.kind,
      scope: hold.scope.kind,
      count: countOf(hold.scope),
      owner: hold.ownerId,
      custodians: hold.custodianIds ?? [],
      name: sha256(hold.name),
      reason: sha256(hold.reason),
      authority: sha256(hold.authority),
    },
  };
}

const entryOf = (holdId: string, scope: HoldScope): Fence['holds'][number] => ({
  holdId,
  ...(scope.kind === 'records' && { cards: scope.ids }),
  ...(scope.kind === 'cases' && { cases: scope.caseNumbers }),
  ...(scope.kind === 'matching' && { matching: scope.matching }),
});

const withEntry = (copy: Fence, entry: Fence['holds'][number]): Fence => ({
  ...copy,
  holds: [...copy.holds.filter(({ holdId }) => holdId !== entry.holdId), entry],
});

const tooManyAtOnce = (count: number): Refusal => ({
  clause: HOLD_CLAUSE,
  field: 'scope',
  found: `${count} holds that are being placed at this moment or are on whole kinds of records`,
  expected: 'fewer at once',
  todo: 'wait until those are placed, as the list of holds shows, and send this again; nothing was placed. What cannot wait is named by its case',
});
