/** What can go wrong with a disclosure that time or a person can put right, named as the workflow reacts to it. */
import { Fault } from '../../policies/faults.ts';

/**
 * Nobody holds the office of privacy officer who could be asked. The workflow waits for one to be recorded, and the
 * alarm on this function's faults tells whoever keeps the personnel list.
 */
export class NobodyToSignOff extends Fault {
  override readonly name = 'NobodyToSignOff';
  readonly retryable = true;
}
