/**
 * The host's time, which people may move forward, and the durable timers that hang on it.
 *
 * Time runs at its usual pace plus an offset. `advanceTo` walks from timer to timer in order of due time and lets
 * the host come to rest after each, so that moving a day shows what a day would have shown. Timers are rows in the
 * journal: after a kill they fire when the host is back, once per `dueAt`, never before.
 *
 * Units: every number is milliseconds since 1970 (UTC).
 */
import type { Journal } from './journal.ts';

export interface Timer {
  /** Which handler fires it: one word per service, such as `states`, `schedule`, `lifecycle`. */
  readonly kind: string;
  readonly id: string;
  readonly dueAt: number;
  readonly payload: unknown;
}

/** Called when a timer is due. The row is already removed; do durable work before the first await. */
export type OnTimer = (timer: Timer) => void | Promise<void>;

interface TimerRow {
  kind: string;
  id: string;
  due_at: number;
  payload: string;
}

const LONGEST_SLEEP_MS = 60_000;
/** Longer than a function of ours may run from its request to its last call, and than `settled` waits. */
const WORK_UNDER_WAY_MS = 120_000;

/** How many pauses in a row, and how long, without any work count as rest. */
interface Quiet {
  readonly turns: number;
  readonly turnMs: number;
}

const SETTLED: Quiet = { turns: 2, turnMs: 15 };
/**
 * A walk rests after each of hundreds of timers, and what follows from one is begun within the process: a few turns of
 * its event loop are enough. At its beginning and its end it settles as anybody would.
 */
const BETWEEN_TIMERS: Quiet = { turns: 3, turnMs: 1 };

export class HostClock {
  readonly #journal: Journal;
  readonly #handlers = new Map<string, OnTimer>();
  /** Shared with function workers, which add it to their own Date: element 0 is the offset in ms. */
  readonly offset = new Float64Array(new SharedArrayBuffer(8));
  #busy = 0;
  #idleWaiters: (() => void)[] = [];
  #sleep: NodeJS.Timeout | undefined;
  #running = false;
  #advancing: Promise<void> = Promise.resolve();
  #moving = 0;
  #goal: number | undefined;
  /** Recent moves: when, by the machine's own time, and the offset before. */
  readonly #moves: { readonly at: number; readonly offset: number }[] = [];

  constructor(journal: Journal) {
    this.#journal = journal;
    journal.define(`
      CREATE TABLE IF NOT EXISTS clock_offset (one INTEGER PRIMARY KEY CHECK (one = 1), ms REAL NOT NULL);
      CREATE TABLE IF NOT EXISTS clock_timers (kind TEXT, id TEXT, due_at INTEGER NOT NULL, payload TEXT NOT NULL, PRIMARY KEY (kind, id));
      CREATE INDEX IF NOT EXISTS clock_timers_due ON clock_timers (due_at);`);
    this.offset[0] = journal.get<{ ms: number }>('SELECT ms FROM clock_offset')?.ms ?? 0;
  }

  /** Where a move under way leads to, so that what repeats often can be thinned out; undefined at the usual pace. */
  get movingTo(): number | undefined {
    return this.#goal;
  }

  now(): number {
    return Math.floor(Date.now() + this.offset[0]!);
  }

  /** Names who fires timers of a kind. Call before `start`. */
  on(kind: string, handler: OnTimer): void {
    this.#handlers.set(kind, handler);
  }

