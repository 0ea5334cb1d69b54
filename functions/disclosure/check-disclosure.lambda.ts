/**
 * Judges a disclosure inside its workflow and says how it goes on.
 *
 * Called by  workflows/disclosure, "Check disclosure against policy"
 * Faults     RecordMissing, FactMalformed (do not retry); RecordsBusy, ChangedMeanwhile, NobodyToSignOff (retry)
 */
import middy from '@middy/core';
import * as z from 'zod/mini';
import { loggedAs, parsedAs } from '../edge/middleware.ts';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { newId, systemNow } from '../edge/system.ts';
import { recordsIn } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { checkDisclosure } from './check-disclosure.ts';

const Given = z.object({ disclosureId: z.string() });

const needs = onFirstCall(() => ({ records: recordsIn(readEnv('RECORDS_TABLE')), now: systemNow, newId }));

export const handler = middy<z.infer<typeof Given>>()
  .use(loggedAs('check-disclosure'))
  .use(parsedAs(Given))
  .handler((given) => untilWritten(() => checkDisclosure(needs(), given)));
