/** What can go wrong between us and the originals, named as the workflow reacts to it. */
import { Fault } from '../../policies/faults.ts';

/** The store did not answer or asked to wait. The same call may succeed in a moment. */
export class OriginalsBusy extends Fault {
  override readonly name = 'OriginalsBusy';
  readonly retryable = true;
}

/** The stored copy has other bytes than those that were checked. It is not to be kept; a person must look. */
export class OriginalDiffers extends Fault {
  override readonly name = 'OriginalDiffers';
  readonly retryable = false;
}
