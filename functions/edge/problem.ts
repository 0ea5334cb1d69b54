/**
 * What is told to a system when something is not done: RFC 9457 problem details. Like a refusal, each says what is in
 * the way, what was expected and what to do; `found` never repeats what was sent.
 */
import type { Context } from 'hono';
import type { Refusal } from '../../policies/ruling.ts';
import type { JsonFault } from './read-json.ts';

/** One thing in the way. `clause` is absent where it is the shape of the message and no rule. */
export type ProblemError = Omit<Refusal, 'clause'> & Partial<Pick<Refusal, 'clause'>>;

export type ProblemKind = keyof typeof PROBLEMS;

export const PROBLEMS = {
  malformed: { status: 400, title: 'The message could not be read' },
  'token-missing': { status: 401, title: 'A token is needed' },
  'scope-missing': { status: 403, title: 'The token does not allow this' },
  'not-found': { status: 404, title: 'There is nothing at this address' },
  'method-not-allowed': { status: 405, title: 'This address does not do that' },
  conflict: { status: 409, title: 'This was sent before with another content' },
  'too-large': { status: 413, title: 'The message is too long' },
  'not-json': { status: 415, title: 'The message is not said to be JSON' },
  refused: { status: 422, title: 'This cannot be done' },
  fault: { status: 500, title: 'Something of ours is broken' },
  busy: { status: 503, title: 'The records are busy' },
} as const;

export interface Problem {
  readonly kind: ProblemKind;
  readonly detail: string;
  readonly errors?: readonly ProblemError[];
  /** Of text that is not JSON. */
  readonly position?: JsonFault;
  /** Of a fault: what support asks for. */
  readonly reference?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Ends a request from wherever it is noticed. Not an error of ours. */
export class Ended extends Error {
  override readonly name = 'Ended';
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.kind);
    this.problem = problem;
  }
}

export function tellProblem(c: Context, { kind, headers = {}, ...told }: Problem): Response {
  const { status, title } = PROBLEMS[kind];
  const body = { type: `urn:postact:problem:${kind}`, title, status, ...told };
  return c.body(JSON.stringify(body), status, { ...headers, 'Content-Type': 'application/problem+json' });
}

/** The answer to what a rule refuses: nothing was done. */
export const refusedFor = (because: readonly Refusal[]): Ended =>
  new Ended({ kind: 'refused', detail: 'Nothing was changed; see errors.', errors: because });
