/**
 * Many holds and releases, cases that close and open again, dates worked out in parts or not yet, and attempts to destroy,
 * in any order. A record under any hold that binds never leaves, and once every date is whole it has none; after the last
 * release its day is the latest of what the schedule says, a year after each legal action, and the lock of the store.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closeCase } from '../../../functions/case/close-case.ts';
import { cases } from '../../../functions/case/contract.ts';
import { reopenCase } from '../../../functions/case/reopen-case.ts';
import type { Disposition } from '../../../functions/disposition/contract.ts';
import { destroyRecord } from '../../../functions/disposition/destroy-record.ts';
import { hashOfRecord } from '../../../functions/disposition/empty-record.ts';
import { standingIn } from '../../../functions/disposition/standing.ts';
import { takesIn, type Hold, type HoldKind, type HoldScope } from '../../../functions/hold/contract.ts';
import { put } from '../../../functions/records/change.ts';
import {
  recalculationOwed,
  retentionCards,
  type Recalculation,
  type RetentionCard,
} from '../../../functions/retention/contract.ts';
import { recalculationStep } from '../../../functions/retention/recalculation-step.ts';
import { anniversary, type CalendarDate } from '../../../policies/calendar-date.ts';
import { instantOf, nyDate } from '../../../policies/instant.ts';
import { recordsInMemory, type RecordsInMemory } from '../../records-in-memory.ts';
import { HoldWorld, holdWorldOn } from './hold-world.ts';
import { RaceWorld } from './race-world.ts';

const CASES = ['C-1', 'C-2'] as const;
const CARDS: Readonly<Record<string, readonly string[]>> = { 'P-1': ['C-1'], 'P-2': ['C-2'], 'P-3': ['C-1', 'C-2'] };
const IDS = Object.keys(CARDS);
const SYSTEM = { system: 'case-management' };
const YEARS = 5; // A misdemeanor is kept five years from the closing of its case.

type Command =
  | { readonly does: 'place'; readonly kind: HoldKind; readonly scope: HoldScope }
  | { readonly does: 'release'; readonly which: number }
  | { readonly does: 'close' | 'reopen'; readonly caseNumber: string }
  | { readonly does: 'work-out'; readonly which: number; readonly cards: number }
  | { readonly does: 'destroy'; readonly id: string }
  | { readonly does: 'wait'; readonly days: number };

const scope: fc.Arbitrary<HoldScope> = fc.oneof(
  fc.subarray(IDS, { minLength: 1 }).map((ids) => ({ kind: 'records' as const, ids })),
  fc.subarray([...CASES, 'C-none'], { minLength: 1 }).map((caseNumbers) => ({ kind: 'cases' as const, caseNumbers })),
  fc.constantFrom('device-1', 'device-2').map((deviceId) => ({ kind: 'matching' as const, matching: { deviceId } })),
);
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('place'),
      kind: fc.constantFrom<HoldKind>('litigation', 'discovery', 'foil', 'audit', 'investigation'),
      scope,
    }),
  },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('release'), which: fc.nat(5) }) },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constantFrom('close', 'reopen'), caseNumber: fc.constantFrom(...CASES) }),
  },
  { weight: 5, arbitrary: fc.record({ does: fc.constant('work-out'), which: fc.nat(3), cards: fc.nat(4) }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('destroy'), id: fc.constantFrom(...IDS) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('wait'), days: fc.constantFrom(1, 40, 200, 370, 2000) }) },
) as fc.Arbitrary<Command>;

/** What is kept at the beginning of every sequence: nothing ever changes it. */
const beginning = (async () => {
  const records = recordsInMemory();
  const world = await holdWorldOn(records);
  for (const caseNumber of CASES) await world.caseClosed(caseNumber);
  for (const [place, [id, caseNumbers]] of Object.entries(CARDS).entries())
    await world.kept(id, {
      caseNumbers,
      deviceId: `device-${(place % 2) + 1}`,
      capturedAt: instantOf('2020-03-02T15:00:00Z'),
    });
  const owed = recalculationOwed({
    cause: 'record-linked',
    scope: { kind: 'cards', ids: IDS },
    subject: 'retention#P-1',
    by: 'test',
    at: world.now,
    newId: (prefix) => `${prefix}-first`,
  });
  await records.write({
    at: world.now,
    by: { kind: 'system', id: 'test' },
    puts: owed.puts,
    tells: [{ subject: 'retention#P-1', act: 'record linked' }],
  });
  const race = new RaceWorld(world);
  const batch = race.batchOf('B-1', await race.signatures());
  return { items: records.items(), batch };
})();

