import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import type { Instant } from '../../policies/instant.ts';
import type { Report } from '../mail/contract.ts';
import type { Breach } from './contract.ts';

export type OwedId =
  | 'triage'
  | 'report'
  | 'containment'
  | 'harm'
  | 'consultations'
  | 'notice'
  | 'security'
  | 'cyber-command';

export interface OwedItem {
  readonly id: OwedId;
  /** In the words of the page: 'Report to the Chief Privacy Officer'. */
  readonly what: string;
  readonly clause: string;
  readonly done: boolean;
  /** What is there and what is to be done; absent once it is done. */
  readonly open?: { readonly found: string; readonly todo: string };
  /** The part of the breach's page that does it, such as `#report`: '#' and the id. */
  readonly href: string;
}

/** Everything a breach has to have before it may be closed, done or not, in the order it is done. */
export function whatIsOwed(
  _breach: Breach,
  _reports: readonly Report[],
  _policy: PublishedPolicy,
  _now: Instant,
): readonly OwedItem[] {
  throw new Error('not written');
}
