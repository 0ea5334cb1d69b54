/**
 * The second owner of every deadline. Reads only what is due and finds what the first owner (a workflow, the stream)
 * has left late, stuck or orphaned, and sets it going again. It decides nothing: what lapses, lapses in the step that
 * owns it. What cannot be put right keeps nothing else waiting: the first fault is thrown once everything was tried.
 */
import { FIRST_DAY } from '../../policies/editions/heads.ts';
import { msBetween, plusMs, type Instant } from '../../policies/instant.ts';
import type { Breach } from '../breach/contract.ts';
import type { IncomingRecord } from '../case/contract.ts';
import { decisions, type Decision } from '../decision/contract.ts';
import type { Delivery } from '../delivery/contract.ts';
import { dueAtOf, type Disclosure } from '../disclosure/contract.ts';
import { dueAtOf as dueAtOfHold, type Hold } from '../hold/contract.ts';
import { images, uploadWindowSeconds, type Image } from '../image/contract.ts';
import { put } from '../records/change.ts';
import { DELIVERY_GRACE_MS } from '../records/deadlines.ts';
import { DUE_SHARDS, dueKey, entity, keyOf, monthsFrom, type Kept } from '../records/entity.ts';
import { mails, type Mail } from '../records/mail-owed.ts';
import { notes, type Note, type NoteTask } from '../records/notes.ts';
import type { DueRecord, Records } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import type { Recalculation } from '../retention/contract.ts';
import type { QuarterlyReport } from '../quarterly-report/contract.ts';
import type { Reconciliation } from '../reconciliation/contract.ts';
import { useRequests, type UseRequest } from '../use-request/contract.ts';
import { remindOfQuarter } from './sweep-quarterly-report.ts';
import { breachAgain, LEAVE_BREACH_MS } from './sweep-breach.ts';
import { deliveryAgain } from './sweep-delivery.ts';
import { sweepDisclosure } from './sweep-disclosure.ts';
import { recalculationAgain } from './sweep-retention.ts';
import { sweepDisposition } from './sweep-disposition.ts';
import { lapseIncoming } from './sweep-incoming-record.ts';
import { reconciliationAgain } from './sweep-reconciliation.ts';
import { sweepHold } from './sweep-hold.ts';

export interface SweepNeeds {
  readonly records: Records;
  readonly now: () => Instant;
}

/** How far the sweep has read: every day before it holds nothing that is due. */
interface SweepMark extends Kept {
  readonly day: string;
}

const marks = entity<SweepMark>('sweep');

/** A mail that was tried this often and neither sent nor refused is given up, visibly. */
const MOST_MAIL_TRIES = 8;

/** A healthy workflow settles its deadline in seconds; the sweep leaves it this long. */
const LEAVE_TO_WORKFLOW_MS = 15 * 60_000;

export async function sweepDeadlines(needs: SweepNeeds): Promise<{ readonly due: number; readonly setGoing: number }> {
  const { records } = needs;
  const now = needs.now();
  const mark = await records.get(marks, 'deadlines');
  const today = now.slice(0, 10);
  let due = 0;
  let setGoing = 0;
  let firstOpenDay: string | undefined;
  const faults: unknown[] = [];
  // The first run of all looks back to the first edition: nothing is due before.
  for await (const { month, found } of dueByMonth(records, monthsFrom(mark?.day ?? FIRST_DAY, today), now)) {
    due += found.length;
    for (const one of found) {
      try {
        if (await putRight(needs, one, now)) setGoing++;
      } catch (error) {
        faults.push(error);
      }
    }
    if (found.length > 0) firstOpenDay ??= month;
  }
  // Never past yesterday: what is written late may be due on a day that has just been read.
  const day = [firstOpenDay ?? today, dayBefore(today, 1)].sort()[0]!;
  if (day !== mark?.day) await records.keep(put(marks, { id: 'deadlines', version: mark?.version ?? 0, day }));
  if (faults.length > 0) throw faults[0];
  return { due, setGoing };
}

async function* dueByMonth(
  records: Records,
  months: readonly string[],
  now: Instant,
): AsyncIterable<{ readonly month: string; readonly found: readonly DueRecord[] }> {
  for (const month of months) {
    const shards = Array.from({ length: DUE_SHARDS }, (_, shard) => records.dueIn(dueKey(month, shard), now));
    yield { month, found: (await Promise.all(shards)).flat() };
  }
}

const dayBefore = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);

/** One overdue record. False when its owner is still within its time. */
async function putRight(needs: SweepNeeds, { noun, record }: DueRecord, now: Instant): Promise<boolean> {
  const late = msBetween(dueOf(noun, record) ?? now, now);
  if (noun === 'note') return untilWritten(() => deliverAgain(needs, record.id, now));
  if (noun === 'mail') return untilWritten(() => oweAgain(needs, record.id, now));
  if (noun === 'breach')
    return late >= LEAVE_BREACH_MS && untilWritten(() => breachAgain(needs, record as Breach, now));
  if (late < LEAVE_TO_WORKFLOW_MS) return false;
  if (noun === 'decision') return untilWritten(() => lookAgain(needs, record as Decision, now));
  if (noun === 'use-request') return untilWritten(() => startAgain(needs, record as UseRequest, now));
  if (noun === 'delivery') return untilWritten(() => deliveryAgain(needs, record as Delivery, now));
  if (noun === 'image') return untilWritten(() => intakeAgain(needs, record as Image, now));
  if (noun === 'disposition') return untilWritten(() => sweepDisposition(needs, record.id, now));
  if (noun === 'incoming-record') return untilWritten(() => lapseIncoming(needs, record as IncomingRecord, now));
  if (noun === 'disclosure') return untilWritten(() => sweepDisclosure(needs, record.id, now));
  if (noun === 'hold') return untilWritten(() => sweepHold(needs.records, record as Hold, now));
  if (noun === 'recalculation') return untilWritten(() => recalculationAgain(needs, record as Recalculation, now));
  if (noun === 'quarterly-report')
    return untilWritten(() => remindOfQuarter(needs.records, record as QuarterlyReport, now));
  if (noun === 'reconciliation') return untilWritten(() => reconciliationAgain(needs, record as Reconciliation, now));
  return false;
}

