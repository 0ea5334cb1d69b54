/** The pages for what could not be shown or done. Each says what happened in plain words and what to do next. */
import type { Context } from 'hono';
import { rolesFor, TASKS } from '../../policies/roles.ts';
import { spoken } from './fields.tsx';
import { page } from './frame.tsx';
import { MOST_FORM_BYTES } from './form.ts';
import type { PageEnv } from './page-app.tsx';
import { HALT_STATUS, type Halt } from './statuses.ts';

type AnyPage<N> = Context<PageEnv<N>>;

export async function haltPage<N>(c: AnyPage<N>, halt: Halt): Promise<Response> {
  const status = HALT_STATUS[halt.kind];
  switch (halt.kind) {
    case 'sign-in-needed': {
      const { pathname, search } = new URL(c.req.url);
      const back = `/sign-in?next=${encodeURIComponent(pathname + search)}`;
      if (c.req.method === 'GET' || c.req.method === 'HEAD') return c.redirect(back, 303);
      return page(
        c,
        {
          title: 'Please sign in again',
          status,
          lead: 'Your session has ended, so nothing was saved. Go back to keep what you typed, sign in in another window, and send the form again.',
        },
        <p>
          <a class="usa-button" href="/sign-in">
            Sign in
          </a>
        </p>,
      );
    }
    case 'task-not-held':
      return page(
        c,
        { title: 'This is not one of your tasks', status },
        <>
          <p class="pa-lead">
            You asked for a page that needs this task: <strong>{TASKS[halt.task]}</strong>.
          </p>
          <p>It is given with {rolesFor(halt.task).length === 1 ? 'this role' : 'any of these roles'}:</p>
          <ul class="usa-list">
            {rolesFor(halt.task).map((role) => (
              <li>{spoken(role)}</li>
            ))}
          </ul>
          <p>
            If your duties need it, ask your system administrator for the role. The attempt was noted without your name.
          </p>
          <p>
            <a href="/desk">Back to my desk</a>
          </p>
        </>,
      );
    case 'form-not-ours':
      return page(
        c,
        {
          title: 'This form can no longer be sent',
          status,
          lead: 'It was opened in an earlier session, or it did not come from this site. Nothing was changed.',
        },
        <p>
          Open the page again from your desk, and send the form from there. If it happens again, check that your browser
          accepts cookies from this site.
        </p>,
      );
    case 'form-not-readable':
      return page(
        c,
        { title: 'This form could not be read', status, lead: 'Nothing was changed.' },
        <p>Open the page again and send its form with your browser as it is.</p>,
      );
    case 'form-too-large':
      return page(
        c,
        { title: 'This form is too long', status, lead: 'Nothing was changed.' },
        <p>
          A form may hold {MOST_FORM_BYTES / 1000} kB of text. Go back, shorten the longest answers and send it again.
        </p>,
      );
  }
}

export function notFoundPage<N>(c: AnyPage<N>): Promise<Response> {
  return page(
    c,
    {
      title: 'There is nothing at this address',
      status: 404,
      lead: 'It may have been typed wrong, or the record may never have existed.',
    },
    <p>
      <a href={c.var.visitor ? '/desk' : '/'}>{c.var.visitor ? 'Back to my desk' : 'To the first page'}</a>
    </p>,
  );
}

export async function methodPage<N>(c: AnyPage<N>, methods: readonly string[]): Promise<Response> {
  const answer = await page(
    c,
    { title: 'This page does not do that', status: 405, lead: 'Nothing was changed.' },
    <p>Open it with a link or send its own form.</p>,
  );
  answer.headers.set('Allow', methods.join(', '));
  return answer;
}

const FAULT_WORDS = {
  400: [
    'This address or form does not make sense',
    'Something in it is not of the shape we expect. Open the page again from your desk.',
  ],
  404: [
    'A record is missing',
    'A record that this page needs is not there. Open the page again from your desk; if it stays missing, tell support the reference below.',
  ],
  409: [
    'Somebody else was faster',
    'The record was changed while you worked on it, and nothing of yours was saved. Go back, load the page again to see the change, and decide again.',
  ],
  500: [
    'Something of ours is broken',
    'Nothing was saved. It is our fault and not yours. Tell support the reference below.',
  ],
  503: ['The records are busy', 'Nothing was saved. Wait a moment and try again.'],
} as const;

export function faultPage<N>(c: AnyPage<N>, status: keyof typeof FAULT_WORDS, reference: string): Promise<Response> {
  const [title, lead] = FAULT_WORDS[status];
  return page(
    c,
    { title, status, lead },
    <p>
      Reference: <code>{reference}</code>
    </p>,
  );
}
