/**
 * What a page of one disclosure reads, to whom it is theirs to see. Judges nothing, so that pages which ask no rule carry
 * none; with what the rules say of it, it is a view (disclosure-view.ts).
 */
import { mayDo } from '../../policies/roles.ts';
import type { Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { decisions, type Decision } from '../decision/contract.ts';
import { deliveries, type Delivery } from '../delivery/contract.ts';
import type { Visitor } from '../edge/visitor.ts';
import { reports, type Report } from '../mail/contract.ts';
import { keyOf } from '../records/entity.ts';
import type { LedgerEntry } from '../records/ledger.ts';
import type { Records } from '../records/records.aws.ts';
import { persons } from '../records/standing.ts';
import { disclosures, type Disclosure } from './contract.ts';
import { registersOf, type Registers } from './registers-of.ts';
import { mayTend } from './tending.ts';

export interface DisclosureSeen {
  readonly disclosure: Disclosure;
  /** The one that is asked now, or was asked last. */
  readonly decision?: Decision | undefined;
  readonly delivery?: Delivery | undefined;
  readonly report?: Report | undefined;
  readonly registers: Registers;
  readonly entries: readonly LedgerEntry[];
  readonly names: ReadonlyMap<string, string>;
  readonly visitor: Visitor;
  readonly now: Instant;
  readonly refusals?: readonly Refusal[] | undefined;
  /** What was typed into a form that was refused. */
  readonly typed?: ((name: string) => string) | undefined;
}

/** Undefined when there is none, or the visitor has nothing to do with it: both look the same from outside. */
export async function disclosureSeen(
  records: Records,
  id: string,
  visitor: Visitor,
  now: Instant,
): Promise<DisclosureSeen | undefined> {
  const disclosure = await records.get(disclosures, id);
  if (!disclosure) return undefined;
  const subject = keyOf('disclosure', id);
  const [asked, delivery, report, registers, entries] = await Promise.all([
    records.ofSubject(decisions, subject),
    disclosure.release ? records.get(deliveries, disclosure.release.deliveryId) : undefined,
    disclosure.exigentReportId ? records.get(reports, disclosure.exigentReportId) : undefined,
    registersOf(records, disclosure),
    records.ledgerOf(subject),
  ]);
  const officers = asked.records.flatMap((decision) => decision.asked.map(({ personId }) => personId));
  if (!maySee(disclosure, officers, visitor)) return undefined;
  const decision = asked.records.find((one) => one.id === disclosure.decisionId) ?? asked.records.at(-1);
  const concerned = peopleIn(disclosure, entries, officers);
  const names = await namesOf(records, concerned);
  return { disclosure, decision, delivery, report, registers, entries, names, visitor, now };
}

const SEE_ALL = ['read-disclosures', 'decide-disclosure', 'handle-breach'] as const;

const maySee = ({ requesterId }: Disclosure, officers: readonly string[], { personId, roles }: Visitor): boolean =>
  requesterId === personId || officers.includes(personId) || SEE_ALL.some((task) => mayDo(roles, task));

/** Whether the visitor may fill it in, enclose, send and revoke. */
export const isTended = ({ disclosure, visitor }: Pick<DisclosureSeen, 'disclosure' | 'visitor'>): boolean =>
  mayTend(visitor, disclosure);

/** Whether it is the visitor's own. */
export const isOwn = ({ disclosure, visitor }: Pick<DisclosureSeen, 'disclosure' | 'visitor'>): boolean =>
  disclosure.requesterId === visitor.personId;

export const isOpenToChange = ({ state }: Disclosure): boolean => state === 'preparing' || state === 'completing';

const PEOPLE_FACTS = ['asks', 'for', 'to', 'by'];

function peopleIn(disclosure: Disclosure, entries: readonly LedgerEntry[], more: readonly string[]): Set<string> {
  const ids = new Set([disclosure.requesterId, ...more]);
  for (const { addedBy, leftOut } of disclosure.enclosures) {
    ids.add(addedBy);
    if (leftOut) ids.add(leftOut.by);
  }
  for (const { by } of [disclosure.askedBack, ...(disclosure.answeredBack ?? [])].filter((one) => one !== undefined))
    ids.add(by);
  for (const said of [disclosure.asked.identity, disclosure.asked.affiliation, disclosure.asked.lawfulness])
    if (said) ids.add(said.byId);
  if (disclosure.approval) ids.add(disclosure.approval.signer.personId);
  for (const { by, facts } of entries) {
    if (by.kind === 'person') ids.add(by.id);
    for (const key of PEOPLE_FACTS) if (typeof facts?.[key] === 'string') ids.add(facts[key]);
  }
  return ids;
}

async function namesOf(records: Records, ids: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
  const people = await Promise.all([...ids].map((id) => records.get(persons, id)));
  return new Map(people.flatMap((person) => (person ? [[person.id, person.name] as const] : [])));
}
