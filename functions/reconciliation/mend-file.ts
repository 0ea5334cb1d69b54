/**
 * Puts right what a comparison found where that can only make the store keep better: a lock weaker than the records say,
 * tags that name another class, and a record that does not know of a stronger lock. Each is told under the card. A file is
 * never removed and no lock is ever lifted from here; the role has no right to either.
 */
import { laterOf, type Instant } from '../../policies/instant.ts';
import { put } from '../records/change.ts';
import type { Files, FileVersion } from '../records/files.ts';
import type { Records } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { cardKey, recalculationOwed, retentionCards } from '../retention/contract.ts';
import type { Compared, Mend } from './compare-file.ts';
import type { Difference } from './contract.ts';

export interface MendNeeds {
  readonly records: Pick<Records, 'get' | 'write'>;
  readonly files: Pick<Files, 'setLegalHold' | 'retainUntil' | 'tag'>;
  now(): Instant;
  newId(prefix: string): string;
}

const ACTS: Readonly<Record<Mend['kind'], string>> = {
  'legal-hold': 'legal hold put back',
  'retain-until': 'time lock put back',
  tags: 'tags put right',
  'take-over': 'stronger lock taken over',
};

export async function mendFile(
  needs: MendNeeds,
  file: FileVersion,
  { mend, ...difference }: Compared,
  reconciliationId: string,
): Promise<Difference> {
  if (!mend || !difference.cardId) return difference;
  if (mend.kind === 'legal-hold') await needs.files.setLegalHold(file, true);
  if (mend.kind === 'retain-until') await needs.files.retainUntil(file, mend.until);
  if (mend.kind === 'tags') await needs.files.tag(file, mend.tags);
  await untilWritten(() => tell(needs, difference.cardId!, mend, reconciliationId));
  return { ...difference, mended: true };
}

async function tell(
  { records, now, newId }: MendNeeds,
  cardId: string,
  mend: Mend,
  reconciliation: string,
): Promise<void> {
  const card = await records.get(retentionCards, cardId);
  if (!card || card.state === 'destroying' || card.state === 'destroyed') return;
  const at = now();
  const { retainUntil } = card.lock;
  const until = mend.kind === 'take-over' ? laterOf(mend.until, retainUntil ?? mend.until) : retainUntil;
  // The day follows the lock: nothing is proposed while the store would not let it go.
  const owed =
    mend.kind === 'take-over'
      ? recalculationOwed({
          cause: 'lock-taken-over',
          scope: { kind: 'cards', ids: [cardId] },
          subject: cardKey(cardId),
          by: 'reconciliation',
          at,
          newId,
        })
      : undefined;
  await records.write({
    at,
    by: { kind: 'system', id: 'reconciliation' },
    puts: [
      put(retentionCards, { ...card, lock: { ...card.lock, ...(until && { retainUntil: until }) }, lockSetAt: at }),
      ...(owed?.puts ?? []),
    ],
    tells: [
      {
        subject: cardKey(cardId),
        act: ACTS[mend.kind],
        facts: {
          reconciliation,
          ...(until && { retainUntil: until }),
          classId: card.lock.classId,
          ...(owed && { recalculation: owed.record.id }),
        },
      },
    ],
    notes: owed?.notes ?? [],
  });
}
