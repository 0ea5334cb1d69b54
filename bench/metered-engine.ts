/**
 * A table engine that says what each operation consumes, in DynamoDB's units.
 *
 * The engine answers ReturnConsumedCapacity by DynamoDB's rules: a write unit per KB begun of the table and of each index
 * whose entry changes, twice for the table within a transaction; a read unit per 4 KB begun when strongly consistent, half
 * otherwise. The host is told of it by POSTACT_DYNAMODB_ENDPOINT, and asks for nothing itself.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AwsError } from '../local/contract.ts';
import { startEngine } from '../local/tables/engine.ts';

export interface Use {
  readonly operation: string;
  readonly reads: number;
  /** Of the table itself and of its indexes. */
  readonly tableWrites: number;
  readonly indexWrites: number;
  /** What a transaction takes above single writes; 0 outside one. */
  readonly forTransaction: number;
  /** Items written; none for a read. */
  readonly items: number;
}

export interface MeteredEngine {
  readonly endpoint: string;
  /** What was used since the last call. */
  taken(): Use[];
  stop(): Promise<void>;
}

const READS = ['GetItem', 'Query', 'Scan', 'BatchGetItem', 'TransactGetItems'];
const WRITES = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems'];

interface Consumed {
  readonly CapacityUnits?: number;
  readonly Table?: { readonly CapacityUnits?: number };
  readonly GlobalSecondaryIndexes?: Readonly<Record<string, { readonly CapacityUnits?: number }>>;
}

/** Starts an engine over `file` behind a port of its own. */
export async function startMeteredEngine(file: string): Promise<MeteredEngine> {
  const engine = await startEngine(file, (line) => console.error(line));
  let uses: Use[] = [];
  const server = createServer((request, response) => {
    const target = String(request.headers['x-amz-target'] ?? '');
    const operation = target.split('.').at(-1)!;
    const counted = READS.includes(operation) || WRITES.includes(operation);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const input = JSON.parse(Buffer.concat(chunks).toString() || '{}') as object;
      const answered = (status: number, body: object): void =>
        void response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
      engine.call(target, counted ? { ...input, ReturnConsumedCapacity: 'INDEXES' } : input).then(
        ({ ConsumedCapacity, ...answer }) => {
          if (counted) uses.push(useOf(operation, input, ConsumedCapacity as Consumed | Consumed[] | undefined));
          answered(200, answer);
        },
        (error: unknown) =>
          error instanceof AwsError
            ? answered(error.status, { __type: error.code, message: error.message, ...error.members })
            : response.destroy(),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken: () => uses.splice(0),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await engine.stop();
      uses = [];
    },
  };
}

function useOf(operation: string, input: object, consumed: Consumed | readonly Consumed[] = []): Use {
  const parts = [consumed].flat() as Consumed[];
  const sum = (units: readonly (number | undefined)[]): number =>
    units.reduce<number>((total, one) => total + (one ?? 0), 0);
  const all = sum(parts.map(({ CapacityUnits }) => CapacityUnits));
  if (READS.includes(operation))
    return { operation, reads: all, tableWrites: 0, indexWrites: 0, forTransaction: 0, items: 0 };
  const tableWrites = sum(parts.map(({ Table }) => Table?.CapacityUnits));
  const { TransactItems } = input as { TransactItems?: readonly object[] };
  return {
    operation,
    reads: 0,
    tableWrites,
    indexWrites: all - tableWrites,
    forTransaction: TransactItems ? tableWrites / 2 : 0,
    items: TransactItems?.length ?? 1,
  };
}
