/**
 * What was destroyed before a hold was placed. Looked up after the hold is on record: from then on nothing it takes in is
 * destroyed, so what is found is all there is to find. Records whose files are going count as gone: their destruction was
 * on record before the hold.
 *
 * What is left of a destroyed record no longer says which case it belonged to. So what is about to go is noted just before
 * the hold is placed (`atRiskOf`), and looked up by its number after it.
 */
import { plusHours, type Instant } from '../../policies/instant.ts';
import { cardsLine } from '../case/contract.ts';
import { dispositions, membersLine, type Disposition } from '../disposition/contract.ts';
import { put, type Change } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import type { Actor } from '../records/ledger.ts';
import type { Records } from '../records/records.aws.ts';
import { retentionCards, type RetentionCard } from '../retention/contract.ts';
import { holds, type Gone, type Hold, type HoldScope } from './contract.ts';
import { takesIn } from './takes-in.ts';

type Reads = Pick<Records, 'get' | 'linesOf' | 'ofSubject'>;

/** Named one by one in the hold; more than these are counted. */
export const MOST_NAMED = 1_000;
/** Named in the ledger; the hold has the rest. */
const MOST_TOLD = 50;
const AT_ONCE = 50;

/**
 * A hold on kinds of records looks at the batches that were being destroyed in the hours before: what was destroyed
 * earlier is on certificates, and a hold on a whole technology would name every one there ever was.
 */
const HOURS_LOOKED_BACK = 24;

/** Of what a hold would take in, what is proposed to be destroyed or going at this moment. */
export async function atRiskOf(records: Reads, scope: HoldScope, now: Instant): Promise<readonly string[]> {
  if (scope.kind === 'records') return [];
  const risky = (card: RetentionCard) => card.state !== 'kept' && card.state !== 'destroyed' && takesIn(scope, card);
  const cards = await cardsOf(records, await candidatesOf(records, scope, now));
  return cards
    .filter(risky)
    .map(({ id }) => id)
    .slice(0, MOST_NAMED);
}

export async function goneOf(records: Reads, { scope, placedAt, atRisk = [] }: Hold, now: Instant): Promise<Gone> {
  const noted = new Set(atRisk);
  const cards = await cardsOf(records, [...noted, ...(await candidatesOf(records, scope, placedAt))]);
  const found = cards
    .filter((card) => isGone(card) && (noted.has(card.id) || takesIn(scope, card)))
    .map(({ id, destroyed }) => ({ id, at: destroyed?.at ?? placedAt }));
  return { lookedAt: now, count: found.length, named: found.slice(0, MOST_NAMED) };
}

export const isGone = ({ state }: Pick<RetentionCard, 'state'>): boolean =>
  state === 'destroying' || state === 'destroyed';

async function cardsOf(records: Reads, ids: readonly string[]): Promise<readonly RetentionCard[]> {
  const all = [...new Set(ids)];
  const cards: RetentionCard[] = [];
  for (let from = 0; from < all.length; from += AT_ONCE) {
    const part = all.slice(from, from + AT_ONCE).map((id) => records.get(retentionCards, id));
    cards.push(...(await Promise.all(part)).filter((card) => card !== undefined));
  }
  return cards;
}

async function candidatesOf(records: Reads, scope: HoldScope, around: Instant): Promise<readonly string[]> {
  if (scope.kind === 'records') return scope.ids;
  const lines =
    scope.kind === 'cases'
      ? scope.caseNumbers.map(cardsLine)
      : (await destructionsAround(records, around)).map(({ id }) => membersLine(id));
  return (await Promise.all(lines.map((line) => records.linesOf(line)))).flat();
}

/** Batches that are being destroyed, and those that ended in the hours before. */
async function destructionsAround(records: Reads, at: Instant): Promise<readonly Disposition[]> {
  const since = plusHours(at, -HOURS_LOOKED_BACK);
  const [open, ended] = await Promise.all([
    records.ofSubject(dispositions, 'dispositions#open', { newestFirst: true }),
    records.ofSubject(dispositions, 'dispositions#ended', { newestFirst: true }),
  ]);
  return [
    ...open.records.filter(({ state }) => state === 'destroying'),
    ...ended.records.filter(({ state, endedAt }) => state === 'destroyed' && endedAt && endedAt >= since),
  ];
}

/** The change that puts it on record, once. */
export function goneNamed({ atRisk: _, ...hold }: Hold, gone: Gone, by: Actor): Change {
  const told = {
    subject: keyOf('hold', hold.id),
    act: 'what was gone before named',
    facts: { count: gone.count, records: gone.named.slice(0, MOST_TOLD).map(({ id }) => id) },
  };
  return { at: gone.lookedAt, by, puts: [put(holds, { ...hold, gone })], tells: [told] };
}
