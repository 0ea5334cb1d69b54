/**
 * Evaluates the expressions of one state in one round trip to a forked process, bounded in time and memory.
 *
 * A process answers one question at a time. One that takes too long or grows too large is killed; the question that
 * did it is answered with a refusal, and the next one gets a new process (about 70 ms). With two processes, other
 * executions go on meanwhile.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { hasExpression, type Json } from './language.ts';

export interface Field {
  /** Where it stands in the state, as error texts name it: `Output`, `Assign/total`, `Items`. */
  readonly location: string;
  readonly template: Json;
  readonly expects?: 'array' | 'number' | 'string' | 'boolean' | 'object';
}

export interface Question {
  readonly fields: readonly Field[];
  /** Stop at the first field that is true (the rules of a Choice). */
  readonly untilTrue?: boolean;
  /** What the expressions can name: `states` and the variables. */
  readonly names: Record<string, unknown>;
  /** The host's time in ms, for $now and $millis. */
  readonly now: number;
}

export type Answer =
  | { readonly values: readonly Json[] }
  | { readonly refusal: { readonly location: string; readonly reason: string } };

interface Job {
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
}

const MOST_MS = 1_500;
const HEAP_MB = 128;
const PROCESSES = 2;

interface Worker {
  readonly child: ChildProcess;
  /** It has started and can be asked; its time does not count before. */
  ready: boolean;
  job?: Job;
  deadline?: NodeJS.Timeout;
}

export class Expressions {
  readonly #workers = new Set<Worker>();
  readonly #queue: Job[] = [];
  #stopped = false;

  /** One value per field, or the first refusal. Fields without expressions cost nothing. */
  evaluate(question: Question): Promise<Answer> | Answer {
    if (!question.fields.some(({ template }) => hasExpression(template)))
      return { values: question.fields.map(({ template }) => template) };
    return new Promise((resolve) => {
      this.#queue.push({ question, resolve });
      this.#next();
    });
  }

  stop(): void {
    this.#stopped = true;
    for (const { child, deadline } of this.#workers) {
      clearTimeout(deadline);
      child.kill('SIGKILL');
    }
    this.#workers.clear();
  }

  #next(): void {
    if (this.#stopped || this.#queue.length === 0) return;
    let worker = [...this.#workers].find(({ job }) => !job);
    if (!worker && this.#workers.size < PROCESSES) this.#workers.add((worker = this.#fork()));
    if (!worker) return;
    worker.job = this.#queue.shift()!;
    this.#ask(worker);
  }

  #ask(worker: Worker): void {
    if (!worker.ready || !worker.job) return;
    worker.deadline = setTimeout(() => worker.child.kill('SIGKILL'), MOST_MS);
    worker.child.send(worker.job.question);
  }

  #fork(): Worker {
    const child = fork(fileURLToPath(new URL('./evaluator.ts', import.meta.url)), [], {
      execArgv: [`--max-old-space-size=${HEAP_MB}`],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const worker: Worker = { child, ready: false };
    child.on('message', (answer: Answer | 'ready') => {
      if (answer !== 'ready') return this.#answered(worker, answer);
      worker.ready = true;
      this.#ask(worker);
    });
    child.on('exit', () => {
      this.#workers.delete(worker);
      const { location = '', template } =
        worker.job?.question.fields.find((field) => hasExpression(field.template)) ?? {};
      const source = typeof template === 'string' ? ` '${template.slice(2, -2).trim()}'` : '';
      const reason = `The JSONata expression${source} specified for the field '${location}' threw an error during evaluation. Expression evaluation exceeded the limits of time or memory.`;
      this.#answered(worker, { refusal: { location, reason } });
    });
    child.on('error', () => child.kill('SIGKILL'));
    child.unref();
    child.channel?.unref();
    return worker;
  }

  #answered(worker: Worker, answer: Answer): void {
    clearTimeout(worker.deadline);
    const job = worker.job;
    delete worker.job;
    job?.resolve(answer);
    this.#next();
  }
}
