/**
 * Begins the comparison of store and records each day, and does one step of it at a time.
 *
 * Called by  the daily schedule, without a reconciliation; workflow reconciliation, "Check the next of store and records"
 * Faults     RecordMissing (do not retry); RecordsBusy, ChangedMeanwhile, FilesBusy (retry)
 */
import middy from '@middy/core';
import * as z from 'zod/mini';
import { schedules } from '../../policies/editions/schedules/index.ts';
import { loggedAs, logLine, parsedAs } from '../edge/middleware.ts';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { newId, systemNow } from '../edge/system.ts';
import { filesIn } from '../records/files.aws.ts';
import { recordsIn } from '../records/records.aws.ts';
import { compareNext, SIZES, type CompareNeeds } from './compare-next.ts';
import { startReconciliation } from './start-reconciliation.ts';

const Asked = z.object({ reconciliationId: z.optional(z.string()) });
const needs = onFirstCall((): CompareNeeds => ({
  records: recordsIn(readEnv('RECORDS_TABLE')),
  files: filesIn(readEnv('IMAGES_BUCKET')),
  printedClasses: schedules.flatMap(({ classes }) => classes.map(({ id }) => id)),
  sizes: SIZES,
  log: logLine,
  now: systemNow,
  newId,
}));

export const handler = middy<z.infer<typeof Asked>>()
  .use(loggedAs('reconcile'))
  .use(parsedAs(Asked))
  .handler(({ reconciliationId }) =>
    reconciliationId ? compareNext(needs(), { reconciliationId }) : startReconciliation(needs()),
  );
