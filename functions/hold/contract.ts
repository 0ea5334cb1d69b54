/**
 * A hold: that records stay, whatever their date says, because of something that is going on. Named, with reason,
 * authority and owner; many may bind one record, and each is released by itself, with a reason (LAW: VOOM, 49 RCNY).
 */
import type { CalendarDate } from '../../policies/calendar-date.ts';
import { earlierOf, plusMs, type Instant } from '../../policies/instant.ts';
import type { HoldKind } from '../../policies/retention.ts';
import { entity, keyOf, type Kept } from '../records/entity.ts';
import { FIRST_STEP_MS } from '../records/deadlines.ts';
import type { Matching } from '../retention/contract.ts';

export type { HoldKind } from '../../policies/retention.ts';
export { goneNamed, goneOf, isGone } from './gone.ts';
export { takesIn } from './takes-in.ts';

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
  /** Person ids of those who are told in writing what to keep, because they have it in their hands. */
  readonly custodianIds?: readonly string[];
  /** Those of them who have said that they keep what it names, and when. */
  readonly acknowledged?: readonly { readonly personId: string; readonly at: Instant }[];
  /** When those who have not are asked again; absent once all have, or there is nobody to ask. */
  readonly askCustodiansAt?: Instant;
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
  /** By when its owner looks whether it is still needed; absent once it is released. */
  readonly reviewAt?: Instant;
  /** Once the owner was asked and has not answered: when they are asked again. */
  readonly remindAt?: Instant;
  /** What was destroyed before it was placed; absent until that was looked up, right after it was placed. */
  readonly gone?: Gone;
}

/** Of what a hold takes in, what was gone already. The first thousand are named; the rest is counted. */
export interface Gone {
  readonly lookedAt: Instant;
  readonly count: number;
  readonly named: readonly { readonly id: string; readonly at: Instant }[];
  /** Whether more batches were being destroyed in that hour than could be looked through. */
  readonly more?: true;
}

/** On its owner's desk once they are asked to review it; due when something is still owed of its placing, then for review. */
export const holds = entity<Hold>('hold', (hold) => {
  const dueAt = dueAtOf(hold);
  return {
    subject: [hold.state === 'released' ? RELEASED : BINDING, hold.placedAt],
    ...(hold.reviewAt && hold.remindAt && { desk: [keyOf('person', hold.ownerId), hold.reviewAt] as const }),
    ...(dueAt && { dueAt }),
  };
});

/** When the sweep has to look at it next. */
export function dueAtOf({ gone, placedAt, reviewAt, remindAt, askCustodiansAt }: Hold): Instant | undefined {
  if (!gone) return plusMs(placedAt, FIRST_STEP_MS);
  const review = remindAt ?? reviewAt;
  return review && askCustodiansAt ? earlierOf(review, askCustodiansAt) : (review ?? askCustodiansAt);
}

/** Custodians who have not said yet that they keep what it names. */
export const notAcknowledged = ({ custodianIds = [], acknowledged = [] }: Hold): readonly string[] =>
  custodianIds.filter((id) => !acknowledged.some(({ personId }) => personId === id));

/** `ofSubject(holds, BINDING)`: those that bind, oldest first; those being released still do. */
export const BINDING = 'holds#binding';
export const RELEASED = 'holds#released';

export const holdKey = (id: string): string => keyOf('hold', id);
