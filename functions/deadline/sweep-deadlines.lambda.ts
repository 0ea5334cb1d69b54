/**
 * Sets going again whatever is overdue.
 *
 * Called by  the hourly schedule
 * Faults     RecordsBusy (the schedule retries; the next hour finds the same)
 */
import middy from '@middy/core';
import { loggedAs } from '../edge/middleware.ts';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { systemNow } from '../edge/system.ts';
import { recordsIn } from '../records/records.aws.ts';
import { sweepDeadlines } from './sweep-deadlines.ts';

const needs = onFirstCall(() => ({ records: recordsIn(readEnv('RECORDS_TABLE')), now: systemNow }));

export const handler = middy()
  .use(loggedAs('sweep-deadlines'))
  .handler(() => sweepDeadlines(needs()));
