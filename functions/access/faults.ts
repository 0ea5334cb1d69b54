/** What can go wrong between us and the directory. */
import { Fault } from '../../policies/faults.ts';

/** The directory did not answer. It may in a moment. */
export class DirectoryUnreachable extends Fault {
  override readonly name = 'DirectoryUnreachable';
  readonly retryable = true;
}
