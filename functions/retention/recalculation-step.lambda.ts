/**
 * The steps of the workflow recalculation, in one function because they have the same rights: list the cards, work out a
 * batch, make it whole.
 *
 * Called by  workflows/recalculation, every task
 * Faults     RecordsBusy, ChangedMeanwhile, FilesBusy (retry); RecordMissing, FactMalformed (do not)
 */
import middy from '@middy/core';
import * as z from 'zod/mini';
import { loggedAs, parsedAs } from '../edge/middleware.ts';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { systemNow } from '../edge/system.ts';
import { filesIn } from '../records/files.aws.ts';
import { recordsIn } from '../records/records.aws.ts';
import { recalculationStep } from './recalculation-step.ts';

const Given = z.discriminatedUnion('step', [
  z.object({ step: z.literal('fetch'), recalculationId: z.string() }),
  z.object({ step: z.literal('dates'), recalculationId: z.string(), ids: z.array(z.string()) }),
  z.object({ step: z.literal('settle'), recalculationId: z.string() }),
]);

const needs = onFirstCall(() => ({
  records: recordsIn(readEnv('RECORDS_TABLE')),
  files: filesIn(readEnv('IMAGES_BUCKET')),
  now: systemNow,
}));

export const handler = middy<z.infer<typeof Given>>()
  .use(loggedAs('recalculation-step'))
  .use(parsedAs(Given))
  .handler((given) => recalculationStep(needs(), given));
