/**
 * What a browser carries while its person is with the directory: one cookie, good for ten minutes. State, nonce and the
 * PKCE verifier are derived from its secret, so nothing is stored until somebody has signed in, and nobody who is not
 * signed in can write to the table.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { minutesBetween, isInstant, type Instant } from '../../policies/instant.ts';
import { nextPath } from './next-path.ts';

/** Long enough for a password and a second factor. Engineering, not law. */
export const MINUTES_TO_SIGN_IN = 10;

export interface Ticket {
  /** The cookie: `<secret>.<what it holds>`. */
  readonly cookie: string;
  readonly begunAt: Instant;
  /** Where to go afterwards; kept in the cookie, since the address may hold the secret of a mail's link. */
  readonly next: string;
  readonly noticeShown: string;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export function newTicket(secret: string, held: Pick<Ticket, 'begunAt' | 'next' | 'noticeShown'>): Ticket {
  const { begunAt, next, noticeShown } = held;
  return ticketOf(`${secret}.${Buffer.from(JSON.stringify([begunAt, noticeShown, next])).toString('base64url')}`, {
    begunAt,
    next,
    noticeShown,
  });
}

/** The ticket in a cookie; undefined when it is not one, or older than ten minutes. */
export function ticketIn(cookie: string | undefined, now: Instant): Ticket | undefined {
  const [, held] = cookie?.split('.') ?? [];
  if (!cookie || !held) return undefined;
  const parts = partsOf(held);
  if (!parts) return undefined;
  const [begunAt, noticeShown, next] = parts;
  const age = minutesBetween(begunAt, now);
  return age >= 0 && age < MINUTES_TO_SIGN_IN
    ? ticketOf(cookie, { begunAt, noticeShown, next: nextPath(next) })
    : undefined;
}

/** Whether the directory's answer carries this ticket's state, compared in constant time. */
export function isAnswerTo(ticket: Ticket, state: string | undefined): boolean {
  const [expected, given] = [Buffer.from(ticket.state), Buffer.from(state ?? '')];
  return expected.length === given.length && timingSafeEqual(expected, given);
}

function partsOf(held: string): readonly [Instant, string, string] | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(held, 'base64url').toString());
    if (!Array.isArray(parts) || !parts.every((part) => typeof part === 'string')) return undefined;
    const [begunAt, noticeShown, next] = parts as readonly string[];
    return begunAt && isInstant(begunAt) && noticeShown && next ? [begunAt, noticeShown, next] : undefined;
  } catch {
    return undefined;
  }
}

/** Derived from the whole cookie: one whose content was changed no longer matches the state sent to the directory. */
function ticketOf(cookie: string, held: Pick<Ticket, 'begunAt' | 'next' | 'noticeShown'>): Ticket {
  const derived = (use: string): string => createHmac('sha256', cookie).update(use).digest('base64url');
  return { cookie, ...held, state: derived('state'), nonce: derived('nonce'), verifier: derived('verifier') };
}
