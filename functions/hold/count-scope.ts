/**
 * What a hold would take in, counted before it is placed. A hold on kinds of records is counted up to a number: the exact
 * one is known once each card was told. Reads only.
 */
import { OPEN_CASE, UNCLASSED } from '../../policies/retention.ts';
import { cardsLine, cases, goneLine } from '../case/contract.ts';
import type { Records } from '../records/records.aws.ts';
import { classSubject, fences, retentionCards, schedules, type RetentionCard } from '../retention/contract.ts';
import { takesIn, type HoldScope } from './contract.ts';
import { isGone } from './gone.ts';

export interface Counted {
  /** Records it would take in that are kept. */
  readonly kept: number;
  /** Of these: proposed to be destroyed at this moment. */
  readonly proposed: number;
  readonly gone: number;
  /** Whether there may be more: the counting stopped. */
  readonly atLeast: boolean;
  /** Of cases: how each number stands. */
  readonly cases?: readonly { readonly number: string; readonly standing: string; readonly records: number }[];
}

type Reads = Pick<Records, 'get' | 'linesOf' | 'ofSubject'>;

/** A page answers within seconds: counting stops when this many records were looked at. */
export const MOST_LOOKED_AT = 5_000;
const AT_ONCE = 50;

export async function countScope(records: Reads, scope: HoldScope): Promise<Counted> {
  switch (scope.kind) {
    case 'records':
      return tallied(await cardsOf(records, scope.ids), false);
    case 'cases':
      return countCases(records, scope.caseNumbers);
    case 'matching':
      return countMatching(records, scope);
  }
}

function tallied(cards: readonly RetentionCard[], atLeast: boolean): Counted {
  const gone = cards.filter(isGone).length;
  const proposed = cards.filter(({ state }) => state === 'proposed').length;
  return { kept: cards.length - gone, proposed, gone, atLeast };
}

async function countCases(records: Reads, numbers: readonly string[]): Promise<Counted> {
  const found = await Promise.all(
    numbers.map(async (number) => {
      const [one, kept, gone] = await Promise.all([
        records.get(cases, number),
        records.linesOf(cardsLine(number)),
        records.linesOf(goneLine(number)),
      ]);
      return { number, standing: one?.state ?? 'not on file', ids: [...new Set([...kept, ...gone])] };
    }),
  );
  const ids = [...new Set(found.flatMap((one) => one.ids))];
  return {
    ...tallied(await cardsOf(records, ids.slice(0, MOST_LOOKED_AT)), ids.length > MOST_LOOKED_AT),
    cases: found.map(({ number, standing, ids: listed }) => ({ number, standing, records: listed.length })),
  };
}

async function countMatching(records: Reads, scope: HoldScope): Promise<Counted> {
  const scheduleId = (await records.get(fences, '0'))?.scheduleId;
  const schedule = scheduleId ? await records.get(schedules, scheduleId) : undefined;
  const classes = [...new Set([OPEN_CASE, UNCLASSED, ...(schedule?.schedule.classes ?? []).map(({ id }) => id)])];
  const matching: RetentionCard[] = [];
  let looked = 0;
  for (const classId of classes) {
    let from: string | undefined;
    do {
      if (looked >= MOST_LOOKED_AT) return tallied(matching, true);
      const page = await records.ofSubject(retentionCards, classSubject(classId), from ? { from } : {});
      looked += page.records.length;
      matching.push(...page.records.filter((card) => takesIn(scope, card)));
      from = page.next;
    } while (from);
  }
  return tallied(matching, false);
}

async function cardsOf(records: Reads, ids: readonly string[]): Promise<readonly RetentionCard[]> {
  const cards: RetentionCard[] = [];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const part = ids.slice(from, from + AT_ONCE).map((id) => records.get(retentionCards, id));
    cards.push(...(await Promise.all(part)).filter((card) => card !== undefined));
  }
  return cards;
}
