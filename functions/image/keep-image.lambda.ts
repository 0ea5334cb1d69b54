/** Called by the workflow image-intake, "Write image under its record". */
import middy from '@middy/core';
import * as z from 'zod/mini';
import { loggedAs, parsedAs } from '../edge/middleware.ts';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { newId, systemNow } from '../edge/system.ts';
import { recordsIn } from '../records/records.aws.ts';
import { keepImage } from './keep-image.ts';
import { originalsIn } from './originals.aws.ts';

const Asked = z.object({ imageId: z.string() });
const needs = onFirstCall(() => ({
  records: recordsIn(readEnv('RECORDS_TABLE')),
  originals: originalsIn(readEnv('IMAGES_BUCKET')),
  now: systemNow,
  newId,
}));

export const handler = middy<z.infer<typeof Asked>>()
  .use(loggedAs('keep-image'))
  .use(parsedAs(Asked))
  .handler((asked) => keepImage(needs(), asked));
