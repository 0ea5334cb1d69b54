/**
 * Waits for the recipient of a disclosure and keeps the workflow's token.
 *
 * Called by  workflows/disclosure, "Ask recipient to collect"
 * Faults     RecordMissing, FactMalformed (do not retry); RecordsBusy, ChangedMeanwhile (retry)
 */
import middy from '@middy/core';
import * as z from 'zod/mini';
import { loggedAs, parsedAs } from '../edge/middleware.ts';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { newId, systemNow } from '../edge/system.ts';
import { recordsIn } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { askRecipientToCollect } from './ask-recipient-to-collect.ts';

const Given = z.object({ disclosureId: z.string(), token: z.string() });

const needs = onFirstCall(() => ({ records: recordsIn(readEnv('RECORDS_TABLE')), now: systemNow, newId }));

export const handler = middy<z.infer<typeof Given>>()
  .use(loggedAs('ask-recipient-to-collect'))
  .use(parsedAs(Given))
  .handler((given) => untilWritten(() => askRecipientToCollect(needs(), given)));
