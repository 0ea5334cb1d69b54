/**
 * The inbox: pages that show each person what the system sent them. Plain HTML, no script, WCAG 2.2 AA.
 *
 * A mail's own HTML is shown in a frame from its own route, under a policy that loads nothing and runs nothing; its
 * links open in the whole window. /mail.json answers the same mails to tests.
 */
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { html, raw } from 'hono/html';
import type { Host, Part } from '../contract.ts';
import type { Mail, mailStore } from './mail-store.ts';

type Store = ReturnType<typeof mailStore>;
type Markup = ReturnType<typeof html>;

const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; img-src data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/**
 * No origin of its own, nothing loaded, no script: default-src forbids those. The sandbox's allow-scripts only lets
 * accessibility checkers look into the frame, which they do from outside the page.
 */
const SANDBOX = 'allow-scripts allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation';
const MAIL_POLICY = `default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; sandbox ${SANDBOX}; frame-ancestors 'self'`;
const CSS = readFileSync(new URL('./mail.css', import.meta.url));
const ON_THE_PAGE = 200;
const IN_JSON = 1_000;

export function inboxPages(host: Host, store: Store): NonNullable<Part['pages']> {
  return {
    '/_local/mail.css': async (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'max-age=300' }).end(CSS);
    },
    '/mail.json': async (request, response) => {
      const { searchParams } = new URL(request.url ?? '/', 'http://local');
      const since = Date.parse(searchParams.get('since') ?? '') || Number(searchParams.get('since') ?? 0) || 0;
      const to = searchParams.get('to');
      const found = store.list({ ...(to ? { to } : {}), since, limit: IN_JSON });
      response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      response.end(
        JSON.stringify(
          found.map(({ attachments, at, ...mail }) => ({
            ...mail,
            at: new Date(at).toISOString(),
            attachments: attachments.map((each) => each.name),
          })),
        ),
      );
    },
    '/mail': async (request, response) => {
      const url = new URL(request.url ?? '/', 'http://local');
      const [, , id, part, index] = url.pathname.split('/');
      if (request.method === 'POST' && id === 'bounces') return await markBouncing(request, response, store);
      if (request.method !== 'GET' && request.method !== 'HEAD')
        return void response.writeHead(405, { allow: 'GET, HEAD' }).end();
      if (!id) return await page(response, 200, 'Mail', list(store, url.searchParams.get('to') ?? ''));
      const mail = store.get(id);
      if (!mail)
        return await page(
          response,
          404,
          'No such mail',
          html`<p>There is no mail with this number. <a href="/mail">See all mail</a>.</p>`,
        );
      if (part === 'html' && mail.html !== null) {
        response.writeHead(200, {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': MAIL_POLICY,
          'referrer-policy': 'no-referrer',
        });
        return void response.end(`<!doctype html><base target="_top">${mail.html}`);
      }
      const attachment = part === 'attachment' ? mail.attachments[Number(index)] : undefined;
      if (attachment) {
        response.writeHead(200, {
          'content-type': 'application/octet-stream',
          'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(attachment.name)}`,
          'x-content-type-options': 'nosniff',
        });
        return void response.end(Buffer.from(attachment.base64, 'base64'));
      }
      await page(response, 200, mail.subject || '(no subject)', one(host, store, mail));
    },
  };
}

async function page(response: ServerResponse, status: number, title: string, content: Markup): Promise<void> {
  const body = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} - mail on this machine</title>
        <link rel="stylesheet" href="/_local/mail.css" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <a class="skip" href="#main">Skip to the mail</a>
        <header>
          <a href="/mail">Mail on this machine</a>
          <p>Nothing shown here has left it.</p>
        </header>
        <main id="main">
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html>`;
  // Not no-referrer: with it a browser posts the page's own forms as from nowhere, and they would be refused.
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': PAGE_POLICY,
    'referrer-policy': 'same-origin',
    'cache-control': 'no-store',
  });
  response.end(String(body));
}

function list(store: Store, to: string): Markup {
  const mails = store.list({ ...(to ? { to } : {}), limit: ON_THE_PAGE });
  const addresses = store.addresses();
  return html` <form method="get" action="/mail">
      <label
        >Mail to <br /><select name="to">
          <option value="">everybody</option>
          ${addresses.map(({ address, count }) => html`<option value="${address}" ${address === to.toLowerCase() ? raw('selected') : ''}>${address} (${count})</option>`)}
        </select></label
      ><button>Show</button>
    </form>
    ${to ? bouncing(store, to.toLowerCase()) : ''}
    ${
      mails.length === 0
        ? html`<p>No mail yet.</p>`
        : html`<table>
            <caption>
              ${to ? `Mail to ${to}` : 'All mail'}, newest
              first${mails.length === ON_THE_PAGE ? ` (the newest ${ON_THE_PAGE})` : ''}
            </caption>
            <thead>
              <tr>
                <th scope="col">Subject</th>
                <th scope="col">What it leads to</th>
                <th scope="col">To</th>
                <th scope="col">Sent</th>
              </tr>
            </thead>
            <tbody>
              ${mails.map(
                (mail) =>
                  html`<tr>
                    <td><a href="/mail/${mail.id}">${mail.subject || '(no subject)'}</a></td>
                    <td>${leadsTo(mail)}</td>
                    <td>${[...mail.to, ...mail.cc].join(', ')}</td>
                    <td>${moment(mail.at)}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`
    }`;
}

