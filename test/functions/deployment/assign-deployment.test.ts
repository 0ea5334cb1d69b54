/** Assigning operator, device and commander on a real table: who and what may not go, and that nothing goes twice. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assignDeployment, type Assigning } from '../../../functions/deployment/assign-deployment.ts';
import { deployments, diaries, diaryOf, type Diary } from '../../../functions/deployment/contract.ts';
import { devices, type Device } from '../../../functions/device/contract.ts';
import { put } from '../../../functions/records/change.ts';
import { keyOf } from '../../../functions/records/entity.ts';
import { untilWritten } from '../../../functions/records/until-written.ts';
import { importTrainings } from '../../../functions/training/import-trainings.ts';
import { useRequests, type Asked, type UseRequest } from '../../../functions/use-request/contract.ts';
import { withdrawUseRequest } from '../../../functions/use-request/withdraw-use-request.ts';
import { newId } from '../../../functions/edge/system.ts';
import { plusHours, plusMinutes } from '../../../policies/instant.ts';
import { TABLE } from '../../records-table.ts';
import { breaksIn } from '../../whole-ledger.ts';
import { refusalsIn, startBureau, type Bureau } from '../bureau.ts';

let bureau: Bureau;
let pattern: UseRequest;
let waiting: UseRequest;
beforeAll(async () => {
  bureau = await startBureau();
  pattern = await bureau.approved();
  waiting = await approved();
});
afterAll(() => bureau?.stop());

/** An approved request like the first, in one write instead of a dozen. */
async function approved(over: Partial<Asked> = {}): Promise<UseRequest> {
  const request: UseRequest = { ...pattern, id: newId('R'), version: 0, asked: bureau.asked(over) };
  const subject = keyOf('use-request', request.id);
  await bureau.records.write({ at: bureau.now, by: { kind: 'system', id: 'test' }, puts: [put(useRequests, request)], tells: [{ subject, act: 'request approved' }] });
  return { ...request, version: 1 };
}

async function changeDevice(id: string, over: Partial<Device>): Promise<() => Promise<void>> {
  const before = (await bureau.records.get(devices, id))!;
  const write = async (next: Device) => {
    const { version } = (await bureau.records.get(devices, id))!;
    await bureau.records.write({ at: bureau.now, by: { kind: 'system', id: 'test' }, puts: [put(devices, { ...next, version })], tells: [{ subject: keyOf('device', id), act: 'device changed' }] });
  };
  await write({ ...before, ...over });
  return () => write(before);
}

const bookingsOf = async (noun: 'device' | 'person', id: string): Promise<Diary['bookings']> => (await bureau.records.get(diaries, diaryOf(noun, id)))?.bookings ?? [];

