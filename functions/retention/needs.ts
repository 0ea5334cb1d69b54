/** What recalculations and the acts on schedules ask of the world. Plain functions, so that tests hand in their own. */
import type { Instant } from '../../policies/instant.ts';
import type { Files } from '../records/files.ts';
import type { Records } from '../records/records.aws.ts';

export interface RecalculationNeeds {
  readonly records: Records;
  readonly files: Pick<Files, 'bucket' | 'head' | 'put' | 'setLegalHold' | 'retainUntil' | 'tag'>;
  now(): Instant;
}

export interface ScheduleNeeds {
  readonly records: Records;
  now(): Instant;
  newId(prefix: string): string;
}
