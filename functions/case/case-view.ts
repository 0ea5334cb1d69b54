/** Everything the page of one case shows, read at once. Reads only. */
import { retentionPolicyAt } from '../../policies/editions/retention-clauses.ts';
import type { Instant } from '../../policies/instant.ts';
import type { Keeping, Schedule } from '../../policies/retention.ts';
import { howLongIsItKept } from '../../policies/rules/how-long-is-it-kept.ts';
import { mayDo } from '../../policies/roles.ts';
import type { Refusal } from '../../policies/ruling.ts';
import type { Visitor } from '../edge/visitor.ts';
import { holds, type Hold } from '../hold/contract.ts';
import { caseLine, dutyLine } from '../image/contract.ts';
import type { LedgerEntry } from '../records/ledger.ts';
import type { Records } from '../records/records.aws.ts';
import { persons } from '../records/standing.ts';
import {
  progressOf,
  recalculations,
  retentionCards,
  type Recalculation,
  type RetentionCard,
} from '../retention/contract.ts';
import { cardsLine, caseKey, cases, casesBehind, factsOf, numbersUnder, type Case } from './contract.ts';
import { scheduleNow } from './schedule-now.ts';
import { readableBy, whyNotKeep, whyNotRead } from './who-may-read.ts';

/** How many records a page lists. */
export const KEPT_PER_PAGE = 50;

export interface KeptForCase {
  readonly cards: readonly RetentionCard[];
  readonly total: number;
  readonly from: number;
  /** Images of the case that no date is worked out for, because they have no card. */
  readonly withoutCard: readonly string[];
}

export interface CaseView {
  readonly caseNumber: string;
  /** Undefined while nobody has opened a case of this number. */
  readonly one: Case | undefined;
  /** The case whose facts count: the one it was merged into, otherwise itself. */
  readonly counts: Case | undefined;
  readonly visitor: Visitor;
  readonly now: Instant;
  /** Whether its forms are offered. */
  readonly mayKeep: boolean;
  readonly schedule: Schedule;
  /** How long a plain record of this case is kept, and every reason. */
  readonly keeping: Keeping | undefined;
  readonly kept: KeptForCase;
  readonly holds: readonly Hold[];
  readonly recalculation: { readonly record: Recalculation; readonly done: number } | undefined;
  readonly entries: readonly LedgerEntry[];
  readonly names: ReadonlyMap<string, string>;
}

export type Seen = { readonly view: CaseView } | { readonly barred: Refusal } | undefined;

/** Undefined for a number that neither a case nor anything kept is on file for. */
export async function caseView(
  records: Records,
  caseNumber: string,
  visitor: Visitor,
  now: Instant,
  from = 0,
): Promise<Seen> {
  const [behind, readable] = await Promise.all([casesBehind(records, caseNumber), readableBy(records, visitor)]);
  const one = behind[0];
  const numbers = one ? numbersUnder(one) : [caseNumber];
  const barred = whyNotRead(readable, [...numbers, ...behind.map(({ id }) => id)], now);
  if (barred) return { barred };

  const schedule = await scheduleNow(records);
  const counts = behind.at(-1);
  const [kept, held, recalculation, entries, duties] = await Promise.all([
    keptFor(records, numbers, from),
    holdsOf(records, behind),
    running(records, counts?.recalculationId),
    records.ledgerOf(caseKey(caseNumber)),
    records.linesOf(dutyLine(visitor.personId)),
  ]);
  if (!one && kept.total + kept.withoutCard.length === 0) return undefined;
  const mayKeep =
    mayDo(visitor.roles, 'keep-cases') && whyNotKeep(visitor.roles, duties, caseNumber, now) === undefined;
  return {
    view: {
      caseNumber,
      one,
      counts,
      visitor,
      now,
      mayKeep,
      schedule,
      keeping: counts && keepingOf(counts, schedule, now),
      kept,
      holds: held,
      recalculation,
      entries,
      names: await namesOf(records, peopleIn(one, entries)),
    },
  };
}

/** What the rules find of a record that is in this case and in no other, and that no hold binds. */
export const keepingOf = (one: Case, schedule: Schedule, now: Instant): Keeping =>
  howLongIsItKept(
    { kind: 'image', technology: 'mobile-x-ray', cases: [factsOf(one)], holds: [], schedule },
    retentionPolicyAt(now),
    now,
  );

async function keptFor(records: Records, numbers: readonly string[], from: number): Promise<KeptForCase> {
  const [listed, images] = await Promise.all([
    Promise.all(numbers.map((caseNumber) => records.linesOf(cardsLine(caseNumber)))),
    Promise.all(numbers.map((caseNumber) => records.linesOf(caseLine(caseNumber)))),
  ]);
  const ids = [...new Set(listed.flat())].toSorted();
  const found = await Promise.all(ids.slice(from, from + KEPT_PER_PAGE).map((id) => records.get(retentionCards, id)));
  return {
    cards: found.filter((card) => card !== undefined),
    total: ids.length,
    from,
    withoutCard: images.flat().filter((id) => !ids.includes(id)),
  };
}

async function holdsOf(records: Pick<Records, 'get'>, behind: readonly Case[]): Promise<readonly Hold[]> {
  const ids = [...new Set(behind.flatMap(({ holdIds }) => holdIds))];
  const found = await Promise.all(ids.map((id) => records.get(holds, id)));
  return found.filter((hold) => hold !== undefined);
}

async function running(records: Records, id: string | undefined): Promise<CaseView['recalculation']> {
  const record = id ? await records.get(recalculations, id) : undefined;
  return record && { record, done: (await progressOf(records, record.id)).done };
}

const peopleIn = (one: Case | undefined, entries: readonly LedgerEntry[]): readonly string[] => [
  ...entries.flatMap(({ by }) => (by.kind === 'person' ? [by.id] : [])),
  ...(one ? [one.openedBy, ...(one.closed ? [one.closed.by] : []), ...one.reopened.map(({ by }) => by)] : []),
];

async function namesOf(records: Pick<Records, 'get'>, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const people = await Promise.all([...new Set(ids)].map((id) => records.get(persons, id)));
  return new Map(people.flatMap((person) => (person ? [[person.id, person.name] as const] : [])));
}

/** The cases of one state that a person may read, newest first, and where the list goes on. */
export async function casesFor(
  records: Records,
  visitor: Visitor,
  state: Case['state'],
  from: string | undefined,
): Promise<{ readonly cases: readonly Case[]; readonly next?: string | undefined }> {
  const readable = await readableBy(records, visitor);
  if (readable === 'all') {
    const subject = `cases#${state}`;
    const mark = from && isMarkOf(subject, from) ? { from } : {};
    const listing = await records.ofSubject(cases, subject, { newestFirst: true, most: 50, ...mark });
    return { cases: listing.records, next: listing.next };
  }
  const found = await Promise.all(readable.map((id) => records.get(cases, id)));
  return {
    cases: found
      .filter((one) => one !== undefined)
      .filter((one) => one.state === state)
      .toSorted((a, b) => (a.openedAt < b.openedAt ? 1 : -1)),
  };
}

/** Whether a text of an address is a mark that a listing of this subject gave; any other would be no key of the table. */
function isMarkOf(subject: string, mark: string): boolean {
  try {
    const key = JSON.parse(Buffer.from(mark, 'base64url').toString()) as Readonly<Record<string, unknown>>;
    const names = Object.keys(key).toSorted().join(' ');
    return (
      names === 'pk sk subject subjectOrder' &&
      Object.values(key).every((value) => typeof value === 'string' && value !== '' && value.length < 500) &&
      key.subject === subject
    );
  } catch {
    return false;
  }
}
