/**
 * What S3 says: answers, errors with their status, and XML both ways.
 *
 * Operations return an `Answer` or throw an error made by `refuse`; only `send` touches the response.
 * Error codes, statuses and words follow the S3 API reference ("List of error codes").
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { AwsError } from '../contract.ts';

/** One answer. `body` is sent as it is; headers that are undefined are left out. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: string | Readable;
}

export type Xml = string | number | boolean | undefined | readonly Xml[] | { readonly [name: string]: Xml };

const KNOWN: Readonly<Record<string, readonly [status: number, message: string]>> = {
  AccessControlListNotSupported: [400, 'The bucket does not allow ACLs'],
  AccessDenied: [403, 'Access Denied'],
  AccessForbidden: [
    403,
    "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.",
  ],
  BadDigest: [400, 'The digest you specified did not match the calculated digest.'],
  BucketAlreadyExists: [409, 'The requested bucket name is not available.'],
  BucketAlreadyOwnedByYou: [409, 'Your previous request to create the named bucket succeeded and you already own it.'],
  BucketNotEmpty: [409, 'The bucket you tried to delete is not empty'],
  EntityTooLarge: [400, 'Your proposed upload exceeds the maximum allowed size'],
  EntityTooSmall: [400, 'Your proposed upload is smaller than the minimum allowed size'],
  IncompleteBody: [400, 'The request body terminated unexpectedly'],
  IncorrectNumberOfFilesInPostRequest: [400, 'POST requires exactly one file upload per request.'],
  InternalError: [500, 'We encountered an internal error. Please try again.'],
  InvalidAccessKeyId: [403, 'The AWS Access Key Id you provided does not exist in our records.'],
  InvalidDigest: [400, 'The Content-MD5 or checksum value you specified is not valid.'],
  InvalidPart: [
    400,
    "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
  ],
  InvalidPartOrder: [400, 'The list of parts was not in ascending order. Parts must be ordered by part number.'],
  InvalidRange: [416, 'The requested range is not satisfiable'],
  InvalidURI: [400, "Couldn't parse the specified URI."],
  KeyTooLongError: [400, 'Your key is too long'],
  MalformedPOSTRequest: [400, 'The body of your POST request is not well-formed multipart/form-data.'],
  MalformedXML: [400, 'The XML you provided was not well-formed or did not validate against our published schema'],
  MaxMessageLengthExceeded: [400, 'Your request was too big.'],
  MaxPostPreDataLengthExceededError: [400, 'Your POST request fields preceding the upload file were too large.'],
  MetadataTooLarge: [400, 'Your metadata headers exceed the maximum allowed metadata size'],
  MethodNotAllowed: [405, 'The specified method is not allowed against this resource.'],
  MissingContentLength: [411, 'You must provide the Content-Length HTTP header.'],
  NoSuchBucket: [404, 'The specified bucket does not exist'],
  NoSuchBucketPolicy: [404, 'The bucket policy does not exist'],
  NoSuchCORSConfiguration: [404, 'The CORS configuration does not exist'],
  NoSuchKey: [404, 'The specified key does not exist.'],
  NoSuchLifecycleConfiguration: [404, 'The lifecycle configuration does not exist'],
  NoSuchObjectLockConfiguration: [404, 'The specified object does not have a ObjectLock configuration'],
  NoSuchUpload: [
    404,
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
  ],
  NoSuchVersion: [404, 'The specified version does not exist.'],
  NotModified: [304, 'Not Modified'],
  NotImplemented: [501, 'A header you provided implies functionality that is not implemented'],
  ObjectLockConfigurationNotFoundError: [404, 'Object Lock configuration does not exist for this bucket'],
  PreconditionFailed: [412, 'At least one of the pre-conditions you specified did not hold'],
  SignatureDoesNotMatch: [
    403,
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  ],
  XAmzContentSHA256Mismatch: [400, "The provided 'x-amz-content-sha256' header does not match what was computed."],
};

/** An S3 error to throw. `members` become further elements of the error's XML; status 400 for codes not in the table. */
export function refuse(code: string, message?: string, members: Readonly<Record<string, unknown>> = {}): AwsError {
  const [status, words] = KNOWN[code] ?? [400, code];
  return new AwsError(code, message ?? words, status, members);
}

