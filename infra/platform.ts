/** What the constructs of every noun are given: the stores, the site, who is told of trouble, and where code comes from. */
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Alarms } from './constructs/alarms.ts';
import type { Keys } from './constructs/keys.ts';
import type { RecordsTable } from './constructs/records-table.ts';
import type { Site } from './constructs/site.ts';
import type { Settings } from './settings.ts';

export interface Platform {
  readonly settings: Settings;
  readonly keys: Keys;
  readonly records: RecordsTable;
  readonly site: Site;
  readonly alarms: Alarms;
  /** Where the emulator is that the stack is for; absent for AWS and for the embedded host. */
  readonly emulator?: string;
  /** The bundle of an entry point, by its path below functions/. */
  readonly codeOf: (entry: string) => Code;
}
