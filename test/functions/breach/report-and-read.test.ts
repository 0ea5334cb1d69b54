/** Reporting, reading and judging a breach, on a real table: when the office is aware, and that it is never later. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clockOf } from '../../../functions/breach/clock-of.ts';
import { breachesOfYear } from '../../../functions/breach/contract.ts';
import { hoursBetween, instantOf, plusHours, plusMinutes } from '../../../policies/instant.ts';
import { TABLE } from '../../records-table.ts';
import { breaksIn } from '../../whole-ledger.ts';
import { refusalsIn } from '../bureau.ts';
import { BECAUSE, CHIEF, DEPUTY, OFFICER, startOffice, type BreachOffice } from './breach-office.ts';

let office: BreachOffice;
beforeAll(async () => {
  office = await startOffice();
});
afterAll(() => office?.stop());

describe('reporting a breach', () => {
  it('takes it from any member, starts its workflow, and asks nobody before that', async () => {
    const breach = await office.reported();
    expect(breach).toMatchObject({ state: 'reported', reporterId: 'p-novak', edition: 'xray-2026', version: 1 });
    expect(breach).not.toHaveProperty('awareAt');
    expect(await office.notesFor(breach.id)).toEqual([
      { kind: 'start', workflow: 'breach', name: breach.id, input: { schema: 1, breachId: breach.id } },
    ]);
    expect(await office.records.linesOf(breachesOfYear(office.now))).toContain(breach.id);
    expect(await office.mailed(breach.id)).toEqual([]);
  });

  it('tells the ledger no word of what was typed', async () => {
    const { id } = await office.reported({ what: 'Image of Jane Roe', toWhom: 'Jane Roe herself' });
    const ledger = JSON.stringify(await office.records.ledgerOf(`breach#${id}`));
    expect(ledger).not.toMatch(/Jane|Roe|Image/);
  });

  it('makes one breach of a form sent twice', async () => {
    const [one, other] = await Promise.all([
      office.reported({}, 'p-novak', { draft: 'draft-1' }),
      office.reported({}, 'p-novak', { draft: 'draft-1' }),
    ]);
    expect(one.id).toBe(other.id);
    expect((await office.reported({}, 'p-ortiz', { draft: 'draft-1' })).id).not.toBe(one.id);
  });

  it('says everything that is missing at once', async () => {
    const answer = await office.report({
      what: 'x',
      how: '',
      toWhom: '',
      discoveredAt: plusMinutes(office.now, 1),
      occurredAt: plusMinutes(office.now, 2),
      disclosureId: 'X-0000-0000',
    });
    expect(refusalsIn(answer)).toEqual([
      'house-characters-of-reason what',
      'XR26-EXT-20 how',
      'XR26-EXT-20 toWhom',
      'XR26-EXT-20 discoveredAt',
      'XR26-EXT-20 occurredAt',
      'XR26-EXT-20 disclosureId',
    ]);
  });

  it('refuses a technology of which no edition of the day is held', async () => {
    const now = office.now;
    office.now = instantOf('2025-06-01T12:00:00Z');
    expect(refusalsIn(await office.report({ technology: 'digital-camera' }))).toEqual([
      'house-first-to-know technology',
    ]);
    office.now = now;
  });
});

describe('who is aware', () => {
  it('XR26-EXT-20, house-first-to-know: is the officer who reads it, from that moment', async () => {
    const { id } = await office.reported();
    office.later(10);
    const acted = await office.read(id);
    expect(acted).toMatchObject({
      kind: 'done',
      breach: {
        state: 'triaging',
        awareAt: office.now,
        aware: { by: OFFICER, readAt: office.now, as: 'agency-privacy-officer' },
      },
    });
    expect((await office.notesFor(id)).filter(({ kind }) => kind === 'look-again')).toHaveLength(1);
    const breach = await office.breach(id);
    expect(clockOf(breach, [], office.now)).toMatchObject({ state: 'running', hoursLeft: 24, due: 'by-clause' });
  });

  it('house-deputy-signs-off: is a deputy too, and whoever reads it second changes nothing', async () => {
    const { id } = await office.reported();
    await office.read(id, {}, DEPUTY);
    const { awareAt, version } = await office.breach(id);
    office.later(30);
    expect(await office.read(id)).toMatchObject({ kind: 'done' });
    expect(await office.breach(id)).toMatchObject({ awareAt, version, aware: { by: DEPUTY, as: 'deputy' } });
  });

  it('is read by two at once, and aware once', async () => {
    const { id } = await office.reported();
    const acted = await Promise.all([office.read(id), office.read(id, {}, DEPUTY)]);
    expect(acted.map(({ kind }) => kind)).toEqual(['done', 'done']);
    expect((await office.story(id)).filter((act) => act === 'breach read')).toHaveLength(1);
  });

  it.each<readonly [string, string]>([
    ['the chief of the bureau', CHIEF],
    ['the auditor', 'p-stone'],
    ['whoever reported it', 'p-novak'],
  ])('is not %s', async (_who, by) => {
    const { id } = await office.reported();
    expect(refusalsIn(await office.read(id, {}, by)).length).toBeGreaterThan(0);
    expect(await office.breach(id)).toMatchObject({ state: 'reported', version: 1 });
  });

  it('is no officer whose office has ended, and no deputy before the naming', async () => {
    const { id } = await office.reported();
    const person = await office.person(DEPUTY);
    await office.change(DEPUTY, { privacyOffice: { ...person.privacyOffice, heldFrom: plusMinutes(office.now, 1) } });
    expect(refusalsIn(await office.read(id, {}, DEPUTY))).toEqual(['house-deputy-signs-off handler']);
    await office.change(DEPUTY);
    expect(await office.read(id, {}, DEPUTY)).toMatchObject({ kind: 'done' });
  });

  it('was aware earlier, when that is stated and explained', async () => {
    const { id, given } = await office.reported();
    office.later(60);
    expect(refusalsIn(await office.read(id, { awareSince: given.discoveredAt }))).toEqual([
      'house-first-to-know howEarlier',
    ]);
    const before = plusMinutes(given.discoveredAt, -1);
    const howEarlier = 'The unit called the office that evening';
    expect(refusalsIn(await office.read(id, { awareSince: before, howEarlier }))).toEqual([
      'house-first-to-know awareSince',
    ]);
    const ahead = plusMinutes(office.now, 1);
    expect(refusalsIn(await office.read(id, { awareSince: ahead, howEarlier }))).toEqual([
      'house-first-to-know awareSince',
    ]);
    await office.read(id, { awareSince: given.discoveredAt, howEarlier });
    expect(await office.breach(id)).toMatchObject({
      awareAt: given.discoveredAt,
      aware: { readAt: office.now, howEarlier },
    });
  });

  it('is corrected to earlier only', async () => {
    const { id, given } = await office.reported();
    office.later(60);
    await office.read(id);
    const was = office.now;
    office.later(60);
    const howEarlier = 'A note of the day before was found';
    expect(refusalsIn(await office.read(id, { awareSince: plusMinutes(was, 1), howEarlier }))).toEqual([
      'house-first-to-know awareSince',
    ]);
    expect(await office.read(id, { awareSince: given.discoveredAt, howEarlier }, DEPUTY)).toMatchObject({
      kind: 'done',
    });
    expect(await office.breach(id)).toMatchObject({ awareAt: given.discoveredAt, aware: { by: OFFICER, howEarlier } });
    expect(refusalsIn(await office.read(id, { awareSince: was, howEarlier }))).toEqual([
      'house-first-to-know awareSince',
    ]);
    expect((await office.notesFor(id)).filter(({ kind }) => kind === 'look-again')).toHaveLength(2);
  });

  it('is the officer who reports it, from its discovery or from when they say they learned of it', async () => {
    const early = await office.reported({}, OFFICER);
    expect(early).toMatchObject({ state: 'triaging', awareAt: early.given.discoveredAt });
    const stated = await office.reported({}, DEPUTY, { awareSince: office.now });
    expect(stated).toMatchObject({ awareAt: office.now, aware: { by: DEPUTY, as: 'deputy' } });
    const other = await office.reported({}, 'p-stone', { awareSince: office.now });
    expect(other.state).toBe('reported');
  });

  it.each([
    ['in November, when the night has one hour more', '2026-10-31T16:00:00-04:00', '2026-11-01T15:00:00-05:00'],
    ['in March, when it has one less', '2027-03-13T16:00:00-05:00', '2027-03-14T17:00:00-04:00'],
  ])('has 24 elapsed hours %s', async (_when, aware, due) => {
    const now = office.now;
    office.now = instantOf(aware);
    const { id } = await office.reported();
    await office.read(id);
    const clock = clockOf(await office.breach(id), [], office.now);
    expect(clock).toMatchObject({ state: 'running', dueAt: instantOf(due), hoursLeft: 24 });
    expect(hoursBetween(instantOf(aware), instantOf(due))).toBe(24);
    office.now = now;
  });

  it('XR21-EXT-08: has no hour under the edition of 2021, only a target of the house', async () => {
    const now = office.now;
    office.now = instantOf('2023-05-09T14:00:00Z');
    const person = await office.person(OFFICER);
    await office.change(OFFICER, { privacyOffice: { ...person.privacyOffice, heldFrom: '2021-01-04T05:00:00.000Z' } });
    const { id, edition } = await office.reported();
    expect(edition).toBe('xray-2021');
    await office.read(id);
    const breach = await office.breach(id);
    expect(clockOf(breach, [], plusHours(office.now, 90))).toMatchObject({
      state: 'running',
      due: 'target',
      clause: 'XR21-EXT-08',
    });
    office.now = now;
    await office.change(OFFICER);
  });
});

describe('the decision whether it violates the law', () => {
  it('is recorded either way, with the clauses it broke', async () => {
    const { id } = await office.reported();
    expect(refusalsIn(await office.triage(id))).toEqual(['XR26-EXT-20 state']);
    await office.read(id);
    expect(refusalsIn(await office.triage(id, { broken: [], because: '' }))).toEqual([
      'XR26-EXT-20 because',
      'XR26-EXT-20 broken',
    ]);
    expect(refusalsIn(await office.triage(id, { broken: ['XR26-NONE-01'] }))).toEqual(['XR26-EXT-20 broken']);
    await office.triage(id);
    expect(await office.breach(id)).toMatchObject({
      state: 'violation',
      triage: { violates: true, because: BECAUSE, broken: ['XR26-EXT-08'], cause: 'wrong-recipient', by: OFFICER },
    });
    // The second click of the same form.
    expect(await office.triage(id)).toMatchObject({ kind: 'done' });
    expect(refusalsIn(await office.triage(id, { violates: false }))).toEqual(['XR26-EXT-20 state']);
  });

  it('ends the breach when it violates nothing, and can be taken back, with the clock it had', async () => {
    const { id } = await office.reported();
    await office.read(id);
    const { awareAt } = await office.breach(id);
    await office.triage(id, { violates: false, because: 'A pre-approval on file covers it' });
    const ended = await office.breach(id);
    expect(ended).toMatchObject({
      state: 'no-violation',
      step: 'Report closed',
      triage: { violates: false, broken: [] },
    });
    expect(ended).not.toHaveProperty('dueAt');
    office.later(60);
    await office.triage(id);
    expect(await office.breach(id)).toMatchObject({ state: 'violation', awareAt });
    const starts = (await office.notesFor(id)).filter(({ kind }) => kind === 'start');
    expect(starts).toHaveLength(2);
  });
});

it('leaves a ledger that tells of every record', async () => {
  expect(await breaksIn(office.table.client, TABLE)).toEqual([]);
});
