/**
 * A hold: that records stay, whatever their date says, because of something that is going on. Named, with reason,
 * authority and owner; many may bind one record, and each is released by itself, with a reason (LAW: VOOM, 49 RCNY).
 */
import type { CalendarDate } from '../../policies/calendar-date.ts';
import type { Instant } from '../../policies/instant.ts';
import type { HoldKind } from '../../policies/retention.ts';
import { entity, keyOf, type Kept } from '../records/entity.ts';
import type { Matching } from '../retention/contract.ts';

export type { HoldKind } from '../../policies/retention.ts';

/** What a hold binds: records by id, all of some cases (also what is filed later), or all that matches. */
export type HoldScope =
  | { readonly kind: 'records'; readonly ids: readonly string[] }
  | { readonly kind: 'cases'; readonly caseNumbers: readonly string[] }
  | { readonly kind: 'matching'; readonly matching: Matching };

export interface Hold extends Kept {
  readonly kind: HoldKind;
  readonly name: string;
  readonly reason: string;
  /** What it rests on, such as a docket number or a letter. */
  readonly authority: string;
  /** Person id of who answers for it. */
  readonly ownerId: string;
  readonly scope: HoldScope;
  readonly placedBy: string;
  readonly placedAt: Instant;
  /** It binds from `placedAt` in every state but `released`; `placing` and `releasing` only say that cards are still being told. */
  readonly state: 'placing' | 'placed' | 'releasing' | 'released';
  readonly recalculationId?: string;
  readonly release?: {
    readonly by: string;
    readonly at: Instant;
    readonly reason: string;
    /** Of a legal action: the day it ended, from which one more year is kept. */
    readonly endedOn: CalendarDate;
  };
  /** When its owner is asked again whether it is still needed. */
  readonly reviewAt?: Instant;
}
export const holds = entity<Hold>('hold', (hold) => ({
  subject: [`holds#${hold.state === 'released' ? 'released' : 'binding'}`, hold.placedAt],
  ...(hold.state !== 'released' &&
    hold.reviewAt && { desk: [keyOf('person', hold.ownerId), hold.reviewAt] as const, dueAt: hold.reviewAt }),
}));

export const holdKey = (id: string): string => keyOf('hold', id);
