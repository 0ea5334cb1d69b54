/** What one card adds to the counts of a comparison: its class, and when it falls due. */
import type { CalendarDate } from '../../policies/calendar-date.ts';
import type { RetentionCard } from '../retention/contract.ts';
import { monthOf, monthsFrom, type Amount, type Counted, type Difference } from './contract.ts';

/** How many differences are kept in full. */
const MOST_SHOWN = 100;

export function withCard(counted: Counted, card: RetentionCard, today: CalendarDate): Counted {
  const gone = card.state === 'destroyed';
  const classId = gone ? 'destroyed' : card.keeping.classId;
  const bytes = gone ? (card.destroyed?.bytes ?? 0) : card.files.reduce((sum, file) => sum + file.bytes, 0);
  const next = {
    ...counted,
    cards: counted.cards + 1,
    byClass: { ...counted.byClass, [classId]: plus(counted.byClass[classId], { records: 1, bytes }) },
  };
  if (card.state === 'proposed') return { ...next, proposed: oneMore(counted.proposed, classId) };
  if (card.state !== 'kept') return next;
  if (card.keeping.kind === 'keep')
    return card.holdIds.length > 0 ? { ...next, heldByClass: oneMore(counted.heldByClass, classId) } : next;
  if (!card.keeping.approved) return next;
  const due = card.notBefore && card.notBefore > card.keeping.date ? card.notBefore : card.keeping.date;
  if (due <= today) return { ...next, eligible: oneMore(counted.eligible, classId) };
  const month = monthOf(due);
  if (!monthsFrom(today).includes(month)) return next;
  return { ...next, dueByMonth: { ...counted.dueByMonth, [month]: oneMore(counted.dueByMonth[month] ?? {}, classId) } };
}

export function withDifferences(counted: Counted, found: readonly Difference[]): Counted {
  return found.reduce(
    (sum, one) => ({
      ...sum,
      differences: sum.differences + 1,
      mended: sum.mended + (one.mended ? 1 : 0),
      shown: sum.shown.length < MOST_SHOWN ? [...sum.shown, one] : sum.shown,
      byKind: oneMore(sum.byKind, one.kind),
    }),
    counted,
  );
}

const plus = (one: Amount = { records: 0, bytes: 0 }, other: Amount): Amount => ({
  records: one.records + other.records,
  bytes: one.bytes + other.bytes,
});

const oneMore = <Key extends string>(counts: Readonly<Partial<Record<Key, number>>>, key: Key) =>
  ({
    ...counts,
    [key]: ((counts as Partial<Record<Key, number>>)[key] ?? 0) + 1,
  }) as Readonly<Record<Key, number>>;
