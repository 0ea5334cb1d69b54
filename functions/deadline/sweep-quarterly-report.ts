/**
 * Reminds the privacy office of a quarter whose compilation is not sent. The day it is meant to be sent on is the house's
 * aim and stays as it was; only the next reminder moves. Where several are not sent, one mail speaks for all: that of the
 * oldest.
 */
import { HOUSE } from '../../policies/editions/house.ts';
import { plusHours, type Instant } from '../../policies/instant.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import { privacyOffice } from '../records/privacy-office.ts';
import type { Records } from '../records/records.aws.ts';
import { quarterlyReports, type QuarterlyReport } from '../quarterly-report/contract.ts';

export async function remindOfQuarter(records: Records, seen: QuarterlyReport, now: Instant): Promise<boolean> {
  const report = await records.get(quarterlyReports, seen.id);
  if (report?.state !== 'open' || report.remindAt !== seen.remindAt) return false;
  const subject = keyOf('quarterly-report', report.id);
  const { records: every } = await records.ofSubject(quarterlyReports, 'quarterly-reports');
  const oldest = every.find(({ state, remindAt, dueAt }) => state === 'open' && (remindAt ?? dueAt));
  const to = oldest && oldest.id !== report.id ? [] : await privacyOffice(records, now);
  const { id: clause, days } = HOUSE.daysToRemindOfQuarter;
  await records.write({
    at: now,
    by: { kind: 'system', id: 'sweep' },
    puts: [put(quarterlyReports, { ...report, remindAt: plusHours(now, days * 24) })],
    tells: [
      {
        subject,
        act: 'reminded of a quarterly report',
        clauses: [clause],
        ...(oldest && oldest.id !== report.id && { facts: { withThatOf: oldest.id } }),
      },
    ],
    mails: to.map(({ id }) => ({
      kind: 'quarterly-report-due' as const,
      to: { personId: id },
      about: subject,
      subject,
    })),
  });
  return true;
}
