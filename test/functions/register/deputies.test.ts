/** Naming a deputy and ending a naming, on a real table: what the person's record says, and what raced. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newSecret } from '../../../functions/edge/system.ts';
import { put } from '../../../functions/records/change.ts';
import { persons, type PrivacyOffice } from '../../../functions/records/standing.ts';
import { deputyNamings } from '../../../functions/register/contract.ts';
import { endDeputy, nameDeputy, type NamingGiven } from '../../../functions/register/name-deputy.ts';
import { instantOf } from '../../../policies/instant.ts';
import { refusalsIn, startBureau, type Bureau } from '../bureau.ts';
import { broughtIn } from '../recorded-anew.ts';
import { keeperOf } from './released.ts';

let bureau: Bureau;
const START = instantOf('2026-11-24T15:00:00Z');
const STATEMENT = 'I name Noa Adler my deputy for my leave.';
beforeAll(async () => {
  bureau = await startBureau();
});
afterAll(() => bureau?.stop());
beforeEach(async () => {
  bureau.now = START;
  await office('p-adler', undefined);
  await office('p-okafor', { office: 'agency-privacy-officer', heldFrom: instantOf('2024-01-02T05:00:00Z') });
});

async function office(id: string, privacyOffice: PrivacyOffice | undefined): Promise<void> {
  const { privacyOffice: _, ...person } = await bureau.person(id);
  await bureau.records.write({
    at: bureau.now,
    by: { kind: 'system', id: 'test' },
    puts: [put(persons, { ...person, ...(privacyOffice && { privacyOffice }) })],
    tells: [{ subject: `person#${id}`, act: 'test' }],
  });
}
const given: NamingGiven = { deputyId: 'p-adler', statement: STATEMENT, from: '2026-11-24', until: '2026-12-01' };
const name = async (over: Partial<NamingGiven> = {}, { who = 'p-okafor', draft = newSecret() } = {}) =>
  nameDeputy(bureau.needs, { person: await keeperOf(bureau, who), given: { ...given, ...over }, draft });
const end = async (who = 'p-okafor', why = 'The leave is over') =>
  endDeputy(bureau.needs, { person: await keeperOf(bureau, who), deputyId: 'p-adler', why });
/** The personnel list, as it is brought in again. */
const again = () => broughtIn(bureau.needs, 'p-adler');
const held = async () => (await bureau.person('p-adler')).privacyOffice;

