import type { BreachCause } from '../../policies/rules/quarterly-compilation.ts';
import type { Acted, BreachNeeds, OnBreach } from './needs.ts';

export interface TriageBreach extends OnBreach {
  readonly violates: boolean;
  readonly because: string;
  /** Ids of the clauses it broke; for a violation at least one. */
  readonly broken: readonly string[];
  readonly cause?: BreachCause;
}

export async function triageBreach(_needs: BreachNeeds, _given: TriageBreach): Promise<Acted> {
  throw new Error('not written');
}
