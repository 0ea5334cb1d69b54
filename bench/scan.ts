/** The alternative to an index: every item of a table is read, and the filter only keeps answers small. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ScanCommand, type ScanCommandInput } from '@aws-sdk/lib-dynamodb';

/** Answers how many items the filter let through. */
export async function scan(documents: DynamoDBDocumentClient, asked: ScanCommandInput): Promise<number> {
  let from: Record<string, unknown> | undefined;
  let found = 0;
  do {
    const page = await documents.send(new ScanCommand({ ...asked, ...(from && { ExclusiveStartKey: from }) }));
    found += page.Count ?? 0;
    from = page.LastEvaluatedKey;
  } while (from);
  return found;
}
