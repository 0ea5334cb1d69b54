/**
 * Brings in cases and records that older systems kept.
 *
 * Called by  an administrator, directly
 * Faults     FactMalformed (do not retry); RecordsBusy, ChangedMeanwhile (retry)
 */
import middy from '@middy/core';
import { loggedAs, parsedAs } from '../edge/middleware.ts';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { newId, systemNow } from '../edge/system.ts';
import { recordsIn } from '../records/records.aws.ts';
import { importRecords, type RecordsImported } from './import-records.ts';
import { RecordsImport } from './import-shapes.ts';

const needs = onFirstCall(() => ({ records: recordsIn(readEnv('RECORDS_TABLE')), now: systemNow, newId }));

export const handler = middy<RecordsImport, RecordsImported>()
  .use(loggedAs('import-records'))
  .use(parsedAs(RecordsImport))
  .handler((given) => importRecords(needs(), given));
