/**
 * Payload format 2.0: makes the event a function is given from an HTTP request, and an HTTP answer from its result.
 *
 * As measured on API Gateway and written in no manual: the path arrives decoded; a body is text only for text/*,
 * application/json, application/xml and application/javascript, and base64 for every other type, forms included.
 * Source: API Gateway Developer Guide, "Create AWS Lambda proxy integrations for HTTP APIs".
 */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { IncomingMessage } from 'node:http';

export interface EventFacts {
  readonly request: IncomingMessage;
  readonly body: Buffer;
  readonly path: string;
  readonly rawQuery: string;
  readonly apiId: string;
  readonly accountId: string;
  readonly stage: string;
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly stageVariables: Readonly<Record<string, string>> | undefined;
  readonly requestId: string;
  /** Milliseconds, host time. */
  readonly now: number;
  readonly authorizer: object | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: Buffer;
}

export function eventOf(facts: EventFacts): APIGatewayProxyEventV2 {
  const { request, body, path, rawQuery, apiId, routeKey, stage, now } = facts;
  const { cookie, ...others } = request.headers;
  const headers = Object.fromEntries(
    Object.entries(others).map(([name, value]) => [name, [value ?? ''].flat().join(',')]),
  );
  const sourceIp = (request.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, '');
  headers['x-forwarded-for'] = headers['x-forwarded-for'] ? `${headers['x-forwarded-for']}, ${sourceIp}` : sourceIp;
  headers['x-forwarded-port'] ??= String(request.socket.localPort ?? 80);
  headers['x-forwarded-proto'] ??= 'http';
  const isText = /^(text\/|application\/(json|xml|javascript)\b)/i.test(headers['content-type'] ?? '');
  const query = joinedQuery(rawQuery);
  const domainName = headers['host'] ?? '';
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: rawQuery,
    ...(cookie ? { cookies: cookie.split(/;\s*/) } : {}),
    headers,
    ...(query ? { queryStringParameters: query } : {}),
    requestContext: {
      accountId: facts.accountId,
      apiId,
      ...(facts.authorizer ? { authorizer: facts.authorizer } : {}),
      domainName,
      domainPrefix: domainName.split('.')[0]!,
      http: {
        method: request.method ?? 'GET',
        path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: facts.requestId,
      routeKey,
      stage,
      time: commonLogTime(now),
      timeEpoch: now,
    },
    ...(body.length > 0 ? { body: body.toString(isText ? 'utf8' : 'base64') } : {}),
    ...(Object.keys(facts.pathParameters).length > 0 ? { pathParameters: { ...facts.pathParameters } } : {}),
    isBase64Encoded: body.length > 0 && !isText,
    ...(facts.stageVariables ? { stageVariables: { ...facts.stageVariables } } : {}),
  };
}

/**
 * With a statusCode the result is an answer; without one its JSON is the body of a 200.
 * Undefined when the result is no answer API Gateway takes (it says 500 then).
 */
export function answerOf(payload: string): HttpAnswer | undefined {
  const result = JSON.parse(payload) as unknown;
  if (typeof result !== 'object' || result === null || !('statusCode' in result)) {
    const text = typeof result === 'string' ? result : payload;
    return { status: 200, headers: { 'content-type': 'application/json' }, cookies: [], body: Buffer.from(text) };
  }
  const {
    statusCode,
    headers = {},
    cookies = [],
    body = '',
    isBase64Encoded = false,
  } = result as Record<string, unknown>;
  const status = Number(statusCode);
  if (
    !Number.isInteger(status) ||
    status < 100 ||
    status > 599 ||
    typeof headers !== 'object' ||
    headers === null ||
    !Array.isArray(cookies)
  )
    return undefined;
  const named = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    status,
    headers: { 'content-type': 'text/plain;charset=UTF-8', ...named },
    cookies: cookies.map(String),
    body: Buffer.from(text ?? '', isBase64Encoded === true ? 'base64' : 'utf8'),
  };
}

/** Values of a name given more than once are joined by commas. */
function joinedQuery(rawQuery: string): Record<string, string> | undefined {
  const joined: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawQuery))
    joined[name] = joined[name] === undefined ? value : `${joined[name]},${value}`;
  return rawQuery === '' ? undefined : joined;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `12/Mar/2026:19:03:58 +0000` */
function commonLogTime(now: number): string {
  const [date, time] = new Date(now).toISOString().split('T') as [string, string];
  const [year, month, day] = date.split('-') as [string, string, string];
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${time.slice(0, 8)} +0000`;
}
