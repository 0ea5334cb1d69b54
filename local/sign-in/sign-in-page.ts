/**
 * The sign-in page: one button per person for demonstrations, and a form for name and password. No script.
 *
 * The buttons are left out when the host is told to ask for passwords (POSTACT_LOCAL_SIGN_IN=password).
 */
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { html } from 'hono/html';
import type Provider from 'oidc-provider';
import type { Directory, Person, Pool } from './directory.ts';
import type { IssuerSettings } from './issuer.worker.ts';

const CSS = readFileSync(new URL('./sign-in.css', import.meta.url));
const LONGEST_FORM = 10_000;

type Markup = ReturnType<typeof html>;

/** Answers true if the request was for one of its pages. */
export function signInPages(settings: IssuerSettings, directory: Directory, pool: Pool, provider: Provider) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const path = (request.url ?? '').split('?')[0];
    if (path === '/sign-in.css') {
      response.writeHead(200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'max-age=300' }).end(CSS);
      return true;
    }
    if (!/^\/interaction\/[\w-]+$/.test(path ?? '')) return false;
    let details;
    try {
      details = await provider.interactionDetails(request, response);
    } catch {
      await show(
        response,
        400,
        settings,
        html`<h1>This sign-in has run out</h1>
          <p>Go back to where you came from and sign in again.</p>`,
      );
      return true;
    }
    const returnTo = String(details.params['redirect_uri'] ?? settings.site);
    if (request.method !== 'POST') {
      await show(response, 200, settings, choices(settings, directory, pool, path!), returnTo);
      return true;
    }
    const form = await formOf(request);
    const person = whoSignsIn(settings, directory, pool, form);
    if (!person) {
      await show(
        response,
        401,
        settings,
        choices(
          settings,
          directory,
          pool,
          path!,
          'The name or the password is wrong, or this person may not sign in. Try again.',
        ),
        returnTo,
      );
      return true;
    }
    await provider.interactionFinished(
      request,
      response,
      { login: { accountId: person.sub } },
      { mergeWithLastSubmission: false },
    );
    return true;
  };
}

function whoSignsIn(
  settings: IssuerSettings,
  directory: Directory,
  pool: Pool,
  form: URLSearchParams,
): Person | undefined {
  const asPerson = form.get('person');
  const person = directory.person(pool.id, asPerson ?? form.get('username') ?? '');
  if (!person?.enabled) return undefined;
  if (asPerson !== null) return settings.passwordOnly ? undefined : person;
  return directory.passwordFits(pool.id, person.username, form.get('password') ?? '') ? person : undefined;
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > LONGEST_FORM) throw new Error(`the form is longer than ${LONGEST_FORM} characters`);
  }
  return new URLSearchParams(text);
}

function choices(settings: IssuerSettings, directory: Directory, pool: Pool, action: string, wrong?: string) {
  const people = directory.people(pool.id).filter((person) => person.enabled);
  const known = directory.groups(pool.id);
  const groups = new Map<string, Person[]>(known.map((group) => [group.name, []]));
  const headingOf = (name: string): string => known.find((group) => group.name === name)?.description ?? name;
  for (const person of people) {
    // Under the first of their groups, so that nobody is listed twice.
    const first = directory.groupsOf(pool.id, person.username)[0]?.name ?? 'In no group';
    groups.set(first, [...(groups.get(first) ?? []), person]);
  }
  const target = `/oidc/${pool.id}${action}`;
  return html`<h1>Sign in</h1>
    ${wrong ? html`<p class="wrong" role="alert">${wrong}</p>` : ''}
    ${
      settings.passwordOnly
        ? ''
        : html`<p>This is a demonstration on one machine. Choose who you are; no password is needed.</p>
            ${[...groups]
              .filter(([, members]) => members.length > 0)
              .map(
                ([name, members]) =>
                  html`<section>
                    <h2>${headingOf(name)}</h2>
                    <ul class="people">
                      ${members.map((person) => button(target, person))}
                    </ul>
                  </section>`,
              )}`
    }
    <h2>With name and password</h2>
    <form class="password" method="post" action="${target}">
      <label for="username">Name</label
      ><input id="username" name="username" autocomplete="username" autocapitalize="none" required />
      <label for="password">Password</label
      ><input id="password" name="password" type="password" autocomplete="current-password" required />
      <button>Sign in</button>
    </form>`;
}

function button(target: string, person: Person) {
  const { attributes } = person;
  const name =
    attributes['name'] ??
    ([attributes['given_name'], attributes['family_name']].filter(Boolean).join(' ') || person.username);
  const title = attributes['custom:title'] ?? attributes['profile'] ?? attributes['custom:rank'];
  return html`<li>
    <form method="post" action="${target}">
      <button name="person" value="${person.username}">${name}${title ? html`<small>${title}</small>` : ''}</button>
    </form>
  </li>`;
}

async function show(
  response: ServerResponse,
  status: number,
  settings: IssuerSettings,
  content: Markup,
  returnTo?: string,
): Promise<void> {
  const css = `${new URL(settings.endpoint).origin}`;
  // Browsers hold form-action against the redirects that follow the form too, so the place returned to is listed.
  const targets = [`'self'`, css, ...(returnTo && URL.canParse(returnTo) ? [new URL(returnTo).origin] : [])].join(' ');
  const body = await framed(content, html`<link rel="stylesheet" href="../sign-in.css" />`);
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'content-security-policy': `default-src 'none'; style-src 'self'; img-src data:; form-action ${targets}; base-uri 'none'; frame-ancestors 'none'`,
  });
  response.end(String(body));
}

function framed(content: Markup, style: Markup | string): Markup {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Sign in</title>
        ${style}
        <link rel="icon" href="data:," />
      </head>
      <body>
        <header><p>Demonstration sign-in on this machine</p></header>
        <main id="main">${content}</main>
      </body>
    </html>`;
}

/** What people see when an application asked for something the issuer refuses. */
export async function errorPage(error: string, description = ''): Promise<string> {
  const content = html`<h1>This sign-in cannot go on</h1>
    <p>
      The application that sent you here asked for something that is not allowed: ${description || error} (${error}).
    </p>
    <p>Go back and sign in again; if it happens again, tell the people who run the application.</p>`;
  return String(await framed(content, ''));
}
