/** What the rules of retention are asked under: the policy's clauses on retention, and the schedule whose classes count. */
import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import { retentionPolicyInForce } from '../../policies/editions/retention-clauses.ts';
import { SCHEDULE_XRAY_2021 } from '../../policies/editions/schedules/index.ts';
import { FactMalformed } from '../../policies/faults.ts';
import type { Instant } from '../../policies/instant.ts';
import type { Schedule } from '../../policies/retention.ts';
import type { Records } from '../records/records.aws.ts';
import { fences, schedules } from '../retention/contract.ts';

/** Every technology's policy says the same of cases; that of mobile x-ray was the first. */
export function retentionPolicyAt(at: Instant): PublishedPolicy {
  const policy = retentionPolicyInForce('mobile-x-ray', at);
  if (!policy) throw new FactMalformed(`no edition of the mobile x-ray policy was in force at ${at}; check the clock`);
  return policy;
}

/**
 * The schedule in force; before any is, the one that the policy of 2021 prints. Cases are classed by either; nothing is
 * disposed of by the printed one, which nobody approved.
 */
export async function scheduleNow(records: Pick<Records, 'get'>): Promise<Schedule> {
  const fence = await records.get(fences, '0');
  const inForce = fence?.scheduleId ? await records.get(schedules, fence.scheduleId) : undefined;
  return inForce?.schedule ?? SCHEDULE_XRAY_2021;
}
