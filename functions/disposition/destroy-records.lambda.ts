/**
 * Destroys some records of a signed batch.
 *
 * Called by  workflows/disposition, "Destroy records"
 * Faults     RecordMissing (do not retry); RecordsBusy, ChangedMeanwhile, FilesBusy (retry)
 */
import middy from '@middy/core';
import * as z from 'zod/mini';
import { loggedAs, parsedAs } from '../edge/middleware.ts';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { systemNow } from '../edge/system.ts';
import { filesIn } from '../records/files.aws.ts';
import { recordsIn } from '../records/records.aws.ts';
import { destroyRecords } from './destroy-records.ts';

const Given = z.object({
  dispositionId: z.string(),
  records: z.array(z.object({ id: z.string(), sha256: z.string() })),
});

const needs = onFirstCall(() => ({
  records: recordsIn(readEnv('RECORDS_TABLE')),
  files: filesIn(readEnv('IMAGES_BUCKET')),
  now: systemNow,
}));

export const handler = middy<z.infer<typeof Given>>()
  .use(loggedAs('destroy-records'))
  .use(parsedAs(Given))
  .handler((given) => destroyRecords(needs(), given));
