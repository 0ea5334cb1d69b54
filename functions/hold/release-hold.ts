/**
 * Releases a hold, once and with a reason. Other holds on the same records stay as they are. The records are let go only
 * when each of their dates was worked out anew: until then the fence and their cards keep them.
 */
import type { CalendarDate } from '../../policies/calendar-date.ts';
import { retentionPolicyAt } from '../../policies/editions/retention-clauses.ts';
import { nyDate } from '../../policies/instant.ts';
import { LEGAL_ACTIONS } from '../../policies/retention.ts';
import { mayAHoldBeReleased } from '../../policies/rules/may-a-hold-be-released.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { charactersIn } from '../../policies/ruling.ts';
import { caseKey } from '../case/contract.ts';
import { sha256 } from '../records/canonical.ts';
import { put } from '../records/change.ts';
import { untilWritten } from '../records/until-written.ts';
import { recalculationOwed } from '../retention/contract.ts';
import { casesOnFile, MOST_CHARACTERS, refuse } from './asked.ts';
import { holdKey, holds, type Hold, type HoldKind } from './contract.ts';
import { noticeOf } from './notice-of.ts';
import { refused, written, type Done, type HoldNeeds, type OnHold } from './needs.ts';

export interface Releasing extends OnHold {
  readonly reason: string;
  /** Of a legal action: the day it ended. */
  readonly endedOn?: CalendarDate;
  readonly refusals?: readonly Refusal[];
}

/** A lawsuit or discovery ends on a day, and one more year is kept from it. */
export const asksForEnd = (kind: HoldKind): boolean => LEGAL_ACTIONS.includes(kind);

export function releaseHold(needs: HoldNeeds, given: Releasing): Promise<Done> {
  return untilWritten(async (): Promise<Done> => {
    const { holdId, person, endedOn, refusals = [] } = given;
    const { records, newId } = needs;
    const hold = await records.get(holds, holdId);
    if (!hold) return { kind: 'missing' };
    // The same release sent twice.
    if (hold.release?.by === person.personId) return { kind: 'done', hold };
    const now = needs.now();
    const reason = given.reason.trim();
    const ruling = mayAHoldBeReleased(
      {
        kind: hold.kind,
        state: hold.state,
        roles: person.roles,
        reason,
        ...(endedOn && { endedOn }),
        placedOn: nyDate(hold.placedAt),
        placedBy: hold.placedBy,
        releasedBy: person.personId,
      },
      retentionPolicyAt(now),
      now,
    );
    const said = new Set(refusals.map(({ field }) => field));
    const judged = ruling.kind === 'refused' ? ruling.because.filter(({ field }) => !said.has(field)) : [];
    const because = [...refusals, ...judged, ...tooLong(reason)];
    if (because.length > 0 || ruling.kind === 'refused') return refused(...because);

    const owed = recalculationOwed({
      cause: 'hold-released',
      scope: { kind: 'hold', holdId },
      subject: holdKey(holdId),
      by: person.personId,
      at: now,
      newId,
    });
    const { reviewAt: _, remindAt: __, askCustodiansAt: ___, ...open } = hold;
    const next: Hold = {
      ...open,
      state: 'releasing',
      recalculationId: owed.record.id,
      release: { by: person.personId, at: now, reason, endedOn: endedOn ?? nyDate(now) },
    };
    const held = hold.scope.kind === 'cases' ? await casesOnFile(records, hold.scope.caseNumbers) : [];
    await records.write({
      at: now,
      by: { kind: 'person', id: person.personId },
      puts: [put(holds, next), ...owed.puts],
      tells: [
        {
          subject: holdKey(holdId),
          act: 'hold released',
          clauses: ruling.clauses,
          facts: { reason: sha256(reason), endedOn: next.release!.endedOn, placedBy: hold.placedBy },
        },
        ...held.map((one) => ({ subject: caseKey(one.id), act: 'hold on the case released', facts: { hold: holdId } })),
      ],
      notes: owed.notes,
      mails: noticeOf(next, 'hold-released'),
    });
    return { kind: 'done', hold: written(next) };
  });
}

function tooLong(reason: string): readonly Refusal[] {
  const length = charactersIn(reason);
  return length > MOST_CHARACTERS.reason
    ? [refuse('reason', `${length} characters`, `at most ${MOST_CHARACTERS.reason}`, 'shorten it')]
    : [];
}
