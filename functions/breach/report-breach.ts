import type { Instant } from '../../policies/instant.ts';
import type { Refusal, Refused } from '../../policies/ruling.ts';
import type { Breach, BreachReportGiven } from './contract.ts';
import type { BreachNeeds, Doer } from './needs.ts';

export interface ReportBreach {
  readonly person: Doer;
  readonly given: BreachReportGiven;
  /** Of a reporter who is the officer or a deputy: since when they knew. Absent: since it was discovered. */
  readonly awareSince?: Instant;
  /** What the form itself could not read. */
  readonly refusals?: readonly Refusal[];
  /** The form's own number: the same form sent twice makes one breach. */
  readonly draft?: string;
}

export type Reported = { readonly kind: 'reported'; readonly breach: Breach } | Refused;

export async function reportBreach(_needs: BreachNeeds, _given: ReportBreach): Promise<Reported> {
  throw new Error('not written');
}
