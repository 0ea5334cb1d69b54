/**
 * Delivers the notes that changes left in the outbox, straight from the table's stream.
 *
 * Called by  the table's stream, notes that are not delivered
 * Faults     RecordsBusy, Step Functions throttling (the batch comes again)
 */
import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { loggedAs } from '../edge/middleware.ts';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { systemNow } from '../edge/system.ts';
import { deliverNote } from './deliver-outbox.ts';
import { recordsIn } from './records.aws.ts';
import { eachOf } from './stream-batch.ts';
import { untilWritten } from './until-written.ts';
import { workflowsAt } from './workflows.aws.ts';

const needs = onFirstCall(() => ({
  records: recordsIn(readEnv('RECORDS_TABLE')),
  now: systemNow,
  // `image-intake` is told by IMAGE_INTAKE_WORKFLOW, as infra/constructs/outbox.ts names it.
  ...workflowsAt((workflow) => readEnv(`${workflow.toUpperCase().replaceAll('-', '_')}_WORKFLOW`)),
}));

export const handler = middy<DynamoDBStreamEvent, DynamoDBBatchResponse>()
  .use(loggedAs('deliver-outbox'))
  .handler((event) => eachOf(event, (noteId) => untilWritten(() => deliverNote(needs(), noteId))));
