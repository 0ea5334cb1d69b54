/** The store and the records held against each other on a real table and a real store: every kind of difference, and no other. */
import { DeleteObjectCommand, PutObjectRetentionCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareNext } from '../../../functions/reconciliation/compare-next.ts';
import { startReconciliation } from '../../../functions/reconciliation/start-reconciliation.ts';
import { cardKey, recalculations, retentionCards } from '../../../functions/retention/contract.ts';
import { nyDate } from '../../../policies/instant.ts';
import { KEPT_BUCKET, startKeptWorld, type KeptWorld } from './kept-world.ts';

let world: KeptWorld;
beforeAll(async () => {
  world = await startKeptWorld();
});
afterAll(() => world?.stop());

const lockOf = async (id: string) => {
  const [file] = (await world.records.get(retentionCards, id))!.files;
  return {
    ...(await world.files.head(file!.key, { versionId: file!.versionId }))!,
    tags: await world.files.tagsOf(file!),
  };
};
const acts = async (id: string) => (await world.records.ledgerOf(cardKey(id))).map(({ act }) => act);

describe('a store that agrees with the records', () => {
  it('is said to, with what was counted, and waits on nobody', async () => {
    await world.kept('X-1', {}, 'kept/R-1/X-1/original');
    await world.kept('E-1', {}, 'enclosed/D-1/E-1/original');
    const until = {
      kind: 'until' as const,
      date: nyDate(world.in(24 * 200)),
      classId: 'misdemeanor',
      scheduleId: 'S-1',
      approved: true,
      disposeBy: nyDate(world.in(24 * 400)),
      why: [],
    };
    await world.kept('X-2', {
      keeping: until,
      lock: { legalHold: false, classId: 'misdemeanor', retainUntil: world.in(24 * 200) },
    });
    await world.card('P-1', { kind: 'plate-read', keeping: until });
    await world.card('X-9', {
      state: 'destroyed',
      destroyed: {
        at: world.now(),
        classId: 'misdemeanor',
        scheduleId: 'S-1',
        sha256: 'x',
        bytes: 5,
        versions: 1,
        decisionIds: [],
        certificateId: 'C-1',
      },
    });
    const ended = await world.compared();
    expect(ended).toMatchObject({ state: 'agreed', files: 3, cards: 5, differences: 0, shown: [] });
    expect(ended.byClass).toMatchObject({
      'open-case': { records: 2 },
      misdemeanor: { records: 2 },
      destroyed: { records: 1, bytes: 5 },
    });
    expect(ended.dueByMonth).toEqual({ [until.date.slice(0, 7)]: { misdemeanor: 2 } });
    expect(await world.records.onDesk('role#records-officer')).toEqual([]);
    expect(world.lines).toEqual([]);
  });

  it('is compared once a day, however often it is begun', async () => {
    expect(await startReconciliation(world.needs)).toEqual({ kind: 'known' });
    expect(await compareNext(world.needs, { reconciliationId: nyDate(world.now()) })).toEqual({ kind: 'done' });
  });
});

