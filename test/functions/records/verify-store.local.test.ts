/**
 * The verifier on a store that a day's work left, on the embedded host with its own key and bucket: first untouched,
 * then with every single item tampered with in every single place, one after the other.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonical } from '../../../functions/records/canonical.ts';
import { signedFrom } from '../../../functions/records/digest.ts';
import {
  entryAfter,
  hashOf,
  lineName,
  NO_ENTRY,
  type LedgerEntry,
  type LedgerHead,
} from '../../../functions/records/ledger.ts';
import { storedFrom } from '../../../functions/records/stored.ts';
import type { Break } from '../../../functions/records/verify.ts';
import { startPostact, type Postact } from '../../postact.ts';
import { daysWork } from './days-work.ts';
import { alterationsOf, type Item, type StoredLedger } from './stored-ledger.ts';

let postact: Postact;
let ledger: StoredLedger;
/** The same store some hours and some work earlier. */
let earlier: StoredLedger;

beforeAll(async () => {
  postact = await startPostact();
  ({ ledger, earlier } = await daysWork(postact));
});
afterAll(() => postact?.stop());

/** The places of the items that the ledger answers for. */
const places = (): number[] =>
  ledger.items.flatMap((item, at) => (['entry', 'head', 'sealed'].includes(storedFrom(item)?.is ?? '') ? [at] : []));
const entryIn = (item: Item) => item['entry'] as LedgerEntry | undefined;
const subjectOf = (item: Item): string => String(item['pk']).slice('ledger#'.length);

/** What a break has to name for a tampered item to be found by who reads it. */
function names(item: Item): (found: Break) => boolean {
  const [pk, sk] = [String(item['pk']), String(item['sk'])];
  const entry = entryIn(item);
  if (entry) return ({ subject, seq }) => subject === subjectOf(item) && seq === entry.seq;
  if (pk.startsWith('ledger#')) return ({ subject }) => subject === subjectOf(item);
  return sk === 'record'
    ? ({ subject }) => subject === pk
    : ({ subject }) => subject === `${pk} to ${sk}` || subject === lineName(pk, sk);
}
const told = (breaks: readonly Break[]) => breaks.map(({ subject, seq, what }) => `${subject} ${seq ?? ''} ${what}`);

describe('a ledger that nobody touched', () => {
  it('holds, and is counted whole', () => {
    const { breaks, counts } = ledger.finding();
    expect(told(breaks)).toEqual([]);
    expect(counts.entries).toBe(ledger.items.filter(entryIn).length);
    expect([
      counts.entries > 40,
      counts.records > 25,
      counts.lines > 25,
      counts.digests >= 4,
      counts.subjects > 15,
    ]).toEqual([true, true, true, true, true]);
    expect(places()).toHaveLength(counts.entries + counts.subjects + counts.records + counts.lines);
  });

  it('holds at every earlier moment too', () => {
    expect(told(earlier.finding().breaks)).toEqual([]);
  });
});

