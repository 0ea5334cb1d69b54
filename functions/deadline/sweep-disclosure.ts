/**
 * What is late about a disclosure: its workflow is started anew and reads where it stands, also for one that was never
 * sent and whose time is over; and the privacy office is reminded of an exigent release it has not explained yet.
 */
import { HOUSE } from '../../policies/editions/house.ts';
import { plusHours, plusMs, type Instant } from '../../policies/instant.ts';
import { collectionOf, completionOf, DISCLOSURE_ENDS, disclosures, type Disclosure } from '../disclosure/contract.ts';
import { put, type MailOwed } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import type { NoteTask } from '../records/notes.ts';
import { privacyOffice } from '../records/privacy-office.ts';
import type { Records } from '../records/records.aws.ts';

const BY = { kind: 'system', id: 'sweep' } as const;

/** A workflow that is started anew has this long before the next look. */
const LEAVE_TO_WORKFLOW_MS = 60 * 60_000;

export async function sweepDisclosure(
  { records }: { readonly records: Records },
  id: string,
  now: Instant,
): Promise<boolean> {
  const disclosure = await records.get(disclosures, id);
  if (!disclosure) return false;
  const remind = disclosure.explainBy !== undefined && disclosure.explainBy <= now;
  const ended = DISCLOSURE_ENDS.includes(disclosure.state);
  const late = disclosure.dueAt !== undefined && disclosure.dueAt <= now && !ended;
  if (!remind && !late) return false;
  const subject = keyOf('disclosure', id);
  const next: Disclosure = {
    ...disclosure,
    ...(remind && { explainBy: plusHours(now, HOUSE.hoursToExplainExigency.hours) }),
    ...(late && { dueAt: plusMs(now, LEAVE_TO_WORKFLOW_MS) }),
  };
  const mails: readonly MailOwed[] = remind
    ? (await privacyOffice(records, now)).map((person) => ({
        kind: 'exigency-to-report',
        to: { personId: person.id },
        about: subject,
        subject,
      }))
    : [];
  await records.write({
    at: now,
    by: BY,
    puts: [put(disclosures, next)],
    tells: [
      {
        subject,
        act: remind ? 'exigency report reminded of' : 'overdue disclosure set going',
        ...(remind && { clauses: [HOUSE.hoursToExplainExigency.id] }),
        facts: { late, reminded: mails.length },
      },
    ],
    mails,
    notes: late ? goOn(disclosure) : [],
  });
  return true;
}

function goOn({ id, version }: Disclosure): readonly NoteTask[] {
  return [
    { kind: 'look-again', waiting: completionOf(id) },
    { kind: 'look-again', waiting: collectionOf(id) },
    {
      kind: 'start',
      workflow: 'disclosure',
      name: `${id}-v${version}`,
      input: { schema: 1, disclosureId: id },
    },
  ];
}
