/** What one change becomes: the writes of one transaction, and what it refuses to be. */
import { describe, expect, it } from 'vitest';
import { MOST_WRITES, put, writesOf, type Change, type Write } from '../../../functions/records/change.ts';
import { dueKey, entity, type Kept } from '../../../functions/records/entity.ts';
import {
  hashOf,
  lineName,
  NO_ENTRY,
  sealOf,
  type LedgerEntry,
  type LedgerHead,
} from '../../../functions/records/ledger.ts';
import { instantOf } from '../../../policies/instant.ts';

interface Thing extends Kept {
  readonly label?: string;
}
const things = entity<Thing>('device', () => ({ subject: ['fleet', 'a'], desk: ['role#custodian', 'b'] }));
const sessions = entity<Thing>('session');
const AT = instantOf('2026-11-24T15:00:00Z');
const first = (): LedgerHead => NO_ENTRY;

const change = (over: Partial<Change> = {}): Change => ({
  at: AT,
  by: { kind: 'system', id: 'test' },
  puts: [put(things, { id: 'D-1', version: 0 })],
  tells: [{ subject: 'device#D-1', act: 'device recorded' }],
  ...over,
});
const putsIn = (writes: readonly Write[]) => writes.flatMap((write) => ('put' in write ? [write] : []));
const entriesIn = (writes: readonly Write[]): LedgerEntry[] =>
  putsIn(writes).flatMap(({ put: item }) => (item['entry'] ? [item['entry'] as LedgerEntry] : []));

