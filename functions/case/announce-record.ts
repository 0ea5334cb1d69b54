/**
 * Takes in a record another system wants kept. One without a file is kept at once. Of one with a file it is noted what was
 * said, and the system is given a form to send the file with; store-record.ts keeps it when the file is there.
 *
 * Answers taken; refused by what the policy lets be kept; or other: the same id was used for something else
 * Faults  RecordsBusy, ChangedMeanwhile, FilesBusy (retry)
 */
import { noPolicyYet, retentionPolicyInForce } from '../../policies/editions/retention-clauses.ts';
import { instantOf, plusHours, type Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { whatRecordMayBeKept } from '../../policies/rules/what-record-may-be-kept.ts';
import { HOUSE } from '../../policies/editions/house.ts';
import { images } from '../image/contract.ts';
import { sha256 } from '../records/canonical.ts';
import { put } from '../records/change.ts';
import type { Files } from '../records/files.ts';
import type { Records } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { cardKey, retentionCards } from '../retention/contract.ts';
import { incomingFileOf, incomingRecords, type IncomingRecord } from './incoming-record.ts';
import { keptNow } from './keep-record.ts';
import type { RecordAnnounced } from './record-shapes.ts';
import type { RecordUploads } from './record-uploads.ts';

export interface RecordNeeds {
  readonly records: Records;
  readonly files: Pick<Files, 'head' | 'hashOf' | 'copyHeld' | 'setLegalHold'>;
  readonly uploads: RecordUploads;
  now(): Instant;
  newId(prefix: string): string;
}

export interface Handed {
  readonly id: string;
  /** Client id of the system. */
  readonly from: string;
}

export type Announced =
  | { readonly kind: 'kept' | 'awaiting-file'; readonly repeated: boolean }
  | { readonly kind: 'refused'; readonly because: readonly Refusal[] }
  | { readonly kind: 'other' };

/** How long a form that sends a file is good for. Announced again, there is a new one. */
export const FORM_SECONDS = 15 * 60;

export function announceRecord(needs: RecordNeeds, handed: Handed, said: RecordAnnounced): Promise<Announced> {
  return untilWritten(async (): Promise<Announced> => {
    const { records } = needs;
    const sent = sha256(said);
    const known = await records.get(incomingRecords, handed.id);
    if (known && known.state !== 'lapsed')
      return known.sha256 === sent ? { kind: known.state, repeated: true } : { kind: 'other' };
    // What is kept here already came through another door, and is another record.
    if ((await records.get(retentionCards, handed.id)) ?? (await records.get(images, handed.id)))
      return { kind: 'other' };

    const now = needs.now();
    const because = mayBeKept(said, now);
    if (because.length > 0) return { kind: 'refused', because };
    const incoming: IncomingRecord = {
      id: handed.id,
      version: known?.version ?? 0,
      state: 'awaiting-file',
      from: handed.from,
      sha256: sent,
      at: now,
      said,
      dueAt: plusHours(now, HOUSE.daysIncomingIsKept.days * 24),
    };
    if (!said.file) {
      await records.write(keptNow(needs, incoming, [], now));
      return { kind: 'kept', repeated: false };
    }
    await records.write({
      at: now,
      by: { kind: 'external', id: handed.from },
      puts: [put(incomingRecords, incoming)],
      tells: [
        {
          subject: cardKey(handed.id),
          act: 'record announced',
          facts: { technology: said.technology, kind: said.kind, sha256: said.file.sha256, bytes: said.file.bytes },
        },
      ],
    });
    return { kind: 'awaiting-file', repeated: false };
  });
}

function mayBeKept(said: RecordAnnounced, now: Instant): readonly Refusal[] {
  const policy = retentionPolicyInForce(said.technology, now);
  if (!policy) return [noPolicyYet(said.technology)];
  const { capturedAt, file, ...rest } = said;
  const ruling = whatRecordMayBeKept(
    {
      ...(rest as Pick<RecordAnnounced, 'kind' | 'caseNumbers' | 'relevance' | 'person' | 'read'>),
      ...(capturedAt && { capturedAt: instantOf(capturedAt) }),
      ...(file && { bytes: file.bytes }),
    } as Parameters<typeof whatRecordMayBeKept>[0],
    policy,
    now,
  );
  return ruling.kind === 'refused' ? ruling.because : [];
}

/** The form for a record whose file is awaited. */
export async function uploadFor({ uploads, now }: RecordNeeds, id: string, bytes: number) {
  const form = await uploads.form({ key: incomingFileOf(id), bytes, seconds: FORM_SECONDS });
  return { ...form, expiresAt: plusHours(now(), FORM_SECONDS / 3600) };
}
