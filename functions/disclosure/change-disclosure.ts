/** Changes a disclosure. */
import type { Refusal } from '../../policies/ruling.ts';
import type { DisclosureAskedDraft } from './asked-draft.ts';
import type { Acting, DisclosureNeeds, Done } from './needs.ts';

export interface Changing {
  readonly disclosureId: string;
  readonly person: Acting;
  readonly asked: DisclosureAskedDraft;
  readonly refusals?: readonly Refusal[];
}

export async function changeDisclosure(_needs: DisclosureNeeds, _given: Changing): Promise<Done> {
  throw new Error('not yet');
}
