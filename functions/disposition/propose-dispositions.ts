/**
 * The daily run: puts what has fallen due into batches and proposes them. It reads the index of what expires, of the days
 * from its mark to today in New York, and nothing else for each kept record: its cost follows what is due, never what is
 * kept. Whether a record may be proposed is judged from what the index holds; that it is so still, the transaction asks.
 *
 * Killed anywhere, the next run goes on: with batches that were begun, with records not yet in one, with a digest owed.
 *
 * Faults  RecordsBusy, ChangedMeanwhile, FilesBusy (the schedule retries; the next day finds the same)
 */
import { calendarDate, plusDays, plusMonths, type CalendarDate } from '../../policies/calendar-date.ts';
import { FIRST_DAY } from '../../policies/editions/heads.ts';
import { HOUSE } from '../../policies/editions/house.ts';
import { RECORDS_LAW } from '../../policies/editions/records-law.ts';
import { retentionPolicyInForce } from '../../policies/editions/retention-clauses.ts';
import { nyDate, plusHours, plusMs, type Instant } from '../../policies/instant.ts';
import { mayThisBeProposed } from '../../policies/rules/may-this-be-proposed.ts';
import { put } from '../records/change.ts';
import { FIRST_STEP_MS } from '../records/deadlines.ts';
import { DUE_SHARDS, entity, expiresKey, keyOf, monthsFrom, type Kept } from '../records/entity.ts';
import type { Files } from '../records/files.ts';
import type { Records } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { retentionCards, type RetentionCard } from '../retention/contract.ts';
import { dispositions, listKey, membersLine, withDue, type Disposition, type ListedRecord } from './contract.ts';
import { CARDS_AT_ONCE, dateOf, emptyBatch, listed, putInto, type Due } from './gather.ts';
import { mailsToOfficers, peopleOf } from './officers.ts';
import { nextReminder } from './reminders.ts';

export interface ProposeNeeds {
  readonly records: Pick<Records, 'get' | 'write' | 'keep' | 'dueIn' | 'linesOf' | 'ofSubject'>;
  readonly files: Pick<Files, 'put'>;
  readonly now: () => Instant;
  readonly newId: (prefix: string) => string;
}

/** How far the run has read: the index of every day before it holds nothing that may be proposed. */
interface ProposedUntil extends Kept {
  readonly day: CalendarDate;
}
const marks = entity<ProposedUntil>('sweep');
const MARK = 'dispositions';

const BY = { kind: 'system', id: 'disposition' } as const;

export interface Proposed {
  readonly due: number;
  readonly proposed: number;
  readonly batches: number;
}

export async function proposeDispositions(needs: ProposeNeeds): Promise<Proposed> {
  const run = await begun(needs);
  const today = nyDate(needs.now());
  // Never past yesterday: what is worked out late today is found under today.
  const last = plusDays(today, -1);
  let mark = await needs.records.get(marks, MARK);
  let due = 0;
  let stuckOn: CalendarDate | undefined;
  // The first run of all looks back to the first edition: no date was worked out before.
  for (const month of monthsFrom(mark?.day ?? FIRST_DAY, today)) {
    const found = await dueIn(needs, month, today);
    due += found.length;
    for (const { day, card } of found) {
      if (isDue(card, needs.now())) await run.add({ card, disposeBy: disposeByOf(card, day) });
      else stuckOn ??= day;
    }
    if (await run.flush()) stuckOn ??= calendarDate(month);
    const day = [stuckOn ?? plusMonths(calendarDate(month), 1), last].toSorted()[0]!;
    if (day === mark?.day) continue;
    const next = { id: MARK, version: mark?.version ?? 0, day };
    await needs.records.keep(put(marks, next));
    mark = { ...next, version: next.version + 1 };
  }
  return { due, ...(await run.end()) };
}

