import type { HarmFacts } from '../../policies/rules/harm-assessment.ts';
import type { Acted, BreachNeeds, OnBreach } from './needs.ts';

export interface AssessHarm extends OnBreach {
  readonly facts: Omit<HarmFacts, 'breachId'>;
}

export async function assessHarm(_needs: BreachNeeds, _given: AssessHarm): Promise<Acted> {
  throw new Error('not written');
}
