/**
 * What the destroying act does on a real table: what is left of a record, what takes one out at the last moment, and that a
 * kill between any two effects loses nothing and does nothing twice.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cardsLine } from '../../../functions/case/contract.ts';
import { destroyRecords } from '../../../functions/disposition/destroy-records.ts';
import type { Disposition, ListedRecord } from '../../../functions/disposition/contract.ts';
import { caseLine, hashLine, images } from '../../../functions/image/contract.ts';
import { keyOf } from '../../../functions/records/entity.ts';
import { put } from '../../../functions/records/change.ts';
import { retentionCards } from '../../../functions/retention/contract.ts';
import { plusYears } from '../../../policies/calendar-date.ts';
import { nyDate } from '../../../policies/instant.ts';
import { recordsInMemory, type RecordsInMemory } from '../../records-in-memory.ts';
import { startTable, type TestTable } from '../../records-table.ts';
import { RecordsOffice } from './records-office.ts';

const CASE = 'CASE-17';

describe('a record that is destroyed', () => {
  let table: TestTable;
  let office: RecordsOffice;
  beforeAll(async () => {
    table = await startTable();
    office = new RecordsOffice(table.records);
    await office.furnish();
    await office.closedCase(CASE);
  });
  afterAll(() => table.stop());

  it('leaves its number, class, schedule, hash, signatures and times, and nothing that identifies', async () => {
    const { id } = await office.image(CASE);
    const disposition = await office.signed();
    expect(disposition.state).toBe('destroying');
    expect(await office.destroy(disposition)).toEqual({ destroyed: 1, leftOut: 0 });

    const card = await office.card(id);
    expect(card).toMatchObject({
      state: 'destroyed',
      caseNumbers: [],
      destroyed: {
        classId: 'misdemeanor',
        scheduleId: 'demo-2026-1',
        versions: 2,
        bytes: 100,
        decisionIds: disposition.decisions.map(({ decisionId }) => decisionId),
        certificateId: disposition.id,
        filesGoneAt: office.now,
      },
    });
    const image = (await office.records.get(images, id))!;
    expect(image.state).toBe('destroyed');
    expect(JSON.stringify([image, card])).not.toMatch(/Doe|ABC1234|First Avenue|CASE-17/);
    expect([...office.files.versions.keys()].filter((key) => key.startsWith('kept/'))).toEqual([]);
    expect(office.files.deleted).toHaveLength(2);
    for (const line of [cardsLine(CASE), caseLine(CASE), hashLine(card.files[0]!.sha256)])
      expect(await office.records.linesOf(line)).toEqual([]);
    expect((await office.acts(keyOf('retention', id))).slice(-2)).toEqual(['destruction begun', 'record destroyed']);
    expect((await office.acts(keyOf('image', id))).at(-1)).toBe('image destroyed');
  });

  it('is gone in one transaction where it has no file', async () => {
    const { id } = await office.plateRead();
    const disposition = await office.signed();
    await office.destroy(disposition);
    const card = await office.card(id);
    expect(card).toMatchObject({ state: 'destroyed', destroyed: { filesGoneAt: office.now, versions: 0 } });
    expect(card.read).toBeUndefined();
    expect((await office.acts(keyOf('retention', id))).slice(-1)).toEqual(['record destroyed']);
  });
});

describe('a record is left out of its batch', () => {
  let office: RecordsOffice<RecordsInMemory>;
  let disposition: Disposition;
  let id: string;
  beforeEach(async () => {
    office = new RecordsOffice(recordsInMemory());
    await office.furnish();
    await office.closedCase(CASE);
    id = (await office.image(CASE)).id;
    disposition = await office.signed();
  });

  const staysWhen = async (): Promise<void> => {
    expect(await office.destroy(disposition)).toEqual({ destroyed: 0, leftOut: 1 });
    const card = await office.card(id);
    expect(card.state).toBe('kept');
    expect(card.dispositionId).toBeUndefined();
    expect(office.files.deleted).toEqual([]);
    expect((await office.records.get(images, id))!.state).toBe('kept');
    expect(await office.settle(disposition.id)).toEqual({ kind: 'emptied' });
    expect(await office.batch(disposition.id)).toMatchObject({ state: 'emptied', leftOut: 1 });
  };

  it.each([
    ['its number', { cards: ['*'] }],
    ['its case', { cases: [CASE] }],
    ['its technology', { matching: { technology: 'mobile-x-ray' as const } }],
    ['everything', { matching: {} }],
    ['what it does not say', {}],
  ])('when a hold is being placed on %s', async (_, scope) => {
    const named = 'cards' in scope ? { cards: [id] } : scope;
    await office.fence((fence) => ({ ...fence, holds: [{ holdId: 'H-1', ...named }] }));
    await staysWhen();
  });

  it('when a hold is on its card', async () => {
    const card = await office.card(id);
    await office.records.write({
      at: office.now,
      by: { kind: 'system', id: 'test' },
      puts: [put(retentionCards, { ...card, holdIds: ['H-unknown'] })],
      tells: [{ subject: keyOf('retention', id), act: 'held' }],
    });
    await staysWhen();
  });

  it('house-unknown-keeps: when its case says that it was merged into itself', async () => {
    await office.changeCase(CASE, { state: 'merged', mergedInto: CASE });
    await staysWhen();
  });

  it('when its case was opened again', async () => {
    await office.changeCase(CASE, { state: 'open' });
    await staysWhen();
  });

  it('when its case has another class now', async () => {
    const dispositions = [
      { id: 'd', charged: 'x', outcome: 'convicted', classId: 'homicide', appeal: 'exhausted' } as const,
    ];
    await office.changeCase(CASE, { dispositions });
    await staysWhen();
  });

  it('when dates of its case are being worked out', async () => {
    await office.changeCase(CASE, { recalculationId: 'RA-1' });
    await staysWhen();
  });

  it('when all dates are being worked out, or no schedule is in force', async () => {
    await office.fence((fence) => ({ ...fence, recalculationId: 'RA-1' }));
    await staysWhen();
  });

  it('when no schedule is in force any more', async () => {
    await office.fence(({ scheduleId: _, ...fence }) => fence);
    await staysWhen();
  });

  it('when it is not the record that was signed for', async () => {
    const card = await office.card(id);
    const files = [{ ...card.files[0]!, sha256: 'f'.repeat(64) }];
    await office.records.write({
      at: office.now,
      by: { kind: 'system', id: 'test' },
      puts: [put(retentionCards, { ...card, files })],
      tells: [{ subject: keyOf('retention', id), act: 'changed' }],
    });
    await staysWhen();
  });

  it('when a hold comes between the judgement and the transaction', async () => {
    const records = {
      get: office.records.get,
      write: async (change: Parameters<RecordsInMemory['write']>[0]) => {
        if (change.tells[0]?.act === 'destruction begun')
          await office.fence((fence) => ({ ...fence, holds: [{ holdId: 'H-1', cards: [id] }] }));
        return office.records.write(change);
      },
    };
    const listed = JSON.parse((await office.files.text(disposition.list.key))!) as ListedRecord[];
    const done = await destroyRecords({ ...office.needs, records }, { dispositionId: disposition.id, records: listed });
    expect(done).toEqual({ destroyed: 0, leftOut: 1 });
    await staysWhen();
  });

  it('when the store holds its file, whatever the records say', async () => {
    for (const version of office.files.versions.get(`kept/R-1/${id}/original`)!) version.locked = true;
    await staysWhen();
    const card = await office.card(id);
    expect(card.files).toHaveLength(1);
    expect(card.notBefore! > nyDate(office.now)).toBe(true);
    expect((await office.acts(keyOf('retention', id))).at(-1)).toBe('record kept, for the store holds it');
  });

  it('and is proposed again when what held it is over', async () => {
    await office.fence((fence) => ({ ...fence, holds: [{ holdId: 'H-1', cards: [id] }] }));
    await staysWhen();
    await office.fence((fence) => ({ ...fence, holds: [] }));
    expect((await office.proposed()).records).toBe(1);
  });
});

/** Every effect counts one; the n-th is not done, or done and not heard of, and the run dies of it. */
class Killed extends Error {}
function mortal(office: RecordsOffice, dies: { at: number; after: boolean }) {
  let effects = 0;
  const once = async <T>(effect: () => Promise<T>): Promise<T> => {
    const isLast = ++effects === dies.at;
    if (effects > dies.at || (isLast && !dies.after)) throw new Killed('killed');
    const done = await effect();
    if (isLast) throw new Killed('killed');
    return done;
  };
  const { records, files } = office;
  return {
    needs: {
      ...office.needs,
      records: {
        get: records.get,
        write: (change: Parameters<RecordsInMemory['write']>[0]) => once(() => records.write(change)),
      },
      files: {
        versionsUnder: files.versionsUnder,
        deleteVersion: (version: Parameters<typeof files.deleteVersion>[0]) => once(() => files.deleteVersion(version)),
      },
    },
    effects: () => effects,
  };
}

