/**
 * Schedules on the host's clock: one durable timer each, set to its next occurrence.
 *
 * What was missed while the host was down is made up for once, by the latest missed occurrence. When the clock is moved
 * far, a schedule with many occurrences on the way keeps to about 400, evenly spread, and in a move of more than 60 days
 * to about 60, and always the last before the goal, so that half a century passes in a minute or two. The scheduled time
 * sent is always a true one, and other timers (a wait of a state machine, a lock's end) fire at theirs.
 */
import { randomUUID } from 'node:crypto';
import type { Host } from '../contract.ts';
import type { deliveries, Delivery } from './deliver.ts';
import { occurrencesOf, type Occurrences, type Timing } from './occurrences.ts';
import type { Target } from './target.ts';

export interface Schedule {
  /** `schedule/<group>/<name>` or `rule/<bus>/<name>`. */
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly timing: Timing;
  readonly enabled: boolean;
  readonly targets: readonly Target[];
  /** When it was made; rates count from here. */
  readonly createdAt: number;
  readonly changedAt: number;
  readonly fromTemplate: boolean;
  readonly deleteWhenDone: boolean;
  readonly description: string | null;
}

const DAY_MS = 86_400_000;
/** What a schedule keeps of its occurrences in one move, by the length of the move. */
const LONG_MOVE_MS = 60 * DAY_MS;
const MOST_IN_A_MOVE = { short: 400, long: 60 };

export function schedules(host: Host, outgoing: ReturnType<typeof deliveries>) {
  const { journal, clock } = host;
  journal.define(
    'CREATE TABLE IF NOT EXISTS events_schedules (id TEXT PRIMARY KEY, schedule TEXT NOT NULL, fired INTEGER)',
  );
  let move: { readonly goal: number; readonly gap: number } | undefined;

  const get = (id: string): Schedule | undefined => {
    const row = journal.get<{ schedule: string }>('SELECT schedule FROM events_schedules WHERE id = ?', id);
    return row && (JSON.parse(row.schedule) as Schedule);
  };
  const occurrences = (schedule: Schedule): Occurrences => occurrencesOf(schedule.timing, schedule.createdAt);

  clock.on('schedule', ({ id, dueAt }) => {
    const schedule = get(id);
    if (!schedule?.enabled) return;
    const all = occurrences(schedule);
    const occurrence = Math.max(all.upTo(clock.now()) ?? dueAt, dueAt);
    const sent = journal.transaction(() => {
      journal.run('UPDATE events_schedules SET fired = ? WHERE id = ?', occurrence, id);
      const next = nextOf(all, occurrence);
      if (next !== undefined) clock.set({ kind: 'schedule', id, dueAt: next, payload: null });
      else if (schedule.deleteWhenDone) journal.run('DELETE FROM events_schedules WHERE id = ?', id);
      return outgoing.record(
        schedule.targets.map((target, index) => deliveryOf(host, schedule, target, index, occurrence)),
      );
    });
    outgoing.send(sent);
  });

  function nextOf(all: Occurrences, occurrence: number): number | undefined {
    const next = all.after(occurrence);
    const goal = clock.movingTo;
    if (next === undefined || goal === undefined) return next;
    if (move?.goal !== goal) move = { goal, gap: gapIn(goal - clock.now()) };
    if (next > goal || next - occurrence >= move.gap) return next;
    const last = all.upTo(goal)!;
    return Math.min(all.after(occurrence + move.gap - 1) ?? last, last);
  }

  return {
    get,
    list: (prefix: string): Schedule[] =>
      journal
        .all<{ schedule: string }>(
          'SELECT schedule FROM events_schedules WHERE id >= ? AND id < ? ORDER BY id',
          prefix,
          `${prefix}\u{10ffff}`,
        )
        .map((row) => JSON.parse(row.schedule) as Schedule),
    /** Makes or changes a schedule. One whose times did not change keeps its timer, and so what it missed. Throws ValidationException. */
    put(given: Omit<Schedule, 'createdAt' | 'changedAt'>): void {
      const before = get(given.id);
      const now = clock.now();
      const schedule: Schedule = { ...given, createdAt: before?.createdAt ?? now, changedAt: now };
      const same =
        before !== undefined &&
        JSON.stringify([before.timing, before.enabled]) === JSON.stringify([schedule.timing, schedule.enabled]);
      // A new schedule's rate counts its making as the first occurrence; a rule's first is one period later.
      const next = schedule.enabled
        ? occurrences(schedule).after(before || isRule(schedule) ? now : now - 1)
        : undefined;
      journal.transaction(() => {
        journal.run(
          'INSERT INTO events_schedules (id, schedule) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET schedule = excluded.schedule',
          schedule.id,
          JSON.stringify(schedule),
        );
        if (same) return;
        if (next === undefined) clock.clear('schedule', schedule.id);
        else clock.set({ kind: 'schedule', id: schedule.id, dueAt: next, payload: null });
      });
    },
    /** Sets timers that are missing: a kill may fall between a timer's end and the writing of what it sends. */
    restore(): void {
      const rows = journal.all<{ schedule: string; fired: number | null }>(
        `SELECT schedule, fired FROM events_schedules WHERE id NOT IN (SELECT id FROM clock_timers WHERE kind = 'schedule')`,
      );
      for (const { schedule: text, fired } of rows) {
        const schedule = JSON.parse(text) as Schedule;
        const due = schedule.enabled
          ? occurrences(schedule).after(fired ?? schedule.changedAt - (isRule(schedule) ? 0 : 1))
          : undefined;
        if (due !== undefined) clock.set({ kind: 'schedule', id: schedule.id, dueAt: due, payload: null });
      }
    },
    remove(id: string): void {
      journal.transaction(() => {
        journal.run('DELETE FROM events_schedules WHERE id = ?', id);
        clock.clear('schedule', id);
      });
    },
  };
}

