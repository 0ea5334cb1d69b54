/**
 * Drives executions: begins them, takes each strand from transition to transition, wakes it when its timer, token,
 * worker or nested execution says so, and after a kill goes on from what the journal holds.
 *
 * While a strand is at work the clock is told so; while it waits for a timer or a token it is not.
 */
import { randomUUID } from 'node:crypto';
import { AwsError, type Host } from '../../contract.ts';
import type { Timer } from '../../clock.ts';
import { requireName, statesArn } from '../arn.ts';
import { readProgram } from '../definition.ts';
import { Expressions } from '../expression.ts';
import type { Program } from '../language.ts';
import type { ExecutionRow, Store } from '../store.ts';
import type { Integration } from '../tasks/integration.ts';
import { outcomeOfNested } from '../tasks/nested.ts';
import { Activities } from './activities.ts';
import { beginStrand, forkBranches, forkItems, gather } from './fan.ts';
import { requireInput, targetOf, type Link, type Order } from './order.ts';
import { choose, giveUp, pass, wait } from './plain.ts';
import { Run, TIMER_KIND, type Ending, type TimerPayload } from './run.ts';
import { runtimeFailure, type Apply, type Scene } from './scene.ts';
import type { Outcome, Strand } from './strand.ts';
import { schedule, settleTask, timedOut, work } from './task.ts';
import { fail } from './transition.ts';

/** A closed execution keeps its name to itself for 90 days. */
const NAME_KEPT_MS = 90 * 24 * 3_600_000;

export class Runner {
  readonly #host: Host;
  readonly #store: Store;
  readonly #expressions = new Expressions();
  readonly activities: Activities;
  readonly #runs = new Map<number, Run>();
  readonly #programs = new Map<number, Program>();
  readonly #enders = new Map<number, (() => void)[]>();
  #stopped = false;

