/**
 * Writes that no file came in time. A file that came at the last moment is found here and goes on to its check.
 *
 * Answers lapsed, or arrived
 * Faults  RecordMissing (do not retry); RecordsBusy, ChangedMeanwhile (retry)
 */
import type { Instant } from '../../policies/instant.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import { RecordMissing } from '../records/faults.ts';
import type { Records } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { images } from './contract.ts';
import { xrayPolicyAt } from './judge-file.ts';

export interface LapseNeeds {
  readonly records: Records;
  now(): Instant;
}

export function lapseUpload(
  needs: LapseNeeds,
  { imageId }: { readonly imageId: string },
): Promise<{ readonly kind: 'lapsed' | 'arrived' }> {
  return untilWritten(async () => {
    const image = await needs.records.get(images, imageId);
    if (!image)
      throw new RecordMissing(`image ${imageId} is not in the records; the workflow image-intake was started for it`);
    if (image.state === 'lapsed') return { kind: 'lapsed' };
    if (image.state !== 'awaiting-upload') return { kind: 'arrived' };
    const { dueAt: _, ...rest } = image;
    const told = {
      act: 'upload lapsed',
      edition: image.edition,
      clauses: [xrayPolicyAt(image.filedAt).house.hoursToUpload.id],
      facts: { image: imageId, endedAt: image.uploadEndsAt },
    };
    await needs.records.write({
      at: needs.now(),
      by: { kind: 'system', id: 'image-intake' },
      puts: [put(images, { ...rest, state: 'lapsed', step: 'Upload lapsed' })],
      tells: [
        { subject: keyOf('image', imageId), ...told },
        { subject: keyOf('use-request', image.requestId), ...told },
      ],
      mails: [
        {
          kind: 'upload-lapsed',
          to: { personId: image.uploaderId },
          about: keyOf('image', imageId),
          subject: keyOf('image', imageId),
        },
      ],
    });
    return { kind: 'lapsed' };
  });
}
