/**
 * Asks the bureau to assign and deploy, and keeps the workflow's token.
 *
 * Called by  workflows/use-request, "Ask the bureau to deploy"
 * Faults     RecordMissing (do not retry); RecordsBusy, ChangedMeanwhile (retry)
 */
import middy from '@middy/core';
import * as z from 'zod/mini';
import { loggedAs, parsedAs } from '../edge/middleware.ts';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { newId, systemNow } from '../edge/system.ts';
import { recordsIn } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { askBureauToDeploy } from './ask-bureau-to-deploy.ts';

const Given = z.object({ requestId: z.string(), token: z.string() });

const needs = onFirstCall(() => ({ records: recordsIn(readEnv('RECORDS_TABLE')), now: systemNow, newId }));

export const handler = middy<z.infer<typeof Given>>()
  .use(loggedAs('ask-bureau-to-deploy'))
  .use(parsedAs(Given))
  .handler((given) => untilWritten(() => askBureauToDeploy(needs(), given)));
