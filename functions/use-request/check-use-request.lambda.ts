/**
 * Judges a request inside its workflow and says how it goes on.
 *
 * Called by  workflows/use-request, "Check request against policy"
 * Faults     RecordMissing (do not retry); RecordsBusy, ChangedMeanwhile (retry)
 */
import middy from '@middy/core';
import * as z from 'zod/mini';
import { loggedAs, parsedAs } from '../edge/middleware.ts';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { newId, systemNow } from '../edge/system.ts';
import { recordsIn } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { checkUseRequest } from './check-use-request.ts';

const Given = z.object({ requestId: z.string() });

const needs = onFirstCall(() => ({ records: recordsIn(readEnv('RECORDS_TABLE')), now: systemNow, newId }));

export const handler = middy<z.infer<typeof Given>>()
  .use(loggedAs('check-use-request'))
  .use(parsedAs(Given))
  .handler((given) => untilWritten(() => checkUseRequest(needs(), given)));
