/**
 * Takes one message of the case-management system, once. The act and that the event was taken are one transaction, so a
 * message sent again after a lost answer changes nothing and is answered with what it came to.
 *
 * Answers taken; refused; missing, when no such case is on file; or other: the event was taken with another content
 * Faults  RecordsBusy, ChangedMeanwhile (retry)
 */
import type { Refusal } from '../../policies/ruling.ts';
import { caseNumberOf } from '../image/contract.ts';
import { sha256 } from '../records/canonical.ts';
import { put } from '../records/change.ts';
import { untilWritten } from '../records/until-written.ts';
import { addCharge } from './add-charge.ts';
import { classByStatus, endStatus, reclass } from './class-by-status.ts';
import { closeCase } from './close-case.ts';
import { caseEvents, caseKey, type Case, type CaseActor, type CaseEvent } from './contract.ts';
import { disposeCharge } from './dispose-charge.ts';
import type { EventKind, EventTaken, SentAs, SentEvent } from './interface-shapes.ts';
import { addPerson, changePerson } from './keep-person.ts';
import { mergeCases } from './merge-cases.ts';
import type { Also, CaseAnswer, CaseNeeds, OnCase } from './needs.ts';
import { openCase } from './open-case.ts';
import { recordFinding } from './record-finding.ts';
import { reopenCase } from './reopen-case.ts';

type Act<Kind extends EventKind> = (
  needs: CaseNeeds,
  given: OnCase & Omit<SentAs<Kind>, 'kind'>,
  by: CaseActor,
) => Promise<CaseAnswer>;

const ACTS: { readonly [Kind in EventKind]: Act<Kind> } = {
  opened: openCase,
  'charge-added': addCharge,
  disposed: disposeCharge,
  'finding-recorded': recordFinding,
  'status-begun': classByStatus,
  'status-ended': endStatus,
  reclassed: reclass,
  'person-added': addPerson,
  'person-changed': changePerson,
  closed: closeCase,
  reopened: reopenCase,
  merged: mergeCases,
};

export interface Sent {
  readonly caseNumber: string;
  readonly eventId: string;
  /** Client id of the system. */
  readonly from: string;
  readonly event: SentEvent;
}

export type Taken =
  | { readonly kind: 'taken'; readonly answer: EventTaken }
  | { readonly kind: 'refused'; readonly because: readonly Refusal[] }
  | { readonly kind: 'missing' }
  | { readonly kind: 'other' };

/** Somebody else took the same event while this was on its way. */
class TakenMeanwhile extends Error {}

export async function takeEvent(needs: CaseNeeds, sent: Sent): Promise<Taken> {
  const { records } = needs;
  const caseNumber = caseNumberOf(sent.caseNumber);
  const id = `${caseNumber}/${sent.eventId}`;
  const hash = sha256(sent.event);
  const known = async (): Promise<Taken | undefined> => {
    const event = await records.get(caseEvents, id);
    return event && (event.sha256 === hash ? answerOf(event, true) : { kind: 'other' });
  };
  const before = await known();
  if (before) return before;

  let event: CaseEvent | undefined;
  const also = async (after: Case, changed = true): Promise<Also> => {
    if (await records.get(caseEvents, id)) throw new TakenMeanwhile('an event was taken meanwhile');
    const taken: CaseEvent = {
      id,
      version: 0,
      caseNumber,
      sha256: hash,
      kind: sent.event.kind,
      from: sent.from,
      at: needs.now(),
      caseVersion: after.version,
      changed,
    };
    event = taken;
    return { puts: [put(caseEvents, taken)], facts: { event: sent.eventId, message: hash } };
  };
  const { kind, ...given } = sent.event;
  try {
    const act = ACTS[kind] as Act<EventKind>;
    const answer = await act(
      needs,
      { ...given, caseNumber, also: (after: Case) => also(after) } as Parameters<Act<EventKind>>[1],
      { system: sent.from },
    );
    if (answer.kind === 'done') {
      if (!answer.changed) await untilWritten(() => noted(needs, answer.case, also, sent));
      return answerOf(event!, false);
    }
    // Refused because the same event was taken in between: then that is the answer.
    return (await known()) ?? answer;
  } catch (error) {
    const taken = await known();
    if (taken) return taken;
    throw error;
  }
}

/** The case was so already: only that the event was taken is written, beside the case as it is. */
async function noted(
  { records, now }: CaseNeeds,
  one: Case,
  also: (after: Case, changed: boolean) => Promise<Also>,
  { from, event }: Sent,
): Promise<void> {
  const { puts, facts } = await also(one, false);
  await records.write({
    at: now(),
    by: { kind: 'external', id: from },
    puts,
    tells: [
      { subject: caseKey(one.id), act: 'event taken, and nothing changed', facts: { ...facts, kind: event.kind } },
    ],
  });
}

const answerOf = (event: CaseEvent, repeated: boolean): Taken => ({
  kind: 'taken',
  answer: {
    caseNumber: event.caseNumber,
    eventId: event.id.slice(event.caseNumber.length + 1),
    kind: event.kind as EventKind,
    takenAt: event.at,
    caseVersion: event.caseVersion,
    changed: event.changed ?? true,
    repeated,
  },
});
