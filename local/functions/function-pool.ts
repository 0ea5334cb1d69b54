/**
 * The warm workers of one function: reused while they are warm, several at once up to the function's concurrency.
 *
 * A function with reserved concurrency is throttled beyond it, as on Lambda. One without waits in line beyond ten,
 * because a laptop is not a region.
 */
import { AwsError } from '../contract.ts';
import type { InvokeMessage } from './function-worker.ts';
import type { Outcome, WarmWorker } from './warm-worker.ts';

const UNRESERVED_AT_ONCE = 10;
/** How long an idle worker stays warm, in ms. Lambda keeps them some minutes; a laptop wants its memory back. */
const WARM_MS = 90_000;

export class FunctionPool {
  readonly #start: () => WarmWorker;
  readonly #reserved: number | undefined;
  readonly #idle: { readonly worker: WarmWorker; readonly cooling: NodeJS.Timeout }[] = [];
  readonly #busy = new Set<WarmWorker>();
  readonly #line: (() => void)[] = [];
  #running = 0;

  constructor(start: () => WarmWorker, reserved?: number) {
    this.#start = start;
    this.#reserved = reserved;
  }

  /** Throws AwsError TooManyRequestsException when the reserved concurrency is used up. */
  async run(message: InvokeMessage): Promise<Outcome> {
    await this.#enter();
    const worker = this.#take();
    this.#busy.add(worker);
    try {
      return await worker.invoke(message);
    } finally {
      this.#busy.delete(worker);
      this.#putBack(worker);
      this.#running--;
      this.#line.shift()?.();
    }
  }

  async end(): Promise<void> {
    const idle = this.#idle.splice(0);
    for (const { cooling } of idle) clearTimeout(cooling);
    await Promise.all([...idle.map(({ worker }) => worker.end()), ...[...this.#busy].map((worker) => worker.end())]);
  }

  async #enter(): Promise<void> {
    if (this.#running >= (this.#reserved ?? UNRESERVED_AT_ONCE)) {
      if (this.#reserved !== undefined) {
        throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429, { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded', Type: 'User' });
      }
      await new Promise<void>((resolve) => this.#line.push(resolve));
    }
    this.#running++;
  }

  #take(): WarmWorker {
    for (let warm = this.#idle.pop(); warm; warm = this.#idle.pop()) {
      clearTimeout(warm.cooling);
      if (warm.worker.alive) return warm.worker;
    }
    return this.#start();
  }

  #putBack(worker: WarmWorker): void {
    if (!worker.alive) return;
    const cooling = setTimeout(() => {
      this.#idle.splice(this.#idle.findIndex((idle) => idle.worker === worker), 1);
      void worker.end();
    }, WARM_MS);
    this.#idle.push({ worker, cooling: cooling.unref() });
  }
}
