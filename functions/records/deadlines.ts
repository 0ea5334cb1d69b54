/**
 * Engineering numbers of the outbox and the sweep. None has legal meaning: what the law times is in policies/.
 */

/** How long the stream has to deliver a note before the sweep takes it up: well above a batch's retries. */
export const DELIVERY_GRACE_MS = 5 * 60_000;

/** How long a new request may wait for the first step of its workflow before the sweep starts that again. */
export const FIRST_STEP_MS = 15 * 60_000;

/** How often a change is tried when another change came first. The waits add up to two seconds in the mean. */
export const WRITE_TRIES = 12;
