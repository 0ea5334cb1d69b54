/**
 * One execution in memory, and the only way it reaches the journal.
 *
 * A transition changes strands and adds events in memory, synchronously, and then `commit` writes them, their
 * timers and the end of the execution in one transaction. Nothing else begins in between.
 */
import type { Host } from '../../contract.ts';
import { programsOf, type Failure, type Json, type Program, type State } from '../language.ts';
import type { ExecutionRow, ExecutionStatus, RevisionRow, Store } from '../store.ts';
import { newStrand, type Due, type Strand } from './strand.ts';

/** The kind of the runner's timers in the host's clock. */
export const TIMER_KIND = 'states';

/** The first strand of every execution. */
const MAIN = 1;

/** The service ends an execution that would have more events than this. */
const MOST_EVENTS = 25_000;

export interface TimerPayload {
  readonly execution: number;
  /** Absent for the time limit of the whole execution. */
  readonly strand?: number;
  readonly due: Due | 'limit';
}

export interface Ending {
  readonly status: Exclude<ExecutionStatus, 'RUNNING'>;
  readonly output?: string;
  readonly failure?: Failure;
}

interface PendingEvent {
  readonly id: number;
  readonly previous: number;
  readonly type: string;
  readonly details: string | null;
}

export class Run {
  readonly row: ExecutionRow;
  readonly revision: RevisionRow;
  readonly program: Program;
  readonly strands = new Map<number, Strand>();
  /** The items of each Map in progress, by strand. */
  readonly items = new Map<number, readonly Json[]>();
  ending: Ending | undefined;
  readonly #host: Host;
  readonly #store: Store;
  #lastEvent = 0;
  #lastStrand = 0;
  #events: PendingEvent[] = [];
  readonly #changed = new Set<Strand>();
  readonly #newItems = new Set<number>();
  #dropped: number[] = [];
  #timers: { readonly id: string; readonly dueAt?: number; readonly payload?: TimerPayload }[] = [];
  #ready: Strand[] = [];
  #orphans: string[] = [];

  constructor(host: Host, store: Store, row: ExecutionRow, revision: RevisionRow, program: Program) {
    this.#host = host;
    this.#store = store;
    this.row = row;
    this.revision = revision;
    this.program = program;
    this.#lastEvent =
      store.journal.get<{ last: number | null }>(
        'SELECT MAX(id) AS last FROM states_events WHERE execution = ?',
        row.id,
      )?.last ?? 0;
    for (const { strand } of store.journal.all<{ strand: string }>(
      'SELECT strand FROM states_strands WHERE execution = ? ORDER BY id',
      row.id,
    )) {
      const read = JSON.parse(strand) as Strand;
      this.strands.set(read.id, read);
      this.#lastStrand = Math.max(this.#lastStrand, read.id);
    }
    for (const [strand, items] of store.itemsOf(row.id)) this.items.set(strand, items);
  }

  get live(): boolean {
    return this.ending === undefined;
  }

  /** The strand that is the execution itself. */
  get main(): Strand {
    return this.strands.get(MAIN)!;
  }

  programOf(strand: Strand): Program {
    if (strand.parent === undefined) return this.program;
    const programs = programsOf(this.stateOf(this.strands.get(strand.parent)!));
    return programs[strand.index] ?? programs[0]!;
  }

  stateOf(strand: Strand): State {
    return this.programOf(strand).States[strand.state]!;
  }

  /** What a strand's expressions can name: its own variables over those around it. */
  variablesOf(strand: Strand): Record<string, Json> {
    const parent = strand.parent === undefined ? undefined : this.strands.get(strand.parent);
    return parent ? { ...this.variablesOf(parent), ...strand.variables } : strand.variables;
  }

  childrenOf(strand: Strand): Strand[] {
    return [...this.strands.values()].filter(({ parent }) => parent === strand.id);
  }

  newStrand(
    state: string,
    input: string,
    previous: number,
    place: Pick<Strand, 'parent' | 'index' | 'item' | 'silent'>,
  ): Strand {
    const strand = newStrand(++this.#lastStrand, state, input, previous, place);
    this.strands.set(strand.id, strand);
    this.change(strand);
    return strand;
  }

  change(strand: Strand): void {
    this.#changed.add(strand);
  }

  setItems(strand: Strand, items: readonly Json[]): void {
    this.items.set(strand.id, items);
    this.#newItems.add(strand.id);
    this.change(strand);
  }

  /** Forgets a strand and its timers. Its children are to be dropped first. */
  drop(strand: Strand): void {
    this.clearAllDue(strand);
    if (strand.call?.child !== undefined && strand.outcome === undefined) this.#orphans.push(strand.call.child);
    this.strands.delete(strand.id);
    this.items.delete(strand.id);
    this.#changed.delete(strand);
    this.#newItems.delete(strand.id);
    this.#dropped.push(strand.id);
  }

  /** Says that a strand can go on after the commit. */
  ready(strand: Strand): void {
    this.#ready.push(strand);
  }

  /** Nested executions whose waiting task is gone; they are to be stopped. */
  takeOrphans(): string[] {
    return this.#orphans.splice(0);
  }

  takeReady(): Strand[] {
    return this.#ready.splice(0).filter((strand) => this.strands.get(strand.id) === strand);
  }

  /**
   * Adds an event after the strand's last one (or after `previous`) and makes it the strand's last.
   * `details` come with the name of their field, such as `['stateEnteredEventDetails', {...}]`.
   */
  emit(
    strand: Strand,
    type: string,
    details?: readonly [field: string, details: object],
    previous = strand.previous,
  ): number {
    this.change(strand);
    if (strand.silent) return strand.previous;
    strand.previous = this.#append(type, previous, details);
    return strand.previous;
  }

  /** Adds an event that no strand goes on from. */
  #append(type: string, previous: number, details?: readonly [string, object]): number {
    const id = ++this.#lastEvent;
    this.#events.push({ id, previous, type, details: details ? JSON.stringify(details) : null });
    return id;
  }

