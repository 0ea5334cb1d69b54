/** Every class a card can be listed under: those of all schedules, printed and loaded, and those that stand for none. */
import { OPEN_CASE, UNCLASSED } from '../../policies/retention.ts';
import type { Records } from '../records/records.aws.ts';
import { schedules } from '../retention/contract.ts';

/** Where tombstones are listed. */
export const DESTROYED = 'destroyed';

export async function classesKnown(
  records: Pick<Records, 'ofSubject'>,
  printed: readonly string[],
): Promise<readonly string[]> {
  const loaded: string[] = [];
  let from: string | undefined;
  do {
    const page = await records.ofSubject(schedules, 'schedules', from ? { from } : {});
    loaded.push(...page.records.flatMap(({ schedule }) => schedule.classes.map(({ id }) => id)));
    from = page.next;
  } while (from);
  return [...new Set([UNCLASSED, OPEN_CASE, ...printed, ...loaded, DESTROYED])].toSorted();
}
