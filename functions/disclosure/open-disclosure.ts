/** Opens a disclosure. */
import type { Refusal } from '../../policies/ruling.ts';
import type { DisclosureAskedDraft } from './asked-draft.ts';
import type { Disclosure } from './contract.ts';
import type { Acting, DisclosureNeeds } from './needs.ts';

export interface Opening {
  readonly person: Acting;
  readonly asked: DisclosureAskedDraft;
  /** What the form itself could not read. */
  readonly refusals?: readonly Refusal[];
  /** The form's own number: the same form sent twice opens one disclosure. */
  readonly draft?: string;
}

export type Opened =
  | { readonly kind: 'opened'; readonly disclosure: Disclosure }
  | { readonly kind: 'refused'; readonly because: readonly Refusal[]; readonly onRecordAs?: string };

export async function openDisclosure(_needs: DisclosureNeeds, _given: Opening): Promise<Opened> {
  throw new Error('not yet');
}
