/**
 * Reads where a breach stands and says how its workflow goes on.
 *
 * Called by  workflows/breach, "Check what the breach needs"
 * Faults     RecordMissing (do not retry); RecordsBusy (retry)
 */
import middy from '@middy/core';
import * as z from 'zod/mini';
import { loggedAs, parsedAs } from '../edge/middleware.ts';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { systemNow } from '../edge/system.ts';
import { recordsIn } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { checkBreach } from './check-breach.ts';

const Given = z.object({ breachId: z.string() });

const needs = onFirstCall(() => ({ records: recordsIn(readEnv('RECORDS_TABLE')), now: systemNow }));

export const handler = middy<z.infer<typeof Given>>()
  .use(loggedAs('check-breach'))
  .use(parsedAs(Given))
  .handler((given) => untilWritten(() => checkBreach(needs(), given)));
