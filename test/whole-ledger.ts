/** Whether the ledger tells of everything that is in a table: what `npm run verify-ledger` finds, for tests. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { storedFrom } from '../functions/records/stored.ts';
import { storeVerifier } from '../functions/records/verify-store.ts';

/**
 * Every break between records and ledger, as text; none when each record and line is in the ledger with its seal and
 * each chain holds. Digests are left out, and with them which heads the last of them has seen.
 */
export async function breaksIn(client: DynamoDBClient, table: string): Promise<readonly string[]> {
  const verifier = withoutDigests();
  let from: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName: table, ConsistentRead: true, ...(from && { ExclusiveStartKey: from }) }),
    );
    for (const item of page.Items ?? []) verifier.take(item);
    from = page.LastEvaluatedKey;
  } while (from);
  return verifier.breaks();
}

/** The same of records in memory. */
export function breaksAmong(items: readonly Readonly<Record<string, unknown>>[]): readonly string[] {
  const verifier = withoutDigests();
  const place = ({ pk, sk }: Readonly<Record<string, unknown>>): string => `${String(pk)}\u0000${String(sk)}`;
  for (const item of items.toSorted((a, b) => (place(a) < place(b) ? -1 : 1))) verifier.take(item);
  return verifier.breaks();
}

function withoutDigests() {
  const verifier = storeVerifier([], { keyId: 'none', signed: () => false });
  return {
    take(item: Readonly<Record<string, unknown>>): void {
      const stored = storedFrom(item);
      if (stored && stored.is !== 'last-digest')
        verifier.take(stored.is === 'head' ? { ...stored, open: true } : stored);
    },
    breaks: (): readonly string[] =>
      verifier.end().breaks.map(({ subject, seq, what }) => `${subject}${seq === undefined ? '' : ` ${seq}`}: ${what}`),
  };
}
