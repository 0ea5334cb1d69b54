/** When something of a disclosure falls due. The house counts its own days in 24 hours: none of them is a legal period. */
import { msBetween, plusHours, type Instant } from '../../policies/instant.ts';

export const plusDays24 = (at: Instant, days: number): Instant => plusHours(at, 24 * days);

/** Whole seconds, rounded up, at least one: a workflow cannot wait for less. */
export const secondsLeft = (until: Instant, now: Instant): number =>
  Math.max(1, Math.ceil(msBetween(now, until) / 1000));
