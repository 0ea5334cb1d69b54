/**
 * Leaves word that the workflow waits for an image's file. If the file came first, the same change wakes the workflow:
 * both this act and note-arrival write the image's record on condition of its version, so one of them sees the other.
 *
 * Faults  RecordMissing (do not retry); RecordsBusy, ChangedMeanwhile (retry)
 */
import type { Instant } from '../../policies/instant.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import { RecordMissing } from '../records/faults.ts';
import type { Records } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { waitId, waits, waitWith } from '../records/waits.ts';
import { images, uploadOf } from './contract.ts';

export interface AskNeeds {
  readonly records: Records;
  now(): Instant;
}

export function askForUpload(
  needs: AskNeeds,
  { imageId, token }: { readonly imageId: string; readonly token: string },
): Promise<{ readonly imageId: string }> {
  return untilWritten(async () => {
    const image = await needs.records.get(images, imageId);
    if (!image)
      throw new RecordMissing(`image ${imageId} is not in the records; the workflow image-intake was started for it`);
    const waiting = uploadOf(imageId);
    const before = await needs.records.get(waits, waitId(waiting));
    const at = needs.now();
    const hasArrived = image.state !== 'awaiting-upload';
    await needs.records.write({
      at,
      by: { kind: 'system', id: 'image-intake' },
      puts: [put(images, image), waitWith(waiting, before, token, at)],
      tells: [
        {
          subject: keyOf('image', imageId),
          act: 'file awaited',
          edition: image.edition,
          facts: { until: image.uploadEndsAt, hasArrived },
        },
      ],
      ...(hasArrived && { notes: [{ kind: 'wake', waiting, output: { arrived: true } }] }),
    });
    return { imageId };
  });
}
