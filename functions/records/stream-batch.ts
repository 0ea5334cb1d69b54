/**
 * A batch of the table's stream, one record at a time, in order. What fails is reported with everything after it, so
 * that Lambda brings it again; after the last retry it goes to the dead-letter queue and the hourly sweep takes it up.
 */
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';

/** Calls `each` with the id of every record in the batch. */
export async function eachOf(
  event: DynamoDBStreamEvent,
  each: (id: string) => Promise<void>,
): Promise<DynamoDBBatchResponse> {
  for (const { dynamodb } of event.Records) {
    const id = dynamodb?.NewImage?.record?.M?.id?.S;
    if (!id || !dynamodb?.SequenceNumber) continue;
    try {
      await each(id);
    } catch (error) {
      console.log(JSON.stringify({ act: 'stream-record', outcome: 'fault', fault: (error as Error).name, id }));
      return { batchItemFailures: [{ itemIdentifier: dynamodb.SequenceNumber }] };
    }
  }
  return { batchItemFailures: [] };
}
