import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tables } from '../../../local/tables/tables.ts';
import { owner, roleThatMay, smallHost, type SmallHost } from './small-host.ts';

const RECORDS = {
  TableName: 'records',
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
};
const ARN = 'arn:aws:dynamodb:us-east-1:000000000000:table/records';

interface StreamEvent {
  readonly Records: {
    eventName: string;
    eventSourceARN: string;
    awsRegion: string;
    dynamodb: { Keys: { pk: { S: string } }; SequenceNumber: string };
  }[];
}

let host: SmallHost;
let seen: string[];
let fails: (keys: string[]) => unknown;

async function hostWith(mapping: Record<string, unknown> = {}, folder?: string): Promise<void> {
  host = await smallHost([tables], {
    ...(folder ? { folder } : {}),
    functions: {
      deliver: (event: StreamEvent) => {
        const keys = event.Records.map((record) => record.dynamodb.Keys.pk.S);
        const answer = fails(keys);
        seen.push(...keys);
        return answer;
      },
    },
  });
  const { attributes } = await host.deploy('AWS::DynamoDB::Table', 'Records', RECORDS);
  await host.deploy('AWS::Lambda::EventSourceMapping', 'Delivery', {
    FunctionName: 'deliver',
    EventSourceArn: attributes['StreamArn'],
    StartingPosition: 'TRIM_HORIZON',
    ...mapping,
  });
  await host.start();
}

const put = (pk: string, more: object = {}, as = owner) =>
  host.call('dynamodb', 'PutItem', { TableName: 'records', Item: { pk: { S: pk }, ...more } }, as);

beforeEach(() => {
  seen = [];
  fails = () => undefined;
});
afterEach(() => host.stop());

