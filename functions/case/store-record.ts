/**
 * Keeps a record whose file has arrived: the version that arrived is held against what was announced, copied under legal
 * hold to where it stays, and the card written. Nothing is copied that is not what was announced. Safe to do again: a copy
 * of an interrupted try is used, and what is kept is answered as kept.
 *
 * Answers kept; refused, when the file is not there or is another; or missing, when it was never announced
 * Faults  RecordsBusy, ChangedMeanwhile, FilesBusy (retry)
 */
import { HOUSE } from '../../policies/editions/house.ts';
import { OPEN_CASE, UNCLASSED } from '../../policies/retention.ts';
import type { Refusal } from '../../policies/ruling.ts';
import type { FileFound } from '../records/files.ts';
import { untilWritten } from '../records/until-written.ts';
import { retentionCards, type StoredFile } from '../retention/contract.ts';
import type { Handed, RecordNeeds } from './announce-record.ts';
import { incomingFileOf, incomingRecords, keptFileOf, type IncomingRecord } from './incoming-record.ts';
import { keptNow } from './keep-record.ts';
import type { RecordAnnounced } from './record-shapes.ts';

export type Stored =
  | { readonly kind: 'kept'; readonly repeated: boolean }
  | { readonly kind: 'refused'; readonly because: readonly Refusal[] }
  | { readonly kind: 'missing' };

export function storeRecord(needs: RecordNeeds, { id, from }: Handed): Promise<Stored> {
  return untilWritten(async (): Promise<Stored> => {
    const incoming = await needs.records.get(incomingRecords, id);
    if (!incoming)
      return (await needs.records.get(retentionCards, id)) ? { kind: 'kept', repeated: true } : { kind: 'missing' };
    if (incoming.state === 'kept') return { kind: 'kept', repeated: true };
    if (incoming.state === 'lapsed') return refused('a record that has lapsed', 'one that awaits its file', AGAIN);
    const announced = (incoming.said as RecordAnnounced).file!;
    const arrived = await needs.files.head(incomingFileOf(id));
    if (!arrived) return refused('no file', 'the file that was announced', AGAIN);
    if (arrived.bytes !== announced.bytes)
      return refused(`${arrived.bytes} bytes`, `${announced.bytes} bytes`, 'send the file that was announced');
    if ((await needs.files.hashOf(arrived)) !== announced.sha256)
      return refused(
        'a file with another SHA-256',
        'the SHA-256 that was announced',
        'send the file that was announced',
      );
    const file = await copied(needs, incoming, arrived, announced.sha256);
    await needs.records.write(keptNow(needs, { ...incoming, from }, [file], needs.now()));
    return { kind: 'kept', repeated: false };
  });
}

async function copied(
  { files }: RecordNeeds,
  { id, said }: IncomingRecord,
  arrived: FileFound,
  sha256: string,
): Promise<StoredFile> {
  const key = keptFileOf(id);
  const { bytes } = arrived;
  // A second copy would stand under a hold that no record refers to.
  const there = await files.head(key);
  if (there?.notes['from-version'] === arrived.versionId) {
    await files.setLegalHold(there, true);
    return { key, versionId: there.versionId, sha256, bytes };
  }
  const { versionId } = await files.copyHeld({
    from: arrived,
    toKey: key,
    contentType: 'application/octet-stream',
    // As the card's first lock says (functions/retention/first-card.ts).
    tags: { record: id, class: (said as RecordAnnounced).caseNumbers.length > 0 ? OPEN_CASE : UNCLASSED },
    notes: { 'from-version': arrived.versionId },
  });
  return { key, versionId, sha256, bytes };
}

const AGAIN = 'announce the record again, send its file, then say so again; what arrived is swept after a day';

const refused = (found: string, expected: string, todo: string): Stored => ({
  kind: 'refused',
  because: [{ clause: HOUSE.daysIncomingIsKept.id, field: 'file', found, expected, todo }],
});
