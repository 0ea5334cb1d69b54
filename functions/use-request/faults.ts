/** What can go wrong in the workflow of a request that time or a person can put right. */
import { Fault } from '../../policies/faults.ts';

/**
 * No executive of the bureau is on record who could be asked. The workflow waits for one to be recorded, and the alarm
 * on this function's faults tells whoever keeps the personnel list.
 */
export class NobodyToAsk extends Fault {
  override readonly name = 'NobodyToAsk';
  readonly retryable = true;
}
