/**
 * Asks, reminds or asks the next, and keeps the workflow's token until the answer comes.
 *
 * Called by  workflows/decision, "Ask for a decision" (waits for the token)
 * Faults     RecordMissing (do not retry); RecordsBusy, ChangedMeanwhile (retry)
 */
import middy from '@middy/core';
import * as z from 'zod/mini';
import { loggedAs, parsedAs } from '../edge/middleware.ts';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { systemNow } from '../edge/system.ts';
import { recordsIn } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { askForDecision } from './ask-for-decision.ts';

const Given = z.object({ decisionId: z.string(), token: z.string() });

const needs = onFirstCall(() => ({ records: recordsIn(readEnv('RECORDS_TABLE')), now: systemNow }));

export const handler = middy<z.infer<typeof Given>>()
  .use(loggedAs('ask-for-decision'))
  .use(parsedAs(Given))
  .handler((given) => untilWritten(() => askForDecision(needs(), given)));
