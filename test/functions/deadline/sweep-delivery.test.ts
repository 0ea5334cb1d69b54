/** The sweep and deliveries: what is stuck in sealing, or open past its time, has its workflow set going; nothing is decided. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sweepDeadlines } from '../../../functions/deadline/sweep-deadlines.ts';
import { sealPackage } from '../../../functions/delivery/seal-package.ts';
import { notes, type Note } from '../../../functions/records/notes.ts';
import { put } from '../../../functions/records/change.ts';
import { dueKey } from '../../../functions/records/entity.ts';
import { startDelivered, type Delivered } from '../delivery/delivered.ts';

let on: Delivered;
beforeAll(async () => {
  on = await startDelivered();
});
afterAll(() => on?.stop());

/** The tasks of notes not yet delivered; they are marked as delivered. */
async function newTasks(): Promise<readonly unknown[]> {
  const day = on.now.slice(0, 10);
  const due = (await Promise.all([0, 1, 2, 3].map((shard) => on.records.dueIn(dueKey(day, shard), '9')))).flat();
  const found = due.filter(({ noun }) => noun === 'note').map(({ record }) => record as Note);
  for (const { dueAt: _, ...note } of found) await on.records.keep(put(notes, { ...note, deliveredAt: on.now }));
  return found.map(({ task }) => task);
}

describe('a delivery', () => {
  it('that is not sealed an hour after its release has its workflow started anew, once in an hour', async () => {
    const stuck = await on.released({ way: 'sealed-package' });
    on.later(70);
    await sweepDeadlines(on.needs);
    expect(await on.acts(stuck)).toEqual(['disclosure released']);
    on.later(10);
    await sweepDeadlines(on.needs);
    const { disclosureId } = stuck;
    const tasks = await newTasks();
    expect(tasks).toHaveLength(2);
    expect(tasks).toEqual(
      expect.arrayContaining([
        { kind: 'look-again', waiting: { on: `disclosure#${disclosureId}`, for: 'collection' } },
        { kind: 'start', workflow: 'disclosure', name: `${disclosureId}-s1`, input: { schema: 1, disclosureId } },
      ]),
    );
    on.later(20);
    await sweepDeadlines(on.needs);
    expect((await on.acts(stuck)).filter((act) => act === 'overdue delivery set going')).toHaveLength(1);
    await sealPackage(on.needs, { disclosureId });
    expect(await on.delivery(stuck.id)).toMatchObject({ state: 'open', dueAt: stuck.closesAt });
  });

  it('that is open past its time is left to its workflow, which is told to look', async () => {
    const open = await on.released();
    on.later(14 * 24 * 60 + 20);
    await sweepDeadlines(on.needs);
    expect(await on.delivery(open.id)).toMatchObject({ state: 'open', version: open.version + 1 });
    expect((await on.acts(open)).at(-1)).toBe('overdue delivery set going');
  });

  it('that has ended is due no more', async () => {
    const ended = await on.released();
    await on.change(ended, { delivery: { state: 'revoked' } }, 'disclosure revoked');
    on.later(15 * 24 * 60);
    await sweepDeadlines(on.needs);
    expect(await on.acts(ended)).not.toContain('overdue delivery set going');
  });
});
