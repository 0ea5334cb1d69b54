/** Where to go after signing in: an address of this site and nothing else, however it is written. */
export const AFTER_SIGN_IN = '/desk';

/** The path and query of a local address; `/desk` for anything else, and for the pages of signing in and out. */
export function nextPath(asked: string | undefined): string {
  if (!asked || asked.length > 1500 || !asked.startsWith('/')) return AFTER_SIGN_IN;
  // Browsers read a backslash as a slash and drop tabs and line ends, so '/\example.com' would leave the site.
  if (/^\/[/\\]|[\\\s\p{Cc}]/u.test(asked)) return AFTER_SIGN_IN;
  const site = 'https://local.invalid';
  if (!URL.canParse(asked, site)) return AFTER_SIGN_IN;
  const { origin, pathname, search } = new URL(asked, site);
  if (origin !== site || pathname.startsWith('//') || /^\/sign-(in|out)(\/|$)/.test(pathname)) return AFTER_SIGN_IN;
  return pathname + search;
}
