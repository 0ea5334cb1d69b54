/**
 * Asks staff to confirm an outside entity and keeps the workflow's token.
 *
 * Called by  workflows/use-request, "Ask staff to confirm the outside entity"
 * Faults     RecordMissing (do not retry); RecordsBusy, ChangedMeanwhile (retry)
 */
import middy from '@middy/core';
import * as z from 'zod/mini';
import { loggedAs, parsedAs } from '../edge/middleware.ts';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { newId, systemNow } from '../edge/system.ts';
import { recordsIn } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { askForConfirmation } from './ask-for-confirmation.ts';

const Given = z.object({ requestId: z.string(), token: z.string() });

const needs = onFirstCall(() => ({ records: recordsIn(readEnv('RECORDS_TABLE')), now: systemNow, newId }));

export const handler = middy<z.infer<typeof Given>>()
  .use(loggedAs('ask-for-confirmation'))
  .use(parsedAs(Given))
  .handler((given) => untilWritten(() => askForConfirmation(needs(), given)));