/** Everything by real acts on records in memory, and a witness that knows only which holds were placed and released. */
class Sequence {
  readonly world: HoldWorld;
  readonly records: RecordsInMemory;
  readonly batch: Disposition;
  readonly placed: Hold[] = [];
  readonly released = new Map<string, CalendarDate>();
  readonly files = new Map<string, readonly string[]>();
  #next = 0;

  constructor(records: RecordsInMemory, batch: Disposition) {
    this.records = records;
    this.world = new HoldWorld(records);
    this.batch = batch;
  }

  get needs() {
    return { ...this.world.needs, newId: (prefix: string) => `${prefix}-${++this.#next}` };
  }

  get #recalculating() {
    return {
      records: this.records,
      now: () => this.world.now,
      files: {
        bucket: 'files',
        head: async (key: string) => (this.files.has(key) ? ({ key } as never) : undefined),
        put: async (key: string, ids: unknown) => {
          this.files.set(key, ids as readonly string[]);
          return { key, versionId: '1', sha256: '', bytes: 0 };
        },
        setLegalHold: async () => undefined,
        retainUntil: async (_: unknown, until: never) => until,
        tag: async () => undefined,
      } as never,
    };
  }

  owed(): readonly Recalculation[] {
    return this.records
      .items()
      .filter(({ noun }) => noun === 'recalculation')
      .map(({ record }) => record as Recalculation)
      .filter(({ state }) => state === 'owed' || state === 'running')
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** As the workflow does; `cards` says how many batches are done before it is cut off. */
  async workOut({ id: recalculationId }: Recalculation, cards = Infinity): Promise<void> {
    const needs = this.#recalculating;
    const step = (given: object) => recalculationStep(needs, { recalculationId, ...given } as never);
    const fetched = (await step({ step: 'fetch' })) as { readonly kind: string; readonly key?: string };
    const ids = fetched.key ? this.files.get(fetched.key)! : [];
    for (const one of ids.slice(0, cards)) await step({ step: 'dates', ids: [one] });
    if (cards >= ids.length) await step({ step: 'settle' });
  }

  binding(card: RetentionCard): readonly Hold[] {
    return this.placed.filter(({ id, scope: taken }) => !this.released.has(id) && takesIn(taken, card));
  }

  async do(one: Command): Promise<void> {
    const { world } = this;
    switch (one.does) {
      case 'wait':
        return world.later(one.days * 24);
      case 'place':
        return void this.placed.push(await world.placed(one.scope, { kind: one.kind }));
      case 'release': {
        const open = this.placed.filter(({ id }) => !this.released.has(id));
        const hold = open[one.which % Math.max(1, open.length)];
        if (!hold) return;
        const endedOn = nyDate(world.now);
        const answer = await world.released(hold.id, { endedOn });
        expect(answer.kind).toBe('done');
        return void this.released.set(hold.id, endedOn);
      }
      case 'close':
        return void (await closeCase(
          this.needs,
          { caseNumber: one.caseNumber, on: nyDate(world.now), ground: 'appeals-exhausted' },
          SYSTEM,
        ));
      case 'reopen':
        return void (await reopenCase(
          this.needs,
          { caseNumber: one.caseNumber, reason: `A second look at ${world.now}` },
          SYSTEM,
        ));
      case 'work-out': {
        const owed = this.owed();
        const which = owed[one.which % Math.max(1, owed.length)];
        return which && this.workOut(which, one.cards);
      }
      case 'destroy':
        return this.destroy(one.id);
    }
  }

  /** Proposed as the daily run does where a date has come, and then destroyed if it may be. */
  async destroy(id: string): Promise<void> {
    const card = await this.world.card(id);
    if (card.state === 'destroyed') return;
    const bound = this.binding(card);
    await this.records.write({
      at: this.world.now,
      by: { kind: 'system', id: 'test' },
      puts: [put(retentionCards, { ...card, state: 'proposed', dispositionId: this.batch.id })],
      tells: [{ subject: `retention#${id}`, act: 'record proposed' }],
    });
    const needs = { records: this.records, now: () => this.world.now, files: {} as never };
    const listed = { id, sha256: hashOfRecord(card) };
    const fate = await destroyRecord(needs, standingIn(this.records), this.batch, listed);
    if (bound.length > 0) expect([id, bound[0]!.id, fate]).toEqual([id, bound[0]!.id, 'left-out']);
  }

  /** What a card's day has to be, from closings, releases and locks alone. */
  async dayOf(card: RetentionCard): Promise<CalendarDate | undefined> {
    if (this.binding(card).length > 0) return undefined;
    const days: CalendarDate[] = [];
    for (const caseNumber of card.caseNumbers) {
      const one = (await this.records.get(cases, caseNumber))!;
      if (one.state !== 'closed') return undefined;
      days.push(anniversary(one.closed!.on, YEARS));
    }
    for (const { id, kind, scope: taken } of this.placed)
      if ((kind === 'litigation' || kind === 'discovery') && takesIn(taken, card))
        days.push(anniversary(this.released.get(id)!, 1));
    if (card.lock.retainUntil) days.push(nyDate(card.lock.retainUntil));
    return days.toSorted().at(-1);
  }
}

