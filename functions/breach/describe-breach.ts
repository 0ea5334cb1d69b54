import type { Breach } from './contract.ts';
import type { Acted, BreachNeeds, OnBreach } from './needs.ts';

export type Account = NonNullable<Breach['account']>;

export interface DescribeBreach extends OnBreach {
  readonly account: Account;
}

export async function describeBreach(_needs: BreachNeeds, _given: DescribeBreach): Promise<Acted> {
  throw new Error('not written');
}
