/**
 * A case investigation: its charges and how they ended, its people by their part and dates, when it was closed and why.
 * What is kept for a case is found by `cardsLine`; how long, by the rules of retention (XR26-RET-06, XR26-RET-07).
 */
import type { CalendarDate } from '../../policies/calendar-date.ts';
import type { Instant } from '../../policies/instant.ts';
import type { CaseFacts, CaseFinding, ClosureGround, FinalDisposition } from '../../policies/retention.ts';
import { entity, keyOf, type Kept } from '../records/entity.ts';
import type { Records } from '../records/records.aws.ts';

export { incomingRecordKey, incomingRecords, type IncomingRecord } from './incoming-record.ts';
export type { CaseFinding, ClosureGround, FinalDisposition } from '../../policies/retention.ts';

/** Somebody in a case, by their part in it. No name: the id is the case-management system's own. */
export interface CasePerson {
  readonly id: string;
  readonly part: 'suspect' | 'child-victim' | 'juvenile' | 'victim' | 'witness' | 'relative' | 'other';
  readonly bornOn?: CalendarDate;
  readonly diedOn?: CalendarDate;
  readonly lastArrestOn?: CalendarDate;
}

export interface StatusClass {
  readonly classId: string;
  readonly since: CalendarDate;
  readonly endedOn?: CalendarDate;
  readonly reclassedOn?: CalendarDate;
  /** The class it was set to; absent when that is the one its disposition or its finding gives. */
  readonly reclassedTo?: string;
  /** Why it no longer classes the case; of one that was set again. */
  readonly reason?: string;
}

export interface CaseClosure {
  readonly on: CalendarDate;
  readonly ground: ClosureGround;
  readonly by: string;
  readonly at: Instant;
}

/** Who did something to a case: a person here, or the case-management system under its client id. */
export type CaseActor = { readonly personId: string } | { readonly system: string };

export interface Case extends Kept {
  /** The case number, in the spelling of `caseNumberOf` (functions/image/contract.ts). */
  readonly id: string;
  readonly state: 'open' | 'closed' | 'merged';
  readonly openedOn: CalendarDate;
  readonly openedAt: Instant;
  readonly openedBy: string;
  readonly dispositions: readonly FinalDisposition[];
  readonly finding?: CaseFinding;
  readonly statusClasses: readonly StatusClass[];
  readonly people: readonly CasePerson[];
  readonly closed?: CaseClosure;
  /** Each time it was opened again: what the closing was, and why it is undone. */
  readonly reopened: readonly {
    readonly closing: CaseClosure;
    readonly by: string;
    readonly at: Instant;
    readonly reason: string;
  }[];
  readonly mergedInto?: string;
  readonly mergedFrom: readonly string[];
  /** Ids of the holds placed on the whole case that still bind or count (functions/hold/contract.ts). */
  readonly holdIds: readonly string[];
  /**
   * The recalculation that is working out the dates of what is kept for this case. While it is set no date of the case
   * counts and nothing of the case is destroyed.
   */
  readonly recalculationId?: string;
  readonly changedAt: Instant;
}

/** By state and the moment of opening, newest listed last. */
export const cases = entity<Case>('case', (one) => ({
  subject: [`cases#${one.state}`, one.openedAt],
}));

export const caseKey = (caseNumber: string): string => keyOf('case', caseNumber);

/** `linesOf(cardsLine(caseNumber))` lists the ids of the retention cards of what is kept for a case. */
export const cardsLine = (caseNumber: string): string => `cards#${caseKey(caseNumber)}`;

/**
 * `linesOf(goneLine(caseNumber))` lists the ids of what was destroyed of a case: a tombstone no longer says which case it
 * was of, and a hold has to name what was gone before it was placed.
 */
export const goneLine = (caseNumber: string): string => `gone#${caseKey(caseNumber)}`;

