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
import { startTable, type TestTable } from '../../records-table.ts';
import { holdWorldOn } from './hold-world.ts';
import { RaceWorld, type Round } from './race-world.ts';

const ROUNDS = 1_000;
/** Each on a table of its own, so that no race waits for another. */
const LANES = 2;
/** As the end of its recalculation would, after this many races, so that the fence stays as short as it is in use. */
const CLEARED_EVERY = 8;

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

async function raceIn(lane: RaceWorld, first: number): Promise<readonly (readonly [string, Won])[]> {
  const { world } = lane;
  const signatures = await lane.signatures();
  const shared = await lane.batch('B-shared', signatures, []);
  await world.caseClosed('C-shared');
  const results: (readonly [string, Won])[] = [];
  // How much later the destruction begins, for each kind of race: moved towards where neither is sure to win.
  const later = new Map<string, number>();
  for (let place = first; place < ROUNDS; place += LANES) {
    const number = (place - first) / LANES;
    const kind = SCOPES[number % 3]!;
    const id = `P-${place}`;
    const round: Round = {
      id,
      scope: scopeOf(kind, id),
      file: number % 2 === 0,
      killed: number % 4 === 0,
      cutOff: number % 7 === 0,
      later: later.get(kind) ?? 0,
    };
    // A hold on a case changes the case; other races share one.
    const caseNumber = kind === 'cases' ? `C-${id}` : 'C-shared';
    if (kind === 'cases') await world.caseClosed(caseNumber);
    await world.kept(id, {
      state: 'proposed',
      caseNumbers: [caseNumber],
      capturedAt: instantOf('2020-03-02T15:00:00Z'),
      deviceId: `device-${id}`,
      dispositionId: kind === 'matching' ? `B-${id}` : shared.id,
      keeping: DUE,
      files: round.file ? [{ key: `kept/${id}`, versionId: '1', sha256: 'c'.repeat(64), bytes: 1 }] : [],
    });
    // A hold by what it matches finds what was gone by its batch.
    const batch = kind === 'matching' ? await lane.batch(`B-${id}`, signatures, [id]) : shared;
    const { card, hold } = await lane.raced(round, batch);

    const kept = card.state === 'kept';
    const named = hold.gone?.named.some((one) => one.id === id) ?? false;
    expect([id, kind, card.state, named]).toEqual([id, kind, kept ? 'kept' : 'destroyed', !kept]);
    // Only what was on record before the hold is gone: its day of destruction is one the hold can name.
    if (!kept) expect(hold.gone!.named[0]!.at <= hold.placedAt).toBe(true);
    results.push([kind, kept ? 'hold' : 'destruction']);
    later.set(kind, (later.get(kind) ?? 0) + (kept ? -1 : 1) * (1 + 2 * (place % 5)));
    if (number % CLEARED_EVERY === 0) await lane.clearFence();
    if (batch !== shared) await lane.ended(batch);
  }
  return results;
}

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