function one(host: Host, store: Store, mail: Mail): Markup {
  const rows: [string, string][] = [
    ['From', mail.from],
    ['To', mail.to.join(', ')],
  ];
  if (mail.cc.length > 0) rows.push(['Cc', mail.cc.join(', ')]);
  if (mail.bcc.length > 0) rows.push(['Bcc', mail.bcc.join(', ')]);
  rows.push(...Object.entries(mail.headers));
  if (mail.configurationSet) rows.push(['Configuration set', mail.configurationSet]);
  return html` <p class="leads">${leadsTo(mail)}</p>
    <dl>
      ${rows.map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd>${value}</dd>`,
      )}
      <dt>Sent</dt>
      <dd>${moment(mail.at)} (${Math.max(0, Math.round((host.clock.now() - mail.at) / 60_000))} minutes ago)</dd>
    </dl>
    ${[...new Set(mail.to)].map((address) => html`<p><a href="/mail?to=${encodeURIComponent(address)}">All mail to ${address}</a>${store.isBouncing(address) ? ' (bounces)' : ''}</p>`)}
    ${
      mail.html === null
        ? ''
        : html`<h2>As the mail looks</h2>
            <iframe title="The mail as HTML" src="/mail/${mail.id}/html" sandbox="${SANDBOX}"></iframe>`
    }
    ${
      mail.text === null
        ? ''
        : html`<h2>Text</h2>
            <pre>${linked(mail.text)}</pre>`
    }
    ${
      mail.attachments.length === 0
        ? ''
        : html`<h2>Attachments</h2>
            <ul>
              ${mail.attachments.map((each, index) => html`<li><a href="/mail/${mail.id}/attachment/${index}">${each.name}</a></li>`)}
            </ul>`
    }`;
}

/** The first address that stands under words of its own in the text, with those words: what the mail is about. */
function leadsTo({ text }: Mail): Markup | string {
  const [, words, address] = /(?:^|\n)([^\n]{1,80}):\s*\n(https?:\/\/[^\s<>"]+)/.exec(text ?? '') ?? [];
  return words && address ? html`<a href="${address}">${words}</a>` : '';
}

function bouncing(store: Store, address: string): Markup {
  const now = store.isBouncing(address);
  return html`<form method="post" action="/mail/bounces">
    <input type="hidden" name="address" value="${address}" /><input
      type="hidden"
      name="bounces"
      value="${now ? 'no' : 'yes'}"
    />
    <p class="note">
      Mail to ${address} ${now ? 'bounces: senders are told that nobody has this address' : 'is delivered'}.
    </p>
    <button class="quiet">${now ? 'Deliver from now on' : 'Let it bounce from now on'}</button>
  </form>`;
}

async function markBouncing(request: IncomingMessage, response: ServerResponse, store: Store): Promise<void> {
  // A page of another site must not be able to post here through a visitor's browser.
  const from = request.headers['sec-fetch-site'];
  if (from !== undefined && from !== 'same-origin')
    return void response.writeHead(403).end('This form is posted from its own page only.');
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const fields = new URLSearchParams(body);
  const address = fields.get('address') ?? '';
  if (address) store.setBouncing(address, fields.get('bounces') === 'yes');
  response.writeHead(303, { location: `/mail?to=${encodeURIComponent(address)}` }).end();
}

/** Text with its web addresses as links. */
function linked(text: string): (string | Markup)[] {
  return text
    .split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)])/)
    .map((piece, index) => (index % 2 === 1 ? html`<a href="${piece}">${piece}</a>` : piece));
}

function moment(at: number): Markup {
  const iso = new Date(at).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')} UTC</time>`;
}
