/** All that the pages of a breach show, and to whom: the office, those who oversee it, and who reported it. Reads only. */
import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import { policyInForce } from '../../policies/editions/index.ts';
import type { Instant } from '../../policies/instant.ts';
import { mayDo } from '../../policies/roles.ts';
import type { BreachClock } from '../../policies/rules/breach-clock.ts';
import { whoMayHandleABreach } from '../../policies/rules/who-may-handle-a-breach.ts';
import type { Visitor } from '../edge/visitor.ts';
import type { Report } from '../mail/contract.ts';
import { keyOf } from '../records/entity.ts';
import type { LedgerEntry } from '../records/ledger.ts';
import type { Records } from '../records/records.aws.ts';
import { persons, type Person } from '../records/standing.ts';
import { clockOf, policyOf, reportsOf } from './clock-of.ts';
import { breaches, type Breach } from './contract.ts';
import { handlerOf } from './handle.ts';
import type { Tried } from './part.tsx';
import { whatIsOwed, type OwedItem } from './what-is-owed.ts';

/** `office` may act; `overseer` reads; `reporter` sees their own report and its state. */
export type Eye = 'office' | 'overseer' | 'reporter';

export interface BreachView {
  readonly eye: Eye;
  /** Whether its forms are shown: the office, while it is open and was read. */
  readonly mayAct: boolean;
  readonly breach: Breach;
  readonly reports: readonly Report[];
  readonly policy: PublishedPolicy;
  readonly clock: BreachClock;
  readonly owed: readonly OwedItem[];
  readonly entries: readonly LedgerEntry[];
  /** Of people of the department, never of those whom the breach is about. */
  readonly names: ReadonlyMap<string, string>;
  readonly visitor: Visitor;
  readonly now: Instant;
  readonly tried?: Tried | undefined;
}

/** Undefined for whoever has no part in it, as if it did not exist. `not-in-office` has the role and not the office. */
export async function eyeOn(
  records: Pick<Records, 'get'>,
  breach: Breach | undefined,
  visitor: Visitor,
  now: Instant,
): Promise<Eye | 'not-in-office' | undefined> {
  const { personId, roles } = visitor;
  const hasRole = mayDo(roles, 'handle-breach');
  if (hasRole && inOffice(await records.get(persons, personId), visitor, breach, now)) return 'office';
  // The role alone opens nothing: whoever no longer holds the office may read only by another role of theirs.
  const others = roles.filter((role) => !mayDo([role], 'handle-breach'));
  if (mayDo(others, 'read-breaches')) return 'overseer';
  if (breach?.reporterId === personId) return 'reporter';
  return hasRole ? 'not-in-office' : undefined;
}

/** Whether anything may still be done about it; before it is read, only that. */
export const isOpen = ({ state }: Breach): boolean => state === 'triaging' || state === 'violation';

export async function breachView(
  records: Records,
  id: string,
  visitor: Visitor,
  now: Instant,
): Promise<BreachView | 'not-in-office' | undefined> {
  const breach = await records.get(breaches, id);
  const eye = await eyeOn(records, breach, visitor, now);
  if (!breach || !eye || eye === 'not-in-office') return breach && eye === 'not-in-office' ? eye : undefined;
  const [sent, entries] = await Promise.all([reportsOf(records, breach), records.ledgerOf(keyOf('breach', id))]);
  const policy = policyOf(breach);
  return {
    eye,
    mayAct: eye === 'office' && isOpen(breach),
    breach,
    reports: sent,
    policy,
    clock: clockOf(breach, sent, now),
    owed: whatIsOwed(breach, sent, policy, now),
    entries,
    names: await namesOf(records, peopleIn(breach, entries)),
    visitor,
    now,
  };
}

/** Whether the visitor is the officer or a deputy at that moment. */
function inOffice(person: Person | undefined, visitor: Visitor, breach: Breach | undefined, now: Instant): boolean {
  const policy = breach ? policyOf(breach) : policyInForce('mobile-x-ray', now);
  if (!person || !policy) return false;
  const facts = { breachId: breach?.id ?? 'any', handler: handlerOf(visitor, person) };
  return whoMayHandleABreach(facts, policy, now).kind === 'allowed';
}

const PEOPLE_FACTS = ['asks', 'asked', 'askedOf', 'for', 'to'];

function peopleIn(breach: Breach, entries: readonly LedgerEntry[]): ReadonlySet<string> {
  const acted = [
    breach.aware,
    breach.triage,
    breach.harm,
    breach.determination,
    breach.letter,
    breach.delay,
    breach.security,
    breach.closing,
    ...breach.consultations,
    ...breach.containment,
    ...breach.containment.map(({ done }) => done),
  ];
  return new Set([
    breach.reporterId,
    ...acted.flatMap((act) => (act ? [act.by] : [])),
    ...breach.containment.map(({ askedOf }) => askedOf),
    ...entries.flatMap(({ by, facts }) => [
      ...(by.kind === 'person' ? [by.id] : []),
      ...PEOPLE_FACTS.flatMap((key) => (typeof facts?.[key] === 'string' ? [facts[key]] : [])),
    ]),
  ]);
}

export async function namesOf(
  records: Pick<Records, 'get'>,
  ids: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> {
  const people = await Promise.all([...ids].map((id) => records.get(persons, id)));
  return new Map(people.flatMap((person) => (person ? [[person.id, person.name] as const] : [])));
}
