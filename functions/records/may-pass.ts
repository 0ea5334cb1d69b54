/**
 * Which errors of a service may pass if the same call is made again, in the names that DynamoDB, S3, the key service and
 * Node use for them. A missing right, a wrong key or a broken request is in none of them: it is ours to repair.
 */
const MAY_PASS = new Set([
  // the table
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'TransactionInProgressException',
  // the store of files
  'SlowDown',
  'InternalError',
  'OperationAborted',
  // the key service
  'KMSInternalException',
  'DependencyTimeoutException',
  'KeyUnavailableException',
  // any of them
  'InternalServerError',
  'ServiceUnavailable',
  'ThrottlingException',
  'TimeoutError',
  'RequestTimeout',
  // the way there
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
]);

/** What to call such an error, for a fault's message; undefined when it will not pass. Names nothing that was sent. */
export function mayPass(error: unknown): string | undefined {
  const { name, code } = error as { name?: string; code?: string };
  return [code, name].find((one) => one !== undefined && MAY_PASS.has(one));
}
