/**
 * The interface for the case-management system and for systems of other technologies: what happened in a case, records
 * to keep, and how both stand. For systems with a token; docs/api.md tells how to get one.
 *
 * Called by  ANY /api/v1/{proxy+} behind the token's check, GET /api/v1/openapi.json for anyone
 * Faults     RecordsBusy, ChangedMeanwhile, FilesBusy (answered as 503 with Retry-After)
 */
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { machineHandlerOf } from '../edge/machine-app.ts';
import { newId, systemNow } from '../edge/system.ts';
import { filesIn } from '../records/files.aws.ts';
import { recordsIn } from '../records/records.aws.ts';
import { caseInterface, type InterfaceNeeds } from './case-interface.ts';
import { uploadsTo } from './record-uploads.aws.ts';

const needs = onFirstCall((): InterfaceNeeds => {
  const bucket = readEnv('IMAGES_BUCKET');
  return {
    records: recordsIn(readEnv('RECORDS_TABLE')),
    files: filesIn(bucket),
    uploads: uploadsTo(bucket),
    now: systemNow,
    newId,
    site: readEnv('SITE_URL'),
    tokenUrl: readEnv('TOKEN_URL'),
  };
});

export const handler = machineHandlerOf(caseInterface(needs), 'case-interface');
