/** What every act on a case is given, and what it answers. */
import type { Instant } from '../../policies/instant.ts';
import type { Refusal, Refused } from '../../policies/ruling.ts';
import type { Put } from '../records/change.ts';
import type { Told } from '../records/ledger.ts';
import type { Records } from '../records/records.aws.ts';
import type { Case } from './contract.ts';

export interface CaseNeeds {
  readonly records: Records;
  now(): Instant;
  newId(prefix: string): string;
}

export interface OnCase {
  /** As it was typed or sent; acts write it as `caseNumberOf` does. */
  readonly caseNumber: string;
  /** What is written in the act's own change besides, given the case as it will be: that a message was taken, say. */
  readonly also?: ((after: Case) => Promise<Also>) | undefined;
}

export interface Also {
  readonly puts: readonly Put[];
  /** Told with the act itself. */
  readonly facts: NonNullable<Told['facts']>;
}

/** What is written besides, with the version the case will have. */
export const alsoWritten = async ({ also }: Pick<OnCase, 'also'>, after: Case): Promise<Also> =>
  also ? also({ ...after, version: after.version + 1 }) : { puts: [], facts: {} };

export type CaseAnswer =
  /** `changed` is false where it was so already: the same was sent twice, or somebody else did it. */
  | { readonly kind: 'done'; readonly case: Case; readonly changed: boolean }
  | Refused
  /** No case of that number is on file. */
  | { readonly kind: 'missing' };

export const refused = (because: readonly Refusal[]): Refused => ({ kind: 'refused', because });

/** The clauses that speak of cases: what classes one, when it is closed, and whom it is open to. */
export const CLASSED_BY = 'XR26-RET-06';
export const CLOSED_WHEN = 'XR26-RET-07';
export const SEEN_BY_DUTY = 'XR26-SAFE-07';

/** What one record has room for. Engineering, not law: far below what the table holds of one record. */
export const MOST = { charges: 100, people: 200, statuses: 30, mergers: 50, reopenings: 50 } as const;
export const MOST_OF_A_LINE = 300;
export const MOST_OF_A_REASON = 2000;
