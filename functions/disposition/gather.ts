/**
 * One batch while records are put into it, many in one transaction. Killed at any point it stands in the table as begun,
 * with the records it has; the next run goes on with it. Nobody is told of it before its list is written.
 */
import { type CalendarDate } from '../../policies/calendar-date.ts';
import { nyDate, type Instant } from '../../policies/instant.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import type { Records } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { retentionCards, type RetentionCard } from '../retention/contract.ts';
import { dispositions, listKey, membersLine, type Disposition, type ListedRecord } from './contract.ts';
import { bytesOf, hashOfRecord } from './empty-record.ts';

/** A record with its membership line is two writes of a transaction's hundred; the batch and the ledger take three. */
export const CARDS_AT_ONCE = 45;

const BY = { kind: 'system', id: 'disposition' } as const;

/** A record that may be proposed, and the day it became eligible: a hold that ended made it so on that day. */
export interface Due {
  readonly card: RetentionCard;
  readonly disposeBy: CalendarDate;
}

type Dated = Extract<RetentionCard['keeping'], { kind: 'until' }>;
export const dateOf = ({ keeping }: RetentionCard): CalendarDate => (keeping as Dated).date;

export const listed = (card: RetentionCard): ListedRecord => ({
  id: card.id,
  sha256: hashOfRecord(card),
  bytes: bytesOf(card),
  eligibleOn: dateOf(card),
  ...(card.capturedAt && { capturedOn: nyDate(card.capturedAt) }),
});

/** A batch without records yet. It is written with its first. */
export function emptyBatch(id: string, { card, disposeBy }: Due, at: Instant): Disposition {
  const keeping = card.keeping as Dated;
  return {
    id,
    version: 0,
    state: 'proposed',
    gathering: true,
    classId: keeping.classId,
    scheduleId: keeping.scheduleId,
    technology: card.technology,
    records: 0,
    leftOut: 0,
    bytes: 0,
    eligibleFrom: keeping.date,
    eligibleUntil: keeping.date,
    disposeBy,
    list: { key: listKey(id), versionId: '', sha256: '' },
    proposedAt: at,
    graceEndsAt: at,
    decisions: [],
    step: 'Check disposition',
  };
}

/** Puts records into a batch, in one transaction. Answers the batch as it is then, and the records that are in it. */
export function putInto(
  records: Pick<Records, 'get' | 'write'>,
  batch: Disposition,
  due: readonly Due[],
  { at, isDue }: { readonly at: Instant; readonly isDue: (card: RetentionCard) => boolean },
): Promise<{ readonly batch: Disposition; readonly cards: readonly RetentionCard[] }> {
  let first = true;
  return untilWritten(async () => {
    // What the index told may be older than the table: then each is read, and judged, again.
    const current = first ? batch : ((await records.get(dispositions, batch.id)) ?? batch);
    const some = first ? due : await readAgain(records, due, isDue);
    first = false;
    if (some.length === 0 || !current.gathering) return { batch: current, cards: [] };
    const next = some.reduce(widened, current);
    await records.write({
      at,
      by: BY,
      puts: [
        put(dispositions, next),
        ...some.map(({ card }) =>
          put(retentionCards, { ...card, state: 'proposed' as const, dispositionId: batch.id }),
        ),
      ],
      lines: some.map(({ card }) => ({ from: membersLine(batch.id), to: card.id })),
      tells: [
        {
          subject: keyOf('disposition', batch.id),
          act: current.version === 0 ? 'batch begun' : 'records put into batch',
          facts: { records: some.length, class: next.classId, schedule: next.scheduleId, technology: next.technology },
        },
      ],
    });
    return { batch: { ...next, version: current.version + 1 }, cards: some.map(({ card }) => card) };
  });
}

async function readAgain(
  records: Pick<Records, 'get'>,
  due: readonly Due[],
  isDue: (card: RetentionCard) => boolean,
): Promise<readonly Due[]> {
  const found = await Promise.all(
    due.map(async (one) => ({ ...one, card: await records.get(retentionCards, one.card.id) })),
  );
  return found.filter((one): one is Due => one.card !== undefined && isDue(one.card));
}

function widened(batch: Disposition, { card, disposeBy }: Due): Disposition {
  const { eligibleOn, capturedOn, bytes } = listed(card);
  const from = earlier(batch.capturedFrom, capturedOn);
  const until = later(batch.capturedUntil, capturedOn);
  return {
    ...batch,
    records: batch.records + 1,
    bytes: batch.bytes + bytes,
    eligibleFrom: earlier(batch.eligibleFrom, eligibleOn) ?? eligibleOn,
    eligibleUntil: later(batch.eligibleUntil, eligibleOn) ?? eligibleOn,
    disposeBy: earlier(batch.disposeBy, disposeBy) ?? disposeBy,
    ...(from && { capturedFrom: from }),
    ...(until && { capturedUntil: until }),
  };
}

type Day = CalendarDate | undefined;
const earlier = (one: Day, other: Day): Day => (one && other ? (one < other ? one : other) : (one ?? other));
const later = (one: Day, other: Day): Day => (one && other ? (one > other ? one : other) : (one ?? other));
