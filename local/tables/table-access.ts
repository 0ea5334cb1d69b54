/**
 * Which permissions a DynamoDB operation needs: pairs of action and resource, as AWS judges them.
 * A query of an index is judged on the index; a transaction on each of its actions; a batch on each of its tables.
 */

export type Need = readonly [action: string, resource: string];

interface Named {
  readonly TableName?: string;
  readonly IndexName?: string;
  readonly StreamArn?: string;
  readonly ResourceArn?: string;
  readonly RequestItems?: Readonly<Record<string, unknown>>;
  readonly TransactItems?: readonly Readonly<Record<string, { readonly TableName?: string }>>[];
}

const TRANSACTION_ACTIONS: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
};

/** The name in `TableName`, which AWS also takes as an ARN. */
export function tableName(nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn.split(':table/')[1]!.split('/')[0]! : nameOrArn;
}

/** `prefix` is the ARN up to the table's name, such as `arn:aws:dynamodb:us-east-1:000000000000:table/`. */
export function needsOf(operation: string, given: unknown, prefix: string): Need[] {
  const input = given as Named;
  const arn = (name: string): string => prefix + tableName(name);
  if (operation.startsWith('Transact')) {
    return (input.TransactItems ?? []).flatMap((item) =>
      Object.entries(item).map(([kind, { TableName }]): Need => [
        `dynamodb:${TRANSACTION_ACTIONS[kind] ?? kind}`,
        arn(TableName ?? ''),
      ]),
    );
  }
  if (operation.startsWith('Batch'))
    return Object.keys(input.RequestItems ?? {}).map((name): Need => [`dynamodb:${operation}`, arn(name)]);
  const action = `dynamodb:${operation}`;
  if (input.StreamArn) return [[action, input.StreamArn]];
  if (input.ResourceArn) return [[action, input.ResourceArn]];
  if (!input.TableName) return [[action, operation === 'ListStreams' ? `${prefix}*/stream/*` : '*']];
  return [[action, arn(input.TableName) + (input.IndexName ? `/index/${input.IndexName}` : '')]];
}

/** The tables an operation writes items to, by name; none for a read. */
export function tablesWrittenBy(operation: string, given: unknown): string[] {
  const input = given as Named;
  if (operation === 'PutItem' || operation === 'UpdateItem' || operation === 'DeleteItem')
    return [tableName(input.TableName ?? '')];
  if (operation === 'BatchWriteItem') return Object.keys(input.RequestItems ?? {}).map(tableName);
  if (operation !== 'TransactWriteItems') return [];
  const written = (input.TransactItems ?? []).flatMap((item) =>
    [item['Put'], item['Update'], item['Delete']].flatMap((write) =>
      write?.TableName ? [tableName(write.TableName)] : [],
    ),
  );
  return [...new Set(written)];
}
