/**
 * Finds what an address of minutes opens, for the visit it was made in. Reads only: the opening was told to the ledger
 * when the address was made.
 *
 * Answers open with the exact version, over (the address's minutes), no-visit, or missing
 * Faults  RecordsBusy (retry)
 */
import type { StoredFile } from '../disclosure/contract.ts';
import type { Missing } from './ask-for-code.ts';
import { heldHash, type Delivery } from './contract.ts';
import type { DeliveredFiles } from './delivered-files.ts';
import { findDelivery, isSameHash, isVisiting, type DeliveryNeeds } from './find-delivery.ts';
import { fileNameOf, packageNameOf } from './names.ts';
import type { InVisit, NoVisit } from './open-delivered.ts';

export interface Held {
  readonly kind: 'open';
  readonly file: StoredFile;
  readonly fileName: string;
}

/** How long the store's own address works: time to begin loading, not to pass it on. */
export const LINK_SECONDS = 60;

export async function useOpened(
  needs: Pick<DeliveryNeeds, 'records' | 'now'>,
  given: InVisit & { readonly token: string },
): Promise<Held | { readonly kind: 'over' } | NoVisit | Missing> {
  const found = await findDelivery(needs, given.secret);
  if (found.kind !== 'open') return { kind: 'missing' };
  const { delivery } = found;
  const now = needs.now();
  if (!isVisiting(delivery, given.visit, now)) return { kind: 'no-visit' };
  const { opened } = delivery;
  if (!opened || !isSameHash(opened.hash, heldHash(delivery.id, given.token)) || now >= opened.until)
    return { kind: 'over' };
  return heldIn(delivery, opened.what) ?? { kind: 'missing' };
}

function heldIn(delivery: Delivery, what: string): Held | undefined {
  if (what === 'package')
    return delivery.seal && { kind: 'open', file: delivery.seal.package, fileName: packageNameOf(delivery) };
  const file = delivery.files.find(({ enclosureId }) => enclosureId === what);
  return file && { kind: 'open', file: file.file, fileName: fileNameOf(delivery, file) };
}

export const linkTo = (files: Pick<DeliveredFiles, 'link'>, { file, fileName }: Held): Promise<string> =>
  files.link({
    key: file.key,
    versionId: file.versionId,
    fileName,
    contentType: file.contentType,
    seconds: LINK_SECONDS,
  });
