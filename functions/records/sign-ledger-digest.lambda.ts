/**
 * Signs the hourly digest of the ledger.
 *
 * Called by  the hourly schedule
 * Faults     RecordsBusy, key or bucket not answering (the schedule retries; the next hour covers what was missed)
 */
import middy from '@middy/core';
import { loggedAs } from '../edge/middleware.ts';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { systemNow } from '../edge/system.ts';
import { digestsIn } from './digests.aws.ts';
import { recordsIn } from './records.aws.ts';
import { signDigest } from './sign-digest.ts';

const needs = onFirstCall(() => ({
  records: recordsIn(readEnv('RECORDS_TABLE')),
  now: systemNow,
  ...digestsIn(readEnv('LEDGER_BUCKET'), readEnv('DIGEST_KEY')),
}));

export const handler = middy()
  .use(loggedAs('sign-ledger-digest'))
  .handler(() => signDigest(needs()));
