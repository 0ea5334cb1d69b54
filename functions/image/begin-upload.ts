/**
 * Makes ready for an upload: the first, or another after an interruption. Where the browser has read the file, its size
 * and SHA-256 go into the record first, so that the check can tell whether what was picked is what arrived.
 *
 * Answers ready with the form to send the file with, refused, or missing
 * Faults  RecordsBusy, ChangedMeanwhile, FilesBusy (retry)
 */
import type { Instant } from '../../policies/instant.ts';
import type { Refusal, Refused } from '../../policies/ruling.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import type { Records } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { images, type Image } from './contract.ts';
import { xrayPolicyAt } from './judge-file.ts';
import type { Originals, UploadForm } from './originals.ts';

export interface UploadNeeds {
  readonly records: Records;
  readonly originals: Originals;
  now(): Instant;
}

/** How long a form that sends a file is good for; the upload must have begun by then. */
export const UPLOAD_FORM_SECONDS = 15 * 60;

export type UploadAnswer =
  | { readonly kind: 'ready'; readonly form: UploadForm }
  | Refused
  | { readonly kind: 'missing' };

export function beginUpload(
  needs: UploadNeeds,
  asked: { readonly imageId: string; readonly personId: string; readonly sha256: string; readonly bytes: number },
): Promise<UploadAnswer> {
  return untilWritten(async () => {
    const image = await needs.records.get(images, asked.imageId);
    if (!image || image.uploaderId !== asked.personId) return { kind: 'missing' };
    const at = needs.now();
    const because = inTheWay(image, asked, at);
    if (because.length > 0) return { kind: 'refused', because };
    if (image.filed.sha256 !== asked.sha256 || image.filed.bytes !== asked.bytes) {
      await needs.records.write({
        at,
        by: { kind: 'person', id: asked.personId },
        puts: [put(images, { ...image, filed: { ...image.filed, sha256: asked.sha256, bytes: asked.bytes } })],
        tells: [
          {
            subject: keyOf('image', image.id),
            act: 'upload begun',
            edition: image.edition,
            facts: { sha256: asked.sha256, bytes: asked.bytes },
          },
        ],
      });
    }
    return { kind: 'ready', form: await uploadFormFor(needs, image, { sha256: asked.sha256 }) };
  });
}

/** The form for one image's file. `backTo` is where a browser without scripts goes when the file has been taken. */
export function uploadFormFor(
  needs: Pick<UploadNeeds, 'originals'>,
  image: Image,
  more: { readonly backTo?: string; readonly sha256?: string },
): Promise<UploadForm> {
  const { house } = xrayPolicyAt(image.filedAt);
  return needs.originals.uploadForm({
    key: image.incomingKey,
    mostBytes: house.largestImage.bytes,
    seconds: UPLOAD_FORM_SECONDS,
    ...more,
  });
}

function inTheWay(
  image: Image,
  { sha256, bytes }: { readonly sha256: string; readonly bytes: number },
  at: Instant,
): readonly Refusal[] {
  const { house } = xrayPolicyAt(image.filedAt);
  const because: Refusal[] = [];
  if (image.state !== 'awaiting-upload' || at > image.uploadEndsAt) {
    because.push({
      clause: house.hoursToUpload.id,
      field: 'file',
      found: `an image that is ${at > image.uploadEndsAt ? 'past its time to upload' : image.state}`,
      expected: 'an image that awaits its file',
      todo: 'open its page to see where it stands, or file it again',
    });
  }
  if (!Number.isSafeInteger(bytes) || bytes < 1 || bytes > house.largestImage.bytes) {
    because.push({
      clause: house.largestImage.id,
      field: 'file',
      found: `${bytes} bytes`,
      expected: `1 to ${house.largestImage.bytes} bytes`,
      todo: 'ask the records officer how to file a larger original',
    });
  }
  if (!/^[0-9a-f]{64}$/.test(sha256)) {
    because.push({
      clause: house.fileKinds.id,
      field: 'sha256',
      found: 'no SHA-256',
      expected: '64 hexadecimal digits',
      todo: 'choose the file again',
    });
  }
  return because;
}
