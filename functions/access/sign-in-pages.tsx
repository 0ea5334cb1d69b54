/** Signing in and out. The only GET of this system that writes is the directory's answer, because the protocol says so. */
import type { Context, Hono } from 'hono';
import { OFFICIAL_BUSINESS_NOTICE } from '../../policies/public-text.ts';
import { cookieOf, giveCookie, siteOf, takeCookie } from '../edge/cookies.ts';
import { Actions, ClauseLink, FormSecret, Notice, Submit } from '../edge/fields.tsx';
import { page } from '../edge/frame.tsx';
import { formOf, publicFormSecret, type PageEnv, type PageNeeds } from '../edge/page-app.tsx';
import { STATUS } from '../edge/statuses.ts';
import type { SignInRefusal } from './contract.ts';
import type { Directory } from './directory.ts';
import { nextPath } from './next-path.ts';
import { isAnswerTo, MINUTES_TO_SIGN_IN, newTicket, ticketIn } from './sign-in-ticket.ts';
import { endSession, startSession, type SessionNeeds } from './start-session.ts';

export interface SignInNeeds extends PageNeeds, SessionNeeds {
  readonly directory: Directory;
}

type C<N extends SignInNeeds> = Context<PageEnv<N>>;

export function addSignIn<N extends SignInNeeds>(app: Hono<PageEnv<N>>): void {
  app.get('/sign-in', async (c) => {
    const next = nextPath(c.req.query('next'));
    return c.var.visitor ? c.redirect(next, STATUS.SeeOther) : signInPage(c, next);
  });

  app.post('/sign-in', async (c) => {
    const form = await formOf(c);
    const { now, newSecret, directory } = c.var.needs;
    const ticket = newTicket(newSecret(), {
      begunAt: now(),
      noticeShown: OFFICIAL_BUSINESS_NOTICE.version,
      next: nextPath(form.text('next')),
    });
    const address = await directory.addressToSignIn(ticket, returnTo(c));
    giveCookie(c, 'sign-in', ticket.cookie, { maxAge: MINUTES_TO_SIGN_IN * 60 });
    return c.redirect(address.href, STATUS.SeeOther);
  });

  app.get('/sign-in/return', async (c) => {
    // A look at the headers must not use up the directory's answer.
    if (c.req.method === 'HEAD') return c.redirect('/sign-in', STATUS.SeeOther);
    const { now, directory } = c.var.needs;
    const ticket = ticketIn(cookieOf(c, 'sign-in'), now());
    if (!ticket || !isAnswerTo(ticket, c.req.query('state')))
      return startAgainPage(c, 'This sign-in took too long, or it was begun in another window.');
    const returned = returnTo(c);
    returned.search = new URL(c.req.url).search;
    const who = await directory.whoCameBack(ticket, returned);
    takeCookie(c, 'sign-in');
    if (!who) return startAgainPage(c, 'The directory did not sign you in.');
    const started = await startSession(c.var.needs, ticket, who);
    if (started.kind === 'ticket-used') return startAgainPage(c, 'This sign-in was finished before.');
    if (started.kind === 'refused') return refusedPage(c, started.because);
    giveCookie(c, 'session', started.cookie);
    return c.redirect(ticket.next, STATUS.SeeOther);
  });

  app.get('/sign-out', (c) => signedOutPage(c));

  app.post('/sign-out', async (c) => {
    if (c.var.visitor) {
      await formOf(c);
      await endSession(c.var.needs, c.var.visitor.sessionId);
    }
    takeCookie(c, 'session');
    return c.redirect('/sign-out', STATUS.SeeOther);
  });
}

const returnTo = (c: Context): URL => new URL('/sign-in/return', siteOf(c));

function signInPage<N extends SignInNeeds>(c: C<N>, next: string): Promise<Response> {
  const { title, paragraphs, clause } = OFFICIAL_BUSINESS_NOTICE;
  return page(
    c,
    {
      title: 'Sign in',
      lead: 'You sign in with the department’s directory. Nothing you type there reaches this system.',
      formOrigin: c.var.needs.directory.formOrigin,
    },
    <form class="pa-form" method="post" action="/sign-in">
      <Notice kind="warning" heading={title}>
        {paragraphs.map((text) => (
          <p>{text}</p>
        ))}
        <p>
          <ClauseLink id={clause} />
        </p>
      </Notice>
      <FormSecret secret={publicFormSecret(c)} />
      <input type="hidden" name="next" value={next} />
      <Actions>
        <Submit>I understand, sign in</Submit>
      </Actions>
    </form>,
  );
}

function startAgainPage<N>(c: Context<PageEnv<N>>, what: string): Promise<Response> {
  return page(
    c,
    { title: 'You are not signed in', status: 400, lead: `${what} Nothing was changed.` },
    <p>
      <a class="usa-button" href="/sign-in">
        Start again
      </a>
    </p>,
  );
}

const REFUSED: Readonly<Record<SignInRefusal, readonly [title: string, why: string, todo: string]>> = {
  'not-on-the-list': [
    'You are not on the department’s list',
    'The directory knows you, but this system has no record of you.',
    'If your duties need it, ask your personnel officer to record you here.',
  ],
  'no-longer-active': [
    'Your access has ended',
    'Your record here is no longer active, which happens with a transfer or the end of an assignment.',
    'If your present duties need access, ask your personnel officer.',
  ],
  'no-role-in-both': [
    'You have no role here',
    'The roles on your record and your groups in the directory have none in common, and both must name a role before it counts.',
    'Ask your system administrator to compare them.',
  ],
};

function refusedPage<N>(c: Context<PageEnv<N>>, because: SignInRefusal): Promise<Response> {
  const [title, lead, todo] = REFUSED[because];
  return page(
    c,
    { title, lead, status: STATUS.Forbidden },
    <>
      <p>{todo}</p>
      <p>
        The attempt was recorded. <ClauseLink id="XR26-SAFE-07" /> <ClauseLink id="XR26-SAFE-08" />
      </p>
    </>,
  );
}

/**
 * A page of its own, so that the form that signs out ends at our own address: browsers hold a form's redirects to the
 * origins the page allows. From here the browser goes on to the directory by itself, and ends that session too.
 */
function signedOutPage<N extends SignInNeeds>(c: C<N>): Promise<Response> {
  const { visitor, needs } = c.var;
  if (visitor) {
    return page(
      c,
      { title: 'Sign out', lead: 'You are still signed in.' },
      <form method="post" action="/sign-out">
        <FormSecret visitor={visitor} />
        <Submit>Sign out</Submit>
      </form>,
    );
  }
  c.header('Refresh', `0; url=${needs.directory.addressToSignOut}`);
  return page(
    c,
    { title: 'You are signed out', lead: 'Your session here has ended.' },
    <p>
      If this page stays, <a href={needs.directory.addressToSignOut}>end your session with the directory too</a>, above
      all on a computer that others use.
    </p>,
  );
}
