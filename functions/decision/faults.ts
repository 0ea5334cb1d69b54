/** What can go wrong when a decision is judged or signed, named as workflows and callers react to it. */
import { FactMalformed, Fault } from '../../policies/faults.ts';
import type { Decision } from './contract.ts';

/** The key did not sign an answer. Nothing was written: the same answer, sent again in a moment, may be taken. */
export class AnswerNotSigned extends Fault {
  override readonly name = 'AnswerNotSigned';
  readonly retryable = true;
}

export function openedBeforeAnyEdition({ id, openedAt }: Pick<Decision, 'id' | 'openedAt'>): never {
  throw new FactMalformed(`decision ${id} was opened at ${openedAt}, before any edition was in force`);
}
