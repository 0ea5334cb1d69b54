/** What the daily run reads, puts together and tells, and that a kill between any two writes loses nothing. */
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../functions/records/canonical.ts';
import { proposeDispositions } from '../../../functions/disposition/propose-dispositions.ts';
import { membersLine, type Disposition, type ListedRecord } from '../../../functions/disposition/contract.ts';
import { keyOf } from '../../../functions/records/entity.ts';
import { HOUSE } from '../../../policies/editions/house.ts';
import { calendarDate } from '../../../policies/calendar-date.ts';
import { instantOf, plusHours } from '../../../policies/instant.ts';
import { recordsInMemory, type RecordsInMemory } from '../../records-in-memory.ts';
import { RecordsOffice } from './records-office.ts';

const CASE = 'CASE-17';

async function opened(): Promise<RecordsOffice<RecordsInMemory>> {
  const office = new RecordsOffice(recordsInMemory());
  await office.furnish();
  await office.closedCase(CASE);
  return office;
}
const listOf = async (office: RecordsOffice, { list }: Disposition) =>
  JSON.parse((await office.files.text(list.key))!) as ListedRecord[];

describe('the daily run', () => {
  it('puts what is due into batches by class, schedule and technology, and starts their workflows', async () => {
    const office = await opened();
    for (let count = 0; count < 3; count++) await office.plateRead();
    const image = await office.image(CASE);
    expect(await office.propose()).toEqual({ due: 4, proposed: 4, batches: 2 });

    const batches = await office.batches();
    expect(batches.map(({ technology, classId, records }) => [technology, classId, records]).toSorted()).toEqual([
      ['license-plate-reader', 'plate-read', 3],
      ['mobile-x-ray', 'misdemeanor', 1],
    ]);
    const ofImages = batches.find(({ technology }) => technology === 'mobile-x-ray')!;
    expect(ofImages).toMatchObject({
      state: 'proposed',
      bytes: 100,
      eligibleFrom: '2026-06-01',
      capturedFrom: '2020-02-03',
      graceEndsAt: plusHours(office.now, HOUSE.daysOfGrace.days * 24),
      ownerId: 'p-dunne',
    });
    expect(ofImages.gathering).toBeUndefined();
    expect(await office.card(image.id)).toMatchObject({ state: 'proposed', dispositionId: ofImages.id });
    const started = office.records
      .items()
      .filter(({ noun }) => noun === 'note')
      .map(({ record }) => (record as { task: { workflow: string; name: string } }).task);
    expect(started.map(({ workflow, name }) => [workflow, name]).toSorted()).toEqual(
      batches.map(({ id }) => ['disposition', id]).toSorted(),
    );
  });

  it('lists ids, hashes, sizes and dates, in order, and nothing that identifies', async () => {
    const office = await opened();
    for (const id of ['LPR-B', 'LPR-A', 'LPR-C']) await office.plateRead(id);
    const batch = await office.proposed();
    const text = (await office.files.text(batch.list.key))!;
    expect(batch.list.sha256).toBe(sha256(text));
    expect((await listOf(office, batch)).map(({ id }) => id)).toEqual(['LPR-A', 'LPR-B', 'LPR-C']);
    expect(Object.keys((await listOf(office, batch))[0]!)).toEqual([
      'id',
      'sha256',
      'bytes',
      'eligibleOn',
      'capturedOn',
    ]);
    expect(text).not.toMatch(/ABC1234|First Avenue/);
  });

  it('sends one digest a day to each records officer', async () => {
    const office = await opened();
    await office.plateRead();
    await office.image(CASE);
    await office.propose();
    const sent = (await Promise.all((await office.batches()).map(({ id }) => office.mailsAbout(id)))).flat();
    expect(sent.map(({ kind, to }) => [kind, (to as { personId: string }).personId]).toSorted()).toEqual([
      ['disposition-proposed', 'p-dunne'],
      ['disposition-proposed', 'p-vance'],
    ]);
    const digests = (await office.batches()).flatMap(({ digest }) => (digest ? [digest] : []));
    expect(digests).toEqual([{ batches: 2, records: 2 }]);
    expect((await office.batches()).some(({ digestOwed }) => digestOwed)).toBe(false);
    await office.propose();
    expect((await Promise.all((await office.batches()).map(({ id }) => office.mailsAbout(id)))).flat()).toHaveLength(2);
  });

  it('puts at most as many into a batch as the house allows', async () => {
    const office = await opened();
    const most = HOUSE.mostInABatch.count;
    for (let count = 0; count < most + 3; count++) await office.plateRead(`LPR-${String(count).padStart(5, '0')}`);
    expect(await office.propose()).toEqual({ due: most + 3, proposed: most + 3, batches: 2 });
    expect((await office.batches()).map(({ records }) => records).toSorted((a, b) => a - b)).toEqual([3, most]);
  }, 120_000);

  it('reads the index of what expires and nothing else of what is kept', async () => {
    const office = await opened();
    for (let count = 0; count < 5; count++) await office.plateRead();
    await office.plateRead('LPR-LATER', { capturedAt: instantOf('2024-05-05T16:00:00Z') });
    await office.propose();
    await office.plateRead('LPR-TODAY');
    const asked: string[] = [];
    const { records } = office;
    const watched = {
      ...records,
      get: (...args: Parameters<typeof records.get>) => {
        asked.push(keyOf(args[0].noun, args[1]));
        return records.get(...args);
      },
      dueIn: (partition: string, until: string) => {
        asked.push(partition);
        return records.dueIn(partition, until);
      },
    } as RecordsInMemory;
    expect(await proposeDispositions({ ...office.needs, records: watched })).toMatchObject({ due: 1, proposed: 1 });
    expect(asked.filter((one) => one.startsWith('expires#'))).toEqual(
      [0, 1, 2, 3].map((shard) => `expires#2026-11#${shard}`),
    );
    expect(asked.filter((one) => one.startsWith('retention#'))).toEqual([]);
    expect(asked.filter((one) => one.startsWith('due#'))).toEqual([]);
  });

  it('finds what became due on a day long past, such as when a hold ended after years', async () => {
    const office = await opened();
    await office.propose();
    office.days(800);
    await office.propose();
    const { id } = await office.plateRead();
    const batch = await office.proposed();
    expect(batch).toMatchObject({ records: 1, eligibleFrom: '2026-05-05' });
    expect(batch.disposeBy > calendarDate('2029-05-01')).toBe(true);
    expect((await office.card(id)).state).toBe('proposed');
  });

  it('leaves alone what another changed between the index and the transaction', async () => {
    const office = await opened();
    const { id } = await office.plateRead();
    await office.plateRead();
    const { records } = office;
    const stale = {
      ...records,
      dueIn: async (partition: string, until: string) => {
        const found = await records.dueIn(partition, until);
        for (const { record } of found.filter((one) => one.record.id === id))
          await office.keep({
            ...(record as Awaited<ReturnType<RecordsOffice['card']>>),
            capturedAt: instantOf('2025-01-01T00:00:00Z'),
          });
        return found;
      },
    } as RecordsInMemory;
    expect(await proposeDispositions({ ...office.needs, records: stale })).toMatchObject({ due: 2, proposed: 1 });
    expect((await office.card(id)).state).toBe('kept');
  });
});

