/**
 * Opens the report of a quarter that has ended.
 *
 * Called by  the daily schedule
 * Faults     RecordsBusy, ChangedMeanwhile (the schedule retries; the next day finds the same)
 */
import middy from '@middy/core';
import { loggedAs } from '../edge/middleware.ts';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { systemNow } from '../edge/system.ts';
import { recordsIn } from '../records/records.aws.ts';
import { openQuarters } from './open-quarter.ts';

const needs = onFirstCall(() => ({ records: recordsIn(readEnv('RECORDS_TABLE')), now: systemNow }));

export const handler = middy()
  .use(loggedAs('open-quarter'))
  .handler(() => openQuarters(needs()));
