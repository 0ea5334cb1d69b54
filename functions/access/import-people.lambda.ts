/**
 * Brings people's records in step with the personnel list.
 *
 * Called by  an administrator, directly
 * Faults     FactMalformed (do not retry); RecordsBusy, ChangedMeanwhile (retry)
 */
import middy from '@middy/core';
import { loggedAs, parsedAs } from '../edge/middleware.ts';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { newId, systemNow } from '../edge/system.ts';
import { recordsIn } from '../records/records.aws.ts';
import { PeopleImport, type PeopleImported } from './contract.ts';
import { importPeople } from './import-people.ts';

const needs = onFirstCall(() => ({ records: recordsIn(readEnv('RECORDS_TABLE')), now: systemNow, newId }));

export const handler = middy<PeopleImport, PeopleImported>()
  .use(loggedAs('import-people'))
  .use(parsedAs(PeopleImport))
  .handler((given) => importPeople(needs(), given));
