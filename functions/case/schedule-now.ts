/** The schedule whose classes count. */
import { SCHEDULE_XRAY_2021 } from '../../policies/editions/schedules/index.ts';
import type { Schedule } from '../../policies/retention.ts';
import type { Records } from '../records/records.aws.ts';
import { fences, schedules } from '../retention/contract.ts';

/**
 * The schedule in force; before any is, the one that the policy of 2021 prints. Cases are classed by either; nothing is
 * disposed of by the printed one, which nobody approved.
 */
export async function scheduleNow(records: Pick<Records, 'get'>): Promise<Schedule> {
  const fence = await records.get(fences, '0');
  const inForce = fence?.scheduleId ? await records.get(schedules, fence.scheduleId) : undefined;
  return inForce?.schedule ?? SCHEDULE_XRAY_2021;
}
