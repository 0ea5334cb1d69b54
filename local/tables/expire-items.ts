/**
 * Deletes items whose time to live has passed, as DynamoDB does: late, never early, never an item changed meanwhile.
 *
 * Each table has one timer, at the earliest time known; it is set by writes and by the scan that follows each firing.
 * Firings are at most hourly (in host time), so that moving the clock by years stays quick. AWS says "within a few days".
 */
import { AwsError, type Host } from '../contract.ts';
import type { Tables } from './tables.ts';

type Attribute = { readonly S?: string; readonly N?: string };
type Item = Readonly<Record<string, Attribute>>;

const HOUR_MS = 3_600_000;
/** DynamoDB leaves items alone whose time is more than five years back: most likely a mistake in the unit. */
const TOO_OLD_S = 5 * 365 * 86_400;

export function expiry(host: Host, tables: Tables, onDelete: (table: string) => void) {
  const attributes = new Map<string, string>();
  const timerOf = (table: string) =>
    host.journal.get<{ due_at: number }>(
      `SELECT due_at FROM clock_timers WHERE kind = 'table-expiry' AND id = ?`,
      table,
    );

  const expectAt = (table: string, seconds: number): void => {
    const dueAt = Math.max(seconds * 1_000, host.clock.now());
    const set = timerOf(table);
    if (!set || set.due_at > dueAt) host.clock.set({ kind: 'table-expiry', id: table, dueAt, payload: null });
  };

  host.clock.on('table-expiry', async ({ id: table }) => {
    const attribute = attributes.get(table);
    if (!attribute) return;
    const now = Math.floor(host.clock.now() / 1_000);
    // Set again before the work begins: a kill in the middle must not end expiry.
    host.clock.set({ kind: 'table-expiry', id: table, dueAt: host.clock.now() + HOUR_MS, payload: null });
    const { due, earliest } = await survey(tables, table, attribute, now);
    for (const item of due) await deleteUnchanged(tables, table, attribute, item);
    if (due.length > 0) onDelete(table);
    if (earliest === undefined) host.clock.clear('table-expiry', table);
    else
      host.clock.set({
        kind: 'table-expiry',
        id: table,
        dueAt: Math.max(earliest * 1_000, host.clock.now() + HOUR_MS),
        payload: null,
      });
  });

  return {
    /** Begins to expire a table's items by this attribute (seconds since 1970). */
    enable(table: string, attribute: string): void {
      attributes.set(table, attribute);
      expectAt(table, 0);
    },
    /** Told of each write, so that the timer is early enough. An update's value is found by its attribute name. */
    written(names: readonly string[], input: unknown): void {
      for (const table of names) {
        const attribute = attributes.get(table);
        if (!attribute) continue;
        for (const seconds of timesIn(input, attribute)) expectAt(table, seconds);
      }
    },
  };
}

/** Every time that a write may give to the attribute: of an Item the attribute itself, of an update all numbers it carries. */
function timesIn(value: unknown, attribute: string): number[] {
  if (value === null || typeof value !== 'object') return [];
  if (Array.isArray(value)) return value.flatMap((each) => timesIn(each, attribute));
  const write = value as {
    Item?: Item;
    UpdateExpression?: string;
    ExpressionAttributeNames?: Record<string, string>;
    ExpressionAttributeValues?: Item;
  };
  if (write.Item) return numbers([write.Item[attribute]]);
  if (write.UpdateExpression !== undefined) {
    const named =
      write.UpdateExpression.includes(attribute) ||
      Object.values(write.ExpressionAttributeNames ?? {}).includes(attribute);
    return named
      ? numbers(Object.values(write.ExpressionAttributeValues ?? {})).filter((seconds) => seconds > 1e9)
      : [];
  }
  return Object.values(value).flatMap((each) => timesIn(each, attribute));
}

function numbers(values: readonly (Attribute | undefined)[]): number[] {
  return values.flatMap((value) => (value?.N === undefined ? [] : [Number(value.N)]));
}

async function survey(
  tables: Tables,
  table: string,
  attribute: string,
  now: number,
): Promise<{ due: Item[]; earliest: number | undefined }> {
  const { KeySchema } = (await tables.call('DescribeTable', { TableName: table }))['Table'] as {
    KeySchema: { AttributeName: string }[];
  };
  const names = Object.fromEntries(
    [attribute, ...KeySchema.map((key) => key.AttributeName)].map((name, index) => [`#n${index}`, name]),
  );
  const due: Item[] = [];
  let earliest: number | undefined;
  let from: unknown;
  do {
    const page = await tables.call('Scan', {
      TableName: table,
      ProjectionExpression: Object.keys(names).join(),
      FilterExpression: 'attribute_exists(#n0)',
      ExpressionAttributeNames: names,
      ...(from ? { ExclusiveStartKey: from } : {}),
    });
    for (const item of page['Items'] as Item[]) {
      const seconds = Number(item[attribute]?.N ?? Number.NaN);
      if (Number.isNaN(seconds) || seconds < now - TOO_OLD_S) continue;
      if (seconds <= now) due.push(item);
      else earliest = Math.min(earliest ?? seconds, seconds);
    }
    from = page['LastEvaluatedKey'];
  } while (from);
  return { due, earliest };
}

async function deleteUnchanged(tables: Tables, table: string, attribute: string, item: Item): Promise<void> {
  const { [attribute]: seen, ...Key } = item;
  try {
    await tables.call('DeleteItem', {
      TableName: table,
      Key,
      ConditionExpression: '#ttl = :seen',
      ExpressionAttributeNames: { '#ttl': attribute },
      ExpressionAttributeValues: { ':seen': seen },
    });
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'ConditionalCheckFailedException') throw error;
  }
}
