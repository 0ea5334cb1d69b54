/**
 * What is late about a batch of records to destroy: its workflow is started anew and reads where it stands; and whoever
 * answers for its six months is reminded, before they end and after.
 */
import { HOUSE } from '../../policies/editions/house.ts';
import { RECORDS_LAW } from '../../policies/editions/records-law.ts';
import { nyDate, plusMs, type Instant } from '../../policies/instant.ts';
import {
  dispositions,
  isOpen,
  nextReminder,
  objectionsTo,
  withDue,
  type Disposition,
} from '../disposition/contract.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import type { NoteTask } from '../records/notes.ts';
import type { Records } from '../records/records.aws.ts';
import { persons, roleLine } from '../records/standing.ts';

/** A workflow that is started anew has this long before the next look. */
const LEAVE_TO_WORKFLOW_MS = 2 * 60 * 60_000;

export async function sweepDisposition(
  { records }: { readonly records: Records },
  id: string,
  now: Instant,
): Promise<boolean> {
  const disposition = await records.get(dispositions, id);
  if (!disposition) return false;
  const remind = disposition.remindAt !== undefined && disposition.remindAt <= now && isOpen(disposition);
  const late = disposition.lateAt !== undefined && disposition.lateAt <= now && !disposition.gathering;
  if (!remind && !late) return false;
  const subject = keyOf('disposition', id);
  const to = remind ? await whoAnswers(records, disposition, now) : [];
  await records.write({
    at: now,
    by: { kind: 'system', id: 'sweep' },
    puts: [
      put(
        dispositions,
        withDue({
          ...disposition,
          ...(remind && { remindAt: nextReminder(disposition.disposeBy, now) }),
          ...(late && { lateAt: plusMs(now, LEAVE_TO_WORKFLOW_MS) }),
        }),
      ),
    ],
    tells: [
      {
        subject,
        act: remind ? 'reminded of the six months' : 'overdue batch set going',
        ...(remind && { clauses: [RECORDS_LAW.approvedDisposal.id, HOUSE.daysToRemindOfDisposal.id] }),
        facts: { late, reminded: to.length },
      },
    ],
    mails: to.map((personId) => ({ kind: 'disposition-overdue', to: { personId }, about: subject, subject })),
    notes: late ? goOn(disposition) : [],
  });
  return true;
}

/** Whoever it is passed on to; once the six months are over, or nobody answers for it, every records officer. */
async function whoAnswers(
  records: Records,
  { ownerId, disposeBy }: Disposition,
  now: Instant,
): Promise<readonly string[]> {
  const owner = ownerId ? await records.get(persons, ownerId) : undefined;
  return owner?.active && nyDate(now) <= disposeBy ? [owner.id] : records.linesOf(roleLine('records-officer'));
}

const goOn = ({ id, version }: Disposition): readonly NoteTask[] => [
  { kind: 'look-again', waiting: objectionsTo(id) },
  {
    kind: 'start',
    workflow: 'disposition',
    name: `${id}-v${version}`,
    input: { schema: 1, dispositionId: id },
  },
];
