/** The ledger's pages on a real table: who reads, that reading is told, and that tampering shows. */
import { DynamoDBDocumentClient, DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importDevices } from '../../../functions/device/import-devices.ts';
import { ledgerPages } from '../../../functions/ledger/ledger-pages.lambda.tsx';
import { entryKey } from '../../../functions/records/ledger.ts';
import { visitorsIn } from '../../../functions/records/visitors.ts';
import { instantOf } from '../../../policies/instant.ts';
import { startTable, TABLE, type TestTable } from '../../records-table.ts';
import { signedInAs, type Browser } from '../signed-in.ts';

let table: TestTable;
let documents: DynamoDBDocumentClient;
let auditor: Browser;
let requester: Browser;
const now = () => instantOf('2026-11-24T15:00:00Z');

const recordDevice = (deviceId: string, label: string) =>
  importDevices(
    { records: table.records, now },
    {
      by: 'inventory',
      devices: [{ deviceId, label, manufacturer: 'M', inService: true, storage: { place: 'p', nonPublic: true } }],
    },
  );

beforeAll(async () => {
  table = await startTable();
  documents = DynamoDBDocumentClient.from(table.client);
  const { records } = table;
  const app = ledgerPages(() => ({ records, now, ...visitorsIn(records, now) }));
  auditor = await signedInAs(app, records, now, 'auditor', ['member', 'auditor']);
  requester = await signedInAs(app, records, now, 'requester', ['member', 'executive']);
  for (const label of ['one', 'two', 'three'])
    for (const id of ['D-1', 'D-2', 'D-3', 'D-4']) await recordDevice(id, label);
});
afterAll(() => table?.stop());

const textOf = async (answer: Promise<Response>) => (await answer).text();
const readingsOf = async (browser: Browser) =>
  (await table.records.ledgerOf(`person#${browser.personId}`)).filter(({ act }) => act === 'ledger read');

describe('a chain', () => {
  it('is found by the id of its record, whatever the noun', async () => {
    expect(await textOf(auditor.get('/ledger?record=D-1'))).toContain('href="/ledger/device/D-1"');
    expect(await textOf(auditor.get('/ledger?record=D-99'))).toContain('The ledger has nothing under this id');
  });

  it('is not read by following its link', async () => {
    const before = (await readingsOf(auditor)).length;
    const text = await textOf(auditor.get('/ledger/device/D-1'));
    expect(text).toContain('Reading is recorded');
    expect(text).not.toContain('Device recorded');
    expect(await readingsOf(auditor)).toHaveLength(before);
  });

  it('is read in plain words, and that it was read is told', async () => {
    const before = (await readingsOf(auditor)).length;
    const text = await textOf(auditor.post('/ledger/device/D-1'));
    expect(text).toContain('This chain holds');
    expect(text).toContain('Device recorded');
    expect(text).toContain('href="/policy/clauses/XR26-SAFE-02"');
    const readings = await readingsOf(auditor);
    expect(readings).toHaveLength(before + 1);
    expect(readings.at(-1)).toMatchObject({ facts: { subject: 'device#D-1', entries: 3 } });
  });

  it('shows an entry that was altered', async () => {
    const key = { pk: 'ledger#device#D-2', sk: entryKey(2) };
    await documents.send(
      new UpdateCommand({
        TableName: TABLE,
        Key: key,
        UpdateExpression: 'SET entry.facts.inService = :v',
        ExpressionAttributeValues: { ':v': false },
      }),
    );
    expect(await textOf(auditor.post('/ledger/device/D-2'))).toContain('Entry 2: the entry was altered');
  });

  it('shows an entry that was removed from the middle, and one from the end', async () => {
    await documents.send(new DeleteCommand({ TableName: TABLE, Key: { pk: 'ledger#device#D-3', sk: entryKey(2) } }));
    expect(await textOf(auditor.post('/ledger/device/D-3'))).toContain('Entry 2: the entry is missing');
    await documents.send(new DeleteCommand({ TableName: TABLE, Key: { pk: 'ledger#device#D-3', sk: entryKey(3) } }));
    expect(await textOf(auditor.post('/ledger/device/D-3'))).toContain('This chain does not hold');
  });

  it('shows a record that was changed behind its back', async () => {
    const change = {
      UpdateExpression: 'SET #r.label = :v',
      ExpressionAttributeNames: { '#r': 'record' },
      ExpressionAttributeValues: { ':v': 'forged' },
    };
    expect(await textOf(auditor.post('/ledger/device/D-4'))).not.toContain(
      'The record is not as this chain last had it',
    );
    await documents.send(new UpdateCommand({ TableName: TABLE, Key: { pk: 'device#D-4', sk: 'record' }, ...change }));
    expect(await textOf(auditor.post('/ledger/device/D-4'))).toContain('The record is not as this chain last had it');
  });

  it('is closed to whoever has no duty to read it', async () => {
    for (const path of ['/ledger', '/ledger/device/D-1']) expect((await requester.get(path)).status).toBe(403);
    expect((await requester.post('/ledger/device/D-1')).status).toBe(403);
    expect(await readingsOf(requester)).toHaveLength(0);
  });

  it('that does not exist is answered with 404, and never with a fault', async () => {
    expect((await auditor.get('/ledger/nothing/D-1')).status).toBe(404);
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', maxLength: 400 }).map((text) => encodeURIComponent(text.toWellFormed())),
        async (text) => {
          expect((await auditor.get(`/ledger?record=${text}`)).status).toBe(200);
          expect([200, 404]).toContain((await auditor.post(`/ledger/device/${text}`)).status);
        },
      ),
      { numRuns: 40 },
    );
  });
});