  setDue(strand: Strand, due: Due, dueAt: number): void {
    strand.due[due] = dueAt;
    this.#timers.push({
      id: this.#timerId(strand.id, due),
      dueAt,
      payload: { execution: this.row.id, strand: strand.id, due },
    });
    this.change(strand);
  }

  clearAllDue(strand: Strand): void {
    for (const due of Object.keys(strand.due) as Due[]) this.#timers.push({ id: this.#timerId(strand.id, due) });
    strand.due = {};
  }

  setLimit(dueAt: number): void {
    this.#timers.push({ id: this.#timerId(0, 'limit'), dueAt, payload: { execution: this.row.id, due: 'limit' } });
  }

  #timerId(strand: number, due: string): string {
    return `${this.row.id}/${strand}/${due}`;
  }

  /** Ends the execution with its last event. Strands are dropped. */
  end(ending: Ending, previous: number): void {
    const { status, output, failure } = ending;
    const type = {
      SUCCEEDED: 'ExecutionSucceeded',
      FAILED: 'ExecutionFailed',
      TIMED_OUT: 'ExecutionTimedOut',
      ABORTED: 'ExecutionAborted',
    }[status];
    const details =
      output === undefined
        ? {
            ...(failure?.error === undefined ? {} : { error: failure.error }),
            ...(failure?.cause === undefined ? {} : { cause: failure.cause }),
          }
        : { output, outputDetails: { truncated: false } };
    this.#append(type, previous, [`${type[0]!.toLowerCase()}${type.slice(1)}EventDetails`, details]);
    for (const strand of this.strands.values()) this.drop(strand);
    this.#timers.push({ id: this.#timerId(0, 'limit') });
    this.ending = ending;
  }

  /** Writes all that changed since the last commit, in one transaction. `also` joins it. */
  commit(also?: () => void): void {
    if (this.live && this.#lastEvent >= MOST_EVENTS) {
      this.#events = this.#events.filter(({ id }) => id < MOST_EVENTS);
      this.#lastEvent = MOST_EVENTS - 1;
      this.end(
        {
          status: 'FAILED',
          failure: {
            error: 'States.Runtime',
            cause: `The execution reached the maximum number of history events (${MOST_EVENTS}).`,
          },
        },
        this.#lastEvent,
      );
    }
    const { journal } = this.#store;
    const at = this.#host.clock.now();
    journal.transaction(() => {
      for (const event of this.#events)
        journal.run(
          'INSERT INTO states_events VALUES (?, ?, ?, ?, ?, ?)',
          this.row.id,
          event.id,
          event.previous,
          at,
          event.type,
          event.details,
        );
      for (const id of this.#dropped) {
        journal.run('DELETE FROM states_strands WHERE execution = ? AND id = ?', this.row.id, id);
        journal.run('DELETE FROM states_items WHERE execution = ? AND strand = ?', this.row.id, id);
      }
      for (const strand of this.#changed)
        journal.run(
          `INSERT INTO states_strands (execution, id, strand) VALUES (?, ?, ?) ON CONFLICT (execution, id) DO UPDATE SET strand = excluded.strand`,
          this.row.id,
          strand.id,
          JSON.stringify(strand),
        );
      for (const id of this.#newItems) this.#store.keepItems(this.row.id, id, this.items.get(id)!);
      for (const { id, dueAt, payload } of this.#timers) {
        if (dueAt === undefined) this.#host.clock.clear(TIMER_KIND, id);
        else this.#host.clock.set({ kind: TIMER_KIND, id, dueAt, payload });
      }
      if (this.ending) {
        const { status, output, failure } = this.ending;
        journal.run(
          'UPDATE states_executions SET status = ?, output = ?, error = ?, cause = ?, stopped = ? WHERE id = ?',
          status,
          output ?? null,
          failure?.error ?? null,
          failure?.cause ?? null,
          at,
          this.row.id,
        );
      }
      also?.();
    });
    this.#events = [];
    this.#changed.clear();
    this.#newItems.clear();
    this.#dropped = [];
    this.#timers = [];
  }
}
