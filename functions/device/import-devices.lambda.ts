/**
 * Brings the devices on record in step with the inventory.
 *
 * Called by  an administrator, directly
 * Faults     FactMalformed (do not retry); RecordsBusy, ChangedMeanwhile (retry)
 */
import middy from '@middy/core';
import { loggedAs, parsedAs } from '../edge/middleware.ts';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { systemNow } from '../edge/system.ts';
import { recordsIn } from '../records/records.aws.ts';
import { DeviceImport, importDevices, type DevicesImported } from './import-devices.ts';

const needs = onFirstCall(() => ({ records: recordsIn(readEnv('RECORDS_TABLE')), now: systemNow }));

export const handler = middy<DeviceImport, DevicesImported>()
  .use(loggedAs('import-devices'))
  .use(parsedAs(DeviceImport))
  .handler((given) => importDevices(needs(), given));
