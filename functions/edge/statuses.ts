/**
 * HTTP statuses, in one place. Acts and rules know none: a halt says what stopped a request, a fault what broke, and
 * this table says how each is told to a browser.
 */
import { Fault } from '../../policies/faults.ts';
import type { Task } from '../../policies/roles.ts';

/** Why a page ends before its act runs. None of these is an error of ours. */
export type Halt =
  | { readonly kind: 'sign-in-needed' }
  | { readonly kind: 'task-not-held'; readonly task: Task }
  | { readonly kind: 'form-not-ours' }
  | { readonly kind: 'form-not-readable' }
  | { readonly kind: 'form-too-large' };

export class Halted extends Error {
  override readonly name = 'Halted';
  readonly halt: Halt;
  constructor(halt: Halt) {
    super(halt.kind);
    this.halt = halt;
  }
}

/** What pages answer with. `Refused` is a form that breaks a rule; the form is shown again with what is in the way. */
export const STATUS = {
  Ok: 200,
  SeeOther: 303,
  Forbidden: 403,
  NotFound: 404,
  NotAllowedMethod: 405,
  Conflict: 409,
  Refused: 422,
} as const;

export const HALT_STATUS = {
  'sign-in-needed': 401,
  'task-not-held': 403,
  'form-not-ours': 403,
  'form-not-readable': 415,
  'form-too-large': 413,
} as const satisfies Record<Halt['kind'], number>;

const FAULT_STATUS: Readonly<Record<string, 400 | 404 | 409>> = {
  FactMalformed: 400,
  RecordMissing: 404,
  ChangedMeanwhile: 409,
};

/** A fault's status: what was asked cannot be (400, 404, 409), may pass in a moment (503), or is ours to repair (500). */
export function statusOfFault(error: unknown): 400 | 404 | 409 | 500 | 503 {
  if (!(error instanceof Fault)) return 500;
  return FAULT_STATUS[error.name] ?? (error.retryable ? 503 : 500);
}
