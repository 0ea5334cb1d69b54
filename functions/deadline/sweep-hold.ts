/**
 * A hold of which something is owed: what was gone before it was placed is not named yet, because the act that placed it was
 * cut off; custodians have not said that they keep what it names; or its owner is to look whether it is still needed. It
 * binds all the while, whatever is swept.
 */
import { HOUSE } from '../../policies/editions/house.ts';
import { plusHours, type Instant } from '../../policies/instant.ts';
import { dueAtOf, goneNamed, goneOf, holdKey, holds, notAcknowledged, type Hold } from '../hold/contract.ts';
import { put } from '../records/change.ts';
import type { Records } from '../records/records.aws.ts';
import { persons } from '../records/standing.ts';

const BY = { kind: 'system', id: 'sweep' } as const;

export async function sweepHold(records: Records, seen: Hold, now: Instant): Promise<boolean> {
  const hold = await records.get(holds, seen.id);
  if (!hold || dueAtOf(hold) !== dueAtOf(seen)) return false;
  if (!hold.gone) {
    await records.write(goneNamed(hold, await goneOf(records, hold, now), BY));
    return true;
  }
  if (hold.release) return false;
  if (hold.askCustodiansAt && hold.askCustodiansAt <= now) {
    await askCustodians(records, hold, now);
    return true;
  }
  if (!hold.reviewAt) return false;
  const subject = holdKey(hold.id);
  const { id: clause, days } = HOUSE.daysToReviewHold;
  await records.write({
    at: now,
    by: BY,
    puts: [put(holds, { ...hold, remindAt: plusHours(now, days * 24) })],
    tells: [{ subject, act: 'hold to be reviewed', clauses: [clause], facts: { asks: hold.ownerId } }],
    mails: [{ kind: 'hold-to-review', to: { personId: hold.ownerId }, about: subject, subject }],
  });
  return true;
}

/** Whoever has left is not asked again; the page of the hold goes on saying that they have not answered. */
async function askCustodians(records: Records, hold: Hold, now: Instant): Promise<void> {
  const subject = holdKey(hold.id);
  const { id: clause, days } = HOUSE.daysToAcknowledgeHold;
  const found = await Promise.all(notAcknowledged(hold).map((id) => records.get(persons, id)));
  const asked = found.flatMap((person) => (person?.active ? [person.id] : []));
  const { askCustodiansAt: _, ...rest } = hold;
  await records.write({
    at: now,
    by: BY,
    puts: [put(holds, { ...rest, ...(asked.length > 0 && { askCustodiansAt: plusHours(now, days * 24) }) })],
    tells: [{ subject, act: 'custodians asked again', clauses: [clause], facts: { custodians: asked } }],
    mails: asked.map((personId) => ({ kind: 'hold-to-acknowledge', to: { personId }, about: subject, subject })),
  });
}
