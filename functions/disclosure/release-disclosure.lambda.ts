/**
 * Releases a disclosure, if at that instant the rule allows it.
 *
 * Called by  workflows/disclosure, "Write release in ledger"
 * Faults     RecordMissing, FactMalformed (do not retry); RecordsBusy, ChangedMeanwhile (retry)
 */
import middy from '@middy/core';
import * as z from 'zod/mini';
import { loggedAs, parsedAs } from '../edge/middleware.ts';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { newId, systemNow } from '../edge/system.ts';
import { recordsIn } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { releaseDisclosure } from './release-disclosure.ts';

const Given = z.object({ disclosureId: z.string() });

const needs = onFirstCall(() => ({ records: recordsIn(readEnv('RECORDS_TABLE')), now: systemNow, newId }));

export const handler = middy<z.infer<typeof Given>>()
  .use(loggedAs('release-disclosure'))
  .use(parsedAs(Given))
  .handler((given) => untilWritten(() => releaseDisclosure(needs(), given)));
