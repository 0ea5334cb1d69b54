/** By which clauses an act on a case, a hold or a schedule is judged: those on keeping records, alike for every technology. */
import type { PublishedPolicy, Technology } from '../../policies/editions/edition.ts';
import { retentionPolicyInForce } from '../../policies/editions/retention-clauses.ts';
import { FactMalformed } from '../../policies/faults.ts';
import type { Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';

/** Every technology's policy says the same of them; that of mobile x-ray was the first. Throws FactMalformed before it. */
export function retentionPolicyAt(at: Instant): PublishedPolicy {
  const policy = retentionPolicyInForce('mobile-x-ray', at);
  if (!policy) throw new FactMalformed(`no edition of the mobile x-ray policy was in force at ${at}; check the clock`);
  return policy;
}

/** What is kept of a technology is kept under its policy; before that is published nothing is taken in. */
export const noPolicyYet = (technology: Technology): Refusal => ({
  clause: 'XR26-RET-05',
  field: 'technology',
  found: technology,
  expected: 'a technology whose policy is in force',
  todo: 'wait until its policy is published',
});