describe('every single item', () => {
  it('altered in any one place is found and named', () => {
    const missed: string[] = [];
    let tried = 0;
    for (const at of places()) {
      const item = ledger.items[at]!;
      for (const { path, value } of alterationsOf(item)) {
        tried++;
        const { breaks } = ledger.finding({ items: new Map([[at, value]]) });
        if (!breaks.some(names(item)))
          missed.push(
            `${String(item['pk'])}/${String(item['sk'])}${path}: ${told(breaks).join('; ') || 'nothing found'}`,
          );
      }
    }
    expect(missed).toEqual([]);
    expect(tried).toBeGreaterThan(3_000);
  }, 120_000);

  it('removed is found and named', () => {
    const missed = places().filter(
      (at) => !ledger.finding({ items: new Map([[at, undefined]]) }).breaks.some(names(ledger.items[at]!)),
    );
    expect(missed.map((at) => ledger.items[at])).toEqual([]);
  });

  it('copied to another place is found and named there', () => {
    const missed = places().flatMap((at) => {
      const item = ledger.items[at]!;
      const copy = { ...item, pk: `${String(item['pk'])}-copy` };
      return ledger.finding({ added: [copy] }).breaks.some(names(copy)) ? [] : [copy];
    });
    expect(missed).toEqual([]);
  });

  it('exchanged with the next of its kind is found, and both are named', () => {
    const kinds = Map.groupBy(
      places(),
      (at) => `${String(ledger.items[at]!['noun'])} ${String(ledger.items[at]!['sk']).slice(0, 5)}`,
    );
    const missed: unknown[] = [];
    for (const of of kinds.values()) {
      for (const [turn, at] of of.slice(0, -1).entries()) {
        const next = of[turn + 1]!;
        const [one, two] = [ledger.items[at]!, ledger.items[next]!];
        const [first, second] = [
          { ...two, pk: one['pk'], sk: one['sk'] },
          { ...one, pk: two['pk'], sk: two['sk'] },
        ];
        // Two lines of one moment say the same but for their place.
        if (canonical(first) === canonical(one)) continue;
        const { breaks } = ledger.finding({
          items: new Map([
            [at, first],
            [next, second],
          ]),
        });
        if (!breaks.some(names(one)) || !breaks.some(names(two))) missed.push([told(breaks), one, two]);
      }
    }
    expect(missed).toEqual([]);
  });

  it('put back to what it was an hour ago is found and named', () => {
    const before = new Map(earlier.items.map((item) => [`${String(item['pk'])} ${String(item['sk'])}`, item]));
    const older = places().flatMap((at) => {
      const was = before.get(`${String(ledger.items[at]!['pk'])} ${String(ledger.items[at]!['sk'])}`);
      return was && canonical(was) !== canonical(ledger.items[at]) ? [{ at, was }] : [];
    });
    expect(older.filter(({ was }) => was['sk'] === 'record').length).toBeGreaterThan(3);
    // A head that only went out of the list of those no digest has seen may go back in: the next digest sees it again.
    const telling = older.filter(({ at, was }) => was['sk'] !== 'head' || was['seq'] !== ledger.items[at]!['seq']);
    expect(
      telling.filter(({ at, was }) => !ledger.finding({ items: new Map([[at, was]]) }).breaks.some(names(was))),
    ).toEqual([]);
  });
});

describe('a chain', () => {
  const chains = () => [
    ...Map.groupBy(
      ledger.items.flatMap((item, at) => (String(item['pk']).startsWith('ledger#') ? [{ item, at }] : [])),
      ({ item }) => subjectOf(item),
    ),
  ];
  const headOver = (head: Item, { seq, hash }: LedgerHead): Item => ({ ...head, seq, hash });

  it('cut short, its head put back to fit, is found by what its last entries told or a digest has seen', () => {
    for (const [subject, of] of chains()) {
      const [entries, head] = [of.filter(({ item }) => entryIn(item)), of.find(({ item }) => item['sk'] === 'head')!];
      const last = entryIn(entries.at(-2)?.item ?? {}) ?? NO_ENTRY;
      const after = Object.keys(entryIn(entries.at(-1)!.item)!.after);
      const seen = ledger.digests.some(({ signed }) =>
        signed!.digest.heads.some((one) => one.subject === subject && one.seq > last.seq),
      );
      if (after.length === 0 && !seen) continue;
      const items = new Map([
        [entries.at(-1)!.at, undefined],
        [head.at, last.seq === 0 ? undefined : headOver(head.item, last)],
      ]);
      const { breaks } = ledger.finding({ items });
      const elsewhere = ledger.items.some(
        (item) => entryIn(item) && subjectOf(item) !== subject && after.some((name) => name in entryIn(item)!.after),
      );
      if (!elsewhere || seen) expect(told(breaks), subject).not.toEqual([]);
    }
  });

  it('written anew as a whole, every hash fitting, is found by the digest that saw it', () => {
    let tried = 0;
    for (const [subject, of] of chains()) {
      const seen = ledger.digests.flatMap(({ signed }) =>
        signed!.digest.heads.filter((one) => one.subject === subject),
      );
      if (seen.length === 0) continue;
      let before: LedgerHead = NO_ENTRY;
      const items = new Map<number, Item>();
      for (const { item, at } of of.filter(({ item: one }) => entryIn(one))) {
        const { subject: about, act, edition, clauses, facts, at: when, by, after } = entryIn(item)!;
        const forged = entryAfter(
          before,
          {
            subject: about,
            act: before.seq === 0 ? 'something else' : act,
            ...(edition && { edition }),
            ...(clauses && { clauses }),
            ...(facts && { facts }),
          },
          when,
          by,
          after,
        );
        items.set(at, { ...item, entry: forged });
        before = forged;
      }
      const head = of.find(({ item }) => item['sk'] === 'head')!;
      items.set(head.at, headOver(head.item, before));
      const { breaks } = ledger.finding({ items });
      expect(new Set(breaks.map(({ subject: named }) => named)), subject).toEqual(new Set([subject]));
      expect(told(breaks).every((line) => line.includes('is not the one the digest of'))).toBe(true);
      tried++;
    }
    expect(tried).toBeGreaterThan(15);
  });

  it('removed as a whole is missed by the digests that saw it and by the records it told of', () => {
    for (const [subject, of] of chains()) {
      const { breaks } = ledger.finding({ items: new Map(of.map(({ at }) => [at, undefined])) });
      expect(told(breaks), subject).not.toEqual([]);
    }
  });
});

