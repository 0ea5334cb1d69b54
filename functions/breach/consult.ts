import type { Instant } from '../../policies/instant.ts';
import type { Breach } from './contract.ts';
import type { Acted, BreachNeeds, OnBreach } from './needs.ts';

export interface RecordConsultation extends OnBreach {
  readonly with: Breach['consultations'][number]['with'];
  readonly at: Instant;
  readonly said: string;
}

export async function recordConsultation(_needs: BreachNeeds, _given: RecordConsultation): Promise<Acted> {
  throw new Error('not written');
}
