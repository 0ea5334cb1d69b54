/** Devices on a real table: how each stands, what may be recorded about it, and by whom. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { devicePages } from '../../../functions/device/device-pages.lambda.tsx';
import { importDevices, type DeviceImport } from '../../../functions/device/import-devices.ts';
import { handler } from '../../../functions/device/import-devices.lambda.ts';
import { devices } from '../../../functions/device/contract.ts';
import { newId } from '../../../functions/edge/system.ts';
import { visitorsIn } from '../../../functions/records/visitors.ts';
import { instantOf, plusHours, type Instant } from '../../../policies/instant.ts';
import { startTable, type TestTable } from '../../records-table.ts';
import { signedInAs, type Browser } from '../signed-in.ts';

let table: TestTable;
let clock: Instant = instantOf('2026-11-24T15:00:00Z');
let supervisor: Browser;
let custodian: Browser;
let radiation: Browser;
const now = () => clock;

const DEVICE = {
  deviceId: 'ZBV-1',
  label: 'Van 1',
  manufacturer: 'American Science & Engineering, Inc.',
  inService: true,
  storage: { place: 'Garage, bay 4', nonPublic: true },
};
const RIGHT = { accountedFor: 'yes', storagePlace: 'Garage, bay 4', storageNonPublic: 'yes', remarks: '' };

beforeAll(async () => {
  table = await startTable();
  const { records } = table;
  await importDevices(
    { records, now },
    {
      devices: [DEVICE, { ...DEVICE, deviceId: 'X-9', label: 'Other maker', manufacturer: 'Elsewhere Corp.' }],
      by: 'inventory',
    },
  );
  const app = devicePages(() => ({ records, now, newId, ...visitorsIn(records, now) }));
  supervisor = await signedInAs(app, records, now, 'supervisor', ['member', 'supervisor']);
  custodian = await signedInAs(app, records, now, 'custodian', ['member', 'device-custodian']);
  radiation = await signedInAs(app, records, now, 'radiation', ['member', 'radiation-safety-officer']);
});
afterAll(() => table?.stop());

const device = async (id = 'ZBV-1') => (await table.records.get(devices, id))!;
const textOf = async (answer: Promise<Response>) => (await answer).text();

describe('a device', () => {
  it('may not go out before a supervisor has inspected it, and says which clause asks for that', async () => {
    const text = await textOf(supervisor.get('/devices/ZBV-1'));
    expect(text).toContain('This device may not go out');
    expect(text).toContain('href="/policy/clauses/XR26-SAFE-02"');
  });

  it('of a maker the edition does not name is on record and stays in', async () => {
    await supervisor.post('/devices/X-9/inspections', RIGHT);
    expect(await textOf(supervisor.get('/devices/X-9'))).toContain('href="/policy/clauses/XR26-CAP-05"');
  });

  it('may go out once inspected, until the interval ends', async () => {
    const before = clock;
    expect((await supervisor.post('/devices/ZBV-1/inspections', RIGHT)).headers.get('location')).toBe('/devices/ZBV-1');
    expect(await textOf(supervisor.get('/devices'))).toMatch(/Van 1[\s\S]*?may go out, with notes/);
    clock = plusHours(before, 31 * 24);
    const later = await signedInAs(
      devicePages(() => ({ records: table.records, now, newId, ...visitorsIn(table.records, now) })),
      table.records,
      now,
      'supervisor',
      ['member', 'supervisor'],
    );
    expect(await textOf(later.get('/devices/ZBV-1'))).toContain(
      'href="/policy/clauses/house-days-between-inspections"',
    );
    clock = before;
    supervisor = await signedInAs(
      devicePages(() => ({ records: table.records, now, newId, ...visitorsIn(table.records, now) })),
      table.records,
      now,
      'supervisor',
      ['member', 'supervisor'],
    );
  });

  it('that cannot be accounted for does not count as inspected', async () => {
    await supervisor.post('/devices/ZBV-1/inspections', {
      ...RIGHT,
      accountedFor: 'no',
      remarks: 'Not at its place; asked the custodian.',
    });
    expect(await textOf(supervisor.get('/devices/ZBV-1'))).toContain('no inspection on record');
    await supervisor.post('/devices/ZBV-1/inspections', RIGHT);
  });

  it('stored where the public can reach it stays in', async () => {
    await supervisor.post('/devices/ZBV-1/inspections', {
      ...RIGHT,
      storageNonPublic: 'no',
      remarks: 'The gate does not lock.',
    });
    expect(await textOf(supervisor.get('/devices/ZBV-1'))).toContain('a place the public can reach');
    await supervisor.post('/devices/ZBV-1/inspections', RIGHT);
  });

  it('found unsafe stays in until it is found safe', async () => {
    expect((await radiation.post('/devices/ZBV-1/radiation', { outcome: 'unsafe', on: '2026-11-24' })).status).toBe(
      303,
    );
    expect(await textOf(radiation.get('/devices/ZBV-1'))).toContain('an assessment that found it unsafe');
    await radiation.post('/devices/ZBV-1/radiation', { outcome: 'safe', on: '2026-11-24' });
    expect(await textOf(radiation.get('/devices/ZBV-1'))).toContain('This device may go out');
  });

  it('is taken out of service and put back by its custodian, once each', async () => {
    await custodian.post('/devices/ZBV-1/service', { inService: 'no' });
    const { version } = await device();
    await custodian.post('/devices/ZBV-1/service', { inService: 'no' });
    expect(await device()).toMatchObject({ inService: false, version });
    await custodian.post('/devices/ZBV-1/service', { inService: 'yes' });
    expect((await device()).inService).toBe(true);
  });

  it('tells the ledger of an inspection without its remarks', async () => {
    await supervisor.post('/devices/ZBV-1/inspections', { ...RIGHT, remarks: 'Words of mine' });
    const told = (await table.records.ledgerOf('device#ZBV-1')).at(-1)!;
    expect(told).toMatchObject({
      act: 'device inspected',
      clauses: ['XR26-SAFE-01', 'XR26-SAFE-02'],
      facts: { accountedFor: true, storageNonPublic: true },
    });
    expect(JSON.stringify(told)).not.toContain('Words of mine');
    expect(await textOf(supervisor.get('/devices/ZBV-1'))).toContain('Words of mine');
  });
});

describe('an inspection form', () => {
  it.each([
    [{ accountedFor: '' }, 'accountedFor'],
    [{ storageNonPublic: 'maybe' }, 'storageNonPublic'],
    [{ storagePlace: ' ' }, 'storagePlace'],
    [{ accountedFor: 'no' }, 'remarks'],
    [{ remarks: 'x'.repeat(2001) }, 'remarks'],
  ])('with %j is shown again with the error at %s, and what was typed', async (wrong, field) => {
    const { version } = await device();
    const answer = await supervisor.post('/devices/ZBV-1/inspections', { ...RIGHT, storagePlace: 'Bay 7', ...wrong });
    expect(answer.status).toBe(422);
    const text = await answer.text();
    expect(text).toContain(`href="#${field}"`);
    expect(text).toContain(`id="${field}-error"`);
    if (field !== 'storagePlace') expect(text).toContain('value="Bay 7"');
    expect((await device()).version).toBe(version);
  });

  it('is for supervisors only, and so is each form for its own role', async () => {
    expect((await custodian.post('/devices/ZBV-1/inspections', RIGHT)).status).toBe(403);
    expect((await supervisor.post('/devices/ZBV-1/radiation', { outcome: 'safe', on: '2026-11-24' })).status).toBe(403);
    expect((await supervisor.post('/devices/ZBV-1/service', { inService: 'no' })).status).toBe(403);
    expect(await textOf(custodian.get('/devices/ZBV-1'))).not.toContain('Record an inspection');
  });

  it('of a device that is not there is answered with 404', async () => {
    expect((await supervisor.post('/devices/none/inspections', RIGHT)).status).toBe(404);
    expect((await supervisor.get('/devices/none')).status).toBe(404);
    expect((await supervisor.get(`/devices/${'x'.repeat(3000)}`)).status).toBe(404);
  });

  it('is never a fault of ours, whatever is typed', async () => {
    const value = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.constantFrom('yes', 'no', '2026-02-30'),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          accountedFor: value,
          storageNonPublic: value,
          storagePlace: value,
          remarks: value,
          outcome: value,
          on: value,
        }),
        async (fields) => {
          expect((await supervisor.post('/devices/ZBV-1/inspections', fields)).status).toBeLessThan(500);
          expect((await radiation.post('/devices/ZBV-1/radiation', fields)).status).toBeLessThan(500);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('the inventory', () => {
  it('changes nothing when it is brought again, and keeps what inspections found', async () => {
    const { records } = table;
    await supervisor.post('/devices/ZBV-1/inspections', { ...RIGHT, storagePlace: 'Bay 9' });
    expect(await importDevices({ records, now }, { devices: [DEVICE], by: 'inventory' })).toEqual({
      recorded: 0,
      changed: 0,
      unchanged: 1,
    });
    expect(
      await importDevices({ records, now }, { devices: [{ ...DEVICE, label: 'Van one' }], by: 'inventory' }),
    ).toMatchObject({ changed: 1 });
    expect(await device()).toMatchObject({ label: 'Van one', storage: { place: 'Bay 9' } });
  });

  it('is refused as a whole when a device is listed twice', async () => {
    await expect(
      importDevices({ records: table.records, now }, { devices: [DEVICE, DEVICE], by: 'x' }),
    ).rejects.toThrow('devices.1.deviceId: is the same as in devices.0');
  });

  it('names the index and the field of an entry that does not fit, before anything is set up', async () => {
    const wrong = { devices: [DEVICE, { ...DEVICE, deviceId: 'a b' }], by: 'x' };
    await expect(handler(wrong as DeviceImport, {} as never)).rejects.toThrow('devices.1.deviceId: is no id');
  });
});
