/**
 * One warm worker of one function: starts it, gives it one invocation at a time, and says how that ended.
 *
 * The timeout and the memory limit are real, as on Lambda: a function that runs over is ended with its worker.
 * A worker thread is a limit for honest code, not a sandbox: it may read the files and use the network of this user.
 */
import { Worker } from 'node:worker_threads';
import type { InvokeMessage, WorkerMessage, WorkerSettings } from './function-worker.ts';

/** How one invocation ended: the payload is the answer, or the error document. */
export interface Outcome {
  readonly payload: string;
  readonly failed: boolean;
}

/** Lambda allows 10 s on its machines; a laptop that starts forty functions at once is slower. */
const INIT_MS = 30_000;
/** Lambda's limit for a synchronous answer, in bytes. */
const MAX_ANSWER = 6_291_556;

export class WarmWorker {
  readonly #worker: Worker;
  readonly #loaded: Promise<void>;
  #settle: ((outcome: Outcome) => void) | undefined;
  #requestId = '';
  /** False once the worker has ended and cannot be used again. */
  alive = true;

  /** `compileCache` is a folder where compiled code is kept: it nearly halves a cold start. */
  constructor(
    settings: WorkerSettings,
    environment: Readonly<Record<string, string>>,
    compileCache: string,
    log: (chunk: string) => void,
  ) {
    const { NODE_OPTIONS: nodeOptions, ...env } = environment;
    this.#worker = new Worker(new URL('./function-worker.ts', import.meta.url), {
      workerData: { ...settings, ...(nodeOptions === undefined ? {} : { nodeOptions }) } satisfies WorkerSettings,
      env: { ...env, NODE_COMPILE_CACHE: compileCache },
      execArgv: [],
      stdout: true,
      stderr: true,
      name: settings.functionName,
      resourceLimits: { maxOldGenerationSizeMb: settings.memoryMb },
    });
    for (const stream of [this.#worker.stdout, this.#worker.stderr]) stream.setEncoding('utf8').on('data', log);
    this.#loaded = new Promise((resolve) => {
      this.#worker.on('message', (message: WorkerMessage) => {
        if (message.kind === 'loaded') return resolve();
        if (message.broken) void this.end();
        this.#finish(
          message.payload.length * 3 > MAX_ANSWER && Buffer.byteLength(message.payload) > MAX_ANSWER
            ? tooLarge()
            : message,
        );
      });
      this.#worker.on('error', (error: unknown) => {
        resolve();
        this.#crash(error);
      });
      this.#worker.on('exit', (code) => {
        resolve();
        this.alive = false;
        this.#finish(
          exited(
            this.#requestId,
            code === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: exit status ${code}`,
          ),
        );
      });
    });
  }

  /** Runs one invocation to its end. Never rejects: a timeout or a crash is an outcome too. */
  async invoke(message: InvokeMessage): Promise<Outcome> {
    this.#requestId = message.requestId;
    const outcome = new Promise<Outcome>((resolve) => (this.#settle = resolve));
    const initTimer = setTimeout(() => this.#timeOut(INIT_MS), INIT_MS);
    await this.#loaded;
    clearTimeout(initTimer);
    const timer = setTimeout(() => this.#timeOut(message.timeoutMs), message.timeoutMs);
    if (this.alive) this.#worker.postMessage(message);
    try {
      return await outcome;
    } finally {
      clearTimeout(timer);
    }
  }

  async end(): Promise<void> {
    this.alive = false;
    await this.#worker.terminate();
  }

  #finish(outcome: Outcome): void {
    this.#settle?.({ payload: outcome.payload, failed: outcome.failed });
    this.#settle = undefined;
  }

  #timeOut(afterMs: number): void {
    const errorMessage = `RequestId: ${this.#requestId} Error: Task timed out after ${(afterMs / 1000).toFixed(2)} seconds`;
    this.#finish({ payload: JSON.stringify({ errorType: 'Sandbox.Timedout', errorMessage }), failed: true });
    void this.end();
  }

  #crash(error: unknown): void {
    this.alive = false;
    if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
      this.#finish(exited(this.#requestId, 'Runtime exited with error: signal: killed'));
    } else {
      const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
      this.#finish({
        payload: JSON.stringify({ errorType: name, errorMessage: message, trace: (stack ?? '').split('\n') }),
        failed: true,
      });
    }
  }
}

function exited(requestId: string, reason: string): Outcome {
  return {
    payload: JSON.stringify({
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: ${requestId} Error: ${reason}`,
    }),
    failed: true,
  };
}

function tooLarge(): Outcome {
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${MAX_ANSWER} bytes).`;
  return { payload: JSON.stringify({ errorType: 'Function.ResponseSizeTooLarge', errorMessage }), failed: true };
}
