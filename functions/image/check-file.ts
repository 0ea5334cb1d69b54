/**
 * Looks at the file that arrived: reads every byte once for its size, its SHA-256 and what may be hidden in it, then its
 * structure, and asks the policy. The newest version at this moment is the one that counts; what was seen in it goes
 * into the record, so that a second call finds the answer there.
 *
 * Answers fit or refused; or how it ended, when it has
 * Faults  RecordMissing (do not retry); RecordsBusy, ChangedMeanwhile, FilesBusy (retry)
 */
import { createHash } from 'node:crypto';
import type { Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { deployments } from '../deployment/contract.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import { RecordMissing } from '../records/faults.ts';
import type { Records } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { inspect, type Inspection } from './content/inspect.ts';
import { StreamScan } from './content/stream-scan.ts';
import { images, type Image } from './contract.ts';
import { asDeclared, judgeFile, xrayPolicyAt } from './judge-file.ts';
import type { Originals, Version } from './originals.ts';

export interface CheckNeeds {
  readonly records: Records;
  readonly originals: Originals;
  now(): Instant;
}

export interface CheckAnswer {
  readonly kind: 'fit' | 'refused';
}

interface Seen extends Inspection, Version {
  readonly bytes: number;
  readonly sha256: string;
}

export async function checkFile(needs: CheckNeeds, { imageId }: { readonly imageId: string }): Promise<CheckAnswer> {
  const filed = await imageOf(needs.records, imageId);
  const known = answerIn(filed);
  if (known) return known;
  const seen = await look(needs.originals, filed);
  return untilWritten(async () => {
    const image = await imageOf(needs.records, imageId);
    return answerIn(image) ?? write(needs, image, seen);
  });
}

/** The answer a record already holds. */
function answerIn(image: Image): CheckAnswer | undefined {
  if (image.state === 'refused' || image.refusals) return { kind: 'refused' };
  return image.checked ? { kind: 'fit' } : undefined;
}

async function write({ records, now }: CheckNeeds, image: Image, seen: Seen | undefined): Promise<CheckAnswer> {
  const at = now();
  const because = seen ? await whatIsInTheWay(records, image, seen) : [nothingThere(image)];
  const checked = seen && {
    versionId: seen.versionId,
    sha256: seen.sha256,
    bytes: seen.bytes,
    contentKind: seen.contentKind,
    dicos: seen.dicos,
    findings: seen.findings,
    at,
  };
  const kind = because.length > 0 ? 'refused' : 'fit';
  await records.write({
    at,
    by: { kind: 'system', id: 'image-intake' },
    puts: [
      put(images, {
        ...image,
        state: 'checking',
        ...(checked && { checked }),
        ...(kind === 'refused' && { refusals: because }),
        step: kind === 'fit' ? 'Write image under its record' : 'Write refusal in ledger',
      }),
    ],
    tells: [
      {
        subject: keyOf('image', image.id),
        act: 'file checked',
        edition: image.edition,
        clauses: because.map(({ clause }) => clause),
        facts: {
          outcome: kind,
          ...(seen && {
            sha256: seen.sha256,
            bytes: seen.bytes,
            contentKind: seen.contentKind,
            found: [...new Set(seen.findings.map((finding) => finding.kind))],
          }),
        },
      },
    ],
  });
  return { kind };
}

async function whatIsInTheWay(records: Records, image: Image, seen: Seen): Promise<readonly Refusal[]> {
  const deployment = await records.get(deployments, image.filed.deploymentId);
  const ruling = judgeFile(
    {
      imageId: image.id,
      filed: image.filed,
      uploader: { active: true, roles: image.uploaderRoles },
      deployment,
      // Judged at the filing, when its place in the count was known.
      overwrittenOnDevice: false,
      uploadedAt: image.uploadedAt ?? image.filedAt,
      arrived: seen,
    },
    xrayPolicyAt(image.filedAt),
  );
  return ruling.kind === 'refused' ? ruling.because : [];
}

const nothingThere = (image: Image): Refusal => ({
  clause: xrayPolicyAt(image.filedAt).house.daysIncomingIsKept.id,
  field: 'file',
  found: 'no file; it was swept before it could be checked',
  expected: 'the file that was uploaded',
  todo: 'file the image again and upload it again',
});

async function look(originals: Originals, image: Image): Promise<Seen | undefined> {
  const newest = await originals.newest(image.incomingKey);
  if (!newest) return undefined;
  const hash = createHash('sha256');
  const scan = new StreamScan();
  let bytes = 0;
  for await (const piece of originals.pieces(newest)) {
    hash.update(piece);
    scan.take(piece);
    bytes += piece.length;
  }
  const inspection = asDeclared(
    await inspect(originals.sourceOf({ ...newest, bytes }), scan.finish()),
    image.filed.declaredKind,
  );
  return { ...newest, ...inspection, bytes, sha256: hash.digest('hex') };
}

async function imageOf(records: Records, imageId: string): Promise<Image> {
  const image = await records.get(images, imageId);
  if (!image)
    throw new RecordMissing(`image ${imageId} is not in the records; the workflow image-intake was started for it`);
  return image;
}
