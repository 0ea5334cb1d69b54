/** Somebody outside: a browser without scripts, and what is tried with it. */
import type { Hono } from 'hono';
import type { Delivery } from '../../../functions/delivery/contract.ts';

/** Where a recipient posts, and fields for all of it at once. */
export const POSTS = ['code', 'enter', 'open', 'passphrase', 'receipt'] as const;
export const FIELDS = { code: '00000000', what: 'package', name: 'Mallory', agreed: 'yes' };

/** That an answer is the one page for links that open nothing; answers its text. */
export const opensNothing = async (answer: Response): Promise<string> => {
  const text = await answer.text();
  const seen = `${answer.status} ${/<title>([^<]+)/.exec(text)?.[1]}`;
  if (seen !== '404 This link opens nothing · postact') throw new Error(`something opened: ${seen}`);
  return text;
};

export const firstOf = ({ files }: Delivery): string => files[0]!.enclosureId;

/** Somebody's browser without scripts: its cookies, and the secret of the page's form it saw last. */
export class Outsider {
  readonly #app: Hono<never>;
  readonly cookies = new Map<string, string>();
  form = '';

  constructor(app: Hono<never>) {
    this.#app = app;
  }

  async ask(path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await this.#app.request(path, { ...init, headers: { ...(init.headers as object), cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (value) this.cookies.set(name!, value);
      else this.cookies.delete(name!);
    }
    return answer;
  }

  async get(path: string): Promise<Response> {
    const answer = await this.ask(path);
    const secret = /name="form" value="([^"]+)"/.exec(await answer.clone().text())?.[1];
    if (secret) this.form = secret;
    return answer;
  }

  post(path: string, fields: Readonly<Record<string, string>> = {}): Promise<Response> {
    return this.ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ form: this.form, ...fields }).toString(),
    });
  }
}
