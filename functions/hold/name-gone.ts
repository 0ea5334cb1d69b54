/**
 * Names in a hold what was destroyed before it was placed. Done by the act that places it, right after; where that was cut
 * off, by the sweep. Once it is on record it stays.
 */
import type { Actor } from '../records/ledger.ts';
import { untilWritten } from '../records/until-written.ts';
import { goneNamed, goneOf, holds, type Hold } from './contract.ts';
import { written, type HoldNeeds } from './needs.ts';

export function nameGone({ records, now }: HoldNeeds, holdId: string, by: Actor): Promise<Hold | undefined> {
  return untilWritten(async () => {
    const hold = await records.get(holds, holdId);
    if (!hold || hold.gone) return hold;
    const gone = await goneOf(records, hold, now());
    await records.write(goneNamed(hold, gone, by));
    return written({ ...hold, gone });
  });
}