describe('an assignment is refused', () => {
  const overlong = 'x'.repeat(3000);
  const refused: readonly (readonly [what: string, over: Partial<Assigning>, because: readonly string[]])[] = [
    ['XR26-TRN-01: to a member of the bureau without the specialised training', { operatorId: 'p-wu' }, ['XR26-SAFE-08 operatorId', 'XR26-TRN-01 operatorId']],
    ['XR26-USE-09: to a member of another bureau', { operatorId: 'p-reyes' }, ['XR26-USE-09 operatorId', 'XR26-SAFE-08 operatorId', 'XR26-TRN-01 operatorId']],
    ['XR26-USE-09: to nobody', { operatorId: '' }, ['XR26-USE-09 operatorId']],
    ['house-days-between-inspections: with a device whose inspection is overdue', { deviceId: 'x-ray-3' }, ['house-days-between-inspections deviceId']],
    ['XR26-USE-09: with no device', { deviceId: 'none' }, ['XR26-USE-09 deviceId']],
    ['XR26-USE-10: under nobody', { commanderId: '' }, ['XR26-USE-10 commanderId']],
    ['XR26-USE-10: under a captain of another bureau', { commanderId: 'p-reyes' }, ['XR26-USE-10 commanderId']],
    ['XR26-USE-10: under an executive of the bureau who is no commander', { commanderId: 'p-lee' }, ['XR26-USE-10 commanderId']],
    ['for ids longer than any', { operatorId: overlong, deviceId: overlong, commanderId: overlong }, ['XR26-USE-09 operatorId', 'XR26-USE-09 deviceId', 'XR26-USE-10 commanderId']],
  ];
  it.each(refused)('%s', async (_, over, because) => {
    expect(refusalsIn(await bureau.assign(waiting.id, over))).toEqual(because);
    expect((await bureau.request(waiting.id)).state).toBe('approved');
  });

  it.each([
    ['XR26-SAFE-02: out of service', { inService: false }, 'XR26-SAFE-02'],
    ['XR26-SAFE-01: stored where the public can reach it', { storage: { place: 'Street', nonPublic: false } }, 'XR26-SAFE-01'],
    ['XR26-SAFE-02: that the last inspection could not account for', { accountedFor: false }, 'XR26-SAFE-02'],
    ['XR26-CAP-05: of a maker the edition does not describe', { manufacturer: 'Elsewhere Corp.' }, 'XR26-CAP-05'],
    ['XR26-HLT-02: that the Radiation Safety Officer found unsafe', { radiationAssessment: { outcome: 'unsafe', on: '2026-11-01' } as Device['radiationAssessment'] & object }, 'XR26-HLT-02'],
  ])('with a device %s', async (_, over, clause) => {
    const back = await changeDevice('x-ray-2', over);
    expect(refusalsIn(await bureau.assign(waiting.id, { deviceId: 'x-ray-2' }))).toEqual([`${clause} deviceId`]);
    await back();
  });

  it('house-months-training-is-current: to an operator whose training lapsed; a newer one entitles again', async () => {
    await bureau.change('p-novak', { bureau: 'counterterrorism-bureau', roles: ['member', 'ctb-operator'] });
    const trained = (completedOn: string) => importTrainings(bureau.needs, { by: 'test', trainings: [{ personId: 'p-novak', technology: 'mobile-x-ray', specialised: true, completedOn }] });
    await trained('2024-11-23');
    expect(refusalsIn(await bureau.assign(waiting.id, { operatorId: 'p-novak' }))).toEqual(['house-months-training-is-current operatorId']);
    await trained('2024-11-24');
    const other = await approved();
    expect((await bureau.assign(other.id, { operatorId: 'p-novak' })).kind).toBe('assigned');
    await withdrawUseRequest(bureau.needs, { requestId: other.id, personId: 'p-reyes', reason: 'For another test' });
    await bureau.change('p-novak');
  });

  it('XR26-USE-07: of a request that is not approved, assigned already, over, or on no record', async () => {
    const submitted = await bureau.submitted();
    const taken = await approved({ startsAt: plusHours(bureau.now, 40) });
    await bureau.assign(taken.id);
    for (const id of [submitted.id, taken.id, 'R-none', overlong]) expect(refusalsIn(await bureau.assign(id))).toEqual(['XR26-USE-07 request']);
    const now = bureau.now;
    bureau.now = waiting.asked.endsAt;
    expect(refusalsIn(await bureau.assign(waiting.id))).toEqual(['XR26-USE-07 request']);
    bureau.now = now;
  });

  it('when the commander, the operator or the device is no longer what was judged', async () => {
    for (const [noun, id] of [['person', 'p-brandt'], ['person', 'p-ortiz'], ['device', 'x-ray-1']] as const) {
      const { records } = bureau;
      const meddled = { ...records, write: async (change: Parameters<typeof records.write>[0]) => {
        if (noun === 'device') await (await changeDevice(id, { inService: false }))();
        else await bureau.change(id, { command: `Command ${newId('C')}` });
        await records.write(change);
      } };
      await expect(assignDeployment({ ...bureau.needs, records: meddled }, { requestId: waiting.id, operatorId: 'p-ortiz', deviceId: 'x-ray-1', commanderId: 'p-brandt', by: 'p-brandt' })).rejects.toMatchObject({ name: 'ChangedMeanwhile' });
      if (noun === 'person') await bureau.change(id);
    }
    expect((await bureau.request(waiting.id)).state).toBe('approved');
  });
});

describe('an assignment', () => {
  it('XR26-USE-09, XR26-USE-10: books operator and device, names the commander and tells the operator', async () => {
    const request = await approved({ startsAt: plusHours(bureau.now, 100) });
    const assigned = await bureau.assign(request.id);
    const id = assigned.kind === 'assigned' ? assigned.deployment.id : '';
    expect(await bureau.records.get(deployments, id)).toMatchObject({ state: 'assigned', operatorId: 'p-ortiz', deviceId: 'x-ray-1', commanderId: 'p-brandt', custody: [] });
    const booking = { requestId: request.id, from: request.asked.startsAt, to: request.asked.endsAt };
    expect([await bookingsOf('device', 'x-ray-1'), await bookingsOf('person', 'p-ortiz')]).toEqual([expect.arrayContaining([booking]), expect.arrayContaining([booking])]);
    expect((await bureau.mailsAbout(request.id)).map(({ kind, to }) => [kind, to])).toEqual([['deployment-assigned', { personId: 'p-ortiz' }]]);
    expect((await bureau.records.ledgerOf(`use-request#${request.id}`)).at(-1)).toMatchObject({ act: 'operator and device assigned', facts: { operator: 'p-ortiz', device: 'x-ray-1', commander: 'p-brandt' } });
  });

  it('may follow another back to back, and not overlap it by a minute', async () => {
    const startsAt = plusHours(bureau.now, 200);
    const first = await approved({ startsAt });
    await bureau.assign(first.id);
    const overlaps = await approved({ startsAt: plusMinutes(first.asked.endsAt, -1) });
    expect(refusalsIn(await bureau.assign(overlaps.id))).toEqual(['XR26-USE-09 operatorId', 'XR26-SAFE-02 deviceId']);
    expect(refusalsIn(await bureau.assign(overlaps.id, { operatorId: 'p-kim' }))).toEqual(['XR26-SAFE-02 deviceId']);
    expect(refusalsIn(await bureau.assign(overlaps.id, { deviceId: 'x-ray-2' }))).toEqual(['XR26-USE-09 operatorId']);
    const follows = await approved({ startsAt: first.asked.endsAt });
    expect((await bureau.assign(follows.id)).kind).toBe('assigned');
  });
});

