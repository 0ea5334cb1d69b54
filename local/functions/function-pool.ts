/**
 * The running workers of one function, several at once up to its concurrency; the idle ones are on the warm shelf.
 *
 * A function with reserved concurrency is throttled beyond it, as on Lambda. Beyond ten at once, calls wait in line:
 * a laptop is not a region.
 */
import { AwsError } from '../contract.ts';
import type { InvokeMessage } from './function-worker.ts';
import type { WarmShelf } from './warm-shelf.ts';
import type { Outcome, WarmWorker } from './warm-worker.ts';

const AT_ONCE = 10;

export class FunctionPool {
  readonly #functionName: string;
  readonly #shelf: WarmShelf;
  readonly #start: () => WarmWorker;
  readonly #reserved: number | undefined;
  readonly #busy = new Set<WarmWorker>();
  readonly #line: (() => void)[] = [];
  #running = 0;

  constructor(functionName: string, shelf: WarmShelf, start: () => WarmWorker, reserved?: number) {
    this.#functionName = functionName;
    this.#shelf = shelf;
    this.#start = start;
    this.#reserved = reserved;
  }

  /** Throws AwsError TooManyRequestsException when the reserved concurrency is used up. */
  async run(message: InvokeMessage): Promise<Outcome> {
    await this.#enter();
    const worker = this.#shelf.take(this.#functionName) ?? this.#start();
    this.#busy.add(worker);
    try {
      return await worker.invoke(message);
    } finally {
      this.#busy.delete(worker);
      this.#shelf.put(this.#functionName, worker);
      this.#running--;
      this.#line.shift()?.();
    }
  }

  /** Ends what is running. */
  async end(): Promise<void> {
    await Promise.all([...this.#busy].map((worker) => worker.end()));
  }

  async #enter(): Promise<void> {
    if (this.#reserved !== undefined && this.#running + this.#line.length >= this.#reserved) {
      throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429, {
        Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
        Type: 'User',
      });
    }
    if (this.#running >= AT_ONCE) await new Promise<void>((resolve) => this.#line.push(resolve));
    this.#running++;
  }
}