describe('a deputy', () => {
  it('house-deputy-signs-off: is named in writing; the record, the writing and the ledger agree', async () => {
    const done = await name();
    if (done.kind !== 'done') throw new Error(JSON.stringify(done.because));
    expect(await held()).toEqual({
      office: 'deputy',
      heldFrom: START,
      heldUntil: '2026-12-02T04:59:59.999Z',
      namedBy: 'p-okafor',
      namingId: done.naming.id,
    });
    expect(await bureau.records.get(deputyNamings, done.naming.id)).toMatchObject({
      deputyId: 'p-adler',
      statement: STATEMENT,
      from: '2026-11-24',
      until: '2026-12-01',
      recordedBy: 'p-okafor',
    });
    const story = await bureau.records.ledgerOf('person#p-adler');
    expect(story.at(-1)).toMatchObject({ act: 'deputy named', by: { id: 'p-okafor' }, facts: { deputy: 'p-adler' } });
    expect(JSON.stringify(story)).not.toContain('Noa');
    expect(story.at(-1)!.facts!.statement).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is ended by the officer: the office stops at that instant, the writing stays', async () => {
    const named = await name();
    bureau.later(60);
    expect((await end()).kind).toBe('done');
    expect(await held()).toMatchObject({ heldFrom: START, heldUntil: bureau.now });
    const naming = (await bureau.records.get(deputyNamings, named.kind === 'done' ? named.naming.id : ''))!;
    expect(naming).toMatchObject({
      statement: STATEMENT,
      until: '2026-12-01',
      ended: { by: 'p-okafor', at: bureau.now },
    });
    // Again changes nothing.
    bureau.later(60);
    expect((await end()).kind).toBe('done');
    expect(await held()).toMatchObject({ heldUntil: naming.ended!.at });
    // And may be named again.
    expect((await name()).kind).toBe('done');
  });

  it('whose naming has yet to begin never was one once it is ended', async () => {
    await name({ from: '2026-11-30' });
    expect((await end()).kind).toBe('done');
    expect(await held()).toBeUndefined();
  });

  it('who came with the personnel list can be ended too', async () => {
    await office('p-adler', { office: 'deputy', heldFrom: instantOf('2024-01-02T05:00:00Z'), namedBy: 'p-okafor' });
    expect((await end()).kind).toBe('done');
    expect(await held()).toMatchObject({ heldUntil: START });
  });

  it('is not brought back by bringing in the personnel list again', async () => {
    await office('p-adler', { office: 'deputy', heldFrom: instantOf('2024-01-02T05:00:00Z'), namedBy: 'p-okafor' });
    await end();
    await again();
    expect(await held()).toMatchObject({ heldUntil: START });
    bureau.later(1);
    await name();
    await again();
    expect(await held()).toMatchObject({ heldFrom: bureau.now });
  });

  it('is not brought back either when a later naming was ended before it began', async () => {
    await office('p-adler', { office: 'deputy', heldFrom: instantOf('2024-01-02T05:00:00Z'), namedBy: 'p-okafor' });
    await end();
    await name({ from: '2026-11-30' });
    await end();
    await again();
    expect(await held()).toBeUndefined();
    // A naming from now on is another.
    bureau.later(1);
    await name();
    await again();
    expect(await held()).toMatchObject({ heldFrom: bureau.now });
  });

  it('is named by nobody but the officer in office, also no deputy and no officer of yesterday', async () => {
    await office('p-adler', { office: 'deputy', heldFrom: START, namedBy: 'p-okafor' });
    expect(refusalsIn(await name({ deputyId: 'p-okafor' }, { who: 'p-adler' }))).toContain(
      'nyc-23-1201-privacy-officer officer',
    );
    expect(refusalsIn(await end('p-adler'))).toEqual(['nyc-23-1201-privacy-officer officer']);
    await office('p-adler', undefined);
    await office('p-okafor', {
      office: 'agency-privacy-officer',
      heldFrom: instantOf('2024-01-02T05:00:00Z'),
      heldUntil: instantOf('2026-11-24T14:59:59.999Z'),
    });
    expect(refusalsIn(await name())).toEqual(['nyc-23-1201-privacy-officer officer']);
    expect(refusalsIn(await name({}, { who: 'p-stone' }))).toEqual(['XR26-SAFE-08 person']);
    expect(await held()).toBeUndefined();
  });

  it.each([
    ['p-stone', 'house-deputy-signs-off deputyId'],
    ['p-nobody', 'house-deputy-signs-off deputyId'],
    ['', 'house-deputy-signs-off deputyId'],
    ['p-okafor', 'house-deputy-signs-off deputyId'],
  ])('is not %j', async (deputyId, refusal) => {
    expect(refusalsIn(await name({ deputyId }))).toEqual([refusal]);
  });

  it('is no deputy of someone whose officer was put out of office in the same moment', async () => {
    const names = name();
    const ends = office('p-okafor', {
      office: 'agency-privacy-officer',
      heldFrom: instantOf('2024-01-02T05:00:00Z'),
      heldUntil: instantOf('2026-11-24T14:00:00Z'),
    });
    const [named] = await Promise.all([names, ends.catch(() => undefined)]);
    const officer = (await bureau.person('p-okafor')).privacyOffice!;
    const order = (await bureau.records.ledgerOf('person#p-adler')).at(-1)!.act;
    // Either it was named first, or it was not named; never after the officer had gone.
    if (named.kind === 'refused') expect(await held()).toBeUndefined();
    else expect(order).toBe('deputy named');
    expect(officer).toBeDefined();
  });

  it('sent twice by one form, or by two forms at once, is named once', async () => {
    const draft = newSecret();
    const twice = await Promise.all([name({}, { draft }), name({}, { draft })]);
    expect(twice.map(({ kind }) => kind)).toEqual(['done', 'done']);
    const before = (await bureau.records.ledgerOf('person#p-adler')).length;
    expect(refusalsIn(await name())).toEqual(['house-deputy-signs-off deputyId']);
    await end();
    const two = await Promise.all([name(), name()]);
    expect(two.map(({ kind }) => kind).toSorted()).toEqual(['done', 'refused']);
    expect((await bureau.records.ledgerOf('person#p-adler')).length).toBe(before + 2);
  });

  it('who is none cannot be ended, and an ending has a reason', async () => {
    expect((await end()).kind).toBe('missing');
    await name();
    expect(refusalsIn(await end('p-okafor', ''))).toEqual(['house-deputy-signs-off why']);
    expect(refusalsIn(await end('p-okafor', 'w'.repeat(4001)))).toEqual(['house-deputy-signs-off why']);
  });
});
