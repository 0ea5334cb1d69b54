/** A deployment as it takes place, on a real table: start, custody, end and close, with what is in the way of each. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployments, diaries, diaryOf, type Deployment } from '../../../functions/deployment/contract.ts';
import {
  endDeployment,
  handOver,
  startDeployment,
  type Ending,
} from '../../../functions/deployment/log-deployment.ts';
import { closeDeployment, type Closing } from '../../../functions/deployment/close-deployment.ts';
import { images, type Image, type ImageState } from '../../../functions/image/contract.ts';
import { put } from '../../../functions/records/change.ts';
import { keyOf } from '../../../functions/records/entity.ts';
import { untilWritten } from '../../../functions/records/until-written.ts';
import { newId } from '../../../functions/edge/system.ts';
import { plusHours, type Instant } from '../../../policies/instant.ts';
import { TABLE } from '../../records-table.ts';
import { breaksIn } from '../../whole-ledger.ts';
import { refusalsIn, startBureau, type Bureau } from '../bureau.ts';

let bureau: Bureau;
let today: Instant;
beforeAll(async () => {
  bureau = await startBureau();
  today = bureau.now;
});
afterAll(() => bureau?.stop());

/** An assignment for a window of its own, with the clock at its start. Each is a day after the one before. */
let day = 0;
async function assigned(): Promise<Deployment> {
  bureau.now = plusHours(today, 24 * day++);
  const request = await bureau.approved();
  const answer = await bureau.assign(request.id);
  if (answer.kind !== 'assigned') throw new Error(JSON.stringify(answer.because));
  bureau.now = request.asked.startsAt;
  return answer.deployment;
}
const start = (deploymentId: string, personId = 'p-ortiz') => startDeployment(bureau.needs, { deploymentId, personId });
const hand = (deploymentId: string, personId: string, toPersonId: string) =>
  handOver(bureau.needs, { deploymentId, personId, toPersonId });
const end = (deploymentId: string, over: Partial<Ending> = {}) =>
  endDeployment(bureau.needs, {
    deploymentId,
    personId: 'p-ortiz',
    publicKeptOut: 'Cordon held by four officers',
    scans: 3,
    imagesDownloaded: 0,
    notes: '',
    ...over,
  });
const close = async (deploymentId: string, over: Partial<Closing> = {}) =>
  closeDeployment(bureau.needs, {
    deploymentId,
    person: await bureau.person('p-brandt'),
    proper: true,
    statement: 'Reviewed the log',
    ...over,
  });
async function underWay(): Promise<Deployment> {
  const deployment = await assigned();
  await start(deployment.id);
  return deployment;
}
async function ended(over: Partial<Ending> = {}): Promise<Deployment> {
  const deployment = await underWay();
  bureau.later(60);
  await end(deployment.id, over);
  bureau.later(10);
  return deployment;
}
const now = async (id: string): Promise<Deployment> => (await bureau.records.get(deployments, id))!;

async function image(requestId: string, state: ImageState): Promise<void> {
  const id = newId('I');
  const record = {
    id,
    version: 0,
    state,
    requestId,
    filedAt: bureau.now,
    uploaderId: 'p-ortiz',
    uploadEndsAt: bureau.now,
    step: '',
  } as unknown as Image;
  await bureau.records.write({
    at: bureau.now,
    by: { kind: 'system', id: 'test' },
    puts: [put(images, record)],
    tells: [{ subject: keyOf('image', id), act: 'image filed' }],
  });
}

describe('starting a deployment', () => {
  it('XR26-USE-09, XR26-EXT-03: is the operator’s, within the approved time, and takes the device into custody', async () => {
    const { id, requestId } = await assigned();
    expect(refusalsIn(await start(id, 'p-kim'))).toEqual(['XR26-USE-09 operator']);
    bureau.later(-1);
    expect(refusalsIn(await start(id))).toEqual(['XR26-USE-07 window']);
    bureau.later(241);
    expect(refusalsIn(await start(id))).toEqual(['XR26-USE-07 window']);
    bureau.later(-240);
    expect((await start(id)).kind).toBe('logged');
    expect(await now(id)).toMatchObject({
      state: 'under-way',
      startedAt: bureau.now,
      custody: [{ custodianId: 'p-ortiz', from: bureau.now }],
    });
    expect((await bureau.request(requestId)).state).toBe('under-way');
    expect(refusalsIn(await start(id))).toEqual(['XR26-EXT-03 state']);
    await end(id);
  });

  it('of a device that another deployment still has out waits until that one is ended', async () => {
    const late = await underWay();
    const next = await assigned();
    expect(refusalsIn(await start(next.id))).toEqual(['XR26-EXT-03 device']);
    await end(late.id);
    expect((await start(next.id)).kind).toBe('logged');
    await end(next.id);
  });

  it('is refused for an id that is on no record, whatever its length', async () => {
    for (const id of ['P-none', '', 'x'.repeat(3000)])
      expect(refusalsIn(await start(id))).toEqual(['XR26-EXT-03 deployment']);
  });
});

