/** What the store and the key service say of a moment in which they do not answer, in our words. */
import { PackageBusy } from './faults.ts';

const BUSY = new Set([
  'SlowDown',
  'InternalError',
  'ServiceUnavailable',
  'RequestTimeout',
  'TimeoutError',
  'OperationAborted',
  'ThrottlingException',
  'KMSInternalException',
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
]);

export function inOurWords(error: unknown): unknown {
  const { name, code } = error as { name?: string; code?: string };
  return BUSY.has(name ?? '') || BUSY.has(code ?? '')
    ? new PackageBusy(`the store of what is delivered did not answer (${code ?? name}); try again`, { cause: error })
    : error;
}
