/**
 * Answers the decision workflow whose turn it is.
 *
 * Called by  workflows/decision, "Check who is asked next"
 * Faults     RecordMissing (do not retry); RecordsBusy, ChangedMeanwhile (retry)
 */
import middy from '@middy/core';
import * as z from 'zod/mini';
import { loggedAs, parsedAs } from '../edge/middleware.ts';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { systemNow } from '../edge/system.ts';
import { recordsIn } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { checkWhoIsAsked } from './check-who-is-asked.ts';

const Given = z.object({ decisionId: z.string() });

const needs = onFirstCall(() => ({ records: recordsIn(readEnv('RECORDS_TABLE')), now: systemNow }));

export const handler = middy<z.infer<typeof Given>>()
  .use(loggedAs('check-who-is-asked'))
  .use(parsedAs(Given))
  .handler((given) => untilWritten(() => checkWhoIsAsked(needs(), given)));