describe('custody of the device', () => {
  it('XR26-EXT-03: goes from the member who has it to another active member, and to nobody else', async () => {
    const { id } = await underWay();
    expect(refusalsIn(await hand(id, 'p-ortiz', 'liaison-of-harbor'))).toEqual(['XR26-EXT-03 toPersonId']);
    expect(refusalsIn(await hand(id, 'p-ortiz', 'x'.repeat(5000)))).toEqual(['XR26-EXT-03 toPersonId']);
    await bureau.change('p-novak', { active: false });
    expect(refusalsIn(await hand(id, 'p-ortiz', 'p-novak'))).toEqual(['XR26-SAFE-03 toPersonId']);
    await bureau.change('p-novak');
    expect(refusalsIn(await hand(id, 'p-wu', 'p-kim'))).toEqual(['XR26-EXT-03 custodian']);
    expect(refusalsIn(await hand(id, 'p-ortiz', 'p-ortiz'))).toEqual(['XR26-EXT-03 toPersonId']);
    bureau.later(20);
    const handedAt = bureau.now;
    expect((await hand(id, 'p-ortiz', 'p-wu')).kind).toBe('logged');
    bureau.later(20);
    expect((await hand(id, 'p-wu', 'p-kim')).kind).toBe('logged');
    const { custody } = await now(id);
    expect(custody.map(({ custodianId }) => custodianId)).toEqual(['p-ortiz', 'p-wu', 'p-kim']);
    expect([custody[0]!.to, custody[1]!.from, custody[2]!.to]).toEqual([handedAt, handedAt, undefined]);
    await end(id);
    expect((await now(id)).custody.at(-1)!.to).toBe(bureau.now);
    expect(refusalsIn(await hand(id, 'p-kim', 'p-wu'))).toEqual(['XR26-EXT-03 state']);
  });

  it('handed to two members at once goes to one of them', async () => {
    const { id } = await underWay();
    const kinds = await Promise.all(
      ['p-wu', 'p-kim'].map(async (to) => (await untilWritten(() => hand(id, 'p-ortiz', to))).kind),
    );
    expect(kinds.toSorted()).toEqual(['logged', 'refused']);
    expect((await now(id)).custody).toHaveLength(2);
    await end(id);
  });
});

describe('ending a deployment', () => {
  it.each([
    ['XR26-USE-09: by somebody else', { personId: 'p-kim' }, ['XR26-USE-09 operator']],
    ['XR26-RET-02: with scans that are no number', { scans: Number.NaN }, ['XR26-RET-02 scans']],
    ['XR26-RET-02: with half an image', { imagesDownloaded: 0.5 }, ['XR26-RET-02 imagesDownloaded']],
    ['XR26-RET-02: with fewer than no scans', { scans: -1 }, ['XR26-RET-02 scans', 'XR26-RET-02 imagesDownloaded']],
    ['XR26-RET-02: with more images than scans', { imagesDownloaded: 4 }, ['XR26-RET-02 imagesDownloaded']],
    ['XR26-USE-04: without how the public was kept out', { publicKeptOut: 'cordon' }, ['XR26-USE-04 publicKeptOut']],
    [
      'with notes of a book’s length',
      { notes: 'x'.repeat(4001), publicKeptOut: 'y'.repeat(4001) },
      ['XR26-USE-04 publicKeptOut', 'XR26-USE-04 notes'],
    ],
  ])('is refused %s', async (_, over, because) => {
    const { id } = await underWay();
    expect(refusalsIn(await end(id, over))).toEqual(because);
    expect(await now(id)).not.toHaveProperty('endedAt');
    await end(id);
  });

  it('asks the commander to answer for proper use, and happens once', async () => {
    const { id, requestId } = await ended();
    expect((await bureau.mailsAbout(requestId)).at(-1)).toMatchObject({
      kind: 'deployment-to-close',
      to: { personId: 'p-brandt' },
    });
    expect(refusalsIn(await end(id))).toEqual(['XR26-EXT-03 state']);
  });
});

