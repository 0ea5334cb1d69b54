/** What somebody who places a hold says, and what of it no rule has to judge: whether what it names is there, and is not too much. */
import { HOUSE } from '../../policies/editions/house.ts';
import { charactersIn, type Refusal } from '../../policies/ruling.ts';
import { caseKey, cases, type Case } from '../case/contract.ts';
import type { Records } from '../records/records.aws.ts';
import { persons, type Person } from '../records/standing.ts';
import { retentionCards } from '../retention/contract.ts';
import type { HoldKind, HoldScope } from './contract.ts';

export interface HoldAsked {
  readonly kind: HoldKind;
  readonly name: string;
  readonly reason: string;
  readonly authority: string;
  readonly ownerId: string;
  readonly custodianIds: readonly string[];
  readonly scope: HoldScope;
}

/** Engineering numbers: one transaction writes each case of a hold and owes each custodian a mail. */
export const MOST_RECORDS = 1_000;
export const MOST_CASES = 20;
export const MOST_CUSTODIANS = 10;
/** Longer than any id, case number or device number there is. */
export const LONGEST_ID = 100;
export const MOST_CHARACTERS = { name: 200, reason: 2_000, authority: 500 } as const;

export const HOLD_CLAUSE = HOUSE.holdWins.id;

export const refuse = (field: string, found: string, expected: string, todo: string): Refusal => ({
  clause: HOLD_CLAUSE,
  field,
  found,
  expected,
  todo,
});

/** What is on record of what a hold names. */
export interface OnFile {
  readonly owner: Person | undefined;
  readonly custodians: readonly (Person | undefined)[];
  /** Cases that are on file. A number without one can still be held: what is filed under it later is taken in too. */
  readonly cases: readonly Case[];
  /** Of records by id: the places in the list, from 1, of those nothing is kept under. */
  readonly unknown: readonly number[];
}

type Reads = Pick<Records, 'get'>;

export async function onFile(records: Reads, { ownerId, custodianIds, scope }: HoldAsked): Promise<OnFile> {
  const person = (id: string) => (id.length > LONGEST_ID ? undefined : records.get(persons, id));
  const [owner, custodians, found, unknown] = await Promise.all([
    person(ownerId),
    Promise.all(custodianIds.slice(0, MOST_CUSTODIANS).map(person)),
    scope.kind === 'cases' ? casesOnFile(records, scope.caseNumbers) : [],
    scope.kind === 'records' ? unknownAmong(records, scope.ids) : [],
  ]);
  return { owner, custodians, cases: found, unknown };
}

/** A hold on a case is on what was merged into it too: its records may still bear the older number. */
export const scopeWith = (scope: HoldScope, onFileNow: readonly Case[]): HoldScope =>
  scope.kind === 'cases'
    ? {
        kind: 'cases',
        caseNumbers: [...new Set([...scope.caseNumbers, ...onFileNow.flatMap(({ mergedFrom }) => mergedFrom)])],
      }
    : scope;

export async function casesOnFile(records: Reads, numbers: readonly string[]): Promise<readonly Case[]> {
  const found = await Promise.all(numbers.slice(0, MOST_CASES).map((number) => records.get(cases, number)));
  const known = found.filter((one) => one !== undefined);
  return [...new Map(known.map((one) => [caseKey(one.id), one])).values()];
}

const AT_ONCE = 50;

async function unknownAmong(records: Reads, ids: readonly string[]): Promise<readonly number[]> {
  const unknown: number[] = [];
  const looked = ids.slice(0, MOST_RECORDS);
  for (let from = 0; from < looked.length; from += AT_ONCE) {
    const part = looked.slice(from, from + AT_ONCE);
    const cards = await Promise.all(part.map((id) => records.get(retentionCards, id)));
    cards.forEach((card, place) => void (card ?? unknown.push(from + place + 1)));
  }
  return unknown;
}

/** Everything that is in the way besides what the rule says. Nothing typed is said again: places and counts only. */
export function inTheWay(asked: HoldAsked, { custodians, unknown, cases: found }: OnFile): readonly Refusal[] {
  const merged = found.filter(({ state }) => state === 'merged').length;
  return [
    ...tooLong(asked),
    ...scopeInTheWay(asked.scope, unknown),
    ...(merged > 0
      ? [
          refuse(
            'caseNumbers',
            `${merged} that ${merged === 1 ? 'was' : 'were'} merged into another case`,
            'cases that stand for themselves',
            'enter the case it was merged into; what came from this one is taken in with it',
          ),
        ]
      : []),
    ...custodiansInTheWay(asked.custodianIds, custodians),
  ];
}

function tooLong(asked: HoldAsked): readonly Refusal[] {
  return (['name', 'reason', 'authority'] as const).flatMap((field) => {
    const [length, most] = [charactersIn(asked[field]), MOST_CHARACTERS[field]];
    return length > most ? [refuse(field, `${length} characters`, `at most ${most}`, 'shorten it')] : [];
  });
}

function scopeInTheWay(scope: HoldScope, unknown: readonly number[]): readonly Refusal[] {
  if (scope.kind === 'matching') {
    const { technology, capturedFrom, capturedUntil, deviceId } = scope.matching;
    if (!technology && !capturedFrom && !capturedUntil && !deviceId)
      return [
        refuse('technology', 'nothing to match', 'a technology, days or a device', 'say which kind of records it is'),
      ];
    return capturedFrom && capturedUntil && capturedFrom > capturedUntil
      ? [refuse('capturedUntil', 'a last day before the first', 'the first day or a later one', 'correct the days')]
      : [];
  }
  const [field, named, most, one] =
    scope.kind === 'records'
      ? (['recordIds', scope.ids, MOST_RECORDS, 'record'] as const)
      : (['caseNumbers', scope.caseNumbers, MOST_CASES, 'case'] as const);
  if (named.length === 0) return [refuse(field, 'nothing', `at least one ${one}`, `enter what the hold is on`)];
  if (named.length > most)
    return [refuse(field, `${named.length}`, `at most ${most} in one hold`, 'place another hold for the rest')];
  if (unknown.length === 0) return [];
  const which = `${unknown.slice(0, 10).join(', ')}${unknown.length > 10 ? ' and others' : ''}`;
  return [
    refuse(
      field,
      `${unknown.length} under which nothing is kept: number ${which} in the list`,
      'numbers of kept records',
      'correct or take them out',
    ),
  ];
}

/** `custodians` are those of the ids that are on file, in their order. */
export function custodiansInTheWay(
  custodianIds: readonly string[],
  custodians: OnFile['custodians'],
): readonly Refusal[] {
  if (custodianIds.length > MOST_CUSTODIANS)
    return [
      refuse(
        'custodians',
        `${custodianIds.length}`,
        `at most ${MOST_CUSTODIANS}`,
        'name those who have the records in their hands',
      ),
    ];
  const gone = custodians.flatMap((person, place) => (person?.active ? [] : [place + 1]));
  return gone.length === 0
    ? []
    : [
        refuse(
          'custodians',
          `names no active member has: number ${gone.join(', ')} in the list`,
          'directory names of members',
          'look the names up in the directory',
        ),
      ];
}
