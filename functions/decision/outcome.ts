/** What a decision says to the workflow that waits for it. Its `kind` is all that a Choice compares. */
import { msBetween, type Instant } from '../../policies/instant.ts';
import type { Decision } from './contract.ts';

export type Outcome =
  | { readonly kind: 'approve'; readonly seconds: number }
  | { readonly kind: 'decline' | 'ask-back' | 'withdrawn' | 'lapsed' };

/** How it ended, or undefined while it waits. `seconds` is how long the approval still stands, at least one. */
export function outcomeOf(decision: Decision, now: Instant): Outcome | undefined {
  if (decision.state === 'waiting') return undefined;
  if (decision.state !== 'answered') return { kind: decision.state };
  const answer = decision.answer?.answer ?? 'decline';
  return answer === 'approve' ? { kind: answer, seconds: secondsUntil(decision.goodUntil, now) } : { kind: answer };
}

/** Whole seconds, rounded up, at least one: a workflow cannot wait for less. */
export const secondsUntil = (until: Instant, now: Instant): number =>
  Math.max(1, Math.ceil(msBetween(now, until) / 1000));
