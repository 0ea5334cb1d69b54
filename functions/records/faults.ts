/** What can go wrong between us and the table, named as workflows and callers react to it. */
import { Fault } from '../../policies/faults.ts';

/** The table refused or timed out. The same write may succeed in a moment. */
export class RecordsBusy extends Fault {
  override readonly name = 'RecordsBusy';
  readonly retryable = true;
}

/** Somebody else changed what this change was based on. Read again and judge again. */
export class ChangedMeanwhile extends Fault {
  override readonly name = 'ChangedMeanwhile';
  readonly retryable = true;
}

/** A record that another record names is not there. Trying again will not help. */
export class RecordMissing extends Fault {
  override readonly name = 'RecordMissing';
  readonly retryable = false;
}

/** A version that the records name is not in the store. Trying again will not help; the reconciliation reports it. */
export class FileMissing extends Fault {
  override readonly name = 'FileMissing';
  readonly retryable = false;
}

/** The store of files did not answer or asked to wait. The same call may succeed in a moment. */
export class FilesBusy extends Fault {
  override readonly name = 'FilesBusy';
  readonly retryable = true;
}
