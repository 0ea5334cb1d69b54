/** sends a disclosure. */
import type { Acting, DisclosureNeeds, Done } from './needs.ts';

export interface Sending {
  readonly disclosureId: string;
  readonly person: Acting;
  readonly answerToOfficer?: string;
}

export async function sendDisclosure(_needs: DisclosureNeeds, _given: Sending): Promise<Done> {
  throw new Error('not yet');
}