/** That one event of the case-management system was taken, and what it came to, so that it is taken once. */
export interface CaseEvent extends Kept {
  /** `<case number>/<event id>`. */
  readonly id: string;
  readonly caseNumber: string;
  /** SHA-256 of the canonical text of what was sent: the same event with other content is refused. */
  readonly sha256: string;
  readonly kind: string;
  readonly from: string;
  readonly at: Instant;
  /** Of the case once it was taken; of a merger, of the case that goes on. */
  readonly caseVersion: number;
  /** Absent or true unless the case was so already. */
  readonly changed?: boolean;
}
export const caseEvents = entity<CaseEvent>('case-event', (event) => ({
  subject: [caseKey(event.caseNumber), event.at],
}));

/** What the rules of retention are told of a case. A merged case is told by the one it was merged into. */
export const factsOf = (one: Case): CaseFacts => ({
  caseNumber: one.id,
  state: one.state === 'closed' ? 'closed' : 'open',
  openedOn: one.openedOn,
  ...(one.state === 'closed' && one.closed && { closedOn: one.closed.on, closureGround: one.closed.ground }),
  dispositions: one.dispositions,
  ...(one.finding && { finding: one.finding }),
  statusClasses: one.statusClasses.map(({ classId, endedOn, reclassedOn, reclassedTo }) => ({
    classId,
    ...(endedOn && { endedOn }),
    ...(reclassedOn && { reclassedOn }),
    ...(reclassedTo && { reclassedTo }),
  })),
  childrenBornOn: one.people.filter(({ part }) => part === 'child-victim').map(({ bornOn }) => bornOn),
  juvenilesBornOn: one.people.filter(({ part }) => part === 'juvenile').map(({ bornOn }) => bornOn),
});

/** The numbers whose cards follow a case: its own, and those of every case that was merged into it, at any remove. */
export const numbersUnder = ({ id, mergedFrom }: Pick<Case, 'id' | 'mergedFrom'>): readonly string[] => [
  id,
  ...mergedFrom,
];

/**
 * A case and every case it was merged into, the last of which is the one whose facts count. Empty when none is on file.
 * Whoever judges a record by its case reads them all, and names them all as unchanged.
 */
export async function casesBehind(records: Pick<Records, 'get'>, caseNumber: string): Promise<readonly Case[]> {
  const chain: Case[] = [];
  let next: string | undefined = caseNumber;
  while (next !== undefined && !chain.some(({ id }) => id === next)) {
    const found: Case | undefined = await records.get(cases, next);
    if (found) chain.push(found);
    next = found?.mergedInto;
  }
  return chain;
}

/**
 * What the rules are told of a case number, by the cases behind it. A case merged into one that is not on file, or into
 * itself, is told as open: what is contradictory keeps.
 */
export function factsBehind(caseNumber: string, behind: readonly Case[]): CaseFacts {
  const last = behind.at(-1);
  return last && last.state !== 'merged' ? factsOf(last) : unknownCase(last?.id ?? caseNumber);
}

/** What is told of a case number that no case is on file for: open, so it keeps. */
export const unknownCase = (caseNumber: string): CaseFacts => ({
  caseNumber,
  state: 'open',
  dispositions: [],
  statusClasses: [],
  childrenBornOn: [],
  juvenilesBornOn: [],
});

/**
 * Where a case's page is. A number may hold what an address may not, such as a slash, which no host hands on as it was
 * sent: each such byte is written as `~` and two hexadecimal digits.
 */
export const caseHref = (caseNumber: string): string => `/cases/${inAddress(caseNumber)}`;

const inAddress = (caseNumber: string): string =>
  Array.from(new TextEncoder().encode(caseNumber), (byte) => {
    const letter = String.fromCharCode(byte);
    return /[A-Za-z0-9._-]/.test(letter) ? letter : `~${byte.toString(16).padStart(2, '0')}`;
  }).join('');

/** The number in the address of a case's page. What `caseHref` never writes is no number's: undefined. */
export function numberAt(address: string): string | undefined {
  if (!/^(?:[A-Za-z0-9._-]|~[0-9a-f]{2})+$/.test(address)) return undefined;
  const bytes = [...address.matchAll(/~([0-9a-f]{2})|[^~]/g)].map(([one, hex]) =>
    hex ? Number.parseInt(hex, 16) : one.charCodeAt(0),
  );
  const caseNumber = new TextDecoder().decode(Uint8Array.from(bytes));
  return inAddress(caseNumber) === address ? caseNumber : undefined;
}
