/** Bringing people's records in step with the personnel list. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handler } from '../../../functions/access/import-people.lambda.ts';
import { importPeople } from '../../../functions/access/import-people.ts';
import type { PersonInput } from '../../../functions/access/contract.ts';
import { newId } from '../../../functions/edge/system.ts';
import { directoryLine, persons, roleLine } from '../../../functions/records/standing.ts';
import { instantOf } from '../../../policies/instant.ts';
import { startTable, type TestTable } from '../../records-table.ts';
import { someone } from './people.ts';

let table: TestTable;
const now = () => instantOf('2026-11-24T15:00:00Z');
const bring = (people: PersonInput[], by = 'directory-sync') =>
  importPeople({ records: table.records, now, newId }, { people, by });
const idOf = async (name: string) => (await table.records.linesOf(directoryLine(name)))[0]!;

beforeAll(async () => void (table = await startTable()));
afterAll(() => table?.stop());

describe('bringing people', () => {
  it('records who is new and finds them by their directory name', async () => {
    expect(await bring([someone('adams', { rotaOrder: 1 }), someone('baker')])).toEqual({
      recorded: 2,
      changed: 0,
      unchanged: 0,
      sessionsEnded: 0,
    });
    expect(await table.records.get(persons, await idOf('adams'))).toMatchObject({
      name: 'Name of adams',
      rotaOrder: 1,
      roles: ['ctb-executive', 'member'],
    });
  });

  it('changes nothing when it is repeated', async () => {
    const id = await idOf('adams');
    const entries = await table.records.ledgerOf(`person#${id}`);
    expect(
      await bring([someone('adams', { rotaOrder: 1, roles: ['ctb-executive', 'member', 'member'] })]),
    ).toMatchObject({ unchanged: 1 });
    expect(await table.records.ledgerOf(`person#${id}`)).toEqual(entries);
  });

  it('lists a person under each role while they are active', async () => {
    const id = await idOf('baker');
    expect(await table.records.linesOf(roleLine('ctb-executive'))).toContain(id);
    await bring([someone('baker', { roles: ['member', 'auditor'] })]);
    expect(await table.records.linesOf(roleLine('ctb-executive'))).not.toContain(id);
    expect(await table.records.linesOf(roleLine('auditor'))).toContain(id);
    await bring([someone('baker', { roles: ['member', 'auditor'], active: false })]);
    expect(await table.records.linesOf(roleLine('auditor'))).not.toContain(id);
    expect((await table.records.ledgerOf(`person#${id}`)).at(-1)).toMatchObject({
      act: 'person deactivated',
      clauses: ['XR26-SAFE-04'],
    });
    await bring([someone('baker', { roles: ['member', 'auditor'] })]);
    expect(await table.records.linesOf(roleLine('auditor'))).toContain(id);
  });

  it('keeps the person through a new directory name', async () => {
    await bring([someone('carter')]);
    const id = await idOf('carter');
    await bring([{ ...someone('carter-smith'), personId: id }]);
    expect(await table.records.linesOf(directoryLine('carter'))).toEqual([]);
    expect(await idOf('carter-smith')).toBe(id);
  });

  it('tells the ledger of ranks and roles and never of a name', async () => {
    const told = JSON.stringify(await table.records.ledgerOf(`person#${await idOf('adams')}`));
    expect(told).toContain('ctb-executive');
    expect(told).not.toMatch(/Name of|example\.gov/);
  });

  it.each([
    [
      'one directory name twice',
      () => [someone('x1'), someone('x1')],
      'people.1.directoryName: is the same as in people.0',
    ],
    [
      'a directory name that is somebody else’s',
      () => [{ ...someone('adams'), personId: 'P-OTHER' }],
      'people.0.directoryName: belongs to person',
    ],
  ])('is refused as a whole with %s', async (_, people, words) => {
    await expect(bring([someone('never'), ...people()].slice(1))).rejects.toThrow(words);
    expect(await table.records.linesOf(directoryLine('x1'))).toEqual([]);
  });

  it.each([
    [{ email: 'nobody' }, 'people.1.email: is no address'],
    [{ rank: 'general' }, 'people.1.rank: is none of'],
    [{ roles: ['ctb-executive', 'king'] }, 'people.1.roles.1: is not a role'],
    [{ name: ' ' }, 'people.1.name:'],
    [{ rotaOrder: 0 }, 'people.1.rotaOrder:'],
  ])('names the index and the field of %j before anything is set up', async (wrong, words) => {
    await expect(
      handler({ people: [someone('ok'), { ...someone('bad'), ...wrong }], by: 'x' }, {} as never),
    ).rejects.toThrow(words);
  });

  it('by a person lets only a system administrator give or take roles', async () => {
    await bring([
      someone('admin', { roles: ['member', 'system-administrator'] }),
      someone('personnel', { roles: ['member', 'personnel-officer'] }),
    ]);
    const [admin, personnel, executive] = await Promise.all(['admin', 'personnel', 'adams'].map(idOf));
    await expect(bring([someone('baker', { roles: ['member', 'ctb-executive'] })], personnel)).rejects.toThrow(
      'people.0.roles: only a system administrator',
    );
    expect(
      await bring([someone('baker', { roles: ['member', 'auditor'], command: 'Other' })], personnel),
    ).toMatchObject({ changed: 1 });
    await expect(bring([someone('baker', { roles: ['member', 'auditor'] })], executive)).rejects.toThrow(
      'may not record people',
    );
    expect(await bring([someone('baker', { roles: ['member'] })], admin)).toMatchObject({ changed: 1 });
  });
});
