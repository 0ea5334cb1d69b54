import type { Acted, BreachNeeds, OnBreach } from './needs.ts';

export interface DetermineNotice extends OnBreach {
  readonly answer: 'notify' | 'do-not-notify';
  readonly because: string;
  /** A law that requires a notice, or 'none' when that was looked for; '' when it was not. */
  readonly requiredBy: string;
}

export async function determineNotice(_needs: BreachNeeds, _given: DetermineNotice): Promise<Acted> {
  throw new Error('not written');
}
