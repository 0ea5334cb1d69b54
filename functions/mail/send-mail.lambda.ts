/**
 * Sends the mails that changes owe, straight from the table's stream.
 *
 * Called by  the table's stream, mails that are owed
 * Faults     RecordsBusy, SES throttling or refusing (the batch comes again; the sweep owns what is left)
 */
import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { loggedAs } from '../edge/middleware.ts';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { newCode, newSecret, systemNow } from '../edge/system.ts';
import { recordsIn } from '../records/records.aws.ts';
import { eachOf } from '../records/stream-batch.ts';
import { lettersFrom } from './letters.aws.ts';
import { sendMail } from './send-mail.ts';

const needs = onFirstCall(() => ({
  records: recordsIn(readEnv('RECORDS_TABLE')),
  now: systemNow,
  newSecret,
  newCode,
  site: readEnv('SITE_URL'),
  ...lettersFrom(readEnv('MAIL_FROM'), readEnv('MAIL_CONFIGURATION_SET')),
}));

export const handler = middy<DynamoDBStreamEvent, DynamoDBBatchResponse>()
  .use(loggedAs('send-mail'))
  .handler((event) => eachOf(event, (mailId) => sendMail(needs(), mailId)));
