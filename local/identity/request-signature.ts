/**
 * Reads and checks AWS Signature Version 4, in the Authorization header or in a presigned query.
 *
 * Only what a request claims is read here, and whether a secret would have signed it so; whose key it is, is for
 * identities.ts. Times are judged by the time given, which is the host's.
 * Source: AWS General Reference, "Create a signed AWS API request".
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { AwsError } from '../contract.ts';

export interface Signature {
  readonly accessKeyId: string;
  readonly service: string;
  readonly region: string;
  /** The day of the credential scope, `YYYYMMDD`, and the instant of signing in ms. */
  readonly day: string;
  readonly signedAt: number;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly sessionToken?: string;
  /** Set for presigned requests: for how many seconds after `signedAt` they are good. */
  readonly expiresSeconds?: number;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
const SKEW_MS = 15 * 60_000;

/** What the request says of its signature; undefined if it is not signed. Throws AwsError if it is garbled. */
export function readSignature(request: IncomingMessage): Signature | undefined {
  const header = request.headers.authorization;
  const query = new URLSearchParams(queryOf(request));
  const isPresigned = query.get('X-Amz-Algorithm') === ALGORITHM;
  if (!isPresigned && !header?.startsWith(ALGORITHM)) return undefined;
  const given = isPresigned
    ? new Map(query)
    : new Map(
        header!
          .slice(ALGORITHM.length)
          .split(',')
          .map((part) => part.trim().split(/=(.*)/s, 2) as [string, string]),
      );
  const name = (headerName: string, queryName: string): string | undefined =>
    given.get(isPresigned ? queryName : headerName);
  const [accessKeyId, day, region, service, end] = name('Credential', 'X-Amz-Credential')?.split('/') ?? [];
  const signature = name('Signature', 'X-Amz-Signature');
  const signedHeaders = name('SignedHeaders', 'X-Amz-SignedHeaders')?.split(';');
  const date = isPresigned ? query.get('X-Amz-Date') : (request.headers['x-amz-date'] ?? request.headers.date);
  const signedAt = instantOf(String(date ?? ''));
  if (
    !accessKeyId ||
    !day ||
    !region ||
    !service ||
    end !== 'aws4_request' ||
    !signature ||
    !signedHeaders ||
    Number.isNaN(signedAt)
  ) {
    throw new AwsError(
      'IncompleteSignature',
      'the request is signed, but its Credential, SignedHeaders, Signature or X-Amz-Date is missing or malformed',
    );
  }
  const sessionToken = isPresigned ? query.get('X-Amz-Security-Token') : request.headers['x-amz-security-token'];
  return {
    accessKeyId,
    service,
    region,
    day,
    signedAt,
    signedHeaders,
    signature,
    ...(sessionToken ? { sessionToken: String(sessionToken) } : {}),
    ...(isPresigned ? { expiresSeconds: Number(query.get('X-Amz-Expires') ?? 0) } : {}),
  };
}

/**
 * Throws AwsError if a signature is too old or too new at `now` (ms). `moved` is how far the clock was just moved: what was
 * signed before that and arrives after it is as fresh as it was.
 */
export function requireFresh(signed: Signature, now: number, moved = 0): void {
  const { signedAt, expiresSeconds, service } = signed;
  if (expiresSeconds !== undefined) {
    if (now > signedAt + expiresSeconds * 1000) throw new AwsError('AccessDenied', 'Request has expired', 403);
    if (now < signedAt - SKEW_MS) throw new AwsError('AccessDenied', 'Request is not valid yet', 403);
  } else if (signedAt > now + SKEW_MS || signedAt < now - moved - SKEW_MS) {
    const [at, here] = [new Date(signedAt).toISOString(), new Date(now).toISOString()];
    throw service === 's3'
      ? new AwsError(
          'RequestTimeTooSkewed',
          'The difference between the request time and the current time is too large.',
          403,
        )
      : new AwsError(
          'InvalidSignatureException',
          `Signature expired: it was signed at ${at}, and it is ${here} on this host`,
          403,
        );
  }
}