describe('a table', () => {
  beforeEach(() => hostWith());

  it('answers with ARNs of the host, not of the engine', async () => {
    const { Table } = (await host.call('dynamodb', 'DescribeTable', { TableName: 'records' }, owner)) as {
      Table: { TableArn: string; LatestStreamArn: string };
    };
    expect(Table.TableArn).toBe(ARN);
    expect(Table.LatestStreamArn).toMatch(`${ARN}/stream/`);
  });

  it('gains and loses indexes when the template changes, and keeps its items', async () => {
    await put('a', { desk: { S: 'm' } });
    const attributes = [...RECORDS.AttributeDefinitions, { AttributeName: 'desk', AttributeType: 'S' }];
    const index = {
      IndexName: 'by-desk',
      KeySchema: [{ AttributeName: 'desk', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    };
    await host.deploy('AWS::DynamoDB::Table', 'Records', {
      ...RECORDS,
      AttributeDefinitions: attributes,
      GlobalSecondaryIndexes: [index],
    });
    const query = {
      TableName: 'records',
      IndexName: 'by-desk',
      KeyConditionExpression: 'desk = :d',
      ExpressionAttributeValues: { ':d': { S: 'm' } },
    };
    expect(await host.call('dynamodb', 'Query', query, owner)).toMatchObject({ Count: 1 });
    await host.deploy('AWS::DynamoDB::Table', 'Records', RECORDS);
    await expect(host.call('dynamodb', 'Query', query, owner)).rejects.toMatchObject({ code: 'ValidationException' });
    expect(
      await host.call('dynamodb', 'GetItem', { TableName: 'records', Key: { pk: { S: 'a' } } }, owner),
    ).toHaveProperty('Item');
  });

  it('judges a transaction on each of its actions', async () => {
    const both = {
      TransactItems: [
        { Put: { TableName: 'records', Item: { pk: { S: 'a' } } } },
        {
          ConditionCheck: {
            TableName: 'records',
            Key: { pk: { S: 'b' } },
            ConditionExpression: 'attribute_not_exists(pk)',
          },
        },
      ],
    };
    await expect(
      host.call('dynamodb', 'TransactWriteItems', both, roleThatMay(`dynamodb:PutItem on ${ARN}`)),
    ).rejects.toThrow(`dynamodb:ConditionCheckItem on resource: ${ARN}`);
    await host.call(
      'dynamodb',
      'TransactWriteItems',
      both,
      roleThatMay(`dynamodb:PutItem on ${ARN}`, `dynamodb:ConditionCheckItem on ${ARN}`),
    );
  });

  it('judges a query of an index on the index', async () => {
    const query = {
      TableName: 'records',
      IndexName: 'by-desk',
      KeyConditionExpression: 'desk = :d',
      ExpressionAttributeValues: { ':d': { S: 'm' } },
    };
    await expect(host.call('dynamodb', 'Query', query, roleThatMay(`dynamodb:Query on ${ARN}`))).rejects.toThrow(
      `${ARN}/index/by-desk`,
    );
  });

  it('answers a failed condition in the words of DynamoDB, with the reasons', async () => {
    await put('a');
    const Put = { TableName: 'records', Item: { pk: { S: 'a' } }, ConditionExpression: 'attribute_not_exists(pk)' };
    await expect(host.call('dynamodb', 'PutItem', Put, owner)).rejects.toMatchObject({
      code: 'ConditionalCheckFailedException',
    });
    await expect(
      host.call('dynamodb', 'TransactWriteItems', { TransactItems: [{ Put }] }, owner),
    ).rejects.toMatchObject({
      code: 'TransactionCanceledException',
      members: { CancellationReasons: [{ Code: 'ConditionalCheckFailed' }] },
    });
  });

  it('refuses PartiQL and says what to use', async () => {
    await expect(async () =>
      host.call('dynamodb', 'ExecuteStatement', { Statement: 'SELECT * FROM records' }, owner),
    ).rejects.toThrow('PartiQL is not served');
  });

  it('finds the end of its stream by an index, however much was ever written', async () => {
    await put('a');
    const database = new DatabaseSync(join(host.folder, 'tables.sqlite'), { readOnly: true });
    // As the engine asks (its statements, read from the program): for the next number of a write, and for what to deliver.
    const asks = [
      'SELECT COALESCE(MAX(CAST(sequence_number AS INTEGER)), 0) + 1 FROM _stream_records WHERE table_name = ?1',
      'SELECT * FROM _stream_records WHERE table_name = ?1 AND shard_id = ?2 AND CAST(sequence_number AS INTEGER) > ?3 ORDER BY CAST(sequence_number AS INTEGER) ASC LIMIT ?4',
    ];
    const plans = asks.map((sql) => JSON.stringify(database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all()));
    database.close();
    for (const plan of plans) {
      expect(plan).toContain('postact_stream_order');
      expect(plan).not.toMatch(/SCAN|TEMP B-TREE/);
    }
  });

  it('is served again after its engine is killed, with all that was acknowledged', async () => {
    await put('a');
    const pid = execFileSync('pgrep', ['-f', `^/.*dynoxide serve.*${host.folder}`], { encoding: 'utf8' });
    process.kill(Number(pid), 'SIGKILL');
    await expect.poll(() => host.lines.join(), { timeout: 3_000 }).toContain('started again');
    expect(
      await host.call('dynamodb', 'GetItem', { TableName: 'records', Key: { pk: { S: 'a' } } }, owner),
    ).toHaveProperty('Item');
  });
});

describe('items with a time to live', () => {
  it('go when the host clock reaches it, and not before', async () => {
    await hostWith();
    await host.deploy('AWS::DynamoDB::Table', 'Records', {
      ...RECORDS,
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
    });
    const day = 86_400_000;
    await put('soon', { ttl: { N: String(Math.ceil((host.clock.now() + day) / 1_000)) } });
    await put('later', { ttl: { N: String(Math.ceil((host.clock.now() + 3 * day) / 1_000)) } });
    const left = async () =>
      (
        (await host.call('dynamodb', 'Scan', { TableName: 'records' }, owner)) as { Items: { pk: { S: string } }[] }
      ).Items.map((item) => item.pk.S).sort();
    await host.clock.advance(day / 2);
    expect(await left()).toEqual(['later', 'soon']);
    await host.clock.advance(day);
    expect(await left()).toEqual(['later']);
    await host.clock.advance(2 * day);
    expect(await left()).toEqual([]);
    expect(host.invoked.at(-1)!.event).toMatchObject({ Records: [{ eventName: 'REMOVE' }] });
  });
});

describe('a stream', () => {
  it('reaches its function in order, as soon as it is written, in the shape of Lambda', async () => {
    await hostWith();
    const begun = performance.now();
    await put('a');
    await expect.poll(() => seen, { interval: 1, timeout: 1_000 }).toEqual(['a']);
    expect(performance.now() - begun).toBeLessThan(500); // Usually under 20 ms; the machine may be busy.
    await put('b');
    await host.clock.settled();
    expect(seen).toEqual(['a', 'b']);
    const { Records } = host.invoked[0]!.event as StreamEvent;
    expect(Records[0]).toMatchObject({
      eventName: 'INSERT',
      awsRegion: 'us-east-1',
      eventSource: 'aws:dynamodb',
      eventSourceARN: expect.stringContaining(`${ARN}/stream/`),
      dynamodb: { NewImage: { pk: { S: 'a' } }, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    });
  });

  it('says nothing of a write that changes nothing', async () => {
    await hostWith();
    await put('a');
    await put('a');
    await put('b');
    await host.clock.settled();
    expect(seen).toEqual(['a', 'b']);
  });

  it('halves a failing batch until the bad record stands alone, then goes on after its retries', async () => {
    fails = (keys) => {
      if (keys.includes('bad')) throw new Error('bad');
    };
    await hostWith({ BisectBatchOnFunctionError: true, MaximumRetryAttempts: 1 });
    const batch = ['a', 'bad', 'b', 'c'].map((pk) => ({ PutRequest: { Item: { pk: { S: pk } } } }));
    await host.call('dynamodb', 'BatchWriteItem', { RequestItems: { records: batch } }, owner);
    await host.clock.settled();
    expect(seen).toEqual(['a', 'b', 'c']);
    expect(host.lines.join()).toContain('RetryAttemptsExhausted');
  });

  it('begins again at the first record that the function reports as failed', async () => {
    let tries = 0;
    fails = (keys) =>
      keys.includes('b') && tries++ === 0
        ? { batchItemFailures: [{ itemIdentifier: '2' }] }
        : { batchItemFailures: [] };
    await hostWith({ FunctionResponseTypes: ['ReportBatchItemFailures'] });
    const batch = ['a', 'b', 'c'].map((pk) => ({ PutRequest: { Item: { pk: { S: pk } } } }));
    await host.call('dynamodb', 'BatchWriteItem', { RequestItems: { records: batch } }, owner);
    await host.clock.settled();
    expect(seen).toEqual(['a', 'b', 'c', 'b', 'c']);
  });

  it('does not hold the clock up while it is in backoff, and tries again as time moves', async () => {
    let broken = true;
    fails = () => {
      if (broken) throw new Error('down');
    };
    await hostWith();
    await put('a');
    await host.clock.settled();
    expect(seen).toEqual([]);
    broken = false;
    await host.clock.advance(60_000);
    expect(seen).toEqual(['a']);
  });

  it('goes on from its checkpoint when the host comes back', async () => {
    await hostWith();
    await put('a');
    await host.clock.settled();
    const { folder } = host;
    await host.stop('keep');
    await hostWith({ Enabled: false }, folder);
    await put('b');
    await host.stop('keep');
    await hostWith({}, folder);
    await host.clock.settled();
    expect(seen).toEqual(['a', 'b']);
  });
});
