/** What every act on a breach is given, who does it, and what it answers. */
import type { Instant } from '../../policies/instant.ts';
import type { Role } from '../../policies/roles.ts';
import type { Refused } from '../../policies/ruling.ts';
import type { Records } from '../records/records.aws.ts';
import type { Breach } from './contract.ts';

export interface BreachNeeds {
  readonly records: Records;
  readonly now: () => Instant;
  readonly newId: (prefix: string) => string;
  /** Where the City's Chief Privacy Officer receives reports. */
  readonly chiefPrivacyOfficer: string;
}

/** Whoever acts, as signed in at this moment; the office they hold is read from the records. */
export interface Doer {
  readonly personId: string;
  readonly roles: readonly Role[];
  readonly active: boolean;
  readonly bureau: string;
}

export interface OnBreach {
  readonly breachId: string;
  readonly person: Doer;
}

export type Acted = { readonly kind: 'done'; readonly breach: Breach } | Refused | { readonly kind: 'missing' };
