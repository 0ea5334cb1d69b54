/**
 * A batch of an older recalculation that is late: whatever a newer one does between any two of its reads, writes and
 * words to the store, the cards and the store end as the newer one says.
 */
import { describe, expect, it } from 'vitest';
import type { Files } from '../../../functions/records/files.ts';
import type { RecalculationNeeds } from '../../../functions/retention/needs.ts';
import { recalculationStep } from '../../../functions/retention/recalculation-step.ts';
import { recordsInMemory } from '../../records-in-memory.ts';
import { Retained } from './retained.ts';

async function run(store: Retained, needs: RecalculationNeeds, recalculationId: string): Promise<void> {
  const fetched = (await recalculationStep(needs, { step: 'fetch', recalculationId })) as { readonly key?: string };
  const ids = fetched.key ? (JSON.parse((await store.files.text(fetched.key))!) as string[]) : [];
  if (ids.length > 0) await recalculationStep(needs, { step: 'dates', recalculationId, ids });
  await recalculationStep(needs, { step: 'settle', recalculationId });
}

/** The same needs, calling `between` before the n-th thing that is asked of records or files. */
function interrupted(store: Retained, n: number, between: () => Promise<void>): RecalculationNeeds {
  let asked = 0;
  const through = <Of extends object>(of: Of): Of =>
    new Proxy(of, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return async (...given: unknown[]) => {
          if (asked++ === n) await between();
          return (member as (...all: unknown[]) => unknown).apply(target, given);
        };
      },
    });
  return { records: through(store.records), files: through<Files>(store.files), now: () => store.now };
}

describe('a recalculation that is overtaken', () => {
  it('has no last word, wherever the newer one comes between', async () => {
    let overtaken = 0;
    for (let n = 0; n < 200; n++) {
      const store = new Retained(recordsInMemory());
      await store.inForce();
      const ids = await store.keptMany('C-1', 2);
      const first = await store.closed('C-1', 'other-felony');
      let between = false;
      const needs = interrupted(store, n, async () => {
        between = true;
        await run(store, store.needs, await store.reopened('C-1'));
      });
      await run(store, needs, first);
      if (!between) break;
      overtaken++;
      for (const id of ids)
        expect(await store.lockOf(id), `after ${n}`).toMatch(/^held, (no day|2051-05-01), open-case$/);
      expect((await store.case('C-1')).recalculationId).toBeUndefined();
    }
    expect(overtaken).toBeGreaterThan(20);
  });
});