/** Throws AwsError unless `secret` signed this very request. `body` is needed where x-amz-content-sha256 is not sent. */
export function requireSignedWith(
  secret: string,
  signed: Signature,
  request: IncomingMessage,
  body: Buffer | undefined,
): void {
  const scope = `${signed.day}/${signed.region}/${signed.service}/aws4_request`;
  const toSign = [
    ALGORITHM,
    basicInstant(signed.signedAt),
    scope,
    sha256(canonicalRequest(signed, request, body)),
  ].join('\n');
  const expected = Buffer.from(signWith(secret, signed, toSign));
  const found = Buffer.from(signed.signature);
  if (expected.length === found.length && timingSafeEqual(expected, found)) return;
  throw new AwsError(
    signed.service === 's3' ? 'SignatureDoesNotMatch' : 'InvalidSignatureException',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    403,
  );
}

/** Signs a text with the key derived for a scope, in lower-case hex: for requests and for POST policies. */
export function signWith(
  secret: string,
  scope: { readonly day: string; readonly region: string; readonly service: string },
  text: string,
): string {
  const of = [secret, scope.day, scope.region, scope.service].join(' ');
  let key = SIGNING_KEYS.get(of);
  if (!key) {
    if (SIGNING_KEYS.size >= MOST_KEYS) SIGNING_KEYS.clear();
    SIGNING_KEYS.set(of, (key = keyFor(secret, scope)));
  }
  return hmac(key, text).toString('hex');
}

/** A key is derived for a day, a region and a service, and signs thousands of requests. */
const SIGNING_KEYS = new Map<string, Buffer>();
const MOST_KEYS = 1_000;

const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();

const keyFor = (secret: string, { day, region, service }: Parameters<typeof signWith>[1]): Buffer =>
  [day, region, service, 'aws4_request'].reduce<Buffer>(
    (key, part, place) => hmac(place === 0 ? `AWS4${secret}` : key, part),
    Buffer.alloc(0),
  );

function canonicalRequest(signed: Signature, request: IncomingMessage, body: Buffer | undefined): string {
  const path = (request.url ?? '/').split('?', 1)[0]!;
  const headers = signed.signedHeaders.map(
    (name) =>
      `${name}:${String(request.headers[name] ?? '')
        .trim()
        .replace(/\s+/g, ' ')}\n`,
  );
  return [
    request.method,
    // Every service but S3 escapes the path a second time.
    signed.service === 's3' ? path : escape(path).replaceAll('%2F', '/'),
    canonicalQuery(queryOf(request)),
    headers.join(''),
    signed.signedHeaders.join(';'),
    payloadHash(signed, request, body),
  ].join('\n');
}

function payloadHash(signed: Signature, request: IncomingMessage, body: Buffer | undefined): string {
  const declared = request.headers['x-amz-content-sha256'];
  if (signed.expiresSeconds !== undefined) return typeof declared === 'string' ? declared : 'UNSIGNED-PAYLOAD';
  const actual = body && sha256(body);
  if (actual && typeof declared === 'string' && /^[0-9a-f]{64}$/.test(declared) && declared !== actual) {
    throw new AwsError(
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    );
  }
  return typeof declared === 'string' ? declared : (actual ?? sha256(''));
}

function canonicalQuery(query: string): string {
  return query
    .split('&')
    .filter((part) => part !== '' && !part.startsWith('X-Amz-Signature='))
    .map((part) => {
      const [name, value = ''] = part.split(/=(.*)/s, 2) as [string, string?];
      return [escape(unescape(name)), escape(unescape(value))] as const;
    })
    .sort(([a, x], [b, y]) => (a === b ? order(x, y) : order(a, b)))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

const order = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

const escape = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

function unescape(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError('InvalidQueryParameter', `the query has a malformed escape in ${text}`);
  }
}

function queryOf(request: IncomingMessage): string {
  const url = request.url ?? '';
  const mark = url.indexOf('?');
  return mark < 0 ? '' : url.slice(mark + 1);
}

function instantOf(date: string): number {
  const basic = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date);
  return basic
    ? Date.UTC(+basic[1]!, +basic[2]! - 1, +basic[3]!, +basic[4]!, +basic[5]!, +basic[6]!)
    : Date.parse(date);
}

const basicInstant = (ms: number): string => new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '');

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
