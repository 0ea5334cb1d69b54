/** Uploads. */
import type { Instant } from '../../policies/instant.ts';
import type { Enclosed } from './enclose.ts';
import type { UploadForm } from './enclosure-store.ts';
import type { Acting, DisclosureNeeds } from './needs.ts';

export type Beginning = { readonly disclosureId: string; readonly person: Acting; readonly label: string; readonly fileName: string } & (
  | {
      readonly kind: 'redacted-copy';
      /** The enclosure, or the kept image, it was made of. */
      readonly madeOf: string;
      readonly whatWasRedacted: string;
    }
  | { readonly kind: 'record'; readonly system: string; readonly reference: string; readonly capturedAt?: Instant }
);

export async function beginEnclosure(_needs: DisclosureNeeds, _given: Beginning): Promise<Enclosed> {
  throw new Error('not yet');
}

/** The form a browser sends the file of an enclosure with. */
export async function enclosureForm(
  _needs: DisclosureNeeds,
  _given: { readonly disclosureId: string; readonly person: Acting; readonly enclosureId: string; readonly backTo: string },
): Promise<UploadForm | undefined> {
  throw new Error('not yet');
}

export async function takeEnclosure(
  _needs: DisclosureNeeds,
  _given: { readonly disclosureId: string; readonly person: Acting; readonly enclosureId: string },
): Promise<Enclosed> {
  throw new Error('not yet');
}
