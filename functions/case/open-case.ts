/**
 * Opens a case: from then on what is kept under its number follows what happens in it. What was filed under the number
 * before is its own at once, because cards are listed by number (`cardsLine`). Whoever opens a case has it as their duty;
 * a number under which something is kept already is opened only by those whose duty it is.
 *
 * Answers done, or refused
 * Faults  RecordsBusy, ChangedMeanwhile (retry)
 */
import type { CalendarDate } from '../../policies/calendar-date.ts';
import { nyDate, type Instant } from '../../policies/instant.ts';
import { mayDo } from '../../policies/roles.ts';
import { unless, type Refusal } from '../../policies/ruling.ts';
import { caseLine, caseNumberOf, dutyLine } from '../image/contract.ts';
import { put } from '../records/change.ts';
import type { Records } from '../records/records.aws.ts';
import { persons } from '../records/standing.ts';
import { untilWritten } from '../records/until-written.ts';
import { fences, recalculationOwed } from '../retention/contract.ts';
import { cardsLine, caseKey, cases, type Case, type CaseActor } from './contract.ts';
import { actorId, actorOf, judgedKeeper, stillJudged } from './keep-case.ts';
import {
  alsoWritten,
  CLASSED_BY,
  refused,
  SEEN_BY_DUTY,
  type CaseAnswer,
  type CaseNeeds,
  type OnCase,
} from './needs.ts';
import { notAhead } from './said.ts';
import { TOLD } from './told.ts';

export interface OpenCase extends OnCase {
  /** The day the investigation began; today when not said. */
  readonly openedOn?: CalendarDate | undefined;
}

/** What a case number looks like: letters, digits and the marks between them. Names nobody. */
const NUMBER = /^[A-Z0-9][A-Z0-9 ./_-]{0,59}$/;
const HAS_DIGIT = /\d/;

export function openCase(needs: CaseNeeds, given: OpenCase, by: CaseActor): Promise<CaseAnswer> {
  return untilWritten(async (): Promise<CaseAnswer> => {
    const { records, newId } = needs;
    const now = needs.now();
    const id = caseNumberOf(given.caseNumber);
    const because = [...numberRefusals(id), ...notAhead('openedOn', given.openedOn, CLASSED_BY, now)];
    if (because.length > 0) return refused(because);

    const [there, isKept, holdIds] = await Promise.all([
      records.get(cases, id),
      keepsAnything(records, id),
      heldBefore(records, id),
    ]);
    const { because: barred, person } = await (there || isKept
      ? judgedKeeper(needs, by, [id], now)
      : mayOpenNew(needs, by));
    if (barred.length > 0) return refused(barred.map((refusal) => ({ ...refusal, field: 'caseNumber' })));
    if (there) return { kind: 'done', case: there, changed: false };

    const owed = isKept
      ? recalculationOwed({
          cause: 'case-opened',
          scope: { kind: 'case', caseNumber: id },
          subject: caseKey(id),
          by: actorId(by),
          at: now,
          newId,
        })
      : undefined;
    const one: Case = {
      ...blank(id, given.openedOn ?? nyDate(now), by, now),
      holdIds,
      ...(owed && { recalculationId: owed.record.id }),
    };
    const also = await alsoWritten(given, one);
    await records.write({
      at: now,
      by: actorOf(by),
      puts: [put(cases, one), ...(owed?.puts ?? []), ...also.puts],
      tells: [
        {
          subject: caseKey(id),
          act: TOLD.opened,
          clauses: [CLASSED_BY],
          facts: { openedOn: one.openedOn, ...(owed && { recalculation: owed.record.id }), ...also.facts },
        },
      ],
      ...(owed && { notes: owed.notes }),
      ...('personId' in by && { lines: [{ from: dutyLine(by.personId), to: id }] }),
      unchanged: stillJudged(person),
    });
    return { kind: 'done', case: { ...one, version: 1 }, changed: true };
  });
}

/** Holds that name the number already: the fence carries them while no case is on file to do so. */
async function heldBefore(records: Pick<Records, 'get'>, caseNumber: string): Promise<readonly string[]> {
  const fence = await records.get(fences, '0');
  return (fence?.holds ?? []).flatMap(({ holdId, cases: named }) => (named?.includes(caseNumber) ? [holdId] : []));
}

async function keepsAnything(records: Pick<Records, 'linesOf'>, caseNumber: string): Promise<boolean> {
  const [cards, images] = await Promise.all([
    records.linesOf(cardsLine(caseNumber)),
    records.linesOf(caseLine(caseNumber)),
  ]);
  return cards.length + images.length > 0;
}

/** A number that is nobody's yet: the task alone is asked for. */
async function mayOpenNew({ records }: CaseNeeds, by: CaseActor) {
  if (!('personId' in by)) return { because: [] as readonly Refusal[], person: undefined };
  const person = await records.get(persons, by.personId);
  const may = person?.active === true && mayDo(person.roles, 'keep-cases');
  const because = unless(may, {
    clause: SEEN_BY_DUTY,
    field: 'caseNumber',
    found: 'no role that keeps cases',
    expected: 'a role that does',
    todo: 'ask an investigator or a records officer to open it',
  });
  return { because, person };
}

const numberRefusals = (caseNumber: string): readonly Refusal[] =>
  unless(NUMBER.test(caseNumber) && HAS_DIGIT.test(caseNumber), {
    clause: CLASSED_BY,
    field: 'caseNumber',
    found: caseNumber === '' ? 'nothing' : 'something that is no case number',
    expected: 'letters, digits, blanks, dots, strokes and slashes, with a digit, at most 60',
    todo: 'enter the number of the case as the case-management system has it',
  });

const blank = (id: string, openedOn: CalendarDate, by: CaseActor, at: Instant): Omit<Case, 'holdIds'> => ({
  id,
  version: 0,
  state: 'open',
  openedOn,
  openedAt: at,
  openedBy: actorId(by),
  dispositions: [],
  statusClasses: [],
  people: [],
  reopened: [],
  mergedFrom: [],
  changedAt: at,
});
