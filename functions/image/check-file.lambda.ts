/** Called by the workflow image-intake, "Check the file". */
import middy from '@middy/core';
import * as z from 'zod/mini';
import { loggedAs, parsedAs } from '../edge/middleware.ts';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { systemNow } from '../edge/system.ts';
import { recordsIn } from '../records/records.aws.ts';
import { checkFile } from './check-file.ts';
import { originalsIn } from './originals.aws.ts';

const Asked = z.object({ imageId: z.string() });
const needs = onFirstCall(() => ({
  records: recordsIn(readEnv('RECORDS_TABLE')),
  originals: originalsIn(readEnv('IMAGES_BUCKET')),
  now: systemNow,
}));

export const handler = middy<z.infer<typeof Asked>>()
  .use(loggedAs('check-file'))
  .use(parsedAs(Asked))
  .handler((asked) => checkFile(needs(), asked));