/** What expires in a month, up to today, with the day the index has it under. */
async function dueIn({ records }: ProposeNeeds, month: string, today: CalendarDate) {
  const found = await Promise.all(
    Array.from({ length: DUE_SHARDS }, (_, shard) =>
      // The order within a month begins with the day and `#`; what sorts above all of a day is the day and `$`.
      records.dueIn(expiresKey(calendarDate(month), shard), `${today}$`),
    ),
  );
  return found.flat().map(({ record }) => {
    const card = record as RetentionCard;
    return { day: retentionCards.findBy(card).expiresOn ?? today, card };
  });
}

function isDue(card: RetentionCard, now: Instant): boolean {
  const policy = retentionPolicyInForce(card.technology, now);
  const { keeping, state, notBefore } = card;
  const facts = { keeping, state, today: nyDate(now), ...(notBefore && { notBefore }) };
  return policy !== undefined && mayThisBeProposed(facts, policy, now).kind === 'allowed';
}

/**
 * Six months from when it became eligible, as its page says. Where those are over before it was found (a hold that ended
 * after years, a record brought in late), six months from the day it was found.
 */
function disposeByOf(card: RetentionCard, day: CalendarDate): CalendarDate {
  const { months } = RECORDS_LAW.approvedDisposal;
  const own = plusMonths(dateOf(card), months);
  return own > day ? own : plusMonths(day, months);
}

const groupOf = ({ classId, scheduleId, technology }: Pick<Disposition, 'classId' | 'scheduleId' | 'technology'>) =>
  `${technology}/${scheduleId}/${classId}`;

/** One batch on its way, the records of which this run knows the rows, and those that wait for a transaction. */
interface Open {
  batch: Disposition;
  readonly rows: ListedRecord[];
  readonly waiting: Due[];
}

async function begun(needs: ProposeNeeds) {
  const { records } = needs;
  const open = new Map<string, Open>();
  const owed: Disposition[] = [];
  let batches = 0;
  let proposed = 0;
  let missed = 0;
  for await (const batch of openBatches(needs)) {
    if (batch.gathering) open.set(groupOf(batch), { batch, rows: await rowsOf(needs, batch.id), waiting: [] });
    if (batch.digestOwed) owed.push(batch);
  }

  const write = async (one: Open): Promise<void> => {
    const some = one.waiting.splice(0);
    if (some.length === 0) return;
    const at = needs.now();
    const done = await putInto(records, one.batch, some, { at, isDue: (card) => isDue(card, at) });
    one.batch = done.batch;
    one.rows.push(...done.cards.map(listed));
    proposed += done.cards.length;
    missed += some.length - done.cards.length;
  };
  const close = async (group: string, one: Open): Promise<void> => {
    open.delete(group);
    const closed = await propose(needs, one);
    if (!closed) return;
    owed.push(closed);
    batches++;
  };

  return {
    async add(due: Due): Promise<void> {
      const empty = emptyBatch(needs.newId('DB'), due, needs.now());
      const group = groupOf(empty);
      const full = open.get(group);
      // Killed between the last of its records and its list.
      if (full && full.rows.length >= HOUSE.mostInABatch.count) await close(group, full);
      const one = open.get(group) ?? { batch: empty, rows: [], waiting: [] };
      open.set(group, one);
      one.waiting.push(due);
      const count = one.rows.length + one.waiting.length;
      if (one.waiting.length >= CARDS_AT_ONCE || count >= HOUSE.mostInABatch.count) await write(one);
      if (one.rows.length >= HOUSE.mostInABatch.count) await close(group, one);
    },
    /** Whether something was not put into a batch, because it or the batch changed meanwhile. */
    async flush(): Promise<boolean> {
      for (const one of open.values()) await write(one);
      return missed > 0;
    },
    async end(): Promise<{ readonly proposed: number; readonly batches: number }> {
      for (const [group, one] of open) {
        await write(one);
        await close(group, one);
      }
      await sendDigest(needs, owed);
      return { proposed, batches };
    },
  };
}

