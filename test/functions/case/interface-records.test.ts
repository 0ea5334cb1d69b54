/** Records other systems hand in, on a real table: nothing is kept that is not what was announced, and nothing twice. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardsLine } from '../../../functions/case/contract.ts';
import { incomingFileOf, incomingRecords, keptFileOf } from '../../../functions/case/incoming-record.ts';
import { RecordsBusy } from '../../../functions/records/faults.ts';
import { cardKey, recalculations, retentionCards } from '../../../functions/retention/contract.ts';
import { sweepDeadlines } from '../../../functions/deadline/sweep-deadlines.ts';
import { plusHours } from '../../../policies/instant.ts';
import { fieldsOf, hashOf, startInterface, type Interface } from './interface-job.ts';

let api: Interface;
beforeAll(async () => void (api = await startInterface()));
afterAll(() => api?.table.stop());

const CONTENT = 'the very bytes of a recording';
const RECORDING = {
  technology: 'portable-electronic-device',
  kind: 'recording',
  capturedAt: '2026-03-02T09:15:00-05:00',
  caseNumbers: ['2026-r-1', '2026-R-2', '2026-R-1'],
  deviceId: 'PED-4471',
  file: { sha256: hashOf(CONTENT), bytes: CONTENT.length },
};
const announce = (id: string, over: object = {}) => api.ask('PUT', `/api/v1/records/${id}`, { ...RECORDING, ...over });
const stored = (id: string) => api.ask('POST', `/api/v1/records/${id}/stored`);
const without = <T extends object>(from: T, name: keyof T) =>
  Object.fromEntries(Object.entries(from).filter(([key]) => key !== name));

describe('a record with a file', () => {
  it('is kept once the file is there, with its card, its cases and the working-out of its date', async () => {
    const announced = await announce('PED-1');
    expect(announced).toMatchObject({
      status: 201,
      body: {
        state: 'awaiting-file',
        repeated: false,
        upload: {
          fields: { key: incomingFileOf('PED-1'), bytes: `${CONTENT.length}` },
          expiresAt: '2026-11-24T15:15:00.000Z',
        },
      },
    });
    expect(await api.records.get(retentionCards, 'PED-1')).toBeUndefined();
    expect((await stored('PED-1')).status).toBe(422);

    api.bucket.arrive(incomingFileOf('PED-1'), CONTENT);
    expect(await stored('PED-1')).toMatchObject({ status: 201, body: { state: 'kept', repeated: false } });
    const card = (await api.records.get(retentionCards, 'PED-1'))!;
    expect(card).toMatchObject({
      state: 'kept',
      capturedAt: '2026-03-02T14:15:00.000Z',
      caseNumbers: ['2026-R-1', '2026-R-2'],
      files: [{ key: keptFileOf('PED-1'), versionId: 'v1', sha256: hashOf(CONTENT), bytes: CONTENT.length }],
      keeping: { kind: 'keep' },
      lock: { legalHold: true },
    });
    const [copy] = api.bucket.versions.get(keptFileOf('PED-1'))!;
    expect(copy).toMatchObject({ legalHold: true, tags: { record: 'PED-1', class: card.lock.classId } });
    for (const number of card.caseNumbers) expect(await api.records.linesOf(cardsLine(number))).toContain('PED-1');
    const ledger = await api.records.ledgerOf(cardKey('PED-1'));
    expect(ledger.map(({ act }) => act)).toEqual(['record announced', 'record kept']);
    const owed = await api.records.get(recalculations, String(ledger[1]!.facts!['recalculation']));
    expect(owed).toMatchObject({ scope: { kind: 'cards', ids: ['PED-1'] }, state: 'owed', startedBy: 'cms' });
    // What was said of it lies in the card alone now.
    expect(await api.records.get(incomingRecords, 'PED-1')).not.toHaveProperty('said');
  });

  it('is not kept twice, however often it is said, and is one thing for good', async () => {
    expect(await stored('PED-1')).toMatchObject({ status: 200, body: { state: 'kept', repeated: true } });
    expect(await announce('PED-1')).toMatchObject({ status: 200, body: { state: 'kept', repeated: true } });
    expect((await announce('PED-1')).body).not.toHaveProperty('upload');
    expect((await announce('PED-1', { deviceId: 'PED-2' })).status).toBe(409);
    expect(api.bucket.versions.get(keptFileOf('PED-1'))).toHaveLength(1);
  });

  it.each([
    ['of another size', 'other', /bytes/],
    ['of the same size with other bytes', CONTENT.toUpperCase(), /SHA-256/],
  ])('is refused when the file is %s, and nothing is copied', async (_, content, found) => {
    const id = `PED-2-${content.length}`;
    await announce(id);
    api.bucket.arrive(incomingFileOf(id), content);
    const answer = await stored(id);
    expect([answer.status, fieldsOf(answer)]).toEqual([422, ['file']]);
    expect((answer.body['errors'] as [{ found: string }])[0].found).toMatch(found);
    expect(api.bucket.versions.get(keptFileOf(id))).toBeUndefined();
    api.bucket.arrive(incomingFileOf(id), CONTENT);
    expect((await stored(id)).status).toBe(201);
  });

  it('is copied once when its card could not be written in time', async () => {
    await announce('PED-3');
    api.bucket.arrive(incomingFileOf('PED-3'), CONTENT);
    const { needs } = api;
    const write = () => Promise.reject(new RecordsBusy('the table did not answer'));
    api.needs = { ...needs, records: { ...needs.records, write } };
    expect((await stored('PED-3')).status).toBe(503);
    api.needs = needs;
    expect((await stored('PED-3')).status).toBe(201);
    expect(api.bucket.versions.get(keptFileOf('PED-3'))).toHaveLength(1);
  }, 20_000);

  it('that never came lapses after a day, and what was said of it is gone', async () => {
    await announce('PED-4');
    const before = api.now;
    api.now = plusHours(before, 25);
    await sweepDeadlines({ records: api.records, now: () => api.now });
    expect(await api.records.get(incomingRecords, 'PED-4')).toMatchObject({ state: 'lapsed' });
    expect(await api.records.get(incomingRecords, 'PED-4')).not.toHaveProperty('said');
    expect((await api.ask('GET', '/api/v1/records/PED-4')).body['state']).toBe('lapsed');
    expect(fieldsOf(await stored('PED-4'))).toEqual(['file']);
    expect((await announce('PED-4', { deviceId: 'PED-9' })).status).toBe(201);
    api.now = before;
  });
});

describe('what may be kept', () => {
  const CAMERA = { technology: 'digital-camera', kind: 'image', relevance: 'It shows the lock' };
  const READ = {
    technology: 'license-plate-reader',
    kind: 'plate-read',
    read: { plate: 'ABC1234', state: 'NY', place: 'FDR Drive' },
    file: undefined,
  };
  const FILE = { technology: 'mobile-x-ray', kind: 'personal-file', capturedAt: undefined, file: undefined };
  let count = 0;

  it.each([
    ['an image of a camera with its relevance', CAMERA, []],
    ['an image of a camera that says nothing of relevance', { ...CAMERA, relevance: undefined }, ['relevance']],
    ['an image of a camera whose relevance is blank', { ...CAMERA, relevance: '\u200b \u2060' }, ['relevance']],
    ['a recording of a camera, which makes still images', { ...CAMERA, kind: 'recording' }, ['kind']],
    ['an image of mobile x-ray, which has its own page', { technology: 'mobile-x-ray', kind: 'image' }, ['kind']],
    ['what was captured in the future', { capturedAt: '2026-11-24T10:00:01-05:00' }, ['capturedAt']],
    ['what was captured this moment', { capturedAt: '2026-11-24T10:00:00-05:00' }, []],
    ['what says no time', { capturedAt: undefined }, ['capturedAt']],
    ['a recording of no case', { caseNumbers: [] }, ['caseNumbers']],
    ['a recording without a file', { file: undefined }, ['file']],
    ['a file that is too large', { file: { ...RECORDING.file, bytes: 500_000_001 } }, ['file.bytes']],
    ['a plate read of no case', { ...READ, caseNumbers: [] }, []],
    ['a plate read that reads nothing', { ...READ, read: undefined }, ['read']],
    ['a recording with a plate read', { read: READ.read }, ['read']],
    ['a personal data file of a suspect without a case', { ...FILE, caseNumbers: [], person: { part: 'suspect' } }, []],
    [
      'a personal data file of an associated person without a case',
      { ...FILE, caseNumbers: [], person: { part: 'associated' } },
      ['caseNumbers'],
    ],
    ['a personal data file of nobody', FILE, ['person']],
    ['a birth to come', { ...FILE, person: { part: 'suspect', bornOn: '2026-11-25' } }, ['person.bornOn']],
    [
      'a death before the birth',
      { ...FILE, person: { part: 'suspect', bornOn: '1990-01-02', diedOn: '1990-01-01' } },
      ['person.diedOn'],
    ],
    [
      'an arrest and none',
      { ...FILE, person: { part: 'suspect', lastArrestOn: '2020-01-01', neverArrested: true } },
      ['person.neverArrested'],
    ],
  ])('%s', async (_, over, fields) => {
    const id = `MAY-${++count}`;
    const answer = await announce(id, over);
    expect([answer.status, fieldsOf(answer)]).toEqual([fields.length > 0 ? 422 : 201, fields]);
    if (fields.length > 0) expect(await api.records.get(incomingRecords, id)).toBeUndefined();
  });

  it('is kept at once without a file, and says how long and why', async () => {
    await announce('LPR-1', { ...without(READ, 'file'), file: undefined });
    const told = await api.ask('GET', '/api/v1/records/LPR-1');
    expect(told).toMatchObject({
      status: 200,
      body: { state: 'kept', keeping: { kind: 'keep' }, holds: { binding: 0 }, why: [{ clause: 'LPR26-RET-08' }] },
    });
    // Not even to systems is a plate told again.
    expect(JSON.stringify(told.body)).not.toContain('ABC1234');
    expect(JSON.stringify(await api.records.ledgerOf(cardKey('LPR-1')))).not.toContain('ABC1234');
  });

  it('has an id that is no image’s', async () => {
    expect(fieldsOf(await announce('X-7K3M-Q9TX'))).toEqual(['recordId']);
    expect((await stored('PED-NONE')).status).toBe(404);
    expect((await api.ask('GET', '/api/v1/records/PED-NONE')).status).toBe(404);
  });
});
