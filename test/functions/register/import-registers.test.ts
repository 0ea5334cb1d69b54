/** Bringing in what is on file already: the demonstration registers, twice, and what cannot be meant. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registersOn } from '../../../demo/registers.ts';
import { agreements, isOnFile, preApprovals, standingAccesses } from '../../../functions/register/contract.ts';
import { importRegisters, RegistersImport } from '../../../functions/register/import-registers.ts';
import { handler } from '../../../functions/register/import-registers.lambda.ts';
import { FactMalformed } from '../../../policies/faults.ts';
import { startBureau, type Bureau } from '../bureau.ts';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await startBureau();
});
afterAll(() => bureau?.stop());

const bring = (over: object = {}) =>
  importRegisters(bureau.needs, RegistersImport.parse({ ...registersOn(new Date(bureau.now)), by: 'test', ...over }));

describe('the import of registers', () => {
  it('puts the demonstration on file, and again changes nothing', async () => {
    expect(await bring()).toEqual({ onFile: 4 });
    const before = (await bureau.items()).length;
    bureau.later(60);
    expect(await bring()).toEqual({ onFile: 4 });
    expect((await bureau.items()).length).toBe(before);
    const agreement = (await bureau.records.get(agreements, 'AG-DEMO-0001'))!;
    expect(isOnFile(agreement, bureau.now)).toBe(true);
    expect((await bureau.records.get(preApprovals, 'PA-DEMO-0001'))!.covers).toEqual(['welfare-of-a-person']);
    expect(await bureau.records.get(standingAccesses, 'SA-DEMO-0001')).toMatchObject({ allowed: true });
    const [entry] = await bureau.records.ledgerOf('agreement#AG-DEMO-0001');
    expect(entry!.by).toEqual({ kind: 'system', id: 'import-registers' });
  });

  it.each([
    [
      'nobody on record',
      { agreements: [{ ...registersOn(new Date(0)).agreements[0]!, id: 'AG-2', keptBy: 'p-nobody' }] },
    ],
    [
      'somebody who keeps no register',
      { agreements: [{ ...registersOn(new Date(0)).agreements[0]!, id: 'AG-2', keptBy: 'p-stone' }] },
    ],
    [
      'an agreement that is over',
      { agreements: [{ ...registersOn(new Date(0)).agreements[0]!, id: 'AG-2', until: '1971-01-01' }] },
    ],
    [
      'an access that is not allowed',
      { accesses: [{ ...registersOn(new Date(0)).accesses[0]!, id: 'SA-2', newJersey: false }] },
    ],
  ])('refuses %s, and names the entry', async (_what, over) => {
    await expect(bring(over)).rejects.toThrow(FactMalformed);
    await expect(bring(over)).rejects.toThrow(/^(agreements|accesses)/);
  });

  it('refuses an event of another shape before anything is read', async () => {
    await expect(
      (handler as (event: unknown, context: unknown) => Promise<unknown>)(
        { by: 'test', agreements: [{ id: 'x' }] },
        {},
      ),
    ).rejects.toThrow('event does not fit');
  });
});
