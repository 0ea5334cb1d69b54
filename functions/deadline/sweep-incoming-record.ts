/**
 * Records another system announced and whose file never came. What was said of them is emptied: it may tell of people, and
 * nothing is kept of what was not handed in. Announced again, it begins anew.
 */
import type { Instant } from '../../policies/instant.ts';
import { incomingRecords, type IncomingRecord } from '../case/contract.ts';
import { put } from '../records/change.ts';
import { cardKey } from '../retention/contract.ts';
import type { SweepNeeds } from './sweep-deadlines.ts';

export async function lapseIncoming({ records }: SweepNeeds, seen: IncomingRecord, now: Instant): Promise<boolean> {
  const incoming = await records.get(incomingRecords, seen.id);
  if (incoming?.state !== 'awaiting-file' || !incoming.dueAt || incoming.dueAt > now) return false;
  const { said: _, dueAt: __, ...rest } = incoming;
  await records.write({
    at: now,
    by: { kind: 'system', id: 'sweep' },
    puts: [put(incomingRecords, { ...rest, state: 'lapsed' })],
    tells: [{ subject: cardKey(seen.id), act: 'announced record lapsed', clauses: ['house-days-incoming-is-kept'] }],
  });
  return true;
}
