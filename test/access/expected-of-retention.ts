/** What the routes about retention ask: to read how long things are kept, and to answer for it. */
import type { Task } from '../../policies/roles.ts';
import { at, type Expected } from './expecting.ts';

const READERS: readonly Task[] = ['read-retention'];
const KEEPERS: readonly Task[] = ['manage-records'];
const read = (path: string, ok?: readonly number[]): Expected => ({ path: at(path), may: READERS, ...(ok && { ok }) });
const keep = (path: string, ok: readonly number[]): Expected => ({ path: at(path), may: KEEPERS, ok });

export const EXPECTED_OF_RETENTION: Readonly<Record<string, Expected>> = {
  'GET /retention': read('/retention'),
  'GET /retention/due': read('/retention/due?month=2027-03'),
  'GET /retention/classes/:classId': read('/retention/classes/open-case'),
  'GET /retention/reconciliations': read('/retention/reconciliations'),
  'GET /retention/reconciliations/:day': read('/retention/reconciliations/2026-01-01', [404]),
  'POST /retention/reconciliations/:day/done': keep('/retention/reconciliations/2026-01-01/done', [404]),
  'GET /retention/recalculations/:id': read('/retention/recalculations/RA-none', [404]),
  'GET /retention/schedules': read('/retention/schedules'),
  'GET /retention/schedules/load': { path: at('/retention/schedules/load'), may: KEEPERS },
  'POST /retention/schedules': keep('/retention/schedules', [422]),
  'GET /retention/schedules/:id': read('/retention/schedules/none', [404]),
  'POST /retention/schedules/:id/dry-run': keep('/retention/schedules/none/dry-run', [404]),
  'POST /retention/schedules/:id/withdraw': keep('/retention/schedules/none/withdraw', [404]),
  'POST /retention/schedules/:id/approve': keep('/retention/schedules/none/approve', [404]),
  'GET /retention/:id': read('/retention/none', [404]),
};
