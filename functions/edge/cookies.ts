/**
 * The cookies of the pages. Over https they carry the `__Host-` prefix, so no neighbouring host can set them; on a
 * laptop's plain http a browser would refuse that prefix and the name goes without it.
 */
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { CookieOptions } from 'hono/utils/cookie';

export type CookieName = 'session' | 'sign-in' | 'form' | 'visit';

/** Where this system is reached: the configured address, or in a test the address that was asked. */
export function siteOf(c: Context): URL {
  const { SITE_URL } = (c.env ?? {}) as { SITE_URL?: string };
  return new URL(SITE_URL ?? new URL(c.req.url).origin);
}

const isSecure = (c: Context): boolean => siteOf(c).protocol === 'https:';
const nameOf = (c: Context, name: CookieName): string => (isSecure(c) ? `__Host-${name}` : name);

/** Reads a cookie; undefined when there is none or it is not of the shape we set (43 URL-safe characters, then anything after a dot). */
export function cookieOf(c: Context, name: CookieName): string | undefined {
  const value = getCookie(c, nameOf(c, name));
  return value && /^[\w-]{43}(\.[\w-]{0,3000})?$/.test(value) ? value : undefined;
}

/** Sets a cookie that no script can read. `sameSite` is Lax where a link in a mail must find the session. */
export function giveCookie(
  c: Context,
  name: CookieName,
  value: string,
  more: { readonly sameSite?: 'Lax' | 'Strict'; readonly maxAge?: number } = {},
): void {
  setCookie(c, nameOf(c, name), value, {
    ...always(c),
    sameSite: more.sameSite ?? 'Lax',
    ...(more.maxAge !== undefined && { maxAge: more.maxAge }),
  });
}

export function takeCookie(c: Context, name: CookieName): void {
  setCookie(c, nameOf(c, name), '', { ...always(c), sameSite: 'Lax', maxAge: 0 });
}

const always = (c: Context): CookieOptions => ({ path: '/', httpOnly: true, secure: isSecure(c) });