describe('what is planted', () => {
  it('is a file no record knows, unless it is new', async () => {
    await world.put('kept/records/Z-1/original');
    await world.put('enclosed/D-9/Z-2/original');
    expect(await world.differences()).toEqual([
      'file-without-record enclosed/D-9/Z-2/original',
      'file-without-record kept/records/Z-1/original',
    ]);
    for (const key of ['kept/records/Z-1/original', 'enclosed/D-9/Z-2/original']) {
      const { versionId } = (await world.files.head(key))!;
      await world.files.deleteVersion({ key, versionId });
    }
    expect(await world.differences()).toEqual([]);
  });

  it('is a second version, and a mark of deletion before the kept one', async () => {
    const { files } = await world.kept('V-1');
    const again = await world.put(files[0]!.key, 'changed');
    expect(await world.differences()).toEqual(['versions-differ kept/records/V-1/original']);
    await world.files.deleteVersion(again);
    const { VersionId } = await world.s3.send(new DeleteObjectCommand({ Bucket: KEPT_BUCKET, Key: files[0]!.key }));
    expect(await world.differences()).toEqual(['versions-differ kept/records/V-1/original']);
    await world.files.deleteVersion({ key: files[0]!.key, versionId: VersionId! });
    expect(await world.differences()).toEqual([]);
  });

  it('is a record whose file is gone', async () => {
    const { files } = await world.kept('G-1', { lock: { legalHold: false, classId: 'open-case' } });
    await world.files.deleteVersion(files[0]!);
    expect(await world.differences()).toEqual(['record-without-file kept/records/G-1/original']);
    await world.card('G-1', { state: 'destroying' });
    expect(await world.differences()).toEqual([]);
  });

  it('is what was destroyed and is there', async () => {
    await world.kept('T-1', { lock: { legalHold: false, classId: 'open-case' } });
    const destroyed = {
      at: world.now(),
      classId: 'misdemeanor',
      scheduleId: 'S-1',
      sha256: 'x',
      bytes: 5,
      versions: 1,
      decisionIds: [],
      certificateId: 'C-1',
    };
    const card = await world.card('T-1', { state: 'destroyed', destroyed });
    expect(await world.differences()).toEqual(['destroyed-but-there kept/records/T-1/original']);
    await world.files.deleteVersion(card.files[0]!);
    expect(await world.differences()).toEqual([]);
  });

  it('is a hold that was lifted, which is put back at once and told', async () => {
    const { files } = await world.kept('L-1');
    await world.files.setLegalHold(files[0]!, false);
    expect(await world.differences()).toEqual(['lock-differs kept/records/L-1/original, mended']);
    expect(await lockOf('L-1')).toMatchObject({ legalHold: true });
    expect(await acts('L-1')).toContain('legal hold put back');
    expect(await world.differences()).toEqual([]);
  });

  it('is a time lock that is missing or too short, which is put back', async () => {
    const retainUntil = world.in(24 * 300);
    const { files } = await world.kept('L-2', { lock: { legalHold: false, classId: 'open-case' } });
    await world.card('L-2', { lock: { legalHold: false, classId: 'open-case', retainUntil } });
    expect(await world.differences()).toEqual(['lock-differs kept/records/L-2/original, mended']);
    expect(Date.parse((await lockOf('L-2')).retainUntil!)).toBe(Date.parse(retainUntil));
    expect(await world.files.deleteVersion(files[0]!)).toMatchObject({ kind: 'locked' });
    expect(await world.differences()).toEqual([]);
  });

  it('is a stronger time lock, which the record takes over, since nobody can shorten it', async () => {
    const { files } = await world.kept('L-3');
    const RetainUntilDate = new Date(world.in(24 * 500));
    await world.s3.send(
      new PutObjectRetentionCommand({
        Bucket: KEPT_BUCKET,
        Key: files[0]!.key,
        VersionId: files[0]!.versionId,
        Retention: { Mode: 'GOVERNANCE', RetainUntilDate },
      }),
    );
    expect(await world.differences()).toEqual(['lock-differs kept/records/L-3/original, mended']);
    expect((await world.records.get(retentionCards, 'L-3'))!.lock.retainUntil).toBe(RetainUntilDate.toISOString());
    expect(await acts('L-3')).toContain('stronger lock taken over');
    // Its day is worked out anew, so that nothing is proposed while the store would not let it go.
    const { records: owed } = await world.records.ofSubject(recalculations, cardKey('L-3'));
    expect(owed).toMatchObject([{ cause: 'lock-taken-over', scope: { kind: 'cards', ids: ['L-3'] }, state: 'owed' }]);
    expect(await world.differences()).toEqual([]);
  });

  it('is a hold the records know nothing of, which is reported and stays', async () => {
    const { files } = await world.kept('L-4', { lock: { legalHold: false, classId: 'open-case' } });
    await world.files.setLegalHold(files[0]!, true);
    expect(await world.differences()).toEqual(['lock-differs kept/records/L-4/original']);
    expect(await lockOf('L-4')).toMatchObject({ legalHold: true });
    await world.files.setLegalHold(files[0]!, false);
  });

  it('is a tag of another class, which is put right', async () => {
    const { files } = await world.kept('L-5');
    await world.files.tag(files[0]!, { class: 'misdemeanor', record: 'L-5', other: 'stays' });
    expect(await world.differences()).toEqual(['tag-differs kept/records/L-5/original, mended']);
    expect((await lockOf('L-5')).tags).toEqual({ class: 'open-case', record: 'L-5', other: 'stays' });
  });

  it('is not what the store is about to be told', async () => {
    await world.kept('L-6');
    await world.later(24);
    await world.card('L-6', {
      lock: { legalHold: false, classId: 'misdemeanor' },
      lockSetAt: world.now(),
      workedOutFrom: { cases: {}, at: world.in(23.9) },
    });
    expect(await world.differences()).toEqual([]);
    expect(await world.differences()).toEqual([
      'lock-differs kept/records/L-6/original',
      'tag-differs kept/records/L-6/original, mended',
    ]);
    await world.card('L-6', { lock: { legalHold: true, classId: 'misdemeanor' } });
  });
});
