/** What the acts of a disclosure ask of the world, and who asks them. Plain functions, so that tests hand in their own. */
import type { Instant } from '../../policies/instant.ts';
import type { Role } from '../../policies/roles.ts';
import type { Refused } from '../../policies/ruling.ts';
import type { Records } from '../records/records.aws.ts';
import type { Disclosure } from './contract.ts';
import type { EnclosureStore } from './enclosure-store.ts';

export interface DisclosureNeeds {
  readonly records: Records;
  readonly now: () => Instant;
  readonly newId: (prefix: string) => string;
  readonly enclosed: EnclosureStore;
  /** The address of the City's Chief Privacy Officer. */
  readonly chiefPrivacyOfficer: string;
}

/** What acts and steps of the workflow need that touch no file and write to nobody outside. */
export type StepNeeds = Pick<DisclosureNeeds, 'records' | 'now' | 'newId'>;
export type EnclosingNeeds = StepNeeds & Pick<DisclosureNeeds, 'enclosed'>;
export type ReportNeeds = StepNeeds & Pick<DisclosureNeeds, 'chiefPrivacyOfficer'>;

/** Whoever acts, as a page knows them. A visitor fits. */
export interface Acting {
  readonly personId: string;
  readonly roles: readonly Role[];
  readonly active: boolean;
  readonly bureau: string;
}

export type Done = { readonly kind: 'done'; readonly disclosure: Disclosure } | Refused | { readonly kind: 'missing' };
