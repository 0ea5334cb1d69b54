/**
 * Brings trainings in from the department's training records.
 *
 * Called by  an administrator, directly
 * Faults     FactMalformed (correct the input); RecordsBusy, ChangedMeanwhile (call again)
 */
import middy from '@middy/core';
import { loggedAs, parsedAs } from '../edge/middleware.ts';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { systemNow } from '../edge/system.ts';
import { recordsIn } from '../records/records.aws.ts';
import { importTrainings, TrainingsImport } from './import-trainings.ts';

const needs = onFirstCall(() => ({ records: recordsIn(readEnv('RECORDS_TABLE')), now: systemNow }));

export const handler = middy<TrainingsImport>()
  .use(loggedAs('import-trainings'))
  .use(parsedAs(TrainingsImport))
  .handler((given) => importTrainings(needs(), given));
