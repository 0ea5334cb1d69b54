/**
 * Activities: tasks that workers come and take. A worker's call waits up to a minute for one.
 */
import { randomBytes } from 'node:crypto';
import type { Host } from '../../contract.ts';
import type { Store } from '../store.ts';
import type { Run } from './run.ts';
import type { Runner } from './runner.ts';
import type { Strand } from './strand.ts';

export interface ActivityTask {
  readonly taskToken: string;
  /** JSON text. */
  readonly input: string;
}

interface Worker {
  readonly name: string | undefined;
  readonly resolve: (task: ActivityTask | undefined) => void;
  readonly patience: NodeJS.Timeout;
}

const PATIENCE_MS = 60_000;

export class Activities {
  readonly #host: Host;
  readonly #store: Store;
  readonly #runner: Runner;
  readonly #workers = new Map<string, Worker[]>();

  constructor(host: Host, store: Store, runner: Runner) {
    this.#host = host;
    this.#store = store;
    this.#runner = runner;
  }

  exists(arn: string): boolean {
    return this.#store.journal.get('SELECT 1 FROM states_activities WHERE arn = ?', arn) !== undefined;
  }

  /** Says that a task was scheduled; it goes to a waiting worker once its transition is written. */
  offer(arn: string): void {
    queueMicrotask(() => {
      const worker = this.#workers.get(arn)?.[0];
      const task = worker && this.#take(arn, worker.name);
      if (!worker || !task) return;
      this.#dismiss(arn, worker);
      worker.resolve(task);
    });
  }

  /** The oldest task of the activity, or undefined when none came within a minute. */
  wait(arn: string, name: string | undefined): Promise<ActivityTask | undefined> {
    const task = this.#take(arn, name);
    if (task) return Promise.resolve(task);
    return new Promise((resolve) => {
      const worker: Worker = {
        name,
        resolve,
        patience: setTimeout(() => {
          this.#dismiss(arn, worker);
          resolve(undefined);
        }, PATIENCE_MS),
      };
      this.#workers.set(arn, [...(this.#workers.get(arn) ?? []), worker]);
    });
  }

  stop(): void {
    for (const workers of this.#workers.values())
      for (const { resolve, patience } of workers) {
        clearTimeout(patience);
        resolve(undefined);
      }
    this.#workers.clear();
  }

  #dismiss(arn: string, worker: Worker): void {
    clearTimeout(worker.patience);
    this.#workers.set(
      arn,
      (this.#workers.get(arn) ?? []).filter((other) => other !== worker),
    );
  }

  #take(arn: string, workerName: string | undefined): ActivityTask | undefined {
    const found = this.#oldest(arn);
    if (!found) return undefined;
    const { run, strand } = found;
    const { untaken: _, ...call } = strand.call!;
    strand.call = call;
    strand.token = randomBytes(288).toString('base64');
    run.emit(strand, 'ActivityStarted', [
      'activityStartedEventDetails',
      workerName === undefined ? {} : { workerName },
    ]);
    if (call.heartbeatSeconds !== undefined)
      run.setDue(strand, 'heartbeat', this.#host.clock.now() + call.heartbeatSeconds * 1_000);
    this.#runner.commit(run, () => this.#runner.keepToken(run, strand));
    return { taskToken: strand.token, input: JSON.stringify(call.parameters) };
  }

  #oldest(arn: string): { run: Run; strand: Strand } | undefined {
    for (const run of this.#runner.runs()) {
      for (const strand of run.strands.values())
        if (strand.call?.untaken && run.stateOf(strand).Resource === arn) return { run, strand };
    }
    return undefined;
  }
}
