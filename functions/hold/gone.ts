/**
 * What was destroyed before a hold was placed. Looked up after the hold is on record: from then on nothing it takes in is
 * destroyed, so what is found is all there is to find. Records whose files are going count as gone: their destruction was
 * on record before the hold.
 *
 * What is left of a destroyed record no longer says which case it belonged to; the case's own list does (`goneLine`). Of one
 * that no longer says when it was captured, or from which device, its batch has to do: it may have matched.
 */
import { plusHours, type Instant } from '../../policies/instant.ts';
import { goneLine } from '../case/contract.ts';
import { dispositions, membersLine, type Disposition } from '../disposition/contract.ts';
import { put, type Change } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import type { Actor } from '../records/ledger.ts';
import type { Records } from '../records/records.aws.ts';
import { retentionCards, type Matching, type RetentionCard } from '../retention/contract.ts';
import { holds, type Gone, type Hold, type HoldScope } from './contract.ts';
import { takesIn } from './takes-in.ts';

type Reads = Pick<Records, 'get' | 'linesOf' | 'ofSubject'>;

/** Named one by one in the hold; more than these are counted. */
const MOST_NAMED = 1_000;
/** Named in the ledger; the hold has the rest. */
const MOST_TOLD = 50;
const AT_ONCE = 50;

/**
 * A hold on kinds of records looks at batches that are being destroyed, and at those of the hour before: what was destroyed
 * earlier is on certificates, and a hold on a whole technology would name every one there ever was.
 */
const HOURS_LOOKED_BACK = 1;
/** Of a thousand records each. Where there are more the hold says that it does not name all. */
const MOST_BATCHES = 20;

export async function goneOf(records: Reads, { scope, placedAt }: Hold, now: Instant): Promise<Gone> {
  const { ids, more } = await candidatesOf(records, scope, placedAt);
  const found = (await cardsOf(records, ids))
    .filter((card) => isGone(card) && (scope.kind === 'cases' || takesIn(scope, card)))
    .map(({ id, destroyed }) => ({ id, at: destroyed?.at ?? placedAt }));
  return { lookedAt: now, count: found.length, named: found.slice(0, MOST_NAMED), ...(more && { more }) };
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

interface Candidates {
  readonly ids: readonly string[];
  readonly more?: true;
}

async function candidatesOf(records: Reads, scope: HoldScope, around: Instant): Promise<Candidates> {
  if (scope.kind === 'records') return { ids: scope.ids };
  const listed = async (lines: readonly string[]) =>
    (await Promise.all(lines.map((line) => records.linesOf(line)))).flat();
  if (scope.kind === 'cases') return { ids: await listed(scope.caseNumbers.map(goneLine)) };
  const { batches, more } = await destructionsAround(records, scope.matching, around);
  return { ids: await listed(batches.map(({ id }) => membersLine(id))), ...(more && { more }) };
}

/** Batches that are being destroyed, and those that ended in the hour before, of which a record may match. */
async function destructionsAround(records: Reads, matching: Matching, at: Instant) {
  const since = plusHours(at, -HOURS_LOOKED_BACK);
  const [open, ended] = await Promise.all([
    records.ofSubject(dispositions, 'dispositions#open', { newestFirst: true }),
    records.ofSubject(dispositions, 'dispositions#ended', { newestFirst: true }),
  ]);
  const batches = [
    ...open.records.filter(({ state }) => state === 'destroying'),
    ...ended.records.filter(({ state, endedAt }) => state === 'destroyed' && endedAt && endedAt >= since),
  ].filter((batch) => mayMatch(matching, batch));
  const more = open.next !== undefined || ended.next !== undefined || batches.length > MOST_BATCHES;
  return { batches: batches.slice(0, MOST_BATCHES), more: more ? (true as const) : undefined };
}

const mayMatch = ({ technology, capturedFrom, capturedUntil }: Matching, batch: Disposition): boolean =>
  (!technology || batch.technology === technology) &&
  (!capturedFrom || !batch.capturedUntil || batch.capturedUntil >= capturedFrom) &&
  (!capturedUntil || !batch.capturedFrom || batch.capturedFrom <= capturedUntil);

/** The change that puts it on record, once. */
export function goneNamed(hold: Hold, gone: Gone, by: Actor): Change {
  const told = {
    subject: keyOf('hold', hold.id),
    act: 'what was gone before named',
    facts: { count: gone.count, records: gone.named.slice(0, MOST_TOLD).map(({ id }) => id) },
  };
  return { at: gone.lookedAt, by, puts: [put(holds, { ...hold, gone })], tells: [told] };
}
