/**
 * What every page has before its own code runs: who is asking, security headers, and an answer for whatever goes wrong.
 *
 * A page writes only on POST. GET, HEAD and OPTIONS change nothing, whoever follows a link and however often.
 */
import middy from '@middy/core';
import { Hono, type Context } from 'hono';
import { defaultIsContentTypeBinary, handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda';
import { methodNotAllowed } from 'hono/method-not-allowed';
import type { Instant } from '../../policies/instant.ts';
import { mayDo, type Task } from '../../policies/roles.ts';
import { cookieOf } from './cookies.ts';
import { faultPage, haltPage, methodPage, notFoundPage } from './failure-pages.tsx';
import { readForm, type Form } from './form.ts';
import { faultLine, loggedAs, logLine, type Log } from './middleware.ts';
import { readEnv } from './read-env.ts';
import { setHeaders } from './security-headers.ts';
import { Halted, statusOfFault } from './statuses.ts';
import { newId } from './system.ts';
import type { Visitor } from './visitor.ts';

export type { Form } from './form.ts';
export { publicFormSecret } from './form.ts';

export interface PageNeeds {
  /** The person behind a session cookie; undefined when there is none, it ended, or the person is no longer active. */
  visitorOf(cookieSecret: string): Promise<Visitor | undefined>;
  now(): Instant;
}

export type PageEnv<N> = {
  Bindings: { SITE_URL?: string };
  Variables: { needs: N; visitor?: Visitor; path: string };
};

const LONGEST_PATH = 500;

/** A page app without routes. `needs` is built on the first request, so importing an entry point touches nothing. */
export function pageApp<N extends PageNeeds>(needs: () => N, log: Log = logLine): Hono<PageEnv<N>> {
  const app = new Hono<PageEnv<N>>();
  app.use(async (c, next) => {
    c.set('path', c.req.path);
    await next();
    setHeaders(c);
  });
  // Ids in paths become keys of the table, which has a limit for them; no address of ours is nearly as long.
  app.use(async (c, next) => (c.req.path.length > LONGEST_PATH ? c.notFound() : next()));
  app.use(methodNotAllowed({ app, onMethodNotAllowed: (c, methods) => methodPage(c, methods) }));
  app.use(async (c, next) => {
    const built = needs();
    c.set('needs', built);
    const secret = cookieOf(c, 'session');
    const visitor = secret && (await built.visitorOf(secret));
    if (visitor) c.set('visitor', visitor);
    await next();
  });
  app.notFound((c) => notFoundPage(c));
  app.onError(async (error, c) => {
    if (error instanceof Halted) {
      if (error.halt.kind === 'task-not-held')
        log({ outcome: 'denied', task: error.halt.task, session: c.var.visitor?.sessionId.slice(0, 12) });
      return haltPage(c, error.halt);
    }
    const reference = newId('E');
    const status = statusOfFault(error);
    log({ outcome: 'fault', reference, status, method: c.req.method, ...faultLine(error) });
    return faultPage(c, status, reference);
  });
  return app;
}

/** The visitor, or the way to sign in: a GET is sent there and comes back, a POST is told what was lost. */
export function signedIn<N>(c: Context<PageEnv<N>>): Visitor {
  const { visitor } = c.var;
  if (!visitor) throw new Halted({ kind: 'sign-in-needed' });
  return visitor;
}

/** The visitor, if one of their roles holds the task. The refusal names the task and the roles that hold it. */
export function mustBeAble<N>(c: Context<PageEnv<N>>, task: Task): Visitor {
  const visitor = signedIn(c);
  if (!mayDo(visitor.roles, task)) throw new Halted({ kind: 'task-not-held', task });
  return visitor;
}

/** As `mustBeAble`, for a page that several tasks open. The refusal names the first. */
export function mustBeAbleToAny<N>(c: Context<PageEnv<N>>, tasks: readonly [Task, ...Task[]]): Visitor {
  const { roles } = signedIn(c);
  return mustBeAble(c, tasks.find((task) => mayDo(roles, task)) ?? tasks[0]);
}

/** The posted form, once it is certain that our own page sent it. */
export const formOf = <N,>(c: Context<PageEnv<N>>): Promise<Form> => readForm(c, c.var.visitor);
/** As `formOf`, for a form that may carry a small file of text. */
export const formWithFilesOf = <N,>(c: Context<PageEnv<N>>): Promise<Form> =>
  readForm(c, c.var.visitor, { files: true });

/** A page app as a Lambda function behind an HTTP API. The site's address comes from SITE_URL at the first call. */
export function handlerOf<N extends PageNeeds>(app: Hono<PageEnv<N>>, act: string) {
  const site = new Hono();
  site.all('*', (c) => app.fetch(c.req.raw, { SITE_URL: readEnv('SITE_URL') }));
  // A CSV goes out as its bytes: as text it would lose its byte order mark.
  const answer = handle(site, {
    isContentTypeBinary: (type) => type.startsWith('text/csv') || defaultIsContentTypeBinary(type),
  });
  return middy<LambdaEvent, unknown>()
    .use(loggedAs(act))
    .handler((event, context) => answer(event, context as LambdaContext));
}
