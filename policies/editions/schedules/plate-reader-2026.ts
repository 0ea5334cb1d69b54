/**
 * The five years of the policy on plate readers of 2026, as data: the one period that the policies of 2026 print. It is
 * part of every schedule, and where a schedule lacks it these five years are shown and nothing is disposed of.
 */
import type { Schedule, ScheduleClass } from '../../retention.ts';
import { PLATE_READER_2026_HEAD } from '../heads.ts';

export const PLATE_READ_CLASS: ScheduleClass = {
  id: 'plate-read',
  title: 'What a license plate reader collected',
  of: 'plate-read',
  rule: { kind: 'after-capture', years: 5 },
  clause: 'LPR26-RET-07',
  doubt:
    'From when the five years run is not said; the day of capture is used. Nor is anything said of results of the commercial repository, of hit lists and of copies in a case.',
};

export const SCHEDULE_PLATE_READER_2026: Schedule = {
  id: 'plate-reader-2026-printed',
  title: 'Period printed in the plate reader policy of 2026',
  source: 'License Plate Readers: Impact and Use Policy, updated February 4, 2026',
  from: PLATE_READER_2026_HEAD.from,
  approvals: [],
  classes: [PLATE_READ_CLASS],
};
