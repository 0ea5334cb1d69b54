/**
 * What an interface for systems has before its own code runs: who is asking and for what, the message read as the shape
 * it has to have, and an answer for whatever goes wrong.
 *
 * The HTTP API in front has checked the token: issuer, time, client and that one of the scopes is in it. What it found
 * comes with the event and is judged here once more, scope by scope; without it nobody is let in. A cookie counts for
 * nothing here, so no page of another site can make a browser ask.
 */
import middy from '@middy/core';
import { Hono, type Context } from 'hono';
import { handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda';
import { methodNotAllowed } from 'hono/method-not-allowed';
import * as z from 'zod/mini';
import { faultLine, loggedAs, logLine, type Log } from './middleware.ts';
import { Ended, tellProblem } from './problem.ts';
import { readJson } from './read-json.ts';
import { errorsOf } from './shape-errors.ts';
import { statusOfFault } from './statuses.ts';
import { newId } from './system.ts';

export type MachineEnv<N> = {
  /** The event as Lambda gave it. */
  Bindings: { readonly event?: unknown };
  Variables: { needs: N };
};
export type MachineContext<N> = Context<MachineEnv<N>>;

export const MOST_BODY_BYTES = 100_000;
const LONGEST_PATH = 800;
/** How long a system waits before it asks again, in seconds. */
const RETRY_AFTER = '5';

/** An interface without routes. `needs` is built on the first request, so importing an entry point touches nothing. */
export function machineApp<N>(needs: () => N, log: Log = logLine): Hono<MachineEnv<N>> {
  const app = new Hono<MachineEnv<N>>();
  app.use(async (c, next) => {
    await next();
    const { headers } = c.res;
    if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store');
    headers.set('X-Content-Type-Options', 'nosniff');
    headers.set('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
    headers.set('Strict-Transport-Security', 'max-age=63072000; includeSubDomains');
  });
  app.use(async (c, next) => (c.req.path.length > LONGEST_PATH ? c.notFound() : next()));
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) =>
        tellProblem(c, {
          kind: 'method-not-allowed',
          detail: `It does ${methods.join(', ')}. Nothing was changed.`,
          headers: { Allow: methods.join(', ') },
        }),
    }),
  );
  app.use(async (c, next) => {
    c.set('needs', needs());
    await next();
  });
  app.notFound((c) => tellProblem(c, { kind: 'not-found', detail: 'See /api/v1/openapi.json for what there is.' }));
  app.onError((error, c) => {
    if (error instanceof Ended) {
      const { kind } = error.problem;
      if (kind === 'token-missing' || kind === 'scope-missing') log({ outcome: 'denied', because: kind });
      return tellProblem(c, error.problem);
    }
    const reference = newId('E');
    const status = statusOfFault(error);
    log({ outcome: 'fault', reference, status, method: c.req.method, ...faultLine(error) });
    // Somebody else's change that was met on every try is as passing as a table that is busy.
    if (status === 503 || status === 409)
      return tellProblem(c, {
        kind: 'busy',
        detail: `Nothing was changed. Send it again in ${RETRY_AFTER} seconds, as it is.`,
        reference,
        headers: { 'Retry-After': RETRY_AFTER },
      });
    return tellProblem(c, { kind: 'fault', detail: 'It is our fault. Tell support the reference.', reference });
  });
  return app;
}

const Checked = z.object({
  requestContext: z.object({
    authorizer: z.object({
      jwt: z.object({
        claims: z.object({
          client_id: z.string().check(z.minLength(1)),
          token_use: z.literal('access'),
          scope: z.string(),
        }),
      }),
    }),
  }),
});

/** The client's id, if its token carries one of these scopes. */
export function mustCarry<N>(c: MachineContext<N>, ...scopes: readonly [string, ...string[]]): string {
  const checked = Checked.safeParse(c.env?.event);
  if (!checked.success)
    throw new Ended({
      kind: 'token-missing',
      detail: 'Send the header Authorization: Bearer, with a token of the client credentials grant.',
      headers: { 'WWW-Authenticate': 'Bearer' },
    });
  const { client_id: clientId, scope } = checked.data.requestContext.authorizer.jwt.claims;
  const carried = scope.split(' ');
  if (!scopes.some((one) => carried.includes(one)))
    throw new Ended({
      kind: 'scope-missing',
      detail: `It needs the scope ${scopes.join(' or ')}.`,
      headers: { 'WWW-Authenticate': `Bearer error="insufficient_scope", scope="${scopes[0]}"` },
    });
  return clientId;
}

/** The message, as the shape it has to have. Ends the request otherwise, naming every field that does not fit. */
export async function messageAs<T, N>(c: MachineContext<N>, shape: z.ZodMiniType<T>): Promise<T> {
  const [type = '', ...parameters] = (c.req.header('content-type') ?? '').toLowerCase().split(';');
  const charset = parameters
    .find((one) => one.trim().startsWith('charset='))
    ?.split('=')[1]
    ?.trim();
  if (type.trim() !== 'application/json' || (charset !== undefined && charset.replaceAll('"', '') !== 'utf-8'))
    throw new Ended({ kind: 'not-json', detail: 'Send the header Content-Type: application/json, in UTF-8.' });
  const tooLarge = new Ended({ kind: 'too-large', detail: `A message has at most ${MOST_BODY_BYTES} bytes.` });
  if (Number(c.req.header('content-length') ?? 0) > MOST_BODY_BYTES) throw tooLarge;
  const bytes = await c.req.arrayBuffer();
  if (bytes.byteLength > MOST_BODY_BYTES) throw tooLarge;
  const read = readJson(textOf(bytes));
  if (read.kind === 'not-json') {
    const { line, column, expected } = read.at;
    const detail = `At line ${line}, column ${column}: expected ${expected}. Nothing was changed.`;
    throw new Ended({ kind: 'malformed', detail, position: read.at });
  }
  const parsed = z.safeParse(shape, read.value);
  if (parsed.success) return parsed.data;
  const errors = errorsOf(parsed.error.issues, read.value);
  throw new Ended({ kind: 'refused', detail: 'The message does not fit; nothing was changed. See errors.', errors });
}

function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Ended({ kind: 'malformed', detail: 'It is not UTF-8. Nothing was changed.' });
  }
}

/** An interface as a Lambda function behind an HTTP API. */
export function machineHandlerOf<N>(app: Hono<MachineEnv<N>>, act: string) {
  const answer = handle(app);
  return middy<LambdaEvent, unknown>()
    .use(loggedAs(act))
    .handler((event, context) => answer(event, context as LambdaContext));
}