describe('every single digest', () => {
  const hourOf = (at: number) => `digest ${ledger.digests[at]!.signed!.digest.hour}`;
  const without = (at: number) => ledger.digests.toSpliced(at, 1);

  it('altered in any one place is found and named', () => {
    const missed = ledger.digests.flatMap((stored, at) =>
      alterationsOf(stored.signed as unknown as Item).flatMap(({ path, value }) => {
        const signed = signedFrom(JSON.stringify(value));
        const { breaks } = ledger.finding({ digests: ledger.digests.with(at, { ...stored, signed }) });
        return breaks.some(({ subject }) => subject === (signed ? `digest ${signed.digest.hour}` : stored.key))
          ? []
          : [`${hourOf(at)}${path}`];
      }),
    );
    expect(missed).toEqual([]);
  });

  it('removed is found and named, the last one too', () => {
    for (const at of ledger.digests.keys())
      expect(
        ledger.finding({ digests: without(at) }).breaks.map(({ subject }) => subject),
        hourOf(at),
      ).toContain(at === 0 ? hourOf(0) : hourOf(at));
  });

  it('put in another’s place is found and named', () => {
    for (const at of ledger.digests.slice(1).keys()) {
      const [one, two] = [ledger.digests[at]!, ledger.digests[at + 1]!];
      const digests = ledger.digests
        .with(at, { ...one, signed: two.signed })
        .with(at + 1, { ...two, signed: one.signed });
      const named = ledger.finding({ digests }).breaks.map(({ subject }) => subject);
      expect(named).toEqual(expect.arrayContaining([hourOf(at), hourOf(at + 1)]));
    }
  });

  it('made by somebody else, in a line of its own, is found and named', () => {
    const last = ledger.digests.at(-1)!.signed!;
    const forged = { ...last, digest: { ...last.digest, hour: '2099-01-01T00', after: last.digest.hour, heads: [] } };
    const { breaks } = ledger.finding({
      digests: [...ledger.digests, { key: 'digests/2099/01/01/00.json', signed: forged, versions: 1, hidden: false }],
    });
    expect(breaks.map(({ subject }) => subject)).toContain('digest 2099-01-01T00');
  });
});

describe('an entry', () => {
  it('hashes to its hash whatever reads it', () => {
    for (const entry of ledger.items.flatMap((item) => entryIn(item) ?? []))
      expect(hashOf(JSON.parse(JSON.stringify(entry)) as LedgerEntry)).toBe(entry.hash);
  });
});
