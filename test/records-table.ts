/**
 * A real table for tests: the engine in a process of its own over an empty temporary folder, with the table and the
 * indexes that infra/ defines. `stop` ends the process and removes the folder.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { recordsIn, type Records } from '../functions/records/records.aws.ts';

export const TABLE = 'postact-records';

const INDEXES = {
  'by-subject': ['subject', 'subjectOrder'],
  'by-desk': ['desk', 'deskOrder'],
  'by-due': ['due', 'dueOrder'],
} as const;

export interface TestTable {
  readonly records: Records;
  readonly client: DynamoDBClient;
  readonly endpoint: string;
  stop(): Promise<void>;
}

export async function startTable(): Promise<TestTable> {
  const home = mkdtempSync(join(tmpdir(), 'records-'));
  const binary = createRequire(import.meta.url).resolve(`@dynoxide/${process.platform}-${process.arch}/dynoxide`);
  const port = await freePort();
  const engine = spawn(binary, ['serve', '--port', String(port), '--db-path', join(home, 'table.db')], {
    stdio: 'ignore',
  });
  const kill = (): boolean => engine.kill('SIGKILL');
  process.once('exit', kill);

  const endpoint = `http://127.0.0.1:${port}`;
  await answering(endpoint);
  const client = new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const key = ([pk, sk]: readonly [string, string]) => [
    { AttributeName: pk, KeyType: 'HASH' as const },
    { AttributeName: sk, KeyType: 'RANGE' as const },
  ];
  await client.send(
    new CreateTableCommand({
      TableName: TABLE,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: key(['pk', 'sk']),
      AttributeDefinitions: ['pk', 'sk', ...Object.values(INDEXES).flat()].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S' as const,
      })),
      GlobalSecondaryIndexes: Object.entries(INDEXES).map(([IndexName, keys]) => ({
        IndexName,
        KeySchema: key(keys),
        Projection: { ProjectionType: 'ALL' as const },
      })),
    }),
  );
  return {
    records: recordsIn(TABLE, client),
    client,
    endpoint,
    async stop() {
      client.destroy();
      const ended = new Promise((resolve) => engine.once('exit', resolve));
      kill();
      await ended;
      process.off('exit', kill);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The engine is up in about 30 ms; after 5 s something else is wrong. */
async function answering(endpoint: string): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt++) {
    try {
      await fetch(endpoint);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
  throw new Error(`the table engine does not answer at ${endpoint} after 5 s`);
}
