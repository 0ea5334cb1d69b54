/** What can go wrong with an original, named as the workflow reacts to it. */
import { Fault } from '../../policies/faults.ts';

/** The stored copy has other bytes than those that were checked. It is not to be kept; a person must look. */
export class OriginalDiffers extends Fault {
  override readonly name = 'OriginalDiffers';
  readonly retryable = false;
}
