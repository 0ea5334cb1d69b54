/** revokes a disclosure. */
import type { Acting, DisclosureNeeds, Done } from './needs.ts';

export interface Revoking {
  readonly disclosureId: string;
  readonly person: Acting;
  readonly reason: string;
}

export async function revokeDisclosure(_needs: DisclosureNeeds, _given: Revoking): Promise<Done> {
  throw new Error('not yet');
}
