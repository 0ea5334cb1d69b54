import type { Acted, BreachNeeds, OnBreach } from './needs.ts';

export interface SendReport extends OnBreach {
  /** SHA-256 of the report as it was reviewed (`composedReport().sha256`). */
  readonly shownHash: string;
  /** That whoever reviewed it says it names nobody. */
  readonly namesNobody: boolean;
}

export async function sendReport(_needs: BreachNeeds, _given: SendReport): Promise<Acted> {
  throw new Error('not written');
}
