/**
 * Writes that an image's file is not kept and why, tells its uploader, and removes the file.
 *
 * Answers refused
 * Faults  RecordMissing (do not retry); RecordsBusy, ChangedMeanwhile, FilesBusy (retry)
 */
import type { Instant } from '../../policies/instant.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import { RecordMissing } from '../records/faults.ts';
import type { Records } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { images } from './contract.ts';
import type { Originals } from './originals.ts';

export interface RefuseNeeds {
  readonly records: Records;
  readonly originals: Originals;
  now(): Instant;
}

export async function refuseImage(
  needs: RefuseNeeds,
  { imageId }: { readonly imageId: string },
): Promise<{ readonly kind: 'refused' }> {
  const refused = await untilWritten(async () => {
    const image = await needs.records.get(images, imageId);
    if (!image?.refusals)
      throw new RecordMissing(`image ${imageId} has no refusal in the records; the workflow checks before it refuses`);
    if (image.state === 'refused') return image;
    const at = needs.now();
    const { dueAt: _, ...rest } = image;
    const told = {
      act: 'image refused',
      edition: image.edition,
      clauses: [...new Set(image.refusals.map(({ clause }) => clause))],
      facts: {
        image: imageId,
        ...(image.checked && {
          sha256: image.checked.sha256,
          found: [...new Set(image.checked.findings.map(({ kind }) => kind))],
        }),
      },
    };
    await needs.records.write({
      at,
      by: { kind: 'system', id: 'image-intake' },
      puts: [put(images, { ...rest, state: 'refused', step: 'Image refused' })],
      tells: [
        { subject: keyOf('image', imageId), ...told },
        { subject: keyOf('use-request', image.requestId), ...told },
      ],
      mails: [
        {
          kind: 'image-refused',
          to: { personId: image.uploaderId },
          about: keyOf('image', imageId),
          subject: keyOf('image', imageId),
        },
      ],
    });
    return image;
  });
  await needs.originals.remove({ key: refused.incomingKey, versionId: refused.checked?.versionId });
  return { kind: 'refused' };
}
