/**
 * The idle workers of all functions. Each stays warm for some minutes, and all together are so many as a laptop has
 * memory for: about 35 MB each, the one that was idle longest goes first.
 */
import type { WarmWorker } from './warm-worker.ts';

const WARM_MS = 300_000;
const MOST_IDLE = 24;

interface Idle {
  readonly of: string;
  readonly worker: WarmWorker;
  readonly cooling: NodeJS.Timeout;
}

export class WarmShelf {
  readonly #idle: Idle[] = [];

  /** The worker of this function that was used last, if one is warm. */
  take(of: string): WarmWorker | undefined {
    const idle = this.#idle.findLast((candidate) => candidate.of === of && candidate.worker.alive);
    if (idle) this.#remove(idle);
    return idle?.worker;
  }

  put(of: string, worker: WarmWorker): void {
    if (!worker.alive) return;
    const idle: Idle = { of, worker, cooling: setTimeout(() => void this.#end(idle), WARM_MS).unref() };
    this.#idle.push(idle);
    if (this.#idle.length > MOST_IDLE) void this.#end(this.#idle[0]!);
  }

  async end(): Promise<void> {
    await Promise.all([...this.#idle].map((idle) => this.#end(idle)));
  }

  #end(idle: Idle): Promise<void> {
    this.#remove(idle);
    return idle.worker.end();
  }

  #remove(idle: Idle): void {
    clearTimeout(idle.cooling);
    this.#idle.splice(this.#idle.indexOf(idle), 1);
  }
}
