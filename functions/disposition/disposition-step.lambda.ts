/**
 * The steps of a disposition's workflow but the destruction itself, which has rights of its own: all of these read and
 * write records, and the last signs.
 *
 * Called by  workflows/disposition, each step by its name
 * Faults     NobodyToSign (retry later); ListDiffers, RecordsRemain, RecordMissing (do not retry);
 *            RecordsBusy, ChangedMeanwhile, FilesBusy, CertificateNotSigned (retry)
 */
import middy from '@middy/core';
import * as z from 'zod/mini';
import { loggedAs, parsedAs } from '../edge/middleware.ts';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { newId, systemNow } from '../edge/system.ts';
import { filesIn } from '../records/files.aws.ts';
import { recordsIn } from '../records/records.aws.ts';
import { signerAt } from './certificate-signature.aws.ts';
import { dispositionStep } from './disposition-step.ts';
import type { StepNeeds } from './steps.ts';

const Given = z.object({
  step: z.enum(['check', 'ask-for-objections', 'give-back', 'settle']),
  dispositionId: z.string(),
  token: z.optional(z.string()),
});

const needs = onFirstCall((): StepNeeds => ({
  records: recordsIn(readEnv('RECORDS_TABLE')),
  files: filesIn(readEnv('IMAGES_BUCKET')),
  sign: signerAt(readEnv('DECISION_KEY')),
  now: systemNow,
  newId,
}));

export const handler = middy<z.infer<typeof Given>>()
  .use(loggedAs('disposition-step'))
  .use(parsedAs(Given))
  .handler((given) => dispositionStep(needs(), given));
