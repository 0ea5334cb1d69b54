/**
 * A hold placed a moment before destruction wins, and one placed a moment after is told what was gone: never both, never
 * neither. A thousand holds, of every scope, are each raced on a real table against the transaction that destroys a record
 * they take in, some of them killed between the two transactions of a destruction, or cut off right after the hold's own.
 *
 * Who begins first is set by who won before, so that the two meet where it is closest.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HoldScope } from '../../../functions/hold/contract.ts';
import { instantOf } from '../../../policies/instant.ts';
import type { Keeping } from '../../../policies/retention.ts';
import { calendarDate } from '../../../policies/calendar-date.ts';
import type { RetentionCard } from '../../../functions/retention/contract.ts';
import { startTable, type TestTable } from '../../records-table.ts';
import { holdWorldOn, type HoldWorld } from './hold-world.ts';
import { RaceWorld, type Round } from './race-world.ts';

const ROUNDS = 1_000;
/** Each on a table of its own, so that no race waits for another. */
const LANES = 2;
/** Races prepared together; after them the fence is cleared, as the ends of their recalculations would. */
const AT_ONCE = 12;

const DUE: Keeping = {
  kind: 'until',
  date: calendarDate('2025-07-01'),
  classId: 'misdemeanor',
  scheduleId: 'test-schedule',
  approved: true,
  disposeBy: calendarDate('2026-01-01'),
  why: [],
};

let tables: readonly TestTable[] = [];
let lanes: readonly RaceWorld[] = [];
beforeAll(async () => {
  tables = await Promise.all(Array.from({ length: LANES }, startTable));
  lanes = await Promise.all(tables.map(async ({ records }) => new RaceWorld(await holdWorldOn(records))));
});
afterAll(async () => {
  await Promise.all(tables.map((table) => table.stop()));
});

const SCOPES = ['records', 'cases', 'matching'] as const;
type Won = 'hold' | 'destruction';

const scopeOf = (kind: (typeof SCOPES)[number], id: string): HoldScope =>
  kind === 'records'
    ? { kind, ids: [id] }
    : kind === 'cases'
      ? { kind, caseNumbers: [`C-${id}`] }
      : { kind, matching: { technology: 'portable-electronic-device', deviceId: `device-${id}` } };

type Results = (readonly [kind: string, won: Won])[];

async function raceIn(lane: RaceWorld, first: number): Promise<Results> {
  const { world } = lane;
  const signatures = await lane.signatures();
  const results: Results = [];
  await lane.prepared({ cards: [], cases: [world.caseOf('C-shared', world.closing())] });
  // How much later the destruction begins, for each kind of race: moved towards where neither is sure to win.
  const later = new Map<string, number>();
  const places = Array.from({ length: Math.ceil((ROUNDS - first) / LANES) }, (_, number) => first + number * LANES);
  for (let from = 0; from < places.length; from += AT_ONCE) {
    const rounds = places.slice(from, from + AT_ONCE).map((place, at) => roundOf(place, from + at));
    const batches = new Map(rounds.map(({ id }) => [id, lane.batchOf(`B-${id}`, signatures)]));
    await lane.prepared({
      cards: rounds.map((round) => cardIn(world, round)),
      cases: rounds.flatMap(({ id, scope }) =>
        scope.kind === 'cases' ? [world.caseOf(`C-${id}`, world.closing())] : [],
      ),
      // A hold by what it matches finds what was gone by its batch.
      batches: rounds.flatMap(({ id, scope }) => (scope.kind === 'matching' ? [batches.get(id)!] : [])),
    });
    for (const round of rounds) {
      const { id, scope } = round;
      const { card, hold } = await lane.raced({ ...round, later: later.get(scope.kind) ?? 0 }, batches.get(id)!);
      const kept = card.state === 'kept';
      const named = hold.gone?.named.find((one) => one.id === id);
      expect([id, scope.kind, card.state, named !== undefined]).toEqual([
        id,
        scope.kind,
        kept ? 'kept' : 'destroyed',
        !kept,
      ]);
      // Only what was on record before the hold is gone: its destruction is no later.
      if (named) expect(named.at <= hold.placedAt).toBe(true);
      results.push([scope.kind, kept ? 'hold' : 'destruction']);
      later.set(scope.kind, (later.get(scope.kind) ?? 0) + (kept ? -1 : 1) * (1 + 2 * (results.length % 5)));
    }
    await lane.clearFence();
    // Batches that ended some hours ago are no longer looked through.
    world.later(2);
  }
  return results;
}

function roundOf(place: number, number: number): Round {
  const id = `P-${place}`;
  return {
    id,
    scope: scopeOf(SCOPES[number % 3]!, id),
    file: number % 2 === 0,
    killed: number % 4 === 0,
    cutOff: number % 7 === 0,
    later: 0,
  };
}

const cardIn = (world: HoldWorld, { id, scope, file }: Round): RetentionCard =>
  world.cardOf(id, {
    state: 'proposed',
    // A hold on a case changes the case; other races share one.
    caseNumbers: [scope.kind === 'cases' ? `C-${id}` : 'C-shared'],
    capturedAt: instantOf('2020-03-02T15:00:00Z'),
    deviceId: `device-${id}`,
    dispositionId: `B-${id}`,
    keeping: DUE,
    files: file ? [{ key: `kept/${id}`, versionId: '1', sha256: 'c'.repeat(64), bytes: 1 }] : [],
  });

describe('a hold against the destruction of what it takes in', () => {
  it(
    `house-hold-wins: placed ${ROUNDS} times in the same moment, either wins or names the record as gone`,
    { timeout: 240_000 },
    async () => {
      const results = (await Promise.all(lanes.map(raceIn))).flat();
      expect(results).toHaveLength(ROUNDS);
      for (const kind of SCOPES)
        for (const won of ['hold', 'destruction'] as const) {
          const times = results.filter((one) => one[0] === kind && one[1] === won).length;
          // Else it was no race.
          expect([kind, won, times > ROUNDS / 30]).toEqual([kind, won, true]);
        }
    },
  );
});