  constructor(host: Host, store: Store) {
    this.#host = host;
    this.#store = store;
    this.activities = new Activities(host, store, this);
    host.clock.on(TIMER_KIND, (timer) => this.#fired(timer));
  }

  /** Goes on with every execution that was running when the host stopped. Timers are set again: one may have been taken just before. */
  resume(): void {
    const runs = this.#store.running().map((row) => this.#open(row));
    for (const run of runs) {
      for (const strand of run.strands.values()) {
        for (const [due, dueAt] of Object.entries(strand.due)) run.setDue(strand, due as keyof Strand['due'], dueAt);
        if (strand.phase === 'held' && strand.call?.child !== undefined) this.#deliverEnded(strand, run);
        if (strand.call?.untaken) this.activities.offer(run.stateOf(strand).Resource!);
      }
      const limit = run.program.TimeoutSeconds;
      if (limit !== undefined) run.setLimit(run.row.started + limit * 1_000);
      run.commit();
      for (const strand of run.strands.values()) this.#go(run, strand);
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#expressions.stop();
    this.activities.stop();
  }

  /**
   * Begins an execution and writes its first events. The same name with the same input, while that runs, gives the
   * execution that is there. Throws ExecutionAlreadyExists, StateMachineDoesNotExist, InvalidExecutionInput, InvalidName.
   */
  start({ machineArn, name = randomUUID(), input, link, trace }: Order): ExecutionRow {
    const { machine, revision, versionArn, aliasArn } = targetOf(this.#store, machineArn);
    requireName(name);
    requireInput(input);
    const arn = statesArn(
      this.#host,
      machine.type === 'EXPRESS' ? 'express' : 'execution',
      machine.type === 'EXPRESS' ? `${machine.name}:${name}:${randomUUID()}` : `${machine.name}:${name}`,
    );
    const started = this.#host.clock.now();
    const there = this.#store.execution(arn);
    if (there) {
      const mine = link !== undefined && there.link === JSON.stringify(link);
      if (mine || (there.status === 'RUNNING' && there.input === input)) return there;
      if (there.stopped === null || started - there.stopped < NAME_KEPT_MS)
        throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
      this.#store.forgetExecution(there.id);
    }
    return this.#store.journal.transaction(() => {
      const row = this.#store.addExecution({
        arn,
        machine: machine.arn,
        machine_name: machine.name,
        name,
        revision,
        version_arn: versionArn,
        alias_arn: aliasArn,
        input,
        started,
        trace: trace ?? null,
        link: link ? JSON.stringify(link) : null,
      });
      const run = this.#open(row);
      const strand = run.newStrand(run.program.StartAt, input, 0, { index: 0 });
      const details = {
        input,
        inputDetails: { truncated: false },
        roleArn: run.revision.role,
        ...(versionArn === null ? {} : { stateMachineVersionArn: versionArn }),
        ...(aliasArn === null ? {} : { stateMachineAliasArn: aliasArn }),
      };
      run.emit(strand, 'ExecutionStarted', ['executionStartedEventDetails', details]);
      // The service shows the first state as coming after nothing, not after ExecutionStarted.
      strand.previous = 0;
      if (run.program.TimeoutSeconds !== undefined) run.setLimit(started + run.program.TimeoutSeconds * 1_000);
      run.commit();
      this.#go(run, strand);
      return row;
    });
  }

  #open(row: ExecutionRow): Run {
    const revision = this.#store.revision(row.revision);
    let program = this.#programs.get(revision.id);
    if (!program) this.#programs.set(revision.id, (program = readProgram(revision.definition)));
    const run = new Run(this.#host, this.#store, row, revision, program);
    this.#runs.set(row.id, run);
    return run;
  }

  #go(run: Run, strand: Strand): void {
    void this.#drive(run, strand);
  }

  /** Takes a strand on until it waits for someone, ends, or is overtaken by an event from outside. */
  async #drive(run: Run, strand: Strand): Promise<void> {
    const done = this.#host.clock.begin();
    try {
      // A caller's transaction is committed before the first step.
      await undefined;
      while (!this.#stopped && run.live && run.strands.get(strand.id) === strand) {
        const step = stepOf(run, strand);
        if (!step) return;
        const turn = strand.turn;
        const scene: Scene = {
          host: this.#host,
          runner: this,
          expressions: this.#expressions,
          run,
          strand,
          state: run.stateOf(strand),
        };
        const apply = await this.#plan(scene, step);
        if (this.#stopped || !run.live || run.strands.get(strand.id) !== strand || strand.turn !== turn) return;
        strand.turn++;
        run.change(strand);
        apply();
        this.commit(run);
      }
    } catch (error) {
      this.#host.log(
        `execution ${run.row.arn} stopped at state '${strand.state}': ${error instanceof Error ? error.message : String(error)}`,
      );
    } finally {
      done();
    }
  }

  async #plan(scene: Scene, step: (scene: Scene) => Promise<Apply> | Apply): Promise<Apply> {
    try {
      return await step(scene);
    } catch (error) {
      if (this.#stopped) return () => undefined;
      return fail(scene, runtimeFailure(scene.strand, error instanceof Error ? error.message : String(error)));
    }
  }

  /** Writes a run's transition, then goes on with what it made ready and tells who waits for its end. */
  commit(run: Run, also?: () => void): void {
    run.commit(also);
    for (const strand of run.takeReady()) this.#go(run, strand);
    for (const arn of run.takeOrphans()) this.abort(arn, {});
    if (run.live) return;
    this.#runs.delete(run.row.id);
    for (const ended of this.#enders.get(run.row.id) ?? []) ended();
    this.#enders.delete(run.row.id);
    if (run.row.link === null) return;
    const link = JSON.parse(run.row.link) as Link;
    const holder = this.#runs.get(link.execution);
    const strand = holder?.strands.get(link.strand);
    if (holder && strand?.phase === 'held' && strand.call?.request === link.request && strand.call.child !== undefined)
      this.#deliverEnded(strand, holder);
  }

  /** Gives a waiting task the outcome of its nested execution, if that has ended. */
  #deliverEnded(strand: Strand, run: Run): void {
    const service = run.stateOf(strand).Resource!;
    const ended = this.outcomeOf(strand.call!.child!, { parsed: service.endsWith('.sync:2') });
    if (ended) this.answer(run, strand, ended);
  }

  outcomeOf(
    arn: string,
    integration: Pick<Extract<Integration, { kind: 'service' }>, 'parsed'> | Integration,
  ): Outcome | undefined {
    const row = this.#store.execution(arn);
    if (!row || row.status === 'RUNNING') return undefined;
    return outcomeOfNested(row, 'parsed' in integration && integration.parsed);
  }

  /** Hands a held or working task its outcome. It is written before this returns. */
  answer(run: Run, strand: Strand, outcome: Outcome, overtakes = false): void {
    strand.outcome = outcome;
    run.change(strand);
    const settles = strand.phase !== 'working' || overtakes;
    if (settles) {
      strand.phase = 'settling';
      strand.turn++;
      run.ready(strand);
    }
    this.commit(run);
  }

  /** The task that a token stands for, if it still waits. */
  holderOf(token: string): { run: Run; strand: Strand } | undefined {
    const row = this.#store.token(token);
    const run = row && this.#runs.get(row.execution);
    const strand = run?.strands.get(row!.strand);
    return run && strand && strand.token === token && strand.outcome === undefined ? { run, strand } : undefined;
  }

  runs(): Iterable<Run> {
    return this.#runs.values();
  }

  keepToken(run: Run, strand: Strand): void {
    this.#store.keepToken(strand.token!, run.row.id, strand.id);
  }

  /** Ends a running execution from outside. Returns when it stopped, or undefined if it was not running. */
  abort(arn: string, failure: NonNullable<Ending['failure']>): void {
    const run = [...this.#runs.values()].find(({ row }) => row.arn === arn);
    if (!run) return;
    // The service shows the abort as coming after the event before the current state's entry.
    const main = run.main;
    run.end({ status: 'ABORTED', failure }, main.previous === main.entered ? main.enteredAfter : main.previous);
    this.commit(run);
  }

  /** Resolves once the execution has ended. */
  ended(id: number): Promise<void> {
    if (!this.#runs.has(id)) return Promise.resolve();
    return new Promise((resolve) => this.#enders.set(id, [...(this.#enders.get(id) ?? []), resolve]));
  }

  #fired(timer: Timer): void {
    const { execution, strand: id, due } = timer.payload as TimerPayload;
    const run = this.#runs.get(execution);
    if (!run) return;
    if (due === 'limit') {
      const main = run.main;
      run.end({ status: 'TIMED_OUT' }, main.previous);
      return this.commit(run);
    }
    const strand = run.strands.get(id!);
    // A task whose answer is known no longer times out.
    if (!strand || strand.due[due] !== timer.dueAt || strand.outcome) return;
    if (due === 'timeout' || due === 'heartbeat') return this.answer(run, strand, timedOut(due), true);
    strand.phase = due === 'wait' ? 'settling' : 'entered';
    delete strand.due[due];
    strand.turn++;
    run.change(strand);
    run.ready(strand);
    this.commit(run);
  }
}

function stepOf(run: Run, strand: Strand): ((scene: Scene) => Promise<Apply> | Apply) | undefined {
  const { phase } = strand;
  if (phase === 'new') return beginStrand;
  const type = run.stateOf(strand).Type;
  if (phase === 'entered')
    return {
      Pass: pass,
      Succeed: pass,
      Choice: choose,
      Wait: wait,
      Fail: giveUp,
      Task: schedule,
      Parallel: forkBranches,
      Map: forkItems,
    }[type];
  if (phase === 'working') return work;
  if (phase === 'settling') return type === 'Wait' ? pass : type === 'Task' ? settleTask : gather;
  return undefined;
}
