/** What the store and the key service say of a moment in which they do not answer, in our words. */
import { mayPass } from '../records/may-pass.ts';
import { PackageBusy } from './faults.ts';

export function inOurWords(error: unknown): unknown {
  const busy = mayPass(error);
  return busy
    ? new PackageBusy(`the store of what is delivered did not answer (${busy}); try again`, { cause: error })
    : error;
}
