/** What a client of DynamoDB reads and writes, in DynamoDB's units: asks for it with each call and adds it up. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

export interface Meter {
  /** Calls and units since the last time this was asked; `reads` are the units of calls that only read. */
  taken(): { readonly calls: number; readonly units: number; readonly reads: number };
}

interface Consumed {
  readonly CapacityUnits?: number;
}

const READS: ReadonlySet<string> = new Set(['GetItemCommand', 'QueryCommand', 'ScanCommand', 'BatchGetItemCommand']);

/** From now on every call of the client is counted. */
export function metered(client: DynamoDBClient): Meter {
  let calls = 0;
  let units = 0;
  let reads = 0;
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (call) => {
        const answer = await next({
          ...call,
          input: { ...call.input, ReturnConsumedCapacity: 'TOTAL' } as typeof call.input,
        });
        const { ConsumedCapacity = [] } = answer.output as { ConsumedCapacity?: Consumed | Consumed[] };
        calls++;
        for (const { CapacityUnits = 0 } of [ConsumedCapacity].flat()) {
          units += CapacityUnits;
          if (READS.has(commandName)) reads += CapacityUnits;
        }
        return answer;
      },
    { step: 'initialize', name: 'meter' },
  );
  return {
    taken() {
      const since = { calls, units, reads };
      calls = 0;
      units = 0;
      reads = 0;
      return since;
    },
  };
}
