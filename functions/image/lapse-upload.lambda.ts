/** Called by the workflow image-intake, "Write that the upload lapsed". */
import middy from '@middy/core';
import * as z from 'zod/mini';
import { loggedAs, parsedAs } from '../edge/middleware.ts';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { systemNow } from '../edge/system.ts';
import { recordsIn } from '../records/records.aws.ts';
import { lapseUpload } from './lapse-upload.ts';

const Asked = z.object({ imageId: z.string() });
const needs = onFirstCall(() => ({ records: recordsIn(readEnv('RECORDS_TABLE')), now: systemNow }));

export const handler = middy<z.infer<typeof Asked>>()
  .use(loggedAs('lapse-upload'))
  .use(parsedAs(Asked))
  .handler((asked) => lapseUpload(needs(), asked));
