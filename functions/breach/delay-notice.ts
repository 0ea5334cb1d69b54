import type { Breach } from './contract.ts';
import type { Acted, BreachNeeds, OnBreach } from './needs.ts';

export interface DelayNotice extends OnBreach {
  readonly ground: NonNullable<Breach['delay']>['ground'];
  readonly why: string;
}

export async function delayNotice(_needs: BreachNeeds, _given: DelayNotice): Promise<Acted> {
  throw new Error('not written');
}

export async function liftDelay(_needs: BreachNeeds, _given: OnBreach): Promise<Acted> {
  throw new Error('not written');
}
