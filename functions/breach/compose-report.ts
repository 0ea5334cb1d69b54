import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import type { Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import type { Report } from '../mail/contract.ts';
import type { Breach } from './contract.ts';

export interface ComposedReport extends Pick<Report, 'title' | 'parts' | 'answers'> {
  /** SHA-256 of the canonical title and parts: what the form carries as `shownHash`. */
  readonly sha256: string;
  /** What keeps it from being sent. */
  readonly missing: readonly Refusal[];
}

/** From the record alone, in the same words at any time, so that what is sent is what was reviewed. */
export function composedReport(_breach: Breach, _policy: PublishedPolicy, _now: Instant): ComposedReport {
  throw new Error('not written');
}
