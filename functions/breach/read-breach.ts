import type { Instant } from '../../policies/instant.ts';
import type { Acted, BreachNeeds, OnBreach } from './needs.ts';

export interface ReadBreach extends OnBreach {
  /** The moment the office knew, when that was before this one; absent: now. */
  readonly awareSince?: Instant;
  /** How it came to know then. */
  readonly howEarlier?: string;
}

export async function readBreach(_needs: BreachNeeds, _given: ReadBreach): Promise<Acted> {
  throw new Error('not written');
}
