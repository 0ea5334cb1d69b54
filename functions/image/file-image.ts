/**
 * Files an image before its file arrives: who downloaded it, from which deployment and device, on what, for which case
 * and why. One change holds the record, its ledger entries and the note that starts the workflow image-intake.
 *
 * Answers filed, with the image's id; refused, for all that is in the way; or missing, when there is no such request
 * Faults  RecordsBusy, ChangedMeanwhile (retry)
 */
import { plusHours, type Instant } from '../../policies/instant.ts';
import type { Refusal, Refused } from '../../policies/ruling.ts';
import type { Role } from '../../policies/roles.ts';
import { deployments, type Deployment } from '../deployment/contract.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import type { Records } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { useRequests } from '../use-request/contract.ts';
import { images, incomingKeyOf, uploadWindowSeconds, type Filed, type FiledDraft, type Image } from './contract.ts';
import { judgeFile, xrayPolicyAt } from './judge-file.ts';

export interface FilingNeeds {
  readonly records: Records;
  now(): Instant;
  newImageId(): string;
}

export interface Filing {
  readonly requestId: string;
  readonly filed: FiledDraft;
  /** What the form already found wrong, such as a time that New York skips. */
  readonly refusals: readonly Refusal[];
  readonly uploader: { readonly personId: string; readonly active: boolean; readonly roles: readonly Role[] };
}

export type FilingAnswer =
  | { readonly kind: 'filed'; readonly imageId: string }
  | Refused
  | { readonly kind: 'missing' };

export function fileImage(
  needs: FilingNeeds,
  { requestId, filed: draft, refusals, uploader }: Filing,
): Promise<FilingAnswer> {
  return untilWritten(async () => {
    const request = await needs.records.get(useRequests, requestId);
    if (!request) return { kind: 'missing' };
    const at = needs.now();
    const policy = xrayPolicyAt(at);
    const found = request.deploymentId ? await needs.records.get(deployments, request.deploymentId) : undefined;
    const deployment = found?.id === draft.deploymentId ? found : undefined;
    const id = needs.newImageId();
    const overwrittenOnDevice = deployment !== undefined && (await isOneTooMany(needs.records, deployment));
    const ruling = judgeFile(
      { imageId: id, filed: draft, uploader, deployment, overwrittenOnDevice, uploadedAt: at },
      policy,
    );
    const { downloadedAt } = draft;
    if (ruling.kind === 'refused' || refusals.length > 0 || !downloadedAt) {
      const ruled = ruling.kind === 'refused' ? ruling.because : [];
      return {
        kind: 'refused',
        because: [...refusals, ...ruled.filter(({ field }) => !refusals.some((refusal) => refusal.field === field))],
      };
    }
    const filed: Filed = { ...draft, downloadedAt };

    const uploadEndsAt = plusHours(at, policy.house.hoursToUpload.hours);
    const image: Image = {
      id,
      version: 0,
      state: 'awaiting-upload',
      requestId,
      filed,
      uploaderId: uploader.personId,
      uploaderRoles: uploader.roles,
      filedAt: at,
      edition: policy.edition.id,
      incomingKey: incomingKeyOf(id),
      uploadEndsAt,
      step: 'Ask uploader for the file',
      dueAt: uploadEndsAt,
    };
    const told = {
      edition: policy.edition.id,
      clauses: ruling.clauses,
      facts: {
        image: id,
        deployment: filed.deploymentId,
        device: filed.deviceId,
        declaredKind: filed.declaredKind,
        personInImage: ruling.incidentalPerson,
        late: ruling.late,
        typedLocation: filed.location !== undefined,
        typedPlate: filed.plate !== undefined,
      },
    };
    await needs.records.write({
      at,
      by: { kind: 'person', id: uploader.personId },
      puts: [put(images, image)],
      tells: [
        { subject: keyOf('image', id), act: 'image filed', ...told },
        { subject: keyOf('use-request', requestId), act: 'image filed', ...told },
      ],
      notes: [
        {
          kind: 'start',
          workflow: 'image-intake',
          name: `image-${id}`,
          input: { schema: 1, imageId: id, uploadWindowSeconds: uploadWindowSeconds(image, at) },
        },
      ],
    });
    return { kind: 'filed', imageId: id };
  });
}

/**
 * Whether the log of a closed deployment says that fewer images were downloaded than would now be filed. The device
 * keeps none: the image that is one too many was overwritten there and cannot be had (XR26-RET-03).
 */
async function isOneTooMany(records: Records, deployment: Deployment): Promise<boolean> {
  if (deployment.imagesDownloaded === undefined) return false;
  const { records: filed } = await records.ofSubject(images, keyOf('use-request', deployment.requestId));
  const held = filed.filter(
    (image) =>
      image.filed.deploymentId === deployment.id && !['refused', 'lapsed'].includes(image.state) && !image.duplicateOf,
  );
  return held.length >= deployment.imagesDownloaded;
}
