/** What the pages about retention need: the records, ids for what is loaded, and who is asking. */
import type { Instant } from '../../policies/instant.ts';
import type { PageNeeds } from '../edge/page-app.tsx';
import type { Records } from '../records/records.aws.ts';

export interface RetentionPageNeeds extends PageNeeds {
  readonly records: Records;
  readonly newId: (prefix: string) => string;
  now(): Instant;
}
