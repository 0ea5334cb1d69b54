/**
 * What a request asks: its bucket, key, query and headers, read once.
 *
 * Addressing is path style (`/bucket/key`) or by Host (`bucket.s3.localhost`). The path is taken from the raw request
 * line and never normalised: `a/../b` is a key like any other, and keys never become file names.
 */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Caller } from '../contract.ts';
import { refuse } from './answer.ts';

export interface Ask {
  readonly request: IncomingMessage;
  readonly caller: Caller;
  readonly requestId: string;
  readonly method: string;
  /** Empty for the service itself. */
  readonly bucket: string;
  /** Empty for the bucket itself. */
  readonly key: string;
  readonly query: URLSearchParams;
  readonly signedBy: 'REST-HEADER' | 'REST-QUERY-STRING' | 'POST';
  /** Names that `header` may know, in lower case. */
  readonly names: readonly string[];
  /** The request's bytes, to be read once. Stopping early leaves the connection open, so that the answer arrives. */
  readonly body: AsyncIterableIterator<Uint8Array>;
  /** A header, or in a presigned request the x-amz-* query parameter that stands for it. */
  readonly header: (name: string) => string | undefined;
}

const LONGEST_KEY_BYTES = 1024;

/** Throws InvalidURI or KeyTooLongError. */
export function readAsk(request: IncomingMessage, caller: Caller): Ask {
  const [path, search = ''] = splitOnce(request.url ?? '/', '?');
  const query = new URLSearchParams(search);
  const hosted = /^(.+?)\.s3[.-][a-z0-9.-]*(?::\d+)?$/i.exec(request.headers.host ?? '')?.[1];
  const [first, rest] = hosted === undefined ? splitOnce(path.slice(1), '/') : [hosted, path.slice(1)];
  const key = decoded(rest ?? '');
  if (Buffer.byteLength(key) > LONGEST_KEY_BYTES)
    throw refuse('KeyTooLongError', undefined, { Size: Buffer.byteLength(key), MaxSizeAllowed: LONGEST_KEY_BYTES });

  const presigned = query.has('X-Amz-Signature');
  const lower = new Map([...query].map(([name, value]) => [name.toLowerCase(), value]));
  return {
    request,
    caller,
    query,
    key,
    body: request.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Uint8Array>,
    signedBy: presigned ? 'REST-QUERY-STRING' : 'REST-HEADER',
    names: [...new Set([...Object.keys(request.headers), ...lower.keys()])],
    requestId: randomBytes(8).toString('hex').toUpperCase(),
    method: request.method ?? 'GET',
    bucket: decoded(first),
    header: (name) => {
      const given = request.headers[name];
      if (given !== undefined) return Array.isArray(given) ? given.join(',') : given;
      // S3 does not judge a checksum that stands in the query: SDKs put that of an empty body there when they presign.
      if (!presigned || !name.startsWith('x-amz-') || name.startsWith('x-amz-checksum-')) return undefined;
      return lower.get(name);
    },
  };
}

/** What policies may ask about a request (condition keys of S3); the global keys are the caller's own. */
export function contextOf(ask: Ask): Record<string, string | boolean | number> {
  const context: Record<string, string | boolean | number> = {
    's3:TlsVersion': 1.3,
    's3:signatureversion': 'AWS4-HMAC-SHA256',
    's3:authType': ask.signedBy,
  };
  const version = ask.query.get('versionId');
  if (version) context['s3:VersionId'] = version;
  const agent = ask.header('user-agent');
  if (agent) context['aws:UserAgent'] = agent;
  for (const name of CONDITION_HEADERS) {
    const value = ask.header(name);
    if (value !== undefined) context[`s3:${name}`] = value;
  }
  const lock = {
    mode: 'object-lock-mode',
    'retain-until-date': 'object-lock-retain-until-date',
    'legal-hold': 'object-lock-legal-hold',
  };
  for (const [part, key] of Object.entries(lock)) {
    const value = ask.header(`x-amz-object-lock-${part}`);
    if (value !== undefined) context[`s3:${key}`] = value;
  }
  for (const [tag, value] of new URLSearchParams(ask.header('x-amz-tagging') ?? ''))
    context[`s3:RequestObjectTag/${tag}`] = value;
  return context;
}

const CONDITION_HEADERS = [
  'x-amz-acl',
  'x-amz-content-sha256',
  'x-amz-copy-source',
  'x-amz-metadata-directive',
  'x-amz-storage-class',
  'x-amz-server-side-encryption',
  'x-amz-server-side-encryption-aws-kms-key-id',
] as const;

export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refuse('InvalidURI');
  }
}

/** The text before and after the first separator; without one, the whole text alone. */
export function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}
