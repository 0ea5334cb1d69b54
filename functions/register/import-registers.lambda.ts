/**
 * Puts on file what the department has on file already.
 *
 * Called by  an administrator, directly
 * Faults     FactMalformed (correct the input); RecordsBusy, ChangedMeanwhile (call again)
 */
import middy from '@middy/core';
import { loggedAs, parsedAs } from '../edge/middleware.ts';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { newId, systemNow } from '../edge/system.ts';
import { recordsIn } from '../records/records.aws.ts';
import { importRegisters, RegistersImport } from './import-registers.ts';

const needs = onFirstCall(() => ({ records: recordsIn(readEnv('RECORDS_TABLE')), now: systemNow, newId }));

export const handler = middy<RegistersImport>()
  .use(loggedAs('import-registers'))
  .use(parsedAs(RegistersImport))
  .handler((given) => importRegisters(needs(), given));