/** `<name>value</name>`; an array repeats the element, undefined leaves it out. */
export function element(name: string, value: Xml): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map((one: Xml) => element(name, one)).join('');
  const inner =
    typeof value === 'object'
      ? Object.entries(value)
          .map(([child, held]) => element(child, held))
          .join('')
      : escaped(String(value));
  return `<${name}>${inner}</${name}>`;
}

/** An answer whose body is one XML document in S3's namespace. */
export function xmlAnswer(root: string, value: Xml, headers: Answer['headers'] = {}, status = 200): Answer {
  const body = element(root, value).replace(`<${root}`, `<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/"`);
  return {
    status,
    headers: { 'content-type': 'application/xml', ...headers },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
  };
}

const parser = new XMLParser({ parseTagValue: false, trimValues: false, ignoreDeclaration: true, htmlEntities: true });

/** The content of the document's root element, every value a string. Throws MalformedXML, also for another root or a DOCTYPE. */
export function parseXml(text: string, root: string): Record<string, unknown> {
  if (text.includes('<!DOCTYPE') || XMLValidator.validate(text) !== true) throw refuse('MalformedXML');
  let found: unknown;
  try {
    found = (parser.parse(text) as Record<string, unknown>)[root];
  } catch {
    throw refuse('MalformedXML');
  }
  if (typeof found === 'string' && found.trim() === '') return {};
  if (typeof found !== 'object' || found === null || Array.isArray(found)) throw refuse('MalformedXML');
  return found as Record<string, unknown>;
}

/** The text of an element without children; undefined for anything else. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A repeated child as a list, however often it stands there. */
export function listOf(value: unknown): Record<string, unknown>[] {
  const all = value === undefined ? [] : Array.isArray(value) ? value : [value];
  return all.map((one: unknown) => (typeof one === 'object' && one !== null ? (one as Record<string, unknown>) : {}));
}

/** Sends an answer; with HEAD, 204 and 304 the headers only. */
export async function send(request: IncomingMessage, response: ServerResponse, answer: Answer): Promise<void> {
  for (const [name, value] of Object.entries(answer.headers ?? {}))
    if (value !== undefined) response.setHeader(name, value);
  response.statusCode = answer.status ?? 200;
  const bare = request.method === 'HEAD' || response.statusCode === 204 || response.statusCode === 304;
  if (bare || answer.body === undefined) {
    if (answer.body instanceof Readable) answer.body.destroy();
    if (!bare) response.setHeader('content-length', 0);
    response.end();
  } else if (typeof answer.body === 'string') {
    response.setHeader('content-length', Buffer.byteLength(answer.body));
    response.end(answer.body);
  } else {
    await pipeline(answer.body, response);
  }
}

/** The answer for an error: S3's XML for those of `refuse` and of IAM, InternalError for anything else. */
export function errorAnswer(error: unknown, resource: string, requestId: string): Answer {
  const told = error instanceof AwsError ? error : refuse('InternalError');
  const status = KNOWN[told.code]?.[0] ?? told.status;
  const { headers, ...members } = told.members as { headers?: Answer['headers'] } & Record<string, Xml>;
  const body = element('Error', {
    Code: told.code,
    Message: told.message,
    ...members,
    Resource: resource,
    RequestId: requestId,
    HostId: 'local',
  });
  return {
    status,
    headers: { 'content-type': 'application/xml', ...headers },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
  };
}

/** Control characters may stand in keys; XML 1.0 has no way to write them, S3 (and we) write character references. */
function escaped(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/[&<>"\u0000-\u0008\u000b-\u001f]/g, (found) => {
    const named = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }[found];
    return named ?? `&#x${found.charCodeAt(0).toString(16)};`;
  });
}
