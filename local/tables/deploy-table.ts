/**
 * AWS::DynamoDB::Table and GlobalTable: made if missing, brought up to date if not. Rows are never dropped: a changed
 * key schema is refused, because AWS would replace the table and this host keeps what it has.
 */
import { z } from 'zod';
import { AwsError, type ResourceProvider } from '../contract.ts';
import type { Tables } from './tables.ts';

const Key = z.array(z.object({ AttributeName: z.string(), KeyType: z.string() }));
const Index = z.object({
  IndexName: z.string(),
  KeySchema: Key,
  Projection: z.object({ ProjectionType: z.string().optional(), NonKeyAttributes: z.array(z.string()).optional() }),
});
const Properties = z.object({
  TableName: z.string().optional(),
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.string() })),
  KeySchema: Key,
  GlobalSecondaryIndexes: z.array(Index).optional(),
  LocalSecondaryIndexes: z.array(Index).optional(),
  StreamSpecification: z.object({ StreamViewType: z.string() }).optional(),
  TimeToLiveSpecification: z
    .object({ AttributeName: z.string().optional(), Enabled: z.union([z.boolean(), z.stringbool()]) })
    .optional(),
});
type Properties = z.infer<typeof Properties>;
type Index = z.infer<typeof Index>;

interface Described {
  readonly TableArn: string;
  readonly TableStatus: string;
  readonly TableId?: string;
  readonly LatestStreamArn?: string;
  readonly KeySchema: z.infer<typeof Key>;
  readonly GlobalSecondaryIndexes?: readonly (Index & { readonly IndexStatus: string })[];
  readonly StreamSpecification?: { readonly StreamEnabled: boolean; readonly StreamViewType: string };
}

/** `onExpiry` is told which attribute of a table says when its items expire. */
export function tableProvider(tables: Tables, onExpiry: (table: string, attribute: string) => void): ResourceProvider {
  return {
    types: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'],
    async deploy({ logicalId, properties, physicalId }) {
      const wanted = Properties.parse(properties);
      const name = wanted.TableName ?? physicalId;
      const before = await describe(tables, name);
      if (!before) await create(tables, name, wanted);
      else if (fingerprint(before.KeySchema) !== fingerprint(wanted.KeySchema)) {
        throw new Error(
          `table ${logicalId}: KeySchema is ${JSON.stringify(wanted.KeySchema)} in the template and ${JSON.stringify(before.KeySchema)} in ${name}; give the table a new name, or empty the host's data folder`,
        );
      } else await update(tables, name, wanted, before);

      const ttl = wanted.TimeToLiveSpecification;
      if (ttl?.Enabled && ttl.AttributeName) {
        await tables
          .call('UpdateTimeToLive', {
            TableName: name,
            TimeToLiveSpecification: { Enabled: true, AttributeName: ttl.AttributeName },
          })
          .catch((error: unknown) => {
            // AWS refuses to enable twice; that it is enabled is all we want.
            if (!(error instanceof AwsError) || error.code !== 'ValidationException') throw error;
          });
        onExpiry(name, ttl.AttributeName);
      }
      const after = await active(tables, name);
      return {
        ref: name,
        attributes: {
          Arn: after.TableArn,
          TableId: after.TableId ?? name,
          ...(after.LatestStreamArn ? { StreamArn: after.LatestStreamArn } : {}),
        },
      };
    },
  };
}

async function create(tables: Tables, name: string, wanted: Properties): Promise<void> {
  await tables.call('CreateTable', {
    TableName: name,
    AttributeDefinitions: wanted.AttributeDefinitions,
    KeySchema: wanted.KeySchema,
    BillingMode: 'PAY_PER_REQUEST',
    ...(wanted.GlobalSecondaryIndexes ? { GlobalSecondaryIndexes: wanted.GlobalSecondaryIndexes } : {}),
    ...(wanted.LocalSecondaryIndexes ? { LocalSecondaryIndexes: wanted.LocalSecondaryIndexes } : {}),
    ...(wanted.StreamSpecification
      ? { StreamSpecification: { StreamEnabled: true, ...wanted.StreamSpecification } }
      : {}),
  });
  await active(tables, name);
}

/** One index at a time, as AWS allows; an index whose keys or projection changed is dropped and filled again. */
async function update(tables: Tables, name: string, wanted: Properties, before: Described): Promise<void> {
  const had = new Map((before.GlobalSecondaryIndexes ?? []).map((index) => [index.IndexName, shape(index)]));
  const want = new Map((wanted.GlobalSecondaryIndexes ?? []).map((index) => [index.IndexName, shape(index)]));
  const change = async (changes: object): Promise<void> => {
    await tables.call('UpdateTable', {
      TableName: name,
      AttributeDefinitions: wanted.AttributeDefinitions,
      ...changes,
    });
    await active(tables, name);
  };
  for (const [IndexName, had_] of had)
    if (want.get(IndexName) !== had_) await change({ GlobalSecondaryIndexUpdates: [{ Delete: { IndexName } }] });
  for (const index of wanted.GlobalSecondaryIndexes ?? [])
    if (had.get(index.IndexName) !== shape(index)) await change({ GlobalSecondaryIndexUpdates: [{ Create: index }] });

  const streamed = before.StreamSpecification?.StreamEnabled ? before.StreamSpecification.StreamViewType : undefined;
  const view = wanted.StreamSpecification?.StreamViewType;
  if (streamed === view) return;
  if (streamed) await change({ StreamSpecification: { StreamEnabled: false } });
  if (view) await change({ StreamSpecification: { StreamEnabled: true, StreamViewType: view } });
}

async function describe(tables: Tables, name: string): Promise<Described | undefined> {
  try {
    return (await tables.call('DescribeTable', { TableName: name }))['Table'] as Described;
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

async function active(tables: Tables, name: string): Promise<Described> {
  for (let tries = 0; tries < 1_200; tries++) {
    const table = await describe(tables, name);
    if (
      table?.TableStatus === 'ACTIVE' &&
      (table.GlobalSecondaryIndexes ?? []).every((index) => index.IndexStatus === 'ACTIVE')
    )
      return table;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`table ${name} is not ACTIVE after a minute; look at the engine, or empty the host's data folder`);
}

function shape(index: Index): string {
  const { ProjectionType = 'ALL', NonKeyAttributes = [] } = index.Projection;
  return JSON.stringify([fingerprint(index.KeySchema), ProjectionType, [...NonKeyAttributes].sort()]);
}

function fingerprint(keys: z.infer<typeof Key>): string {
  return keys
    .map((key) => `${key.AttributeName} ${key.KeyType}`)
    .sort()
    .join();
}
