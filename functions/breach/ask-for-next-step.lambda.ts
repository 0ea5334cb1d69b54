/**
 * Asks and reminds whoever is to act on a breach next, and keeps the workflow's token.
 *
 * Called by  workflows/breach, "Ask for the next step"
 * Faults     RecordMissing (do not retry); NobodyAnswers, RecordsBusy, ChangedMeanwhile (retry)
 */
import middy from '@middy/core';
import * as z from 'zod/mini';
import { loggedAs, parsedAs } from '../edge/middleware.ts';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { systemNow } from '../edge/system.ts';
import { recordsIn } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { askForNextStep } from './ask-for-next-step.ts';

const Given = z.object({ breachId: z.string(), token: z.string(), seconds: z.number() });

const needs = onFirstCall(() => ({ records: recordsIn(readEnv('RECORDS_TABLE')), now: systemNow }));

export const handler = middy<z.infer<typeof Given>>()
  .use(loggedAs('ask-for-next-step'))
  .use(parsedAs(Given))
  .handler((given) => untilWritten(() => askForNextStep(needs(), given)));
