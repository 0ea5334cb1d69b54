/**
 * Notes that an image's file has arrived, and wakes the workflow. Told by the store at least once, in no order: a
 * second telling, a second upload and a file nobody filed all find nothing to do.
 *
 * Answers noted; or why not: unknown (no such image), late (it no longer awaits a file)
 * Faults  RecordsBusy, ChangedMeanwhile (retry)
 */
import { plusHours, type Instant } from '../../policies/instant.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import type { Records } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { images, incomingKeyOf, uploadOf } from './contract.ts';

export interface ArrivalNeeds {
  readonly records: Records;
  now(): Instant;
}

export interface Arrival {
  readonly key: string;
  readonly bytes: number;
}

/** A check of the largest file takes minutes; after an hour something is stuck and the sweep looks at it. */
const HOURS_TO_CHECK = 1;

export async function noteArrival(
  needs: ArrivalNeeds,
  arrival: Arrival,
): Promise<{ readonly kind: 'noted' | 'unknown' | 'late' }> {
  const imageId = /^incoming\/([\w-]+)\/original$/.exec(arrival.key)?.[1];
  if (!imageId || incomingKeyOf(imageId) !== arrival.key) return { kind: 'unknown' };
  return untilWritten(async () => {
    const image = await needs.records.get(images, imageId);
    if (!image) return { kind: 'unknown' };
    if (image.state !== 'awaiting-upload') return { kind: 'late' };
    const at = needs.now();
    await needs.records.write({
      at,
      by: { kind: 'person', id: image.uploaderId },
      puts: [
        put(images, {
          ...image,
          state: 'checking',
          uploadedAt: at,
          step: 'Check the file',
          dueAt: plusHours(at, HOURS_TO_CHECK),
        }),
      ],
      tells: [
        {
          subject: keyOf('image', imageId),
          act: 'file uploaded',
          edition: image.edition,
          facts: { bytes: arrival.bytes },
        },
      ],
      notes: [{ kind: 'wake', waiting: uploadOf(imageId), output: { arrived: true } }],
    });
    return { kind: 'noted' };
  });
}
