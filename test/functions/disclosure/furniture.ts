/** What stands in the office before a disclosure is asked: kept images, an agreement on file, and a store of files. */
import { createHash } from 'node:crypto';
import type { EnclosureStore } from '../../../functions/disclosure/enclosure-store.ts';
import { dutyLine, images, keptKeyOf, type Image } from '../../../functions/image/contract.ts';
import { newId } from '../../../functions/edge/system.ts';
import { put } from '../../../functions/records/change.ts';
import type { Records } from '../../../functions/records/records.aws.ts';
import { agreements, type RegisteredAgreement } from '../../../functions/register/contract.ts';
import { calendarDate } from '../../../policies/calendar-date.ts';
import type { Instant } from '../../../policies/instant.ts';

export const AGREEMENT = 'AG-1';
export const CASE = 'CASE-17';

const day = calendarDate;
const SHA = createHash('sha256').update('an image').digest('hex');

interface Place {
  readonly records: Records;
  readonly now: Instant;
}

/** Files that arrive and are kept, in memory. */
export class Files implements EnclosureStore {
  readonly arrivedAt = new Map<string, number>();
  readonly kept = new Map<string, string>();

  origin = async () => 'https://bucket.example';
  uploadForm: EnclosureStore['uploadForm'] = async ({ key, backTo }) => ({
    url: 'https://bucket.example',
    fields: { key, success_action_redirect: backTo },
  });
  arrived: EnclosureStore['arrived'] = async (key) => {
    const bytes = this.arrivedAt.get(key);
    return bytes === undefined ? undefined : { versionId: 'v1', bytes };
  };
  take: EnclosureStore['take'] = async ({ from, toKey }) => {
    this.kept.set(toKey, from.versionId);
    const sha256 = createHash('sha256').update(toKey).digest('hex');
    return { key: toKey, versionId: 'k1', sha256, bytes: from.bytes, contentType: 'application/octet-stream' };
  };
}

export async function keptImage(
  office: Place,
  over: Partial<Image['filed']>,
  who: string,
  state: Image['state'],
): Promise<Image> {
  const id = newId('I');
  const requestId = 'R-TEST-TEST';
  const at = office.now;
  const caseNumber = over.caseNumber ?? CASE;
  const image: Image = {
    id,
    version: 0,
    state,
    requestId,
    filed: {
      deploymentId: 'U-1',
      deviceId: 'x-ray-1',
      downloadedBy: who,
      downloadedAt: at,
      medium: 'USB drive',
      caseNumber,
      relevance: 'Shows the cargo area',
      personInImage: false,
      declaredKind: 'png',
      ...over,
    },
    uploaderId: who,
    uploaderRoles: ['ctb-operator'],
    filedAt: at,
    edition: 'xray-2026',
    incomingKey: `incoming/${id}/original`,
    uploadEndsAt: at,
    stored: {
      bucket: 'images',
      key: keptKeyOf(requestId, id),
      versionId: 'v1',
      sha256: SHA,
      bytes: 1200,
      contentKind: 'png',
      storedAt: at,
      legalHold: true,
    },
    step: 'Image kept',
  };
  await office.records.write({
    at,
    by: { kind: 'person', id: who },
    puts: [put(images, image)],
    tells: [{ subject: `image#${id}`, act: 'image kept' }],
    lines: [{ from: dutyLine(who), to: caseNumber }],
  });
  return { ...image, version: 1 };
}

export async function agreementOnFile(office: Place, over: Partial<RegisteredAgreement>): Promise<void> {
  const before = await office.records.get(agreements, AGREEMENT);
  const agreement: RegisteredAgreement = {
    id: AGREEMENT,
    version: 0,
    recordedBy: 'p-okafor',
    recordedAt: office.now,
    from: day('2024-01-01'),
    title: 'Use of evidence',
    with: 'District Attorney',
    reference: 'MOU-7',
    technologies: ['mobile-x-ray', 'license-plate-reader', 'digital-camera', 'portable-electronic-device'],
    ...before,
    ...over,
  };
  await office.records.write({
    at: office.now,
    by: { kind: 'person', id: 'p-okafor' },
    puts: [put(agreements, agreement)],
    tells: [{ subject: `agreement#${AGREEMENT}`, act: 'agreement recorded' }],
  });
}
