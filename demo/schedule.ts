/**
 * A demonstration schedule, approved in a demonstration only: no such schedule exists, and the references of its approvals
 * are made up. It keeps what the policy of 2021 prints and the five years of plate reads, under item numbers of its own,
 * so that the daily run has something to work by. In force from February 4, 2026.
 */
import { calendarDate } from '../policies/calendar-date.ts';
import { PLATE_READ_CLASS } from '../policies/editions/schedules/plate-reader-2026.ts';
import { XRAY_2021_CLASSES } from '../policies/editions/schedules/xray-2021.ts';
import type { Schedule, ScheduleClass } from '../policies/retention.ts';

const from = calendarDate('2026-02-04');

/** A class that 2021 does not print, as an approved schedule may have: an offense that counts again within ten years. */
const INTOXICATED: ScheduleClass = {
  id: 'driving-while-intoxicated',
  title: 'Driving while intoxicated, as a misdemeanor',
  of: 'case',
  rule: { kind: 'after-closing', years: 10 },
  clause: 'DEMO item 20',
};

export const DEMO_SCHEDULE: Schedule = {
  id: 'demo-2026-1',
  title: 'Demonstration schedule of 2026, not a real one',
  source: 'Made up for demonstration. It repeats the periods printed in 2021 and the five years of plate reads.',
  from,
  approvals: [
    { office: 'law-department', reference: 'DEMO LD 2026-0001 (fictional)', on: calendarDate('2026-01-20') },
    { office: 'records-department', reference: 'DEMO DORIS 2026-0001 (fictional)', on: calendarDate('2026-01-27') },
  ],
  classes: [...XRAY_2021_CLASSES, INTOXICATED, PLATE_READ_CLASS],
};