function dueOf(noun: DueRecord['noun'], record: Kept): Instant | undefined {
  if (noun === 'disclosure') return dueAtOf(record as Disclosure);
  return noun === 'hold' ? dueAtOfHold(record as Hold) : (record as Note).dueAt;
}

/** A change of the note is what the stream delivers; a new due time keeps it here until it is done. */
async function deliverAgain({ records }: SweepNeeds, id: string, now: Instant): Promise<boolean> {
  const note = await records.get(notes, id);
  if (!note?.dueAt || note.deliveredAt) return false;
  await records.keep(put(notes, { ...note, dueAt: plusMs(now, DELIVERY_GRACE_MS) }));
  return true;
}

async function oweAgain({ records }: SweepNeeds, id: string, now: Instant): Promise<boolean> {
  const mail = await records.get(mails, id);
  if (!mail?.dueAt || mail.dueAt > now) return false;
  const { dueAt: _, ...open } = mail;
  const next: Mail =
    mail.state === 'sent'
      ? open // The service took it and says nothing more: the stage's own time moves the decision on.
      : mail.attempts >= MOST_MAIL_TRIES
        ? { ...open, state: 'failed', outcome: 'not sent after many tries', outcomeAt: now }
        : { ...open, attempts: mail.attempts + 1, dueAt: plusMs(now, DELIVERY_GRACE_MS) };
  await records.write({
    at: now,
    by: BY,
    puts: [put(mails, next)],
    tells: [
      {
        subject: mail.subject,
        act:
          mail.state === 'sent'
            ? 'mail outcome not heard of'
            : next.state === 'failed'
              ? 'mail given up'
              : 'mail tried again',
        facts: { mail: id, kind: mail.kind },
      },
    ],
  });
  return true;
}

const BY = { kind: 'system', id: 'sweep' } as const;

/**
 * The workflow that waits on a decision reads it again and writes what is due. It may be lost, with that of the request
 * or the disclosure that waits for it: that is started anew, and where the first is alive the two end alike.
 */
async function lookAgain({ records }: SweepNeeds, seen: Decision, now: Instant): Promise<boolean> {
  const decision = await records.get(decisions, seen.id);
  if (decision?.state !== 'waiting' || decision.dueAt !== seen.dueAt) return false;
  const id = decision.on.slice(decision.on.indexOf('#') + 1);
  const name = `${id}-d${decision.version}`;
  await records.write({
    at: now,
    by: BY,
    puts: [put(decisions, { ...decision, dueAt: plusMs(now, LEAVE_TO_WORKFLOW_MS) })],
    tells: [{ subject: decision.on, act: 'overdue decision set going', facts: { decision: decision.id } }],
    notes: [
      { kind: 'look-again', waiting: { on: keyOf('decision', decision.id), for: 'answer' } },
      startOf(decision.matter.question, name, id),
    ],
  });
  return true;
}

function startOf(question: Decision['matter']['question'], name: string, id: string): NoteTask {
  if (question === 'disclosure')
    return { kind: 'start', workflow: 'disclosure', name, input: { schema: 1, disclosureId: id } };
  if (question === 'disposition')
    return { kind: 'start', workflow: 'disposition', name, input: { schema: 1, dispositionId: id } };
  return { kind: 'start', workflow: 'use-request', name, input: { schema: 1, requestId: id } };
}

/** An execution that was lost is started anew; it reads where the request stands and goes on from there. */
async function startAgain({ records }: SweepNeeds, seen: UseRequest, now: Instant): Promise<boolean> {
  const request = await records.get(useRequests, seen.id);
  if (!request?.dueAt || request.dueAt !== seen.dueAt) return false;
  const subject = keyOf('use-request', request.id);
  await records.write({
    at: now,
    by: BY,
    puts: [put(useRequests, { ...request, dueAt: plusMs(now, 4 * LEAVE_TO_WORKFLOW_MS) })],
    tells: [{ subject, act: 'overdue request set going' }],
    notes: [
      {
        kind: 'look-again',
        waiting: { on: subject, for: request.state === 'confirming' ? 'confirmation' : 'deployment' },
      },
      {
        kind: 'start',
        workflow: 'use-request',
        name: `${request.id}-v${request.version}`,
        input: { schema: 1, requestId: request.id },
      },
    ],
  });
  return true;
}

async function intakeAgain({ records }: SweepNeeds, seen: Image, now: Instant): Promise<boolean> {
  const image = await records.get(images, seen.id);
  if (!image?.dueAt || image.dueAt !== seen.dueAt) return false;
  await records.write({
    at: now,
    by: BY,
    puts: [put(images, { ...image, dueAt: plusMs(now, 4 * LEAVE_TO_WORKFLOW_MS) })],
    tells: [{ subject: keyOf('image', image.id), act: 'overdue image set going' }],
    notes: [
      {
        kind: 'start',
        workflow: 'image-intake',
        name: `${image.id}-v${image.version}`,
        input: { schema: 1, imageId: image.id, uploadWindowSeconds: uploadWindowSeconds(image, now) },
      },
    ],
  });
  return true;
}
