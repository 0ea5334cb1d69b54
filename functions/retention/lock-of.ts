/**
 * How the store is to lock a file, from what was worked out of its record. In doubt the legal hold stays on: while it is
 * kept without a date, under any hold, or by a schedule nobody approved. No lock is ever made shorter.
 */
import { laterOf, nyStartOfDay, type Instant } from '../../policies/instant.ts';
import type { Keeping } from '../../policies/retention.ts';
import type { Lock } from './contract.ts';

/** `bindingHoldIds`: holds that bind now, not those released. `before`: the lock as it is. */
export function lockOf(keeping: Keeping, bindingHoldIds: readonly string[], before?: Lock): Lock {
  const dated = keeping.kind === 'until' && keeping.approved && bindingHoldIds.length === 0;
  const retainUntil = laterOrOnly(dated ? nyStartOfDay(keeping.date) : undefined, before?.retainUntil);
  return { legalHold: !dated, ...(retainUntil && { retainUntil }), classId: keeping.classId };
}

const laterOrOnly = (one: Instant | undefined, other: Instant | undefined): Instant | undefined =>
  one && other ? laterOf(one, other) : (one ?? other);