const begun = async (): Promise<Sequence> => {
  const { items, batch } = await beginning;
  return new Sequence(recordsInMemory(undefined, items), batch);
};

describe('holds in any order', () => {
  it(
    'house-hold-wins, nysa-legal-action: bind while they bind, and leave the latest day',
    { timeout: 120_000 },
    async () => {
      const seen = { left: 0, dated: 0, held: 0, longer: 0 };
      await fc.assert(
        fc.asyncProperty(fc.array(command, { minLength: 5, maxLength: 30 }), async (commands) => {
          const sequence = await begun();
          for (const one of commands) await sequence.do(one);
          // Whatever was cut off is started again, until nothing is owed.
          for (let owed = sequence.owed(); owed.length > 0; owed = sequence.owed())
            for (const one of owed) await sequence.workOut(one);
          for (const id of IDS) {
            const card = await sequence.world.card(id);
            if (card.state === 'destroyed') {
              seen.left += 1;
              continue;
            }
            const day = await sequence.dayOf(card);
            const { keeping } = card;
            expect([id, keeping.kind === 'until' ? keeping.date : undefined]).toEqual([id, day]);
            if (!day) seen.held += 1;
            else seen.dated += 1;
            if (keeping.kind === 'until' && keeping.why.some(({ clause }) => clause === 'nysa-legal-action'))
              seen.longer += 1;
            await sequence.destroy(id);
          }
          for (const { id } of sequence.placed)
            expect((await sequence.world.hold(id)).state).toBe(sequence.released.has(id) ? 'released' : 'placed');
        }),
        { numRuns: 150, seed: 4 },
      );
      // Else the sequences never came to what they are to prove.
      for (const [what, times] of Object.entries(seen)) expect([what, times > 5]).toEqual([what, true]);
    },
  );

  it('bind a record whose files were going when it was placed, where the store keeps one', async () => {
    const sequence = await begun();
    const { world, batch } = sequence;
    for (const one of sequence.owed()) await sequence.workOut(one);
    const file = { key: 'kept/P-9', versionId: '1', sha256: 'c'.repeat(64), bytes: 1 };
    const card = await world.kept('P-9', {
      caseNumbers: ['C-1'],
      state: 'proposed',
      dispositionId: batch.id,
      files: [file],
    });
    const store = (answer: () => unknown) => ({
      records: sequence.records,
      now: () => world.now,
      files: { versionsUnder: async () => ({ versions: [file] }), deleteVersion: async () => answer() } as never,
    });
    const destroy = (answer: () => unknown) =>
      destroyRecord(store(answer), standingIn(sequence.records), batch, { id: 'P-9', sha256: hashOfRecord(card) });
    await expect(destroy(() => Promise.reject(new Error('killed')))).rejects.toThrow('killed');
    const hold = await world.placed({ kind: 'records', ids: ['P-9'] });
    expect(hold.gone?.named).toMatchObject([{ id: 'P-9' }]);
    for (const one of sequence.owed()) await sequence.workOut(one);
    expect(await destroy(() => ({ kind: 'locked', legalHold: true }))).toBe('left-out');
    for (const one of sequence.owed()) await sequence.workOut(one);
    expect(await world.card('P-9')).toMatchObject({ state: 'kept', holdIds: [hold.id], keeping: { kind: 'keep' } });
  });
});
