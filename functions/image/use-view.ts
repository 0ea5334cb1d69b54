/**
 * Finds what an opened view shows: the exact version of the original, for the person it was opened by, while it is open.
 * Reads only. The view itself was written into the ledger when it was opened.
 *
 * Answers open, refused (another person's, or over), or missing
 * Faults  RecordsBusy (retry)
 */
import { mustSay } from '../../policies/clause-in.ts';
import type { Instant } from '../../policies/instant.ts';
import type { Refused } from '../../policies/ruling.ts';
import type { Records } from '../records/records.aws.ts';
import { images, views, type Image, type View } from './contract.ts';
import { gone } from './gone.ts';
import { xrayPolicyAt } from './judge-file.ts';
import { fileNameOf, mimeOf } from './kinds.ts';
import type { Originals } from './originals.ts';

export interface UseNeeds {
  readonly records: Records;
  now(): Instant;
}

export type UseAnswer =
  | { readonly kind: 'open'; readonly view: View; readonly image: Image & Required<Pick<Image, 'stored'>> }
  | Refused
  | { readonly kind: 'missing' };

/** How long the store's own address works: time to begin loading, not to pass it on. */
const LINK_SECONDS = 60;

export async function useView(
  { records, now }: UseNeeds,
  asked: { readonly imageId: string; readonly viewId: string; readonly personId: string },
): Promise<UseAnswer> {
  const [image, view] = await Promise.all([records.get(images, asked.imageId), records.get(views, asked.viewId)]);
  if (!image || !view || view.imageId !== image.id) return { kind: 'missing' };
  const at = now();
  if (image.state === 'destroyed') return { kind: 'refused', because: [gone(xrayPolicyAt(at))] };
  if (!image.stored) return { kind: 'missing' };
  const { edition, house } = xrayPolicyAt(at);
  const refused = (clause: string, found: string, expected: string): Refused => ({
    kind: 'refused',
    because: [{ clause, field: 'view', found, expected, todo: 'open the image’s page and state your own purpose' }],
  });
  if (view.personId !== asked.personId)
    return refused(mustSay(edition, 'XR26-SAFE-14'), 'a view that was opened by another member', 'a view of your own');
  if (at >= view.until)
    return refused(
      house.minutesALinkIsOpen.id,
      'a view that is over',
      `a view opened in the last ${house.minutesALinkIsOpen.minutes} minutes`,
    );
  return { kind: 'open', view, image: { ...image, stored: image.stored } };
}

/** The address of the original for a view that is open: shown in the page, or saved as a file. */
export function linkFor(originals: Originals, { view, image }: Extract<UseAnswer, { kind: 'open' }>): Promise<string> {
  const { key, versionId, contentKind } = image.stored;
  return originals.link({
    key,
    versionId,
    seconds: LINK_SECONDS,
    as: view.use === 'view' ? 'inline' : 'attachment',
    fileName: fileNameOf(image.id, contentKind),
    contentType: mimeOf(contentKind),
  });
}