describe('assignments in the same moment', () => {
  /** No two bookings of one diary overlap, and each belongs to a request that is assigned. */
  async function expectNoDoubleBooking(): Promise<void> {
    for (const [noun, id] of [['device', 'x-ray-1'], ['device', 'x-ray-2'], ['person', 'p-ortiz'], ['person', 'p-kim']] as const) {
      const bookings = [...(await bookingsOf(noun, id))].sort((a, b) => (a.from < b.from ? -1 : 1));
      for (const [place, { from }] of bookings.entries()) expect(place === 0 || bookings[place - 1]!.to <= from).toBe(true);
      for (const { requestId } of bookings) expect((await bureau.request(requestId)).state).toBe('assigned');
    }
  }
  const withdraw = (requestId: string) => untilWritten(() => withdrawUseRequest(bureau.needs, { requestId, personId: 'p-reyes', reason: 'For another test' }));

  it('300 times two for overlapping windows: exactly one has the operator and the device', async () => {
    for (let turn = 0; turn < 300; turn++) {
      const startsAt = plusHours(bureau.now, 300);
      const pair = await Promise.all([approved({ startsAt }), approved({ startsAt: plusMinutes(startsAt, turn % 239) })]);
      const kinds = (await Promise.all(pair.map(({ id }) => bureau.assign(id)))).map(({ kind }) => kind);
      expect(kinds.toSorted()).toEqual(['assigned', 'refused']);
      const winner = pair[kinds.indexOf('assigned')]!.id;
      expect((await bookingsOf('device', 'x-ray-1')).filter(({ requestId }) => pair.some(({ id }) => id === requestId)).map(({ requestId }) => requestId)).toEqual([winner]);
      await withdraw(winner);
    }
    await expectNoDoubleBooking();
  }, 180_000);

  it('20 times twice for one request: one deployment', async () => {
    for (let turn = 0; turn < 20; turn++) {
      const request = await approved({ startsAt: plusHours(bureau.now, 400) });
      const both = await Promise.all([bureau.assign(request.id), bureau.assign(request.id, { operatorId: 'p-kim', deviceId: 'x-ray-2' })]);
      expect(both.map(({ kind }) => kind).toSorted()).toEqual(['assigned', 'refused']);
      const { records } = await bureau.records.ofSubject(deployments, keyOf('use-request', request.id));
      expect(records).toHaveLength(1);
      await withdraw(request.id);
    }
  });

  it('and withdrawals, in any mixture: bookings never overlap and none is left behind', async () => {
    const step = fc.record({ hour: fc.nat(30), hours: fc.integer({ min: 1, max: 8 }), operatorId: fc.constantFrom('p-ortiz', 'p-kim'), deviceId: fc.constantFrom('x-ray-1', 'x-ray-2'), withdraw: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), async (steps) => {
        const base = plusHours(bureau.now, 500);
        const requests = await Promise.all(steps.map(({ hour, hours }) => approved({ startsAt: plusHours(base, hour), endsAt: plusHours(base, hour + hours) })));
        const assigned = await Promise.all(
          steps.map(async ({ operatorId, deviceId, withdraw: leaves }, place) => {
            const { id } = requests[place]!;
            const [{ kind }] = await Promise.all([bureau.assign(id, { operatorId, deviceId }), ...(leaves ? [withdraw(id)] : [])]);
            return kind;
          }),
        );
        if (!steps.some((one) => one.withdraw)) expect(assigned).toContain('assigned');
        await expectNoDoubleBooking();
        for (const { id } of requests) await withdraw(id);
        const left = await bookingsOf('device', 'x-ray-1');
        expect(left.filter(({ requestId }) => requests.some(({ id }) => id === requestId))).toEqual([]);
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  it('leave a ledger that holds', async () => {
    expect(await breaksIn(bureau.table.client, TABLE)).toEqual([]);
  });
});