async function* openBatches({ records }: ProposeNeeds): AsyncIterable<Disposition> {
  let from: string | undefined;
  do {
    const page = await records.ofSubject(dispositions, 'dispositions#open', from ? { from } : {});
    yield* page.records;
    from = page.next;
  } while (from);
}

/** Of a batch that was begun before: its records are read, which only a run that was killed makes necessary. */
async function rowsOf({ records }: ProposeNeeds, batchId: string): Promise<ListedRecord[]> {
  const ids = await records.linesOf(membersLine(batchId));
  const cards = await Promise.all(ids.map((id) => records.get(retentionCards, id)));
  return cards.filter((card) => card?.dispositionId === batchId).map((card) => listed(card!));
}

/** Writes the list, and the batch as proposed, with the note that starts its workflow. */
async function propose(needs: ProposeNeeds, { batch: known, rows }: Open): Promise<Disposition | undefined> {
  const { records, now } = needs;
  if (known.version === 0) return undefined;
  return untilWritten(async () => {
    const batch = (await records.get(dispositions, known.id)) ?? known;
    if (!batch.gathering) return undefined;
    const inOrder = (rows.length === batch.records ? rows : await rowsOf(needs, batch.id)).toSorted((a, b) =>
      a.id < b.id ? -1 : 1,
    );
    const { key, versionId, sha256 } = await needs.files.put(listKey(batch.id), inOrder);
    const at = now();
    const graceEndsAt = plusHours(at, HOUSE.daysOfGrace.days * 24);
    const [owner] = await peopleOf(records, 'records-officer');
    const { gathering: _, ...rest } = batch;
    const next = withDue({
      ...rest,
      list: { key, versionId, sha256 },
      proposedAt: at,
      graceEndsAt,
      digestOwed: true,
      ...(owner && { ownerId: owner.id }),
      lateAt: plusMs(at, FIRST_STEP_MS),
      remindAt: nextReminder(batch.disposeBy, at),
    });
    await records.write({
      at,
      by: BY,
      puts: [put(dispositions, next)],
      tells: [
        {
          subject: keyOf('disposition', batch.id),
          act: 'batch proposed',
          clauses: [RECORDS_LAW.approvedDisposal.id, HOUSE.daysOfGrace.id],
          facts: { records: batch.records, bytes: batch.bytes, list: sha256, graceEndsAt, disposeBy: batch.disposeBy },
        },
      ],
      notes: [
        {
          kind: 'start',
          workflow: 'disposition',
          name: batch.id,
          input: { schema: 1, dispositionId: batch.id },
        },
      ],
    });
    return { ...next, version: batch.version + 1 };
  });
}

/** How many batches one transaction takes with the mails of the digest. */
const BATCHES_OF_A_DIGEST = 40;

/** One mail to each records officer, for all batches of the day. */
async function sendDigest({ records, now }: ProposeNeeds, owed: readonly Disposition[]): Promise<void> {
  const total = { batches: owed.length, records: owed.reduce((sum, one) => sum + one.records, 0) };
  for (let from = 0; from < owed.length; from += BATCHES_OF_A_DIGEST) {
    const ids = owed.slice(from, from + BATCHES_OF_A_DIGEST).map(({ id }) => id);
    await untilWritten(async () => {
      const [found, officers] = await Promise.all([
        Promise.all(ids.map((id) => records.get(dispositions, id))),
        peopleOf(records, 'records-officer'),
      ]);
      const open = found.filter((one) => one?.digestOwed) as Disposition[];
      if (open.length === 0) return;
      const subject = keyOf('disposition', open[0]!.id);
      await records.write({
        at: now(),
        by: BY,
        puts: open.map(({ digestOwed: _, ...one }, place) =>
          put(dispositions, { ...one, ...(from === 0 && place === 0 && { digest: total }) }),
        ),
        tells: [{ subject, act: 'digest of proposed batches sent', facts: { ...total, officers: officers.length } }],
        mails: from === 0 ? mailsToOfficers(officers, 'disposition-proposed', subject) : [],
      });
    });
  }
}
