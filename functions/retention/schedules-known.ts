/** Every version of the schedule: those printed in policies, and those that were loaded here, newest first. */
import { schedules as printed } from '../../policies/editions/schedules/index.ts';
import type { Schedule } from '../../policies/retention.ts';
import type { Records } from '../records/records.aws.ts';
import { schedules, type ScheduleRecord } from './contract.ts';
import { fences } from './fence.ts';
import { titlesOf, type ClassTitles } from './words.ts';

export interface SchedulesKnown {
  readonly printed: readonly Schedule[];
  readonly loaded: readonly ScheduleRecord[];
  /** The one dates are worked out by; undefined while none is, and then nothing is disposed of. */
  readonly inForce?: ScheduleRecord;
  readonly titles: ClassTitles;
}

export async function schedulesKnown(records: Pick<Records, 'get' | 'ofSubject'>): Promise<SchedulesKnown> {
  const loaded: ScheduleRecord[] = [];
  let from: string | undefined;
  do {
    const page = await records.ofSubject(schedules, 'schedules', { newestFirst: true, ...(from && { from }) });
    loaded.push(...page.records);
    from = page.next;
  } while (from);
  const id = (await records.get(fences, '0'))?.scheduleId;
  const inForce = id === undefined ? undefined : await records.get(schedules, id);
  return {
    printed,
    loaded,
    ...(inForce && { inForce }),
    titles: titlesOf([...(inForce ? [inForce.schedule] : []), ...loaded.map(({ schedule }) => schedule), ...printed]),
  };
}

/** A schedule by its id or the id of its record, printed or loaded. */
export const scheduleNamed = ({ printed: known, loaded }: SchedulesKnown, id: string): Schedule | undefined =>
  loaded.find((one) => one.id === id || one.schedule.id === id)?.schedule ?? known.find((one) => one.id === id);