describe('a daily run that is killed', () => {
  it('between any two writes goes on the next time: no record twice, none missing, one digest', async () => {
    let at = 1;
    for (let whole = false; !whole; at++) {
      const office = await opened();
      for (let count = 0; count < 50; count++) await office.plateRead(`LPR-${count}`);
      await office.image(CASE, 'X-1');
      let writes = 0;
      const { records, files } = office;
      const count = async <T>(effect: () => Promise<T>): Promise<T> => {
        if (++writes >= at) throw new Error('killed');
        return effect();
      };
      const mortal = {
        ...office.needs,
        records: {
          ...records,
          write: (change: Parameters<typeof records.write>[0]) => count(() => records.write(change)),
          keep: (next: Parameters<typeof records.keep>[0]) => count(() => records.keep(next)),
        },
        files: { put: (key: string, content: unknown) => count(() => files.put(key, content)) },
      };
      whole = await proposeDispositions(mortal).then(
        () => true,
        () => false,
      );
      await office.propose();
      const batches = await office.batches();
      expect(batches.map(({ technology, records: many }) => [technology, many]).toSorted()).toEqual([
        ['license-plate-reader', 50],
        ['mobile-x-ray', 1],
      ]);
      for (const batch of batches) {
        const ids = (await listOf(office, batch)).map(({ id }) => id);
        expect(ids).toEqual([...(await office.records.linesOf(membersLine(batch.id)))]);
        expect(batch.list.sha256).toBe(sha256((await office.files.text(batch.list.key))!));
        expect(batch.gathering ?? batch.digestOwed).toBeUndefined();
      }
      const told = (await Promise.all(batches.map(({ id }) => office.mailsAbout(id)))).flat();
      expect(told).toHaveLength(2);
    }
    expect(at).toBeGreaterThan(8);
  }, 60_000);
});
