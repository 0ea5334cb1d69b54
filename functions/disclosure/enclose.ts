/** Encloses. */
import type { Refused } from '../../policies/ruling.ts';
import type { Disclosure, Enclosure } from './contract.ts';
import type { Acting, DisclosureNeeds } from './needs.ts';

export type Enclosed =
  | { readonly kind: 'done'; readonly disclosure: Disclosure; readonly enclosure: Enclosure }
  | Refused
  | { readonly kind: 'missing' };

interface Tending {
  readonly disclosureId: string;
  readonly person: Acting;
}

export async function encloseImage(
  _needs: DisclosureNeeds,
  _given: Tending & { readonly imageId: string; readonly label: string },
): Promise<Enclosed> {
  throw new Error('not yet');
}

export async function encloseCount(
  _needs: DisclosureNeeds,
  _given: Tending & { readonly label: string; readonly text: string },
): Promise<Enclosed> {
  throw new Error('not yet');
}

export async function leaveOut(
  _needs: DisclosureNeeds,
  _given: Tending & { readonly enclosureId: string },
): Promise<Enclosed> {
  throw new Error('not yet');
}
