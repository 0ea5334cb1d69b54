/** How a case stands, and how long what is kept for it stays, as the interface tells it. Names nobody. */
import { UNCLASSED } from '../../policies/retention.ts';
import { holds } from '../hold/contract.ts';
import { keyOf } from '../records/entity.ts';
import type { Records } from '../records/records.aws.ts';
import {
  recalculationParts,
  recalculations,
  retentionCards,
  type RecalculationPart,
  type RetentionCard,
} from '../retention/contract.ts';
import { cardsLine, cases, numbersUnder, type Case } from './contract.ts';
import type { CaseTold } from './interface-shapes.ts';
import type { RecordsTold, RecordTold } from './record-shapes.ts';

type Reads = Pick<Records, 'get' | 'linesOf' | 'ofSubject'>;

/** How many cards are looked at for the dates of a case, and how many at once. */
const MOST_LOOKED = 500;
const AT_ONCE = 50;

export async function tellCase(records: Reads, caseNumber: string): Promise<CaseTold | undefined> {
  const one = await records.get(cases, caseNumber);
  if (!one) return undefined;
  const ids = await idsKept(records, one);
  const [cards, binding, recalculation] = await Promise.all([
    cardsOf(records, ids.slice(0, MOST_LOOKED)),
    bindingAmong(records, one.holdIds),
    progressOf(records, one.recalculationId),
  ]);
  return {
    caseNumber: one.id,
    version: one.version,
    state: one.state,
    openedOn: one.openedOn,
    ...(one.state === 'closed' && one.closed && { closed: { on: one.closed.on, ground: one.closed.ground } }),
    ...(one.mergedInto && { mergedInto: one.mergedInto }),
    mergedFrom: [...one.mergedFrom],
    classes: classesOf(one),
    ...(one.finding && { finding: one.finding }),
    holds: { binding },
    ...(recalculation && { recalculation }),
    kept: { records: ids.length, looked: Math.min(ids.length, MOST_LOOKED), dates: datesOf(cards) },
    changedAt: one.changedAt,
  };
}

function classesOf({ dispositions, statusClasses }: Case): CaseTold['classes'] {
  return [
    ...dispositions.flatMap(({ id, classId }) =>
      classId ? [{ classId, by: 'disposition' as const, chargeId: id }] : [],
    ),
    ...statusClasses.map(({ classId, since, endedOn, reclassedOn }) => ({
      classId,
      by: 'status' as const,
      since,
      ...(endedOn && { endedOn }),
      ...(reclassedOn && { reclassedOn }),
    })),
  ];
}

/** Ids of all that is kept for a case and for those merged into it, in order. */
async function idsKept(records: Reads, one: Case): Promise<readonly string[]> {
  const lists = await Promise.all(numbersUnder(one).map((number) => records.linesOf(cardsLine(number))));
  return [...new Set(lists.flat())].toSorted();
}

async function cardsOf(records: Reads, ids: readonly string[]): Promise<readonly RetentionCard[]> {
  const cards: (RetentionCard | undefined)[] = [];
  for (let from = 0; from < ids.length; from += AT_ONCE)
    cards.push(...(await Promise.all(ids.slice(from, from + AT_ONCE).map((id) => records.get(retentionCards, id)))));
  return cards.filter((card) => card !== undefined);
}

async function bindingAmong(records: Reads, holdIds: readonly string[]): Promise<number> {
  const found = await Promise.all([...new Set(holdIds)].map((id) => records.get(holds, id)));
  return found.filter((hold) => hold && hold.state !== 'released').length;
}

async function progressOf(records: Reads, id: string | undefined): Promise<CaseTold['recalculation']> {
  const found = id && (await records.get(recalculations, id));
  if (!found) return undefined;
  const parts: RecalculationPart[] = [];
  for (let from: string | undefined, first = true; first || from; first = false) {
    const page = await records.ofSubject(recalculationParts, keyOf('recalculation', id), from ? { from } : {});
    parts.push(...page.records);
    from = page.next;
  }
  return {
    recalculationId: found.id,
    state: found.state,
    startedAt: found.startedAt,
    done: parts.reduce((sum, { cards }) => sum + cards, 0),
    ...(found.total !== undefined && { total: found.total }),
  };
}

const keepingOf = (card: RetentionCard): RecordTold['keeping'] => {
  if (card.state === 'destroyed')
    return {
      kind: 'destroyed',
      classId: card.destroyed?.classId ?? UNCLASSED,
      ...(card.destroyed && { scheduleId: card.destroyed.scheduleId }),
    };
  const { keeping } = card;
  if (keeping.kind === 'keep') return { kind: 'keep', classId: keeping.classId };
  const { date, classId, scheduleId, approved, disposeBy } = keeping;
  return { kind: 'until', date, classId, scheduleId, approved, disposeBy };
};

function datesOf(cards: readonly RetentionCard[]): CaseTold['kept']['dates'] {
  const groups = new Map<string, CaseTold['kept']['dates'][number]>();
  for (const card of cards) {
    const { kind, date, classId, approved } = keepingOf(card);
    const group = [kind, date, classId, approved].join(' ');
    const known = groups.get(group) ?? {
      keeping: kind,
      classId,
      ...(date && { date }),
      ...(approved !== undefined && { approved }),
      records: 0,
    };
    groups.set(group, { ...known, records: known.records + 1 });
  }
  return [...groups.values()].toSorted((one, other) => (one.date ?? '').localeCompare(other.date ?? ''));
}

/** A page of what is kept for a case: those after `from`, in the order of their ids. Undefined when no case is on file. */
export async function tellRecords(
  records: Reads,
  caseNumber: string,
  { from, most }: { readonly from?: string | undefined; readonly most: number },
): Promise<RecordsTold | undefined> {
  const one = await records.get(cases, caseNumber);
  if (!one) return undefined;
  const after = (await idsKept(records, one)).filter((id) => from === undefined || id > from);
  const page = after.slice(0, most);
  const told = await Promise.all((await cardsOf(records, page)).map((card) => lineOf(records, card)));
  return { caseNumber: one.id, records: told, ...(after.length > most && { next: page.at(-1)! }) };
}

async function lineOf(records: Reads, card: RetentionCard): Promise<RecordsTold['records'][number]> {
  return {
    recordId: card.id,
    state: card.state,
    technology: card.technology,
    kind: card.kind,
    keptAt: card.keptAt,
    keeping: keepingOf(card),
    holds: { binding: await bindingAmong(records, card.holdIds) },
  };
}

/** One record: its date, every reason for it, and the holds that bind it or one of its cases. */
export async function tellRecord(records: Reads, id: string): Promise<RecordTold | undefined> {
  const card = await records.get(retentionCards, id);
  if (!card) return undefined;
  const its = (await Promise.all(card.caseNumbers.map((number) => records.get(cases, number)))).filter(
    (one) => one !== undefined,
  );
  const binding = await bindingAmong(records, [...card.holdIds, ...its.flatMap(({ holdIds }) => holdIds)]);
  return {
    ...(await lineOf(records, card)),
    holds: { binding },
    ...(card.capturedAt && { capturedAt: card.capturedAt }),
    caseNumbers: [...card.caseNumbers],
    beingWorkedOut: its.some(({ recalculationId }) => recalculationId !== undefined),
    why: card.state === 'destroyed' ? [] : card.keeping.why.map((reason) => ({ ...reason })),
  };
}
