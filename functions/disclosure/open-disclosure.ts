/**
 * Opens a disclosure from a filled-in form, to be completed before anything runs. What the form cannot be read for is
 * refused; help with immigration enforcement is refused and put on record; everything else is kept as it was typed, and
 * judged when it is sent.
 */
import { plusDays24 } from './due.ts';
import { HOUSE } from '../../policies/editions/house.ts';
import { policyInForce } from '../../policies/editions/index.ts';
import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import { mayDo } from '../../policies/roles.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { idFromDraft } from '../edge/system.ts';
import { sha256 } from '../records/canonical.ts';
import { keyOf } from '../records/entity.ts';
import { askedFrom, unreadable, type DisclosureAskedDraft } from './asked-draft.ts';
import { disclosures, disclosuresOfMonth, immigrationRequests, type Disclosure } from './contract.ts';
import { factsOfStop, immigrationRequest, immigrationStop, type Stop } from './immigration-stop.ts';
import type { Acting, StepNeeds } from './needs.ts';
import { changed, written } from './tending.ts';

export type { DisclosureAskedDraft } from './asked-draft.ts';

export interface Opening {
  readonly person: Acting;
  readonly asked: DisclosureAskedDraft;
  /** What the form itself could not read. */
  readonly refusals?: readonly Refusal[];
  /** The form's own number: the same form sent twice opens one disclosure. */
  readonly draft?: string;
}

export type Opened =
  | { readonly kind: 'opened'; readonly disclosure: Disclosure }
  | { readonly kind: 'refused'; readonly because: readonly Refusal[]; readonly onRecordAs?: string };

export async function openDisclosure(needs: StepNeeds, given: Opening): Promise<Opened> {
  const { person, asked: draft, refusals = [] } = given;
  const now = needs.now();
  if (!person.active || !mayDo(person.roles, 'request-disclosure')) return { kind: 'refused', because: [MAY_NOT] };
  const policy = policyInForce(draft.technology, now);
  const stop = policy && immigrationStop(draft, policy, now);
  if (policy && stop) return putStopOnRecord(needs, given, policy, stop);
  const because = [...refusals, ...unreadable(draft, now)];
  if (!policy || because.length > 0) return { kind: 'refused', because };

  const id = given.draft ? idFromDraft('X', `${given.draft} ${person.personId}`) : needs.newId('X');
  const before = given.draft ? await needs.records.get(disclosures, id) : undefined;
  if (before) return { kind: 'opened', disclosure: before };
  const asked = askedFrom(draft, undefined, person.personId, now);
  const lapsesAt = plusDays24(now, HOUSE.daysToCompleteDisclosure.days);
  const disclosure: Disclosure = {
    id,
    version: 0,
    state: 'preparing',
    requesterId: person.personId,
    openedAt: now,
    asked,
    enclosures: [],
    edition: policy.edition.id,
    step: 'Prepare the disclosure',
    lapsesAt,
    dueAt: lapsesAt,
  };
  await needs.records.write(
    changed(
      disclosure,
      { kind: 'person', id: person.personId },
      now,
      {
        act: 'disclosure opened',
        clauses: [HOUSE.daysToCompleteDisclosure.id],
        facts: {
          technology: asked.technology,
          type: asked.disclosureType,
          recipient: asked.recipient.kind,
          ground: asked.basis?.ground ?? 'none',
          asked: sha256(asked),
        },
      },
      { lines: [{ from: disclosuresOfMonth(now), to: id }] },
    ),
  );
  return { kind: 'opened', disclosure: written(disclosure) };
}

const MAY_NOT: Refusal = {
  clause: HOUSE.kindsOfDisclosure.id,
  field: 'requester',
  found: 'no role that asks for disclosures',
  expected: 'an active member whose role does',
  todo: 'ask a member who may, or the system administrator for the role',
};

/** No disclosure comes of it. The same form sent again is the same request for help, and is recorded once. */
async function putStopOnRecord(
  needs: StepNeeds,
  { person, asked, draft }: Opening,
  { edition }: PublishedPolicy,
  { because, clauses }: Stop,
): Promise<Opened> {
  const at = needs.now();
  const id = draft ? idFromDraft('G', `${draft} ${person.personId} ${sha256(asked)}`) : needs.newId('G');
  if (draft && (await needs.records.get(immigrationRequests, id))) return { kind: 'refused', because, onRecordAs: id };
  const on = keyOf('immigration-request', id);
  const { puts, lines = [] } = immigrationRequest(asked, { clauses }, { id, at, by: person.personId, on });
  await needs.records.write({
    at,
    by: { kind: 'person', id: person.personId },
    puts,
    lines,
    tells: [
      { subject: on, act: 'immigration request refused', edition: edition.id, clauses, facts: factsOfStop(asked) },
    ],
  });
  return { kind: 'refused', because, onRecordAs: id };
}