  /** Sets or moves a timer. Joins the journal transaction it is called in. */
  set(timer: Timer): void {
    this.#journal.run(
      'INSERT INTO clock_timers VALUES (?, ?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET due_at = excluded.due_at, payload = excluded.payload',
      timer.kind,
      timer.id,
      Math.ceil(timer.dueAt),
      JSON.stringify(timer.payload ?? null),
    );
    this.#wake();
  }

  clear(kind: string, id: string): void {
    this.#journal.run('DELETE FROM clock_timers WHERE kind = ? AND id = ?', kind, id);
  }

  /** Begins to fire timers; those missed while the host was down fire first, in order. */
  start(): void {
    this.#running = true;
    this.#wake();
  }

  stop(): void {
    this.#running = false;
    clearTimeout(this.#sleep);
  }

  /** Says that work is going on until the returned function is called; `settled` and `advanceTo` wait for it. */
  begin(): () => void {
    this.#busy++;
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      if (--this.#busy === 0) for (const waiter of this.#idleWaiters.splice(0)) waiter();
    };
  }

  /** Resolves once no work has been going on for two turns of a short pause (so that follow-on work is counted). */
  settled(patienceMs = 60_000): Promise<void> {
    return this.#quiet(SETTLED, patienceMs);
  }

  async #quiet({ turns, turnMs }: Quiet, patienceMs = 60_000): Promise<void> {
    const until = Date.now() + patienceMs;
    for (let quiet = 0; quiet < turns;) {
      if (this.#busy > 0) {
        quiet = 0;
        if (Date.now() > until) return;
        await Promise.race([new Promise<void>((resolve) => this.#idleWaiters.push(resolve)), pause(1_000)]);
      } else {
        quiet++;
        await pause(turnMs);
      }
    }
  }

  /** Moves time forward to an instant, firing all that falls due on the way. Refuses to go back. */
  advanceTo(instant: number): Promise<void> {
    const moved = this.#advancing.then(async () => {
      if (instant < this.now())
        throw new Error(
          `the clock moves forward only: asked for ${new Date(instant).toISOString()}, it is ${new Date(this.now()).toISOString()}`,
        );
      this.#moving++;
      this.#goal = instant;
      try {
        await this.settled();
        for (;;) {
          const next = this.#next();
          if (!next || next.due_at > instant) break;
          if (next.due_at > this.now()) this.#shift(next.due_at);
          await this.#fire(next);
          await this.#quiet(BETWEEN_TIMERS);
        }
        if (instant > this.now()) this.#shift(instant);
        await this.settled();
      } finally {
        this.#moving--;
        this.#goal = undefined;
        this.#wake();
      }
    });
    this.#advancing = moved.catch(() => undefined);
    return moved;
  }

  advance(ms: number): Promise<void> {
    return this.advanceTo(this.now() + ms);
  }

  /** How far time was moved within the last two minutes of the machine's own: work begun before that may still be under way. */
  justMovedMs(): number {
    const since = performance.now() - WORK_UNDER_WAY_MS;
    while (this.#moves[0] && this.#moves[0].at < since) this.#moves.shift();
    return this.#moves[0] ? this.offset[0]! - this.#moves[0].offset : 0;
  }

  #shift(instant: number): void {
    this.#moves.push({ at: performance.now(), offset: this.offset[0]! });
    this.justMovedMs();
    this.offset[0] = this.offset[0]! + (instant - this.now());
    this.#journal.run(
      'INSERT INTO clock_offset VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET ms = excluded.ms',
      this.offset[0],
    );
  }

  #next(): TimerRow | undefined {
    return this.#journal.get<TimerRow>('SELECT * FROM clock_timers ORDER BY due_at, kind, id LIMIT 1');
  }

  async #fire(row: TimerRow): Promise<void> {
    const handler = this.#handlers.get(row.kind);
    const done = this.begin();
    try {
      const taken = this.#journal.run(
        'DELETE FROM clock_timers WHERE kind = ? AND id = ? AND due_at = ?',
        row.kind,
        row.id,
        row.due_at,
      );
      if (taken === 0) return;
      if (!handler) throw new Error(`no one fires timers of kind ${row.kind}`);
      await handler({ kind: row.kind, id: row.id, dueAt: row.due_at, payload: JSON.parse(row.payload) });
    } catch (error) {
      console.error(`timer ${row.kind} ${row.id} failed:`, error);
    } finally {
      done();
    }
  }

  #wake(): void {
    if (!this.#running || this.#moving > 0) return;
    clearTimeout(this.#sleep);
    const next = this.#next();
    const wait = next ? Math.min(Math.max(0, next.due_at - this.now()), LONGEST_SLEEP_MS) : LONGEST_SLEEP_MS;
    this.#sleep = setTimeout(() => void this.#tick(), wait);
    this.#sleep.unref();
  }

  async #tick(): Promise<void> {
    for (
      let row = this.#next();
      row && row.due_at <= this.now() && this.#running && this.#moving === 0;
      row = this.#next()
    ) {
      // Not awaited to the end of its consequences: a timer's handler starts work and returns.
      await this.#fire(row);
    }
    this.#wake();
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