describe('a change', () => {
  it('that tells the ledger nothing is no change', () => {
    expect(() => writesOf(change({ tells: [] }), first)).toThrow('without telling the ledger');
  });

  it('puts what fell due before it was written where the sweep looks next, and keeps what the record says', () => {
    const due = entity<Thing & { readonly dueAt: string }>('image', ({ dueAt }) => ({ dueAt: instantOf(dueAt) }));
    const itemDue = (dueAt: string) =>
      putsIn(writesOf(change({ puts: [put(due, { id: 'I-1', version: 0, dueAt })] }), first)).find(
        ({ put: item }) => item['pk'] === 'image#I-1',
      )!.put;
    const [late, ahead] = [itemDue('2021-05-05T00:00:00.000Z'), itemDue('2027-01-01T00:00:00.000Z')];
    expect(late).toMatchObject({ dueOrder: `${AT}#I-1`, record: { dueAt: '2021-05-05T00:00:00.000Z' } });
    expect(late['due']).toBe(dueKey(AT.slice(0, 10), Number(String(late['due']).at(-1))));
    expect(ahead).toMatchObject({ dueOrder: '2027-01-01T00:00:00.000Z#I-1' });
    expect(String(ahead['due'])).toMatch(/^due#2027-01#/);
  });

  it('tells a subject once', () => {
    const told = { subject: 'device#D-1', act: 'x' };
    expect(() => writesOf(change({ tells: [told, told] }), first)).toThrow('tells a subject twice');
  });

  it('is one entry and one head for each subject it tells', () => {
    const writes = writesOf(
      change({ tells: ['device#D-1', 'person#p-1', 'use-request#R-1'].map((subject) => ({ subject, act: 'x' })) }),
      first,
    );
    expect(
      putsIn(writes)
        .map(({ put: item }) => `${String(item['pk'])}/${String(item['sk'])}`)
        .sort(),
    ).toEqual([
      'device#D-1/record',
      'ledger#device#D-1/entry#000000000001',
      'ledger#device#D-1/head',
      'ledger#person#p-1/entry#000000000001',
      'ledger#person#p-1/head',
      'ledger#use-request#R-1/entry#000000000001',
      'ledger#use-request#R-1/head',
    ]);
  });

  it('follows the head it was given, on condition that this is still the head', () => {
    const head = { seq: 7, hash: 'a'.repeat(64) };
    const writes = writesOf(change(), () => head);
    const [entry] = entriesIn(writes);
    expect(entry).toMatchObject({ seq: 8, prev: head.hash });
    expect(entry!.hash).toBe(hashOf(entry!));
    expect(putsIn(writes).at(-1)).toMatchObject({
      put: { seq: 8, hash: entry!.hash, due: 'heads#open', dueOrder: 'device#D-1' },
      condition: 'seq = :seq AND #hash = :hash',
      values: { ':seq': 7, ':hash': head.hash },
    });
  });

  it('writes a new record only where there is none, and the next version only over the one it was read at', () => {
    const [written] = putsIn(writesOf(change(), first));
    expect(written).toMatchObject({
      put: { version: 1, record: { version: 1 } },
      condition: 'attribute_not_exists(pk)',
    });
    const [next] = putsIn(writesOf(change({ puts: [put(things, { id: 'D-1', version: 4 })] }), first));
    expect(next).toMatchObject({
      put: { version: 5, record: { version: 5 } },
      condition: 'version = :was',
      values: { ':was': 4 },
    });
  });

  it('seals the whole item, index keys included, in every subject’s entry', () => {
    const writes = writesOf(
      change({ tells: ['device#D-1', 'person#p-1'].map((subject) => ({ subject, act: 'x' })) }),
      first,
    );
    const [item] = putsIn(writes);
    expect(item!.put).toMatchObject({ subject: 'fleet', desk: 'role#custodian' });
    for (const entry of entriesIn(writes)) expect(entry.after).toEqual({ 'device#D-1': sealOf(1, item!.put) });
    const { desk: _, ...hidden } = item!.put;
    expect(sealOf(1, hidden)).not.toBe(sealOf(1, item!.put));
  });

  it('seals lines without naming their ends, and tells which were ended', () => {
    const writes = writesOf(
      change({
        puts: [],
        lines: [{ from: 'directory#jdoe', to: 'p-1' }],
        endedLines: [{ from: 'directory#old', to: 'p-1' }],
      }),
      first,
    );
    const [entry] = entriesIn(writes);
    expect(JSON.stringify(entry)).not.toContain('jdoe');
    expect(entry!.after).toEqual({
      [lineName('directory#jdoe', 'p-1')]: sealOf(Date.parse(AT), {
        pk: 'directory#jdoe',
        sk: 'p-1',
        noun: 'role',
        since: AT,
      }),
      [lineName('directory#old', 'p-1')]: `${Date.parse(AT)}:ended`,
    });
    expect(writes.at(-1)).toEqual({ remove: { pk: 'directory#old', sk: 'p-1' } });
  });

  it('does not tell of bookkeeping that goes along with it', () => {
    const puts = [put(sessions, { id: 's-1', version: 0 })];
    expect(entriesIn(writesOf(change({ puts }), first))[0]!.after).toEqual({});
  });

  it('holds what was only read to its version', () => {
    const writes = writesOf(change({ unchanged: [{ key: 'person#p-1', version: 3 }] }), first);
    expect(writes.at(-1)).toEqual({
      check: { pk: 'person#p-1', sk: 'record' },
      condition: 'version = :was',
      values: { ':was': 3 },
    });
  });

  it('owes each mail as a record, due when the stream has had its time', () => {
    const writes = writesOf(
      change({ mails: [{ kind: 'image-kept', to: { personId: 'p-1' }, about: 'image#I-1', subject: 'image#I-1' }] }),
      first,
    );
    const mail = putsIn(writes).find(({ put: item }) => item['noun'] === 'mail');
    expect(mail!.put['record']).toMatchObject({
      state: 'owed',
      attempts: 0,
      version: 1,
      dueAt: '2026-11-24T15:05:00.000Z',
    });
    expect(Object.keys(entriesIn(writes)[0]!.after)).toContain(mail!.put['pk']);
  });

  it('fits a transaction: a hundred writes go, one more does not', () => {
    const records = (count: number) =>
      Array.from({ length: count }, (_, at) => put(things, { id: `D-${at}`, version: 0 }));
    expect(writesOf(change({ puts: records(MOST_WRITES - 2) }), first)).toHaveLength(MOST_WRITES);
    expect(() => writesOf(change({ puts: records(MOST_WRITES - 1) }), first)).toThrow(
      'a change of 101 writes does not fit one transaction of 100; split it by record',
    );
  });
});
