/** The runs of a comparison on a real table and a real store: page by page, twice at once, halted, and whom it tells at its end. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importPeople } from '../../../functions/access/import-people.ts';
import { reconciliationAgain } from '../../../functions/deadline/sweep-reconciliation.ts';
import { newId } from '../../../functions/edge/system.ts';
import { wordsOf } from '../../../functions/mail/words.ts';
import { compareNext, SIZES } from '../../../functions/reconciliation/compare-next.ts';
import {
  progresses,
  progressId,
  reconciliations,
  type Reconciliation,
} from '../../../functions/reconciliation/contract.ts';
import { startReconciliation } from '../../../functions/reconciliation/start-reconciliation.ts';
import { mails } from '../../../functions/records/mail-owed.ts';
import { nyDate } from '../../../policies/instant.ts';
import { someone } from '../access/people.ts';
import { startKeptWorld, type KeptWorld } from './kept-world.ts';

let world: KeptWorld;
beforeAll(async () => {
  world = await startKeptWorld();
  for (let at = 0; at < 9; at++) await world.kept(`K-${at}`);
});
afterAll(() => world?.stop());

describe('a comparison that differs', () => {
  it('is on the desk and in the mail of the records officers, and the next one takes its place', async () => {
    await world.put('kept/records/Z-3/original');
    const first = await world.compared();
    const second = await world.compared();
    expect((await world.records.onDesk('role#records-officer')).map(({ record }) => record.id)).toEqual([second.id]);
    expect((await world.records.get(reconciliations, first.id))!.followedBy).toBe(second.id);
    expect(world.lines.at(-1)).toMatchObject({ outcome: 'differs', reconciliation: second.id, StoreDifferences: 1 });
    const { versionId } = (await world.files.head('kept/records/Z-3/original'))!;
    await world.files.deleteVersion({ key: 'kept/records/Z-3/original', versionId });
  });

  it('counts each step once, though two runs do it at once', async () => {
    world.sizes = { page: 4, step: 4, stepsInARun: 1_000 };
    const alone = await world.compared();
    await world.later(24);
    await startReconciliation(world.needs);
    const reconciliationId = nyDate(world.now());
    const run = async () => {
      for (;;) {
        try {
          if ((await compareNext(world.needs, { reconciliationId })).kind === 'done') return;
        } catch (error) {
          expect((error as Error).name).toBe('ChangedMeanwhile');
        }
      }
    };
    await Promise.all([run(), run(), run()]);
    const together = (await world.records.get(reconciliations, reconciliationId))!;
    world.sizes = SIZES;
    expect(together).toMatchObject({ files: alone.files, cards: alone.cards, byClass: alone.byClass });
    expect((await world.records.get(progresses, progressId(reconciliationId)))!.steps).toBe(alone.steps);
    expect((await world.records.ledgerOf(`reconciliation#${reconciliationId}`)).map(({ act }) => act)).toEqual([
      'reconciliation started',
      'store and records agree',
    ]);
  });

  it('owes each records officer who is active one mail', async () => {
    for (const [name, roles, active] of [
      ['officer', ['member', 'records-officer'], true],
      ['other', ['member', 'records-officer'], true],
      ['gone', ['member', 'records-officer'], false],
      ['reader', ['member', 'auditor'], true],
    ] as const)
      await importPeople(
        { records: world.records, now: () => world.now(), newId },
        { by: 'test', people: [someone(name, { active, roles: [...roles] })] },
      );
    const { files } = await world.kept('L-9');
    await world.files.setLegalHold(files[0]!, false);
    const ended = await world.compared();
    const { records: owed } = await world.records.ofSubject(mails, `reconciliation#${ended.id}`);
    expect(owed.map(({ kind, state }) => `${kind} ${state}`)).toEqual(['store-differs owed', 'store-differs owed']);
    expect(wordsOf('store-differs', { site: 'https://site', now: world.now(), reconciliation: ended })).toMatchObject({
      subject: `Store and records differ: 1 on ${ended.id}`,
      link: { href: `https://site/retention/reconciliations/${ended.id}` },
    });
  });
});

describe('a store of many pages', () => {
  it('is compared a page at a time, over several runs, and counts what one page would', async () => {
    for (let at = 0; at < 7; at++) await world.kept(`N-${at}`);
    const whole = await world.compared();
    world.sizes = { page: 2, step: 3, stepsInARun: 4 };
    const paged = await world.compared({ runs: true });
    expect(paged).toMatchObject({ files: whole.files, cards: whole.cards, byClass: whole.byClass, differences: 0 });
    expect(paged.steps).toBeGreaterThan(10);
    const goesOn = (await world.records.ledgerOf(`reconciliation#${paged.id}`)).filter(({ act }) =>
      /new run/.test(act),
    );
    expect(goesOn.map(({ facts }) => facts!.steps)).toEqual(
      Array.from({ length: Math.floor((paged.steps - 1) / 4) }, (_, at) => (at + 1) * 4),
    );
    world.sizes = SIZES;
  });
});

describe('a comparison that has come to a halt', () => {
  it('is set going by the sweep where it stopped, and left alone while it works', async () => {
    await world.later(24);
    await startReconciliation(world.needs);
    const id = nyDate(world.now());
    world.sizes = { ...SIZES, step: 2 };
    await world.later(0);
    await compareNext(world.needs, { reconciliationId: id });
    const seen = (await world.records.get(reconciliations, id))!;
    const sweep = (one: Reconciliation) =>
      reconciliationAgain({ records: world.records, now: () => world.now() }, one, world.now());
    expect(await sweep(seen)).toBe(false);
    await world.later(2);
    const again = (await world.records.get(reconciliations, id))!;
    expect(again.dueAt! > seen.dueAt!).toBe(true);
    expect(await sweep(again)).toBe(true);
    expect(await sweep(again)).toBe(false);
    expect((await world.records.ledgerOf(`reconciliation#${id}`)).map(({ act }) => act)).toEqual([
      'reconciliation started',
      'reconciliation seen at work',
      'halted reconciliation set going',
    ]);
  });
});
