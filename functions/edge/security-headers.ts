/**
 * The headers of every page. No script or style runs that is not a file of ours, no other site may frame a page, and
 * nothing is kept in a cache. The policy is written by hand because a page can name one more origin for its images or
 * for where its form goes.
 */
import type { Context } from 'hono';

export interface Origins {
  /** Where a form of this page may go besides ourselves, such as the bucket that takes an upload. */
  readonly uploadOrigin?: string | undefined;
  /** Where a form of this page leads on to after it was posted to us; browsers hold its redirects to this list too. */
  readonly formOrigin?: string | undefined;
  /** Where images of this page come from. */
  readonly imageOrigin?: string | undefined;
}

export function contentPolicy({ uploadOrigin, formOrigin, imageOrigin }: Origins = {}): string {
  const list = (...sources: (string | undefined)[]): string => sources.filter(Boolean).join(' ');
  return [
    "default-src 'self'",
    `img-src ${list("'self'", 'data:', 'blob:', imageOrigin)}`,
    `connect-src ${list("'self'", uploadOrigin)}`,
    `form-action ${list("'self'", uploadOrigin, formOrigin)}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
  ].join('; ');
}

/**
 * `same-origin` for the referrer: an address with a secret in it is never told to another site, and a form still says
 * which origin it comes from, which `no-referrer` would hide (the browser then sends `Origin: null`).
 */
export function setHeaders(c: Context): void {
  const { headers } = c.res;
  if (!headers.has('Content-Security-Policy')) headers.set('Content-Security-Policy', contentPolicy());
  headers.set('Cache-Control', 'no-store');
  headers.set('Referrer-Policy', 'same-origin');
  headers.set('X-Content-Type-Options', 'nosniff');
  headers.set('X-Frame-Options', 'DENY');
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Resource-Policy', 'same-origin');
  headers.set('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), browsing-topics=()');
  headers.set('Strict-Transport-Security', 'max-age=63072000; includeSubDomains');
}
