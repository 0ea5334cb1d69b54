import type { Acted, BreachNeeds, OnBreach } from './needs.ts';

export interface AskContainment extends OnBreach {
  readonly what: string;
  /** The directory name of whoever is asked. */
  readonly askedOf: string;
}

export async function askContainment(_needs: BreachNeeds, _given: AskContainment): Promise<Acted> {
  throw new Error('not written');
}

export interface DoneContainment extends OnBreach {
  readonly taskId: string;
  readonly outcome: string;
}

/** By whoever was asked, or by an officer. */
export async function doneContainment(_needs: BreachNeeds, _given: DoneContainment): Promise<Acted> {
  throw new Error('not written');
}
