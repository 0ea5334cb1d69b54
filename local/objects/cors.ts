/** Cross-origin rules of a bucket: preflight answers, and the headers on answers to a browser's real request. */
import { refuse, xmlAnswer, type Answer } from './answer.ts';
import type { Ask } from './ask.ts';
import type { CorsRule } from './bucket.ts';
import type { Store } from './store.ts';

/** OPTIONS. Needs no signature. Throws AccessForbidden if no rule allows it, InvalidRequest if it is no preflight. */
export function preflight(store: Store, ask: Ask): Answer {
  const { rules, origin } = rulesFor(store, ask);
  const method = ask.header('access-control-request-method');
  if (origin === undefined || method === undefined)
    throw refuse(
      'BadRequest',
      'Insufficient information. Origin request header needed, and Access-Control-Request-Method.',
    );
  const asked = (ask.header('access-control-request-headers') ?? '')
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .filter(Boolean);
  const rule = rules.find(
    (one) =>
      allows(one, origin, method) &&
      asked.every((name) => one.AllowedHeaders.some((pattern) => matches(pattern.toLowerCase(), name))),
  );
  if (!rule)
    throw refuse('AccessForbidden', undefined, { Method: method, ResourceType: ask.key ? 'OBJECT' : 'BUCKET' });
  return {
    headers: {
      ...corsHeaders(rule, origin),
      'access-control-allow-headers': asked.join(', ') || undefined,
      'access-control-max-age': rule.MaxAge,
    },
  };
}

/** Headers for the answer to a request that carries an Origin; none if no rule allows it. */
export function crossOrigin(store: Store, ask: Ask): Answer['headers'] {
  const { rules, origin } = rulesFor(store, ask);
  const rule = origin === undefined ? undefined : rules.find((one) => allows(one, origin, ask.method));
  return rule && origin !== undefined ? corsHeaders(rule, origin) : {};
}

export function corsXml(rules: readonly CorsRule[]): Answer {
  if (rules.length === 0) throw refuse('NoSuchCORSConfiguration');
  return xmlAnswer('CORSConfiguration', {
    CORSRule: rules.map((rule) => ({
      ID: rule.Id,
      AllowedMethod: rule.AllowedMethods,
      AllowedOrigin: rule.AllowedOrigins,
      AllowedHeader: rule.AllowedHeaders,
      ExposeHeader: rule.ExposedHeaders,
      MaxAgeSeconds: rule.MaxAge,
    })),
  });
}

function rulesFor(store: Store, ask: Ask): { rules: readonly CorsRule[]; origin: string | undefined } {
  const origin = ask.request.headers.origin;
  return { origin, rules: origin === undefined || ask.bucket === '' ? [] : store.bucket(ask.bucket).cors };
}

function corsHeaders(rule: CorsRule, origin: string): NonNullable<Answer['headers']> {
  const open = rule.AllowedOrigins.includes('*');
  return {
    'access-control-allow-origin': open ? '*' : origin,
    'access-control-allow-methods': rule.AllowedMethods.join(', '),
    'access-control-allow-credentials': open ? undefined : 'true',
    'access-control-expose-headers': rule.ExposedHeaders.join(', ') || undefined,
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
}

function allows(rule: CorsRule, origin: string, method: string): boolean {
  return (
    rule.AllowedMethods.some((one) => one === method) && rule.AllowedOrigins.some((pattern) => matches(pattern, origin))
  );
}

/** A pattern with at most one `*`. */
function matches(pattern: string, text: string): boolean {
  const at = pattern.indexOf('*');
  if (at < 0) return pattern === text;
  return (
    text.length >= pattern.length - 1 && text.startsWith(pattern.slice(0, at)) && text.endsWith(pattern.slice(at + 1))
  );
}
