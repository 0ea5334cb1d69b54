/** What the form gives, before it is known who confirmed what and when. */
import type { Confirmation, LawfulnessDetermination } from '../../policies/disclosure.ts';
import type { DisclosureAsked } from './contract.ts';

export interface DisclosureAskedDraft extends Omit<DisclosureAsked, 'identity' | 'affiliation' | 'lawfulness'> {
  readonly identity?: Pick<Confirmation, 'outcome' | 'how'>;
  readonly affiliation?: Pick<Confirmation, 'outcome' | 'how'>;
  readonly lawfulness?: Pick<LawfulnessDetermination, 'outcome' | 'because'>;
}