describe('a destruction that is killed', () => {
  it.each([false, true])(
    'between any two effects goes on, does nothing twice and misses nothing (%s)',
    async (after) => {
      let at = 1;
      for (let whole = false; !whole; at++) {
        const office = new RecordsOffice(recordsInMemory());
        await office.furnish();
        await office.closedCase(CASE);
        const ids = [];
        for (let count = 0; count < 3; count++) ids.push((await office.image(CASE, `X-${count}`)).id);
        const disposition = await office.signed();
        const records = JSON.parse((await office.files.text(disposition.list.key))!) as ListedRecord[];
        const { needs } = mortal(office, { at, after });
        whole = await destroyRecords(needs, { dispositionId: disposition.id, records }).then(
          () => true,
          (error: unknown) => {
            if (!(error instanceof Killed)) throw error;
            return false;
          },
        );
        expect(await office.destroy(disposition)).toEqual({ destroyed: 3, leftOut: 0 });
        expect(await office.destroy(disposition)).toEqual({ destroyed: 3, leftOut: 0 });
        expect(new Set(office.files.deleted).size).toBe(6);
        expect(office.files.deleted).toHaveLength(6);
        for (const id of ids) {
          const acts = await office.acts(keyOf('retention', id));
          expect(acts.filter((act) => act === 'destruction begun')).toHaveLength(1);
          expect(acts.filter((act) => act === 'record destroyed')).toHaveLength(1);
          expect((await office.card(id)).destroyed?.versions).toBe(2);
        }
        expect(await office.settle(disposition.id)).toEqual({ kind: 'destroyed' });
      }
      // Two transactions and two versions for each record.
      expect(at).toBeGreaterThan(12);
    },
  );
});

describe('a batch that is not to be destroyed', () => {
  it('destroys nothing before all three have signed, whoever runs it', async () => {
    const office = new RecordsOffice(recordsInMemory());
    await office.furnish();
    const { id } = await office.plateRead();
    const disposition = await office.signing();
    expect(await office.destroy(disposition)).toEqual({ destroyed: 0, leftOut: 0 });
    expect((await office.card(id)).state).toBe('proposed');
  });

  it('is not proposed before its day', async () => {
    const office = new RecordsOffice(recordsInMemory());
    await office.furnish();
    await office.closedCase(CASE, {
      closed: { on: plusYears(nyDate(office.now), -5), ground: 'appeals-exhausted', by: 'p-vance', at: office.now },
    });
    await office.image(CASE);
    expect((await office.proposed()).eligibleFrom).toBe(nyDate(office.now));
  });
});
