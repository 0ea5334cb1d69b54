/**
 * Notes what the mail service says became of a mail.
 *
 * Called by  EventBridge, events of SES's configuration set
 * Faults     RecordsBusy, ChangedMeanwhile (Lambda retries, then the dead-letter queue)
 */
import middy from '@middy/core';
import * as z from 'zod/mini';
import { loggedAs, parsedAs } from '../edge/middleware.ts';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { systemNow } from '../edge/system.ts';
import { recordsIn } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { noteMailOutcome, type MailOutcome } from './note-mail-outcome.ts';

const OUTCOME: ReadonlyMap<string, MailOutcome['outcome']> = new Map([
  ['Email Delivered', 'delivered'],
  ['Email Bounced', 'bounced'],
  ['Email Rejected', 'rejected'],
  ['Email Rendering Failed', 'rejected'],
  ['Email Complaint Received', 'complained'],
]);

const Given = z.object({
  'detail-type': z.string(),
  detail: z.object({ mail: z.object({ tags: z.optional(z.record(z.string(), z.array(z.string()))) }) }),
});

const needs = onFirstCall(() => ({ records: recordsIn(readEnv('RECORDS_TABLE')), now: systemNow }));

export const handler = middy<z.infer<typeof Given>>()
  .use(loggedAs('note-mail-outcome'))
  .use(parsedAs(Given))
  .handler(async (event) => {
    const outcome = OUTCOME.get(event['detail-type']);
    const mailId = event.detail.mail.tags?.['mail-id']?.[0];
    if (outcome && mailId) await untilWritten(() => noteMailOutcome(needs(), { mailId, outcome }));
  });
