/** GetObject, HeadObject and GetObjectAttributes. */
import { Readable } from 'node:stream';
import { refuse, xmlAnswer, type Answer } from './answer.ts';
import type { Ask } from './ask.ts';
import type { Bucket } from './bucket.ts';
import { checkConditions } from './conditions.ts';
import { checksumHeader } from './digests.ts';
import { lockHeaders } from './lock.ts';
import { sseHeaders } from './put.ts';
import type { Store, Version } from './store.ts';
import { existingTags } from './tags.ts';

const OVERRIDES = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
];
const ARCHIVED = ['GLACIER', 'DEEP_ARCHIVE'];

/** Serves GET and HEAD alike; the body of a HEAD is never sent. */
export function getObject(store: Store, ask: Ask): Answer {
  const { bucket, version } = readable(store, ask, 'GetObject');
  const head = ask.method === 'HEAD';
  store.permitKey(ask, version.sse, 'Decrypt');
  checkConditions(ask, version, 'read');
  if (!head && ARCHIVED.includes(version.storageClass)) {
    throw refuse('InvalidObjectState', "The operation is not valid for the object's storage class", {
      StorageClass: version.storageClass,
    });
  }
  const span = spanOf(ask, version);
  const headers: Record<string, string | number | undefined> = {
    ...version.headers,
    'accept-ranges': 'bytes',
    'last-modified': new Date(version.modified).toUTCString(),
    etag: `"${version.etag}"`,
    'content-length': span.end - span.start,
    'content-range': span.partial ? `bytes ${span.start}-${span.end - 1}/${version.size}` : undefined,
    'x-amz-version-id': bucket.versioning === undefined ? undefined : version.version,
    'x-amz-storage-class': version.storageClass === 'STANDARD' ? undefined : version.storageClass,
    'x-amz-tagging-count': Object.keys(version.tags).length || undefined,
    'x-amz-mp-parts-count': ask.query.has('partNumber') ? version.parts?.length : undefined,
    ...sseHeaders(version.sse),
    ...lockHeaders(store, ask, bucket, version),
  };
  if (ask.header('x-amz-checksum-mode')?.toUpperCase() === 'ENABLED' && version.checksum && !span.partial) {
    headers[checksumHeader(version.checksum.algorithm)] = version.checksum.value;
    headers['x-amz-checksum-type'] = version.checksum.type;
  }
  for (const name of OVERRIDES) {
    const value = ask.query.get(`response-${name}`);
    if (value === null) continue;
    if (ask.caller.kind === 'anonymous')
      throw refuse('InvalidRequest', 'Request specific response headers cannot be used for anonymous GET requests.');
    if (!/^[\t\u0020-\u007e\u00a0-\u00ff]*$/.test(value))
      throw refuse('InvalidArgument', 'Header value cannot be represented using ISO-8859-1.', {
        ArgumentName: `response-${name}`,
      });
    headers[name] = value;
  }
  const status = span.partial ? 206 : 200;
  return head
    ? { status, headers }
    : {
        status,
        headers,
        body: Readable.from(store.contents.read(version.pieces, span.start, span.end), { objectMode: false }),
      };
}

export function getObjectAttributes(store: Store, ask: Ask): Answer {
  const { bucket, version } = readable(store, ask, 'GetObject');
  store.permit(ask, bucket, ask.query.has('versionId') ? 'GetObjectVersionAttributes' : 'GetObjectAttributes');
  store.permitKey(ask, version.sse, 'Decrypt');
  const asked = new Set((ask.header('x-amz-object-attributes') ?? '').split(',').map((one) => one.trim()));
  const { checksum, parts } = version;
  return xmlAnswer(
    'GetObjectAttributesResponse',
    {
      ETag: asked.has('ETag') ? version.etag : undefined,
      Checksum:
        asked.has('Checksum') && checksum
          ? { [`Checksum${checksum.algorithm}`]: checksum.value, ChecksumType: checksum.type }
          : undefined,
      ObjectParts:
        asked.has('ObjectParts') && parts
          ? {
              PartsCount: parts.length,
              PartNumberMarker: 0,
              MaxParts: 1000,
              IsTruncated: false,
              Part: parts.map((part, index) => ({
                PartNumber: index + 1,
                Size: part.size,
                ...(checksum && part.checksum ? { [`Checksum${checksum.algorithm}`]: part.checksum } : {}),
              })),
            }
          : undefined,
      StorageClass: asked.has('StorageClass') ? version.storageClass : undefined,
      ObjectSize: asked.has('ObjectSize') ? version.size : undefined,
    },
    {
      'last-modified': new Date(version.modified).toUTCString(),
      'x-amz-version-id': bucket.versioning === undefined ? undefined : version.version,
    },
  );
}

function readable(store: Store, ask: Ask, action: string): { bucket: Bucket; version: Version } {
  const bucket = store.bucket(ask.bucket);
  store.permit(
    ask,
    bucket,
    ask.query.get('versionId') ? action.replace('Object', 'ObjectVersion') : action,
    existingTags(store, ask),
  );
  return { bucket, version: store.find(ask, bucket) };
}

/** The bytes asked for, from `start` to before `end`. Several ranges at once are answered with the whole, as S3 does. */
export function spanOf(ask: Ask, version: Version, header = 'range'): { start: number; end: number; partial: boolean } {
  const whole = { start: 0, end: version.size, partial: false };
  const number = Number(ask.query.get('partNumber') ?? NaN);
  if (header === 'range' && number >= 1) {
    const parts = version.parts ?? [{ size: version.size }];
    const part = parts[number - 1];
    if (!part) throw refuse('InvalidPartNumber', 'The requested partnumber is not satisfiable');
    const start = parts.slice(0, number - 1).reduce((sum, one) => sum + one.size, 0);
    return { start, end: start + part.size, partial: true };
  }
  const range = /^bytes=(\d*)-(\d*)$/.exec(ask.header(header) ?? '');
  if (!range || (range[1] === '' && range[2] === '')) return whole;
  const [first, last] = [range[1]!, range[2]!];
  const start = first === '' ? Math.max(0, version.size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? version.size : Math.min(Number(last) + 1, version.size);
  if (first !== '' && last !== '' && Number(last) < Number(first)) return whole;
  if (start >= end)
    throw refuse('InvalidRange', undefined, {
      RangeRequested: range[0],
      ActualObjectSize: version.size,
      headers: { 'content-range': `bytes */${version.size}` },
    });
  return { start, end, partial: true };
}
