/** ListObjectsV2 and ListObjectVersions: keys in UTF-8 order, grouped by delimiter, in pages of up to 1,000. */
import { refuse, xmlAnswer, type Answer, type Xml } from './answer.ts';
import type { Ask } from './ask.ts';
import type { Bucket } from './bucket.ts';
import type { Store, Version } from './store.ts';
import { placeOf } from './version-id.ts';

const MOST = 1000;
/** Sorts after any other text with the same beginning. */
const LAST = '\u{10ffff}';

interface Page {
  readonly versions: Version[];
  readonly prefixes: string[];
  readonly truncated: boolean;
  /** Where the page ends: a key or a common prefix, and the last version's seq. */
  readonly last: { readonly key: string; readonly version?: Version | undefined };
}

interface Wanted {
  readonly prefix: string;
  readonly delimiter: string;
  readonly after: string;
  /** In a listing of versions: go on within the key `after`, with versions older than this seq. */
  readonly olderThan?: number | undefined;
  readonly most: number;
  readonly all: boolean;
}

export function listObjectsV2(store: Store, ask: Ask): Answer {
  const bucket = store.bucket(ask.bucket);
  const { prefix, delimiter, most, shown } = wanted(store, ask, bucket, 'ListBucket');
  const token = ask.query.get('continuation-token') ?? undefined;
  const startAfter = ask.query.get('start-after') ?? undefined;
  if (token === '')
    throw refuse('InvalidArgument', 'The continuation token provided is incorrect', {
      ArgumentName: 'continuation-token',
    });
  const after = token === undefined ? (startAfter ?? '') : Buffer.from(token, 'base64url').toString('utf8');
  const page = pageOf(store, bucket, { prefix, delimiter, most, after, all: false });
  return xmlAnswer('ListBucketResult', {
    Name: bucket.name,
    Prefix: shown(prefix),
    Delimiter: shown(delimiter) || undefined,
    MaxKeys: most,
    EncodingType: ask.query.get('encoding-type') ?? undefined,
    StartAfter: startAfter === undefined ? undefined : shown(startAfter),
    ContinuationToken: token,
    KeyCount: page.versions.length + page.prefixes.length,
    IsTruncated: page.truncated,
    NextContinuationToken: page.truncated ? Buffer.from(page.last.key).toString('base64url') : undefined,
    Contents: page.versions.map((version) => ({
      Key: shown(version.key),
      ...described(version),
      Owner: ask.query.get('fetch-owner') === 'true' ? owner(store) : undefined,
    })),
    CommonPrefixes: page.prefixes.map((one) => ({ Prefix: shown(one) })),
  });
}

export function listObjectVersions(store: Store, ask: Ask): Answer {
  const bucket = store.bucket(ask.bucket);
  const { prefix, delimiter, most, shown } = wanted(store, ask, bucket, 'ListBucketVersions');
  const keyMarker = ask.query.get('key-marker') ?? '';
  const idMarker = ask.query.get('version-id-marker') || undefined;
  if (idMarker !== undefined && keyMarker === '')
    throw refuse('InvalidArgument', 'A version-id marker cannot be specified without a key marker.');
  const olderThan =
    idMarker === undefined ? undefined : (store.version(bucket.name, keyMarker, idMarker)?.seq ?? placeOf(idMarker));
  const page = pageOf(store, bucket, { prefix, delimiter, most, after: keyMarker, olderThan, all: true });
  const rows = page.versions.map((version): [string, Xml] => {
    const common = {
      Key: shown(version.key),
      VersionId: version.version,
      IsLatest: version.supersededAt === undefined,
      Owner: owner(store),
    };
    return version.marker
      ? ['DeleteMarker', { ...common, LastModified: new Date(version.modified).toISOString() }]
      : ['Version', { ...common, ...described(version) }];
  });
  return xmlAnswer('ListVersionsResult', {
    Name: bucket.name,
    Prefix: shown(prefix),
    Delimiter: shown(delimiter) || undefined,
    MaxKeys: most,
    EncodingType: ask.query.get('encoding-type') ?? undefined,
    KeyMarker: shown(keyMarker),
    VersionIdMarker: idMarker ?? '',
    IsTruncated: page.truncated,
    NextKeyMarker: page.truncated ? shown(page.last.key) : undefined,
    NextVersionIdMarker: page.truncated ? page.last.version?.version : undefined,
    Version: rows.flatMap(([kind, row]) => (kind === 'Version' ? [row] : [])),
    DeleteMarker: rows.flatMap(([kind, row]) => (kind === 'DeleteMarker' ? [row] : [])),
    CommonPrefixes: page.prefixes.map((one) => ({ Prefix: shown(one) })),
  });
}

