/** Cards and comparisons written straight to a real table, for tests of the pages about retention. */
import {
  NOTHING_COUNTED,
  reconciliationKey,
  reconciliations,
  type Reconciliation,
} from '../../../functions/reconciliation/contract.ts';
import { put } from '../../../functions/records/change.ts';
import type { Records } from '../../../functions/records/records.aws.ts';
import { cardKey, retentionCards, type RetentionCard } from '../../../functions/retention/contract.ts';
import { calendarDate } from '../../../policies/calendar-date.ts';
import { instantOf } from '../../../policies/instant.ts';
import type { Keeping } from '../../../policies/retention.ts';

export const now = () => instantOf('2026-11-24T15:00:00Z');

/** A misdemeanor closed in 2022, and a legal action that ended in 2026. */
export const UNTIL = (date: string, over: Partial<Extract<Keeping, { kind: 'until' }>> = {}): Keeping => ({
  kind: 'until',
  date: calendarDate(date),
  classId: 'misdemeanor',
  scheduleId: 'xray-2021-printed',
  approved: true,
  disposeBy: calendarDate('2027-09-10'),
  why: [
    {
      clause: 'XR21-RET-08',
      classId: 'misdemeanor',
      scheduleId: 'xray-2021-printed',
      event: 'case closed',
      on: calendarDate('2022-03-10'),
      until: calendarDate('2027-03-10'),
      text: 'Misdemeanor: at least five years after the case is closed.',
    },
    {
      clause: 'nysa-legal-action',
      event: 'legal action ended',
      on: calendarDate('2026-06-01'),
      until: calendarDate('2027-06-01'),
      text: 'Kept one year after the end of a legal action.',
    },
  ],
  ...over,
});

export async function writeCard(records: Records, id: string, over: Partial<RetentionCard> = {}): Promise<void> {
  const keeping: Keeping = over.keeping ?? { kind: 'keep', classId: 'open-case', why: [] };
  const one: RetentionCard = {
    id,
    version: 0,
    state: 'kept',
    kind: 'image',
    technology: 'mobile-x-ray',
    about: `image#${id}`,
    keptAt: instantOf('2022-01-05T12:00:00Z'),
    caseNumbers: ['2022-17'],
    files: [{ key: `kept/R-1/${id}/original`, versionId: 'v1', sha256: 'ab'.repeat(32), bytes: 1_234_567 }],
    holdIds: [],
    keeping,
    workedOutFrom: { cases: {}, at: now() },
    lock: { legalHold: true, classId: keeping.classId },
    lockSetAt: now(),
    ...over,
  };
  await records.write({
    at: now(),
    by: { kind: 'system', id: 'test' },
    puts: [put(retentionCards, one)],
    tells: [{ subject: cardKey(id), act: 'card written' }],
  });
}

export async function writeComparison(records: Records, id: string, over: Partial<Reconciliation>): Promise<void> {
  const one: Reconciliation = {
    ...NOTHING_COUNTED,
    id,
    version: 0,
    state: 'agreed',
    startedAt: instantOf(`${id}T10:30:00Z`),
    endedAt: instantOf(`${id}T10:40:00Z`),
    ...over,
  };
  await records.write({
    at: now(),
    by: { kind: 'system', id: 'test' },
    puts: [put(reconciliations, one)],
    tells: [{ subject: reconciliationKey(id), act: 'reconciliation written' }],
  });
}
