/** withdraws a disclosure. */
import type { Acting, DisclosureNeeds, Done } from './needs.ts';

export interface Withdrawing {
  readonly disclosureId: string;
  readonly person: Acting;
  readonly reason: string;
}

export async function withdrawDisclosure(_needs: DisclosureNeeds, _given: Withdrawing): Promise<Done> {
  throw new Error('not yet');
}
