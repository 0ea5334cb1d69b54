/**
 * The workflow recalculation on the embedded host: the synthesized stack, its own rights, the list of cards read from the
 * bucket by the state machine, and locks in the store. Its paths are in recalculation.test.ts.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Files } from '../../functions/records/files.ts';
import { nyDate } from '../../policies/instant.ts';
import { anniversary } from '../../policies/calendar-date.ts';
import type { Retained } from '../functions/retention/retained.ts';
import { startRetained, type RetainedOnHost } from '../functions/retention/retained-on-host.ts';
import type { Postact } from '../postact.ts';

let retained: RetainedOnHost;
let postact: Postact;
let store: Retained;
let files: Files;
let kept: RetainedOnHost['kept'];
beforeAll(async () => {
  retained = await startRetained();
  ({ postact, store, files, kept } = retained);
});
afterAll(() => retained?.stop());

async function inStore(id: string): Promise<readonly unknown[]> {
  const [file] = (await store.card(id)).files;
  const { legalHold, retainUntil } = (await files.head(file!.key, { versionId: file!.versionId }))!;
  return [legalHold, retainUntil && nyDate(retainUntil), (await files.tagsOf(file!)).class];
}

describe('a case that is closed', () => {
  it('has everything kept for it dated and locked, image and enclosed file alike', async () => {
    const ids: string[] = [];
    for (let one = 0; one < 30; one++) ids.push(await kept('C-1', one % 2 ? 'kept/R-1' : 'enclosed/X-1'));
    const on = nyDate(store.now);
    const id = await store.closed('C-1', 'misdemeanor', on);
    await postact.settled();
    expect(await store.recalculation(id)).toMatchObject({ state: 'whole', total: 30 });
    expect((await store.case('C-1')).recalculationId).toBeUndefined();
    const until = anniversary(on, 5);
    for (const each of ids) expect(await inStore(each)).toEqual([false, until, 'misdemeanor']);
    const [file] = (await store.card(ids[0]!)).files;
    expect(await files.deleteVersion(file!)).toEqual({ kind: 'locked' });
  });

  it('is held in the store by a hold, and let go when it is released', async () => {
    const id = await kept('C-2');
    await store.closed('C-2', 'misdemeanor', nyDate(store.now));
    await postact.settled();
    const { holdId } = await store.held({ kind: 'cases', caseNumbers: ['C-2'] });
    await postact.settled();
    expect((await inStore(id))[0]).toBe(true);
    await store.released(holdId, nyDate(store.now));
    await postact.settled();
    expect([(await store.hold(holdId)).state, (await inStore(id))[0]]).toEqual(['released', false]);
  });
});
