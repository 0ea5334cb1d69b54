/**
 * Makes an act that reads, judges and writes safe against others doing the same: when the write meets a change made
 * meanwhile, the whole act runs again on what is there now. After the last try the fault goes to the caller, who retries.
 */
import { ChangedMeanwhile, RecordsBusy } from './faults.ts';
import { WRITE_TRIES } from './deadlines.ts';

export async function untilWritten<T>(act: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile || error instanceof RecordsBusy) || attempt >= WRITE_TRIES) throw error;
      // Full jitter over 10, 20, 40 … 640 ms and then 640 each: about 1.9 s in the mean, 3.9 s at most.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** Math.min(attempt - 1, 6)));
    }
  }
}
