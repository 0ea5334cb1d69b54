/** What can go wrong in the workflow of a breach that time or a person can put right. */
import { Fault } from '../../policies/faults.ts';

/**
 * Nobody is on record who could answer for a breach: no officer, no deputy, no chief of the bureau. The workflow waits for
 * one to be recorded, and the alarm on this function's faults tells whoever keeps the personnel list.
 */
export class NobodyAnswers extends Fault {
  override readonly name = 'NobodyAnswers';
  readonly retryable = true;
}