/** How far apart kept occurrences are in a move of this length. */
const gapIn = (moveMs: number): number => moveMs / (moveMs > LONG_MOVE_MS ? MOST_IN_A_MOVE.long : MOST_IN_A_MOVE.short);

function deliveryOf(host: Host, schedule: Schedule, target: Target, index: number, occurrence: number): Delivery {
  const time = new Date(occurrence).toISOString().replace(/\.\d+Z$/, 'Z');
  const id = randomUUID();
  const standard = {
    version: '0',
    id,
    'detail-type': 'Scheduled Event',
    source: isRule(schedule) ? 'aws.events' : 'aws.scheduler',
    account: host.account,
    time,
    region: host.region,
    resources: [schedule.arn],
    detail: isRule(schedule) ? {} : '{}',
  };
  const attributes: Readonly<Record<string, string>> = {
    'schedule-arn': schedule.arn,
    'scheduled-time': time,
    'execution-id': id,
    'attempt-number': '1',
  };
  const input = (target.Input ?? JSON.stringify(standard)).replaceAll(
    /<aws\.scheduler\.([\w-]+)>/g,
    (all, name: string) => attributes[name] ?? all,
  );
  return {
    from: schedule.arn,
    service: isRule(schedule) ? 'events.amazonaws.com' : 'scheduler.amazonaws.com',
    target,
    input,
    name: executionName(schedule.name, time.replaceAll(/[-:]/g, ''), index === 0 ? '' : `-${index}`),
  };
}

const isRule = ({ id }: Pick<Schedule, 'id'>): boolean => id.startsWith('rule/');

/** At most 80 characters, of those Step Functions allows; what tells occurrences apart is kept whole. */
export function executionName(name: string, occurrence: string, more = ''): string {
  const end = `-${occurrence}${more}`.replaceAll(/[^\w-]/g, '-');
  return name.replaceAll(/[^\w-]/g, '-').slice(0, 80 - end.length) + end;
}
