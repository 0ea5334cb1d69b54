import type { Acted, BreachNeeds, OnBreach } from './needs.ts';

export interface WriteLetter extends OnBreach {
  readonly whatWasDisclosed: string;
  readonly toWhom: string;
}

export async function writeLetter(_needs: BreachNeeds, _given: WriteLetter): Promise<Acted> {
  throw new Error('not written');
}
