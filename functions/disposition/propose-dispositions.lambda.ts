/**
 * Proposes what has fallen due.
 *
 * Called by  the daily schedule
 * Faults     RecordsBusy, ChangedMeanwhile, FilesBusy (the schedule retries; the next day finds the same)
 */
import middy from '@middy/core';
import { loggedAs } from '../edge/middleware.ts';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { newId, systemNow } from '../edge/system.ts';
import { filesIn } from '../records/files.aws.ts';
import { recordsIn } from '../records/records.aws.ts';
import { proposeDispositions } from './propose-dispositions.ts';

const needs = onFirstCall(() => ({
  records: recordsIn(readEnv('RECORDS_TABLE')),
  files: filesIn(readEnv('IMAGES_BUCKET')),
  now: systemNow,
  newId,
}));

export const handler = middy()
  .use(loggedAs('propose-dispositions'))
  .handler(() => proposeDispositions(needs()));
