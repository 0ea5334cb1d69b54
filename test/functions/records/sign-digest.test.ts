/** The hourly digest on the real table, with a real key: what it covers, what a crash leaves, what a loss leaves. */
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { put } from '../../../functions/records/change.ts';
import { digestKey } from '../../../functions/records/digest.ts';
import { entity, type Kept } from '../../../functions/records/entity.ts';
import { signDigest, type DigestNeeds } from '../../../functions/records/sign-digest.ts';
import { instantOf, plusHours, type Instant } from '../../../policies/instant.ts';
import { startTable, TABLE, type TestTable } from '../../records-table.ts';
import { signer, type Signer } from './signer.ts';
import { ledgerOf } from './stored-ledger.ts';

const things = entity<Kept>('device');
const DAWN = instantOf('2026-11-24T06:30:00Z');

let table: TestTable;
let key: Signer;
let now: Instant;
beforeEach(async () => {
  [table, key, now] = [await startTable(), signer(), DAWN];
});
afterEach(() => table.stop());

const needs = (over: Partial<DigestNeeds> = {}): DigestNeeds => ({
  records: table.records,
  now: () => now,
  ...key,
  ...over,
});
async function tell(id: string): Promise<void> {
  const was = await table.records.get(things, id);
  await table.records.write({
    at: now,
    by: { kind: 'system', id: 'test' },
    puts: [put(things, was ?? { id, version: 0 })],
    tells: [{ subject: `device#${id}`, act: 'changed' }],
  });
}
async function hourLater(over?: Partial<DigestNeeds>): Promise<number> {
  now = plusHours(now, 1);
  return (await signDigest(needs(over))).heads;
}
async function breaks(): Promise<string[]> {
  const { Items = [] } = await DynamoDBDocumentClient.from(table.client).send(new ScanCommand({ TableName: TABLE }));
  return ledgerOf(Items, key.stored(), key.pem, key.keyId)
    .finding()
    .breaks.map(({ subject, seq, what }) => `${subject} ${seq ?? ''}: ${what}`);
}
const crash = async (): Promise<never> => {
  throw new Error('crashed here');
};

describe('the hourly digest', () => {
  it('covers the heads that moved since the last one, and no other', async () => {
    await tell('D-1');
    await tell('D-2');
    expect(await hourLater()).toBe(2);
    await tell('D-2');
    expect(await hourLater()).toBe(1);
    expect([...key.bucket.values()].at(-1)!.digest).toMatchObject({
      after: '2026-11-24T07',
      hour: '2026-11-24T08',
      heads: [{ subject: 'device#D-2', seq: 2 }],
    });
    expect(await breaks()).toEqual([]);
  });

  it('is written in a quiet hour too, and once an hour', async () => {
    expect(await hourLater()).toBe(0);
    await tell('D-1');
    expect(await signDigest(needs())).toEqual({ hour: '2026-11-24T07', heads: 0 });
    expect(await hourLater()).toBe(1);
    expect(key.bucket.size).toBe(2);
    expect(await breaks()).toEqual([]);
  });

  it('covers several hours when some were missed', async () => {
    await tell('D-1');
    await hourLater();
    await tell('D-1');
    now = plusHours(now, 30);
    expect((await signDigest(needs())).heads).toBe(1);
    expect(await breaks()).toEqual([]);
  });

  it.each([
    ['before it was written', () => ({ write: crash })],
    ['before the table remembers it', () => ({ records: { ...table.records, keep: crash } })],
    ['before the heads it saw are marked', () => ({ records: { ...table.records, headSeen: crash } })],
  ])('that crashed %s is made good by the next', async (_, over) => {
    await tell('D-1');
    await hourLater();
    await tell('D-1');
    await expect(hourLater(over())).rejects.toThrow('crashed here');
    expect(await breaks()).toEqual([]);
    await tell('D-2');
    expect(await hourLater()).toBeGreaterThan(0);
    expect(await breaks()).toEqual([]);
    expect(await hourLater()).toBe(0);
  });

  it('that vanished is named at once, and still when more were signed after it', async () => {
    await tell('D-1');
    await hourLater();
    await tell('D-1');
    await hourLater();
    key.bucket.delete(digestKey('2026-11-24T08'));
    const missing = 'digest 2026-11-24T08 : it is missing';
    expect((await breaks()).some((line) => line.startsWith(missing))).toBe(true);
    await hourLater();
    await hourLater();
    expect((await breaks()).filter((line) => line.startsWith('digest'))).toEqual([
      `${missing}: the digest of 2026-11-24T09 follows it`,
    ]);
  });
});
