/**
 * Keeps an image: copies the version that was checked to its place under its record, under legal hold, and writes in one
 * change that it is kept, for which case, and with which other images it shares its bytes, with the card by which it is
 * retained. Then the incoming file goes.
 * Each step finds out whether it has been done, so the whole may be repeated at any point.
 *
 * Answers kept
 * Faults  RecordMissing, OriginalDiffers (do not retry); RecordsBusy, ChangedMeanwhile, FilesBusy (retry)
 */
import type { Instant } from '../../policies/instant.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import { RecordMissing } from '../records/faults.ts';
import type { Records } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { firstClassOf, keptWith } from '../retention/contract.ts';
import { caseLine, dutyLine, hashLine, images, keptKeyOf, type Image } from './contract.ts';
import { mimeOf } from './kinds.ts';
import type { Originals } from './originals.ts';

export interface KeepNeeds {
  readonly records: Records;
  readonly originals: Originals;
  now(): Instant;
  newId(prefix: string): string;
}

export async function keepImage(
  needs: KeepNeeds,
  { imageId }: { readonly imageId: string },
): Promise<{ readonly kind: 'kept' }> {
  const image = await checkedImage(needs.records, imageId);
  if (image.state !== 'kept') {
    const { versionId, sha256 } = image.checked;
    const copy = await needs.originals.keep({
      from: { key: image.incomingKey, versionId },
      toKey: keptKeyOf(image.requestId, imageId),
      sha256,
      imageId,
      classId: firstClassOf([image.filed.caseNumber]),
      contentType: mimeOf(image.checked.contentKind),
    });
    await untilWritten(() => write(needs, imageId, copy.versionId));
  }
  await needs.originals.remove({ key: image.incomingKey, versionId: image.checked.versionId });
  return { kind: 'kept' };
}

async function write({ records, originals, now, newId }: KeepNeeds, imageId: string, versionId: string): Promise<void> {
  const image = await checkedImage(records, imageId);
  if (image.state === 'kept') return;
  const { dueAt: _, ...rest } = image;
  const { sha256, bytes, contentKind } = image.checked;
  const duplicateOf = await earliestWith(records, sha256, imageId);
  const at = now();
  const { caseNumber, deviceId, downloadedAt } = image.filed;
  const key = keptKeyOf(image.requestId, imageId);
  const retained = await keptWith(
    records,
    {
      id: imageId,
      kind: 'image',
      technology: 'mobile-x-ray',
      about: keyOf('image', imageId),
      // The device keeps no image and shows none again, so it was captured no later than it was downloaded.
      capturedAt: downloadedAt,
      keptAt: at,
      caseNumbers: [caseNumber],
      deviceId,
      files: [{ key, versionId, sha256, bytes }],
    },
    { by: 'image-intake', newId },
  );
  const kept: Image = {
    ...rest,
    state: 'kept',
    stored: {
      bucket: originals.bucket,
      key,
      versionId,
      sha256,
      bytes,
      contentKind,
      storedAt: at,
      legalHold: true,
    },
    ...(duplicateOf && { duplicateOf }),
    step: 'Image kept',
  };
  const facts = {
    image: imageId,
    sha256,
    bytes,
    contentKind,
    stored: versionId,
    legalHold: true,
    ...(duplicateOf && { duplicateOf }),
  };
  await records.write({
    at,
    by: { kind: 'system', id: 'image-intake' },
    puts: [put(images, kept), ...retained.puts],
    tells: [
      { subject: keyOf('image', imageId), act: 'image kept', edition: image.edition, facts },
      { subject: keyOf('use-request', image.requestId), act: 'image kept', edition: image.edition, facts },
    ],
    mails: [
      {
        kind: 'image-kept',
        to: { personId: image.uploaderId },
        about: keyOf('image', imageId),
        subject: keyOf('image', imageId),
      },
    ],
    lines: [
      { from: caseLine(caseNumber), to: imageId },
      { from: hashLine(sha256), to: imageId },
      { from: dutyLine(image.uploaderId), to: caseNumber },
      ...retained.lines,
    ],
    notes: retained.notes,
    unchanged: retained.unchanged,
  });
}

/** The image that was first kept with these bytes, if any. */
async function earliestWith(records: Records, sha256: string, imageId: string): Promise<string | undefined> {
  const ids = (await records.linesOf(hashLine(sha256))).filter((id) => id !== imageId);
  const others = await Promise.all(ids.map((id) => records.get(images, id)));
  return others
    .filter((other) => other !== undefined)
    .toSorted((a, b) => (a.stored?.storedAt ?? a.filedAt).localeCompare(b.stored?.storedAt ?? b.filedAt))[0]?.id;
}

async function checkedImage(records: Records, imageId: string): Promise<Image & Required<Pick<Image, 'checked'>>> {
  const image = await records.get(images, imageId);
  if (!image?.checked)
    throw new RecordMissing(
      `image ${imageId} has no check of its file in the records; the workflow checks before it keeps`,
    );
  return { ...image, checked: image.checked };
}
