/** Reports an exigent release. */
import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import type { Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import type { Report } from '../mail/contract.ts';
import type { Disclosure } from './contract.ts';
import type { Acting, DisclosureNeeds, Done } from './needs.ts';

export interface ComposedExigency extends Pick<Report, 'title' | 'parts' | 'answers'> {
  /** What the sender was shown; goes with the form. */
  readonly shownHash: string;
  /** What keeps it from being sent. */
  readonly missing: readonly Refusal[];
}

export function exigencyReport(_disclosure: Disclosure, _policy: PublishedPolicy, _now: Instant): ComposedExigency {
  throw new Error('not yet');
}

export interface ReportingExigency {
  readonly disclosureId: string;
  readonly person: Acting;
  readonly shownHash: string;
  readonly namesNobody: boolean;
}

export async function reportExigency(_needs: DisclosureNeeds, _given: ReportingExigency): Promise<Done> {
  throw new Error('not yet');
}
