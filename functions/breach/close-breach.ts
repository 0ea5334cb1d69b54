import type { Acted, BreachNeeds, OnBreach } from './needs.ts';

export interface CloseBreach extends OnBreach {
  readonly because: string;
}

export async function closeBreach(_needs: BreachNeeds, _given: CloseBreach): Promise<Acted> {
  throw new Error('not written');
}