/** Walks the keys in order; a common prefix is counted once and stepped over whole, however many keys it hides. */
function pageOf(store: Store, bucket: Bucket, { prefix, delimiter, after, olderThan, most, all }: Wanted): Page {
  const versions: Version[] = [];
  const prefixes: string[] = [];
  let last: Page['last'] = { key: after };
  let cursor = { key: after, seq: olderThan };
  const hidden = delimiter === '' || !after.startsWith(prefix) ? undefined : grouped(after, prefix, delimiter);
  if (hidden !== undefined && hidden === after) cursor = { key: after + LAST, seq: undefined };
  if (most === 0) return { versions, prefixes, truncated: false, last };
  for (;;) {
    const rows = all
      ? store.select(
          'bucket = ? AND key >= ? AND (key > ? OR (key = ? AND seq < ?)) ORDER BY key, seq DESC LIMIT ?',
          bucket.name,
          prefix,
          cursor.key,
          cursor.key,
          cursor.seq ?? 0,
          most + 1,
        )
      : store.select(
          'bucket = ? AND key >= ? AND key > ? AND superseded_at IS NULL AND marker = 0 ORDER BY key LIMIT ?',
          bucket.name,
          prefix,
          cursor.key,
          most + 1,
        );
    let stepped = false;
    for (const version of rows) {
      if (!version.key.startsWith(prefix)) return { versions, prefixes, truncated: false, last };
      if (versions.length + prefixes.length === most) return { versions, prefixes, truncated: true, last };
      const group = grouped(version.key, prefix, delimiter);
      cursor = { key: version.key, seq: version.seq };
      if (group === undefined) {
        versions.push(version);
        last = { key: version.key, version };
        continue;
      }
      prefixes.push(group);
      last = { key: group };
      cursor = { key: group + LAST, seq: undefined };
      stepped = true;
      break;
    }
    if (!stepped && rows.length <= most) return { versions, prefixes, truncated: false, last };
  }
}

/** The common prefix that stands for a key, if the delimiter comes after the prefix. */
function grouped(key: string, prefix: string, delimiter: string): string | undefined {
  if (delimiter === '') return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
}

function wanted(store: Store, ask: Ask, bucket: Bucket, action: string) {
  const prefix = ask.query.get('prefix') ?? '';
  const delimiter = ask.query.get('delimiter') ?? '';
  const most = Number(ask.query.get('max-keys') ?? MOST);
  if (!Number.isInteger(most) || most < 0)
    throw refuse('InvalidArgument', 'Argument max-keys must be an integer between 0 and 2147483647', {
      ArgumentName: 'max-keys',
    });
  store.permit(ask, bucket, action, {
    's3:prefix': prefix,
    ...(delimiter ? { 's3:delimiter': delimiter } : {}),
    's3:max-keys': most,
  });
  const encoded = ask.query.get('encoding-type') === 'url';
  const shown = (text: string) => (encoded ? encodeURIComponent(text).replaceAll('%2F', '/') : text);
  return { prefix, delimiter, most: Math.min(most, MOST), shown };
}

function described(version: Version): Record<string, Xml> {
  return {
    LastModified: new Date(version.modified).toISOString(),
    ETag: `"${version.etag}"`,
    Size: version.size,
    StorageClass: version.storageClass,
    ...(version.checksum ? { ChecksumAlgorithm: version.checksum.algorithm, ChecksumType: version.checksum.type } : {}),
  };
}

function owner(store: Store): Xml {
  return { ID: store.host.account };
}
