/**
 * Tells the store how a card's files are to be locked and tagged, and notes on the card that it has been told. The record
 * comes first: whoever is killed in between is finished by the next run, and the reconciliation holds the store to the
 * record. A lock is strengthened before it is weakened.
 */
import type { Instant } from '../../policies/instant.ts';
import { put } from '../records/change.ts';
import { FileMissing } from '../records/faults.ts';
import type { Files } from '../records/files.ts';
import type { Records } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { cardKey, retentionCards, type RetentionCard } from './contract.ts';

export interface LockNeeds {
  readonly records: Pick<Records, 'get' | 'write'>;
  readonly files: Pick<Files, 'setLegalHold' | 'retainUntil' | 'tag'>;
  now(): Instant;
}

/**
 * False when a file is not there to be locked; the reconciliation reports that. When the card changes meanwhile, the
 * store is told again what it says now, also if somebody else has done so: the last word in the store may have been ours.
 */
export function setLock(needs: LockNeeds, cardId: string): Promise<boolean> {
  return untilWritten(async () => {
    const card = await needs.records.get(retentionCards, cardId);
    if (!card || card.state === 'destroying' || card.state === 'destroyed') return true;
    const at = needs.now();
    try {
      for (const file of card.files) await lockFile(needs.files, card, file, at);
    } catch (error) {
      if (error instanceof FileMissing) return false;
      throw error;
    }
    const { legalHold, retainUntil, classId } = card.lock;
    await needs.records.write({
      at,
      by: { kind: 'system', id: 'recalculation' },
      puts: [put(retentionCards, { ...card, lockSetAt: at })],
      tells: [
        {
          subject: cardKey(cardId),
          act: 'lock set',
          facts: { legalHold, classId, files: card.files.length, ...(retainUntil && { retainUntil }) },
        },
      ],
    });
    return true;
  });
}

async function lockFile(
  files: LockNeeds['files'],
  { id, lock }: RetentionCard,
  { key, versionId }: RetentionCard['files'][number],
  now: Instant,
): Promise<void> {
  const version = { key, versionId };
  if (lock.legalHold) await files.setLegalHold(version, true);
  // A time that is over locks nothing, and the store does not take it.
  if (lock.retainUntil && lock.retainUntil > now) await files.retainUntil(version, lock.retainUntil);
  await files.tag(version, { class: lock.classId, record: id });
  if (!lock.legalHold) await files.setLegalHold(version, false);
}
