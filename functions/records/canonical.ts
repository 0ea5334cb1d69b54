/**
 * One text for one value, so that a hash of a record is the same wherever it is computed: keys sorted by code unit,
 * no blanks, absent (undefined) members left out. The same as RFC 8785 for the values we keep (strings, whole and
 * short decimal numbers, booleans, null, arrays, objects).
 */
import { createHash } from 'node:crypto';

export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null)).join(',')}]`;
  if (value && typeof value === 'object') {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, member]) => `${JSON.stringify(key.toWellFormed())}:${canonical(member)}`);
    return `{${members.join(',')}}`;
  }
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new Error(`a record holds ${value}, which has no JSON form`);
  // A letter cut in two (half a surrogate pair) is written as UTF-8 writes it, which is how the table gives it back.
  return JSON.stringify(typeof value === 'string' ? value.toWellFormed() : (value ?? null));
}

/** SHA-256 in lower-case hex, of text or of a value's canonical text. */
export function sha256(value: unknown): string {
  return createHash('sha256')
    .update(typeof value === 'string' ? value : canonical(value))
    .digest('hex');
}
