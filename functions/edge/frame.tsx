/**
 * The document around every page: skip link, whose system this is, what the visitor may go to, the page, and where its
 * rules are published. Nothing in it needs a script; a page that has one names it, and works without it.
 */
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { mayDo } from '../../policies/roles.ts';
import { asset } from './assets-version.ts';
import { FormSecret } from './fields.tsx';
import { isWithin, placesFor } from './navigation.ts';
import type { PageEnv } from './page-app.tsx';
import { contentPolicy, type Origins } from './security-headers.ts';
import type { Visitor } from './visitor.ts';

export interface PageOptions extends Origins {
  /** The page's heading and, with the system's name, the window's title. */
  readonly title: string;
  /** A sentence or two under the heading. */
  readonly lead?: Child | undefined;
  /** A line above the heading, such as what the page belongs to. */
  readonly above?: Child | undefined;
  readonly status?: ContentfulStatusCode | undefined;
  /** For tables and drawings; text stays at a readable length either way. */
  readonly wide?: boolean | undefined;
  /** A style sheet under `static/` for what only this page has. */
  readonly style?: string | undefined;
  /** A module under `static/`, such as `upload.js`. */
  readonly script?: string | undefined;
}

/** Answers with a whole page. `children` follow the heading. */
export async function page<N>(c: Context<PageEnv<N>>, options: PageOptions, children: Child): Promise<Response> {
  const { visitor, path } = c.var;
  const document = (
    <Document options={options} visitor={visitor} path={path ?? c.req.path}>
      {children}
    </Document>
  );
  c.header('Content-Security-Policy', contentPolicy(options));
  const body = String(await document.toString());
  return c.html(`<!doctype html>${body}`, options.status ?? 200);
}

function Document(props: { options: PageOptions; visitor: Visitor | undefined; path: string; children?: Child }) {
  const { title, style, script, wide, above, lead } = props.options;
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <title>{title} · postact</title>
        <link rel="icon" href={asset('favicon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={asset('uswds/css/uswds.min.css')} />
        <link rel="stylesheet" href={asset('postact.css')} />
        {style && <link rel="stylesheet" href={asset(style)} />}
        <script type="module" src={asset('countdown.js')}></script>
        {script && <script type="module" src={asset(script)}></script>}
      </head>
      <body class={`pa-body${wide ? ' pa-body--wide' : ''}`}>
        <a class="usa-skipnav" href="#main">
          Skip to the page
        </a>
        <Header visitor={props.visitor} path={props.path} />
        <main id="main" class={`pa-main grid-container${wide ? ' pa-main--wide' : ''}`} tabindex={-1}>
          <div class="pa-heading">
            {above && <p class="pa-above">{above}</p>}
            <h1>{title}</h1>
            {lead && <p class="pa-lead">{lead}</p>}
          </div>
          {props.children}
        </main>
        <Footer visitor={props.visitor} />
      </body>
    </html>
  );
}

function Header({ visitor, path }: { visitor: Visitor | undefined; path: string }) {
  return (
    <header class="pa-header">
      <div class="pa-band">
        <div class="pa-header__row">
          <p class="pa-band__text">A records system of the department. For official business only.</p>
          {visitor && (
            <form class="pa-out" method="post" action="/sign-out">
              <FormSecret visitor={visitor} />
              <span class="pa-out__who">{visitor.name}</span>
              <button type="submit" class="pa-out__button">
                Sign out
              </button>
            </form>
          )}
        </div>
      </div>
      <div class="pa-header__row pa-header__main">
        <a class="pa-name" href={visitor ? '/desk' : '/'}>
          <span class="pa-name__word">postact</span>
          <span class="pa-name__about">Police technology under the POST Act</span>
        </a>
        <nav class="pa-nav" aria-label="Main">
          <ul>
            {placesFor(visitor?.roles).map((place) => (
              <li>
                <a
                  href={place.path}
                  {...(isWithin(path, place.path) && { 'aria-current': path === place.path ? 'page' : 'true' })}
                >
                  {place.label}
                </a>
              </li>
            ))}
            {!visitor && (
              <li>
                <a href="/sign-in" {...(isWithin(path, '/sign-in') && { 'aria-current': 'page' })}>
                  Sign in
                </a>
              </li>
            )}
          </ul>
        </nav>
      </div>
    </header>
  );
}

function Footer({ visitor }: { visitor: Visitor | undefined }) {
  return (
    <footer class="pa-footer">
      <div class="pa-header__row">
        <nav aria-label="Policy">
          <ul>
            {visitor && mayDo(visitor.roles, 'report-breach') && (
              <li>
                <a href="/breaches/new">Report a wrongful disclosure</a>
              </li>
            )}
            <li>
              <a href="/policy">What the technology can do</a>
            </li>
            <li>
              <a href="/policy/health">Health and safety figures</a>
            </li>
            <li>
              <a href="/policy/editions">Policy editions compared</a>
            </li>
            <li>
              <a href="/ask">Ask for help as an outside entity</a>
            </li>
          </ul>
        </nav>
        <p>Every change made here is kept in a ledger with its time, its author and the clause that allowed it.</p>
      </div>
    </footer>
  );
}
