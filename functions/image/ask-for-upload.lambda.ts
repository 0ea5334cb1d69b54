/** Called by the workflow image-intake, "Ask uploader for the file" (task token). */
import middy from '@middy/core';
import * as z from 'zod/mini';
import { loggedAs, parsedAs } from '../edge/middleware.ts';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { systemNow } from '../edge/system.ts';
import { recordsIn } from '../records/records.aws.ts';
import { askForUpload } from './ask-for-upload.ts';

const Asked = z.object({ imageId: z.string(), token: z.string() });
const needs = onFirstCall(() => ({ records: recordsIn(readEnv('RECORDS_TABLE')), now: systemNow }));

export const handler = middy<z.infer<typeof Asked>>()
  .use(loggedAs('ask-for-upload'))
  .use(parsedAs(Asked))
  .handler((asked) => askForUpload(needs(), asked));
