/** By which clauses an act on a hold is judged: those on keeping records, alike for every technology. */
import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import { retentionPolicyInForce } from '../../policies/editions/retention-clauses.ts';
import { FactMalformed } from '../../policies/faults.ts';
import type { Instant } from '../../policies/instant.ts';

export function holdPolicyAt(at: Instant): PublishedPolicy {
  const policy = retentionPolicyInForce('mobile-x-ray', at);
  if (!policy) throw new FactMalformed(`no policy on keeping records was in force at ${at}; look at the host's clock`);
  return policy;
}
