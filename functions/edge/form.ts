/**
 * Reads a posted form, and refuses one that did not come from our own page: it must carry the secret of the session (or,
 * on a page for everyone, the one bound to the visitor's form cookie), and must not say that another site sent it.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { cookieOf, giveCookie, siteOf } from './cookies.ts';
import { Halted } from './statuses.ts';
import { newSecret } from './system.ts';
import type { Visitor } from './visitor.ts';

/** A posted form. Line ends are `\n`; control characters and outer blanks are gone. A field that was not sent is ''. */
export interface Form {
  text(name: string): string;
  texts(name: string): string[];
  checked(name: string): boolean;
}

/** A form's largest size. The longest form we show has about 20 kB of text when every field is full. */
export const MOST_FORM_BYTES = 100_000;

/** The hidden field every form carries. */
export const FORM_FIELD = 'form';

const URL_ENCODED = 'application/x-www-form-urlencoded';
const WITH_FILES = 'multipart/form-data';

/**
 * Halts with form-not-readable, form-too-large or form-not-ours. `files`: the form may carry small files of text, each of
 * which is read as the text of its field; an empty one is not there.
 */
export async function readForm(
  c: Context,
  visitor: Visitor | undefined,
  { files = false }: { readonly files?: boolean } = {},
): Promise<Form> {
  if (!isFromHere(c)) throw new Halted({ kind: 'form-not-ours' });
  const header = c.req.header('content-type') ?? '';
  const kind = header.split(';')[0]?.trim().toLowerCase();
  if (kind !== URL_ENCODED && !(files && kind === WITH_FILES)) throw new Halted({ kind: 'form-not-readable' });
  if (Number(c.req.header('content-length') ?? 0) > MOST_FORM_BYTES) throw new Halted({ kind: 'form-too-large' });
  const bytes = await c.req.arrayBuffer();
  if (bytes.byteLength > MOST_FORM_BYTES) throw new Halted({ kind: 'form-too-large' });

  const fields =
    kind === WITH_FILES ? await partsOf(bytes, header) : new URLSearchParams(new TextDecoder().decode(bytes));
  const given = fields.get(FORM_FIELD) ?? '';
  const cookie = cookieOf(c, 'form');
  const expected = [visitor?.formSecret, cookie && boundTo(cookie)].filter((secret) => secret !== undefined);
  if (!expected.some((secret) => isSame(secret, given))) throw new Halted({ kind: 'form-not-ours' });
  return formOfFields(fields);
}

async function partsOf(bytes: ArrayBuffer, type: string): Promise<URLSearchParams> {
  const fields = new URLSearchParams();
  try {
    const parts = await new Response(bytes, { headers: { 'content-type': type } }).formData();
    for (const [name, value] of parts) {
      const text = typeof value === 'string' ? value : await value.text();
      if (text !== '') fields.append(name, text);
    }
  } catch {
    throw new Halted({ kind: 'form-not-readable' });
  }
  return fields;
}

export function formOfFields(fields: URLSearchParams): Form {
  const texts = (name: string): string[] => fields.getAll(name).map(tidied);
  return { texts, text: (name) => texts(name)[0] ?? '', checked: (name) => texts(name).some((value) => value !== '') };
}

/**
 * The form secret of a page for everyone, and the cookie it is bound to. The field holds a hash of the cookie, so that
 * a page that leaks does not leak the cookie, and a site that cannot read the cookie cannot make the field.
 */
export function publicFormSecret(c: Context): string {
  const held = cookieOf(c, 'form');
  const cookie = held ?? newSecret();
  if (!held) giveCookie(c, 'form', cookie, { sameSite: 'Strict' });
  return boundTo(cookie);
}

const boundTo = (cookie: string): string => createHash('sha256').update(`form ${cookie}`).digest('base64url');

function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(a!, b!);
}

/** Browsers say where a post comes from in one header or the other; a client that says neither still needs the secret. */
function isFromHere(c: Context): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site) return site === 'same-origin';
  const origin = c.req.header('origin');
  return !origin || origin === siteOf(c).origin;
}

// Control characters other than the tab and the line feed: they have no place in a record and no glyph on a page.
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F]/g;

const tidied = (value: string): string =>
  value.replaceAll('\r\n', '\n').replaceAll('\r', '\n').replaceAll(CONTROL, '').trim();
