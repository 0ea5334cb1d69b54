/** What can go wrong between us and what is delivered, named as the workflow reacts to it. */
import { Fault } from '../../policies/faults.ts';

/** The store or the key did not answer or asked to wait. The same call may succeed in a moment. */
export class PackageBusy extends Fault {
  override readonly name = 'PackageBusy';
  readonly retryable = true;
}

/** A file in the store has other bytes than those that were released. Nothing is sealed; a person must look. */
export class DeliveredFileDiffers extends Fault {
  override readonly name = 'DeliveredFileDiffers';
  readonly retryable = false;
}
