/**
 * Opens the report of each quarter that has ended, once, and tells the privacy office that it is to be sent.
 *
 * Runs every day and may run as often: a day that was missed is made up by the next. The first run of all only notes
 * from when on quarters are kept, so that a new deployment owes nothing for a time in which it recorded nothing.
 */
import type { Instant } from '../../policies/instant.ts';
import type { Quarter } from '../../policies/rules/quarterly-compilation.ts';
import { put } from '../records/change.ts';
import { entity, keyOf, type Kept } from '../records/entity.ts';
import type { Records } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { quarterlyReports } from './contract.ts';
import { privacyOffice } from '../records/privacy-office.ts';
import { dueAtOf, hasEnded, idOf, nextOf, quarterAt } from './quarter.ts';

export interface OpenNeeds {
  readonly records: Records;
  readonly now: () => Instant;
}

/** From when on quarters are kept: the one of that moment is the first. */
interface QuarterMark extends Kept {
  readonly since: Instant;
}

const marks = entity<QuarterMark>('sweep');

export async function openQuarters({ records, now }: OpenNeeds): Promise<{ readonly opened: readonly string[] }> {
  const at = now();
  const mark = await records.get(marks, 'quarters');
  if (!mark) {
    await records.keep(put(marks, { id: 'quarters', version: 0, since: at }));
    return { opened: [] };
  }
  const opened: string[] = [];
  for (let quarter = quarterAt(mark.since); hasEnded(quarter, at); quarter = nextOf(quarter))
    if (await untilWritten(() => openOne(records, quarter, at))) opened.push(idOf(quarter));
  return { opened };
}

async function openOne(records: Records, quarter: Quarter, at: Instant): Promise<boolean> {
  const id = idOf(quarter);
  if (await records.get(quarterlyReports, id)) return false;
  const subject = keyOf('quarterly-report', id);
  const dueAt = dueAtOf(quarter);
  await records.write({
    at,
    by: { kind: 'system', id: 'open-quarter' },
    puts: [put(quarterlyReports, { id, version: 0, quarter, openedAt: at, state: 'open' as const, dueAt })],
    tells: [{ subject, act: 'quarterly report opened', clauses: ['house-days-to-send-quarter'], facts: { dueAt } }],
    mails: (await privacyOffice(records, at)).map((person) => ({
      kind: 'quarterly-report-due' as const,
      to: { personId: person.id },
      about: subject,
      subject,
    })),
  });
  return true;
}
