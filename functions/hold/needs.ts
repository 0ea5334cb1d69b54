/** What the acts on a hold need, who does them, and what they answer. */
import type { Instant } from '../../policies/instant.ts';
import type { Role } from '../../policies/roles.ts';
import type { Refusal } from '../../policies/ruling.ts';
import type { Records } from '../records/records.aws.ts';
import type { Hold } from './contract.ts';

export interface HoldNeeds {
  readonly records: Records;
  readonly now: () => Instant;
  readonly newId: (prefix: string) => string;
}

export interface Doer {
  readonly personId: string;
  readonly roles: readonly Role[];
}

export interface OnHold {
  readonly holdId: string;
  readonly person: Doer;
}

export interface HoldRefused {
  readonly kind: 'refused';
  readonly because: readonly Refusal[];
}

export type Done = { readonly kind: 'done'; readonly hold: Hold } | HoldRefused | { readonly kind: 'missing' };

export const refused = (...because: readonly Refusal[]): HoldRefused => ({ kind: 'refused', because });

/** A hold as it is once the change that writes it is made. */
export const written = (hold: Hold): Hold => ({ ...hold, version: hold.version + 1 });
