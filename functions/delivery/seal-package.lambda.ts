/**
 * Seals the package of a released disclosure and tells its recipient.
 *
 * Called by  workflows/disclosure
 * Faults     RecordMissing, DeliveredFileDiffers (do not retry); RecordsBusy, ChangedMeanwhile, PackageBusy (retry)
 */
import middy from '@middy/core';
import * as z from 'zod/mini';
import { loggedAs, parsedAs } from '../edge/middleware.ts';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { newPassphrase, systemNow } from '../edge/system.ts';
import { recordsIn } from '../records/records.aws.ts';
import { packageStoreIn } from './package-store.aws.ts';
import { sealPackage } from './seal-package.ts';

const Given = z.object({ disclosureId: z.string() });

const needs = onFirstCall(() => ({
  records: recordsIn(readEnv('RECORDS_TABLE')),
  store: packageStoreIn(readEnv('IMAGES_BUCKET'), readEnv('DELIVERY_KEY')),
  now: systemNow,
  newPassphrase,
}));

export const handler = middy<z.infer<typeof Given>>()
  .use(loggedAs('seal-package'))
  .use(parsedAs(Given))
  .handler((given) => sealPackage(needs(), given));
