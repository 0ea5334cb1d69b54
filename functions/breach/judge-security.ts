import type { SecurityFacts } from '../../policies/rules/city-breach-law.ts';
import type { Acted, BreachNeeds, OnBreach } from './needs.ts';

export interface JudgeSecurity extends OnBreach {
  readonly facts: Omit<SecurityFacts, 'breachId'>;
}

export async function judgeSecurity(_needs: BreachNeeds, _given: JudgeSecurity): Promise<Acted> {
  throw new Error('not written');
}