describe('closing a deployment', () => {
  it('XR26-USE-10: is refused before it has ended', async () => {
    const { id } = await underWay();
    expect(refusalsIn(await close(id))).toEqual(['XR26-USE-10 endedAt']);
    await end(id);
  });

  it('XR26-USE-10: is the named commander’s, in their role, with a statement', async () => {
    const { id } = await ended();
    expect(refusalsIn(await close(id, { person: await bureau.person('p-lee') }))).toEqual([
      'XR26-USE-10 confirmation.by',
      'XR26-SAFE-08 confirmation.by',
    ]);
    const commander = await bureau.person('p-brandt');
    expect(refusalsIn(await close(id, { person: { ...commander, bureau: 'legal-bureau' } }))).toEqual([
      'XR26-USE-10 confirmation.by',
    ]);
    expect(refusalsIn(await close(id, { statement: '', proper: false }))).toEqual([
      'XR26-USE-10 statement',
      'XR26-USE-15 misuseReportId',
    ]);
    expect(refusalsIn(await close(id, { statement: 'x'.repeat(4001) }))).toEqual(['XR26-USE-10 statement']);
  });

  it('XR26-RET-02: is refused while downloaded images are not on record or not settled', async () => {
    const { id, requestId } = await ended({ imagesDownloaded: 2 });
    expect(refusalsIn(await close(id))).toEqual(['XR26-RET-02 imagesDownloaded']);
    await image(requestId, 'kept');
    await image(requestId, 'lapsed');
    await image(requestId, 'checking');
    expect((await close(id)).kind).toBe('refused');
    await image(requestId, 'refused');
    expect((await close(id)).kind).toBe('refused');
  });

  it('XR26-RET-02: counts every image, however many there are', async () => {
    const { id, requestId } = await ended({ scans: 230, imagesDownloaded: 230 });
    for (let turn = 0; turn < 23; turn++) await Promise.all(Array.from({ length: 10 }, () => image(requestId, 'kept')));
    expect((await close(id)).kind).toBe('logged');
  });

  it('frees the diaries, closes the request, tells who asked, and wakes the workflow', async () => {
    const { id, requestId } = await ended();
    expect((await close(id)).kind).toBe('logged');
    expect(await now(id)).toMatchObject({
      state: 'closed',
      properUse: { confirmed: true, by: 'p-brandt', at: bureau.now },
    });
    const request = await bureau.request(requestId);
    expect([request.state, request.dueAt]).toEqual(['closed', undefined]);
    for (const [noun, thing] of [
      ['device', 'x-ray-1'],
      ['person', 'p-ortiz'],
    ] as const) {
      const diary = await bureau.records.get(diaries, diaryOf(noun, thing));
      expect(diary!.bookings.filter((booking) => booking.requestId === requestId)).toEqual([]);
    }
    expect(await bureau.notesFor(requestId)).toContainEqual({
      kind: 'wake',
      waiting: { on: `use-request#${requestId}`, for: 'deployment' },
      output: { kind: 'closed' },
    });
    expect((await bureau.mailsAbout(requestId)).map(({ kind }) => kind)).toContain('request-closed');
    expect(refusalsIn(await close(id))).toEqual(['XR26-USE-10 state']);
  });

  it('XR26-USE-15: as not proper keeps the number of the misuse report', async () => {
    const { id, requestId } = await ended();
    expect((await close(id, { proper: false, misuseReportId: 'M-2026-7' })).kind).toBe('logged');
    expect((await now(id)).properUse).toMatchObject({ confirmed: false, misuseReportId: 'M-2026-7' });
    expect((await bureau.acts(requestId)).at(-1)).toBe('deployment closed as not proper');
  });
});

it('the log leaves a ledger that holds', async () => {
  expect(await breaksIn(bureau.table.client, TABLE)).toEqual([]);
});
