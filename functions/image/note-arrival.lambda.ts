/**
 * Called by an EventBridge rule: S3 `Object Created` under `incoming/` of the images bucket. What nobody filed, and what
 * comes too late, is left to the bucket's lifecycle rule; a log line says so, with the key.
 */
import middy from '@middy/core';
import * as z from 'zod/mini';
import { loggedAs, logLine, parsedAs } from '../edge/middleware.ts';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { systemNow } from '../edge/system.ts';
import { recordsIn } from '../records/records.aws.ts';
import { noteArrival } from './note-arrival.ts';

const Created = z.object({ detail: z.object({ object: z.object({ key: z.string(), size: z.number() }) }) });
const needs = onFirstCall(() => ({ records: recordsIn(readEnv('RECORDS_TABLE')), now: systemNow }));

export const handler = middy<z.infer<typeof Created>>()
  .use(loggedAs('note-arrival'))
  .use(parsedAs(Created))
  .handler(async ({ detail: { object } }) => {
    const answer = await noteArrival(needs(), { key: object.key, bytes: object.size });
    if (answer.kind !== 'noted') logLine({ act: 'note-arrival', outcome: answer.kind, key: object.key });
    return answer;
  });
