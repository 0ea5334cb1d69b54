/** What a comparison of store and records asks of the records officers: to look into its differences, until one says what was done. */
import { lookBy, type Reconciliation } from '../reconciliation/contract.ts';
import type { Waiting } from './desk.ts';

export function reconciliationWaiting(one: Reconciliation, whose: string): Waiting {
  return {
    what: 'Look into what differs between store and records',
    about: `Comparison of ${one.id}, ${one.differences === 1 ? 'one difference' : `${one.differences} differences`}${whose}`,
    href: `/retention/reconciliations/${encodeURIComponent(one.id)}`,
    by: lookBy(one),
  };
}
