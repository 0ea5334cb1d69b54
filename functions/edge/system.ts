/**
 * The two things no rule may touch: the clock and the dice. Entry points (`.lambda.ts`) hand them to acts as plain
 * functions, so that tests hand in their own.
 */
import { createHash, randomBytes, randomInt } from 'node:crypto';
import type { Instant } from '../../policies/instant.ts';

/** Now, UTC, in milliseconds. */
export const systemNow = (): Instant => new Date().toISOString() as Instant;

// Crockford's base 32 without vowels that spell words on the phone: no I, L, O, U.
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * A record id that can be read out on the phone, such as `R-7K3M-Q9TX`: 40 random bits after a letter that says what
 * it is. Every record is first written on the condition that its id is free.
 */
export const newId = (prefix: string): string => idOf(prefix, randomBytes(8));

/** The same kind of id from a form's own draft number, so that a form sent twice makes one record. */
export const idFromDraft = (prefix: string, draft: string): string =>
  idOf(prefix, createHash('sha256').update(draft).digest().subarray(0, 8));

function idOf(prefix: string, bytes: Uint8Array): string {
  const letters = Array.from(bytes, (byte) => LETTERS[byte & 31]).join('');
  return `${prefix}-${letters.slice(0, 4)}-${letters.slice(4)}`;
}

/** 256 random bits for a link or a session, as 43 URL-safe characters. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** A one-time code of eight digits, each equally likely. */
export const newCode = (): string => String(randomInt(100_000_000)).padStart(8, '0');

/** 120 random bits that can be read out and typed: six groups of four letters, such as `7K3M-Q9TX-…`. */
export const newPassphrase = (): string =>
  (
    Array.from(randomBytes(24), (byte) => LETTERS[byte & 31])
      .join('')
      .match(/.{4}/g) ?? []
  ).join('-');
