/** A browser without scripts: cookies by origin, redirects, and forms found on the page it is looking at. */
export interface Page {
  readonly status: number;
  readonly url: string;
  readonly text: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};
const plain = (html: string): string => html.replace(/&(amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity]!);
const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
  return found === undefined ? undefined : plain(found);
};

export class Client {
  readonly site: string;
  readonly #cookies = new Map<string, Map<string, string>>();
  page: Page = { status: 0, url: '', text: '' };

  constructor(site: string) {
    this.site = site;
  }

  /** What a browser needs to go on as this client at an origin. */
  cookiesFor(origin: string): readonly { readonly name: string; readonly value: string }[] {
    return [...(this.#cookies.get(origin) ?? [])].map(([name, value]) => ({ name, value }));
  }

  /** One request with this client's cookies, redirects not followed. */
  async request(path: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(path, this.site);
    const jar = this.#cookies.get(url.origin) ?? new Map<string, string>();
    this.#cookies.set(url.origin, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...(cookie && { cookie }), ...(init.headers as Record<string, string> | undefined) },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (!name) continue;
      if (!value || /max-age=0\b/i.test(line) || /expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }

  /** Requests and follows redirects; the page becomes the one looked at. */
  async go(path: string, init: RequestInit = {}): Promise<Page> {
    let url = new URL(path, this.page.url || this.site);
    let response = await this.request(url.href, init);
    for (let hop = 0; response.status >= 300 && response.status < 400 && hop < 15; hop++) {
      url = new URL(response.headers.get('location') ?? '/', url);
      response = await this.request(url.href);
    }
    this.page = { status: response.status, url: url.href, text: await response.text() };
    return this.page;
  }

  /** Sends the form of the page whose action ends with `action`, with its hidden fields and these. */
  async send(action: string, fields: Readonly<Record<string, string | readonly string[]>> = {}): Promise<Page> {
    const form = this.formOn(action);
    const body = new URLSearchParams(form.hidden);
    for (const [name, value] of Object.entries(fields)) {
      body.delete(name);
      for (const one of typeof value === 'string' ? [value] : value) body.append(name, one);
    }
    return this.go(form.action, { method: 'POST', body, headers: { origin: new URL(this.page.url).origin } });
  }

  /** Throws when the page has no such form: a test must not post what a person could not. */
  formOn(action: string): { readonly action: string; readonly hidden: Record<string, string> } {
    const forms = [...this.page.text.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/g)].map(([form]) => form);
    const form = forms.find((one) => (attribute(one, 'action') ?? '').endsWith(action));
    if (!form)
      throw new Error(
        `${this.page.url} (${this.page.status}) has no form to ${action}; it has ${forms.map((one) => attribute(one, 'action')).join(', ') || 'none'}\n${this.words().slice(0, 800)}`,
      );
    const inputs = [...form.matchAll(/<input\b[^>]*>/g)]
      .map(([input]) => input)
      .filter((input) => attribute(input, 'type') === 'hidden');
    return {
      action: attribute(form, 'action')!,
      hidden: Object.fromEntries(inputs.map((input) => [attribute(input, 'name')!, attribute(input, 'value') ?? ''])),
    };
  }

  /** The page's words, without its markup. */
  words(): string {
    return plain(this.page.text.replace(/<(script|style)[\s\S]*?<\/\1>/g, '').replace(/<[^>]+>/g, ' ')).replace(
      /\s+/g,
      ' ',
    );
  }

  /** Signs in by the directory's own page, as the person of this name. */
  async signIn(directoryName: string): Promise<void> {
    await this.go('/sign-in');
    await this.send('/sign-in');
    const buttons = [...this.page.text.matchAll(/<button\b[^>]*>/g)].map(([button]) => button);
    const mine = buttons.find((button) => attribute(button, 'value') === directoryName);
    if (!mine)
      throw new Error(
        `the directory's page at ${this.page.url} offers no ${directoryName}: ${this.words().slice(0, 500)}`,
      );
    const form = [...this.page.text.matchAll(/<form\b[^>]*>/g)].map(([tag]) => attribute(tag, 'action')!)[0]!;
    await this.send(form, { [attribute(mine, 'name')!]: directoryName });
    if (!this.page.url.startsWith(this.site) || this.page.status !== 200)
      throw new Error(
        `signing in as ${directoryName} ended at ${this.page.url} with ${this.page.status}: ${this.words().slice(0, 500)}`,
      );
  }
}
