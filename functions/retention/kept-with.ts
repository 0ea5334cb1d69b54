/**
 * What the change that keeps a record writes besides: its card, its place in the list of each of its cases, and, where its
 * date can be other than that of an open case, the working-out of it. The change holds on condition that neither a case
 * nor the fence has moved since they were read: then whatever moves them later finds the card in its list.
 */
import { cardsLine, caseKey, cases, type Case } from '../case/contract.ts';
import { put, type Change, type Line, type Put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import type { NoteTask } from '../records/notes.ts';
import type { Records } from '../records/records.aws.ts';
import {
  cardKey,
  fenceOf,
  fences,
  fenceTakesIn,
  firstCard,
  recalculationOwed,
  retentionCards,
  type JustKept,
  type RetentionCard,
} from './contract.ts';

export interface KeptWith {
  readonly card: RetentionCard;
  readonly puts: readonly Put[];
  readonly lines: readonly Line[];
  readonly notes: readonly NoteTask[];
  readonly unchanged: NonNullable<Change['unchanged']>;
}

export async function keptWith(
  records: Pick<Records, 'get'>,
  kept: JustKept,
  { by, newId }: { readonly by: string; newId(prefix: string): string },
): Promise<KeptWith> {
  const [fence, ...found] = await Promise.all([
    records.get(fences, fenceOf(kept.id)),
    ...kept.caseNumbers.map((caseNumber) => records.get(cases, caseNumber)),
  ]);
  const card = firstCard(kept);
  const fenced = fence?.recalculationId || fence?.holds.some((one) => fenceTakesIn(one, card, kept.caseNumbers));
  const owed =
    fenced || found.some((one) => one && moves(one)) || OWN_CLOCK.includes(kept.kind)
      ? recalculationOwed({
          cause: 'record-linked',
          scope: { kind: 'cards', ids: [kept.id] },
          subject: cardKey(kept.id),
          by,
          at: kept.keptAt,
          newId,
        })
      : undefined;
  return {
    card,
    puts: [put(retentionCards, card), ...(owed?.puts ?? [])],
    lines: kept.caseNumbers.map((caseNumber) => ({ from: cardsLine(caseNumber), to: kept.id })),
    notes: owed?.notes ?? [],
    unchanged: [
      { key: keyOf('fence', fenceOf(kept.id)), version: fence?.version ?? 0 },
      ...kept.caseNumbers.map((caseNumber, place) => ({
        key: caseKey(caseNumber),
        version: found[place]?.version ?? 0,
      })),
    ],
  };
}

/** What a hold may bind or a closing has begun to date, or is just being worked out, is not what the first card says. */
const moves = ({ state, holdIds, recalculationId }: Case): boolean =>
  state !== 'open' || holdIds.length > 0 || recalculationId !== undefined;

/** Records that have a clock of their own, whatever their cases say. */
const OWN_CLOCK: readonly string[] = ['plate-read', 'personal-file'] satisfies readonly JustKept['kind'][];
