/**
 * Moves a record that was filed under the wrong case to the right one. It keeps no date from the wrong one: from the change
 * on it stays without a date, until one is worked out anew. An image's own record says the new number too, because by that
 * it is open to those whose duty the case is.
 *
 * Answers done, with the case it moved to; refused; or missing, when there is no such record in the case
 * Faults  RecordsBusy, ChangedMeanwhile (retry)
 */
import { retentionPolicyAt } from '../../policies/editions/retention-clauses.ts';
import type { Instant } from '../../policies/instant.ts';
import { OPEN_CASE } from '../../policies/retention.ts';
import { unless, type Refusal } from '../../policies/ruling.ts';
import { caseLine, caseNumberOf, images, type Image } from '../image/contract.ts';
import { sha256 } from '../records/canonical.ts';
import { put, type Change, type Line } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import { untilWritten } from '../records/until-written.ts';
import { cardKey, lockOf, recalculationOwed, retentionCards, type RetentionCard } from '../retention/contract.ts';
import { cardsLine, caseKey, cases, type Case, type CaseActor } from './contract.ts';
import { actorId, actorOf, judgedKeeper, stillJudged } from './keep-case.ts';
import { CLASSED_BY, refused, type CaseAnswer, type CaseNeeds, type OnCase } from './needs.ts';
import { once, reasonSaid } from './said.ts';
import { TOLD } from './told.ts';

export interface MoveRecord extends OnCase {
  readonly recordId: string;
  /** The number of the case it belongs to. */
  readonly to: string;
  readonly reason: string;
}

export function moveRecord(needs: CaseNeeds, given: MoveRecord, by: CaseActor): Promise<CaseAnswer> {
  return untilWritten(async (): Promise<CaseAnswer> => {
    const { records } = needs;
    const from = caseNumberOf(given.caseNumber);
    const to = caseNumberOf(given.to);
    const [card, target] = await Promise.all([records.get(retentionCards, given.recordId), records.get(cases, to)]);
    const isHere = card?.caseNumbers.includes(from);
    if (!card || (!isHere && !card.caseNumbers.includes(to))) return { kind: 'missing' };
    const now = needs.now();
    const { because: barred, person } = await judgedKeeper(needs, by, [from, to], now);
    const reason = given.reason.trim();
    const because = [
      ...barred,
      ...(isHere || barred.length > 0 ? movable(card, from, target) : []),
      ...reasonSaid(reason, CLASSED_BY, retentionPolicyAt(now), 'say why it belongs to the other case'),
    ];
    if (because.length > 0) return refused(once(because));
    // Moved before: it lies in the other case, and no longer in this one.
    if (!isHere) return { kind: 'done', case: target!, changed: false };

    const image = card.kind === 'image' ? await records.get(images, card.id) : undefined;
    await records.write({
      ...changeOf(needs, { card, image, from, to, reason }, by, now),
      unchanged: [...stillJudged(person), { key: caseKey(to), version: target!.version }],
    });
    return { kind: 'done', case: target!, changed: true };
  });
}

function movable(card: RetentionCard, from: string, target: Case | undefined): readonly Refusal[] {
  const at = (field: string, found: string, expected: string, todo: string): Refusal => ({
    clause: CLASSED_BY,
    field,
    found,
    expected,
    todo,
  });
  return [
    ...unless(card.state === 'kept' || card.state === 'proposed', {
      ...at('recordId', 'a record that was destroyed', 'a record that is kept', 'leave it where it is'),
    }),
    ...unless(
      target !== undefined,
      at('to', 'no case of that number', 'a case that is on file', 'open the case first'),
    ),
    ...unless(target?.id !== from, at('to', 'the same case', 'another case', 'enter the case it belongs to')),
    ...unless(
      target?.state !== 'merged',
      at('to', 'a case that was merged into another', 'a case of its own', 'enter the case it was merged into'),
    ),
  ];
}

interface Moving {
  readonly card: RetentionCard;
  readonly image: Image | undefined;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

function changeOf(
  { newId }: CaseNeeds,
  { card, image, from, to, reason }: Moving,
  by: CaseActor,
  now: Instant,
): Omit<Change, 'unchanged'> {
  const owed = recalculationOwed({
    cause: 'record-linked',
    scope: { kind: 'cards', ids: [card.id] },
    subject: cardKey(card.id),
    by: actorId(by),
    at: now,
    newId,
  });
  const told = {
    clauses: [CLASSED_BY],
    facts: { record: card.id, from, to, reason: sha256(reason), recalculation: owed.record.id },
  };
  const lines = (caseNumber: string): readonly Line[] => [
    { from: cardsLine(caseNumber), to: card.id },
    ...(image ? [{ from: caseLine(caseNumber), to: card.id }] : []),
  ];
  return {
    at: now,
    by: actorOf(by),
    puts: [
      put(retentionCards, undated(card, from, to)),
      ...(image ? [put(images, { ...image, filed: { ...image.filed, caseNumber: to } })] : []),
      ...owed.puts,
    ],
    tells: [
      { subject: caseKey(from), act: TOLD.movedAway, ...told },
      { subject: caseKey(to), act: TOLD.movedHere, ...told },
      { subject: cardKey(card.id), act: TOLD.movedHere, ...told },
      ...(image ? [{ subject: keyOf('image', image.id), act: TOLD.movedHere, ...told }] : []),
    ],
    notes: [owed.note],
    lines: lines(to),
    endedLines: lines(from),
  };
}

/** The card in its new case, kept until its date is worked out. The store is told of the lock with that. */
function undated({ lockSetAt: _, ...card }: RetentionCard, from: string, to: string): RetentionCard {
  const text = 'It was moved here from another case, and its date is being worked out.';
  const keeping = { kind: 'keep', classId: OPEN_CASE, why: [{ clause: CLASSED_BY, text }] } as const;
  return {
    ...card,
    caseNumbers: [...new Set(card.caseNumbers.map((each) => (each === from ? to : each)))],
    keeping,
    lock: lockOf(keeping, [], card.lock),
  };
}
