/** Uploads under way and their parts: the rows, and the two operations that list them. */
import { refuse, xmlAnswer, type Answer } from './answer.ts';
import type { Ask } from './ask.ts';
import type { Bucket } from './bucket.ts';
import type { Piece } from './contents.ts';
import type { Algorithm, Checksum } from './digests.ts';
import type { Facts, Store } from './store.ts';

type Drafted = Omit<Facts, 'pieces' | 'size' | 'etag'>;

export interface Upload {
  readonly id: string;
  readonly key: string;
  readonly startedAt: number;
  readonly facts: Drafted & { readonly algorithm?: Algorithm; readonly type?: Checksum['type'] };
}

export interface Part {
  readonly number: number;
  readonly piece: Piece;
  readonly etag: string;
  readonly modified: number;
  readonly checksum?: { readonly algorithm: Algorithm; readonly value: string };
}

const MOST = 1000;

export function listParts(store: Store, ask: Ask): Answer {
  const { bucket, upload } = uploadAsked(store, ask, 'ListMultipartUploadParts');
  const most = pageSize(ask, 'max-parts');
  const marker = Number(ask.query.get('part-number-marker') ?? 0) || 0;
  const rest = partsOf(store, upload.id).filter((part) => part.number > marker);
  const page = rest.slice(0, most);
  return xmlAnswer('ListPartsResult', {
    Bucket: bucket.name,
    Key: ask.key,
    UploadId: upload.id,
    StorageClass: upload.facts.storageClass,
    PartNumberMarker: marker,
    NextPartNumberMarker: page.at(-1)?.number ?? 0,
    MaxParts: most,
    IsTruncated: rest.length > most,
    ChecksumAlgorithm: upload.facts.algorithm,
    ChecksumType: upload.facts.type,
    Part: page.map((part) => ({
      PartNumber: part.number,
      LastModified: new Date(part.modified).toISOString(),
      ETag: `"${part.etag}"`,
      Size: part.piece.size,
      ...(part.checksum ? { [`Checksum${part.checksum.algorithm}`]: part.checksum.value } : {}),
    })),
  });
}

export function listMultipartUploads(store: Store, ask: Ask): Answer {
  const bucket = store.bucket(ask.bucket);
  store.permit(ask, bucket, 'ListBucketMultipartUploads');
  const prefix = ask.query.get('prefix') ?? '';
  const [keyMarker, idMarker] = [ask.query.get('key-marker') ?? '', ask.query.get('upload-id-marker') ?? ''];
  const most = pageSize(ask, 'max-uploads');
  const isAfterMarker = (one: Upload) => {
    const order = Buffer.compare(Buffer.from(one.key), Buffer.from(keyMarker));
    return order > 0 || (order === 0 && idMarker !== '' && one.id > idMarker);
  };
  const rest = uploadsIn(store, bucket.name).filter((one) => one.key.startsWith(prefix) && isAfterMarker(one));
  const page = rest.slice(0, most);
  return xmlAnswer('ListMultipartUploadsResult', {
    Bucket: bucket.name,
    Prefix: prefix,
    KeyMarker: keyMarker,
    UploadIdMarker: idMarker,
    MaxUploads: most,
    IsTruncated: rest.length > most,
    NextKeyMarker: page.at(-1)?.key ?? '',
    NextUploadIdMarker: page.at(-1)?.id ?? '',
    Upload: page.map((one) => ({
      Key: one.key,
      UploadId: one.id,
      Initiated: new Date(one.startedAt).toISOString(),
      StorageClass: one.facts.storageClass,
      ChecksumAlgorithm: one.facts.algorithm,
    })),
  });
}

/** The upload a request names, once the caller may do `action` on it. Throws NoSuchUpload, AccessDenied. */
export function uploadAsked(store: Store, ask: Ask, action: string): { bucket: Bucket; upload: Upload } {
  const bucket = store.bucket(ask.bucket);
  store.permit(ask, bucket, action);
  const id = ask.query.get('uploadId') ?? '';
  const row = store.host.journal.get<{ started_at: number; facts: string }>(
    'SELECT * FROM s3_uploads WHERE id = ? AND bucket = ? AND key = ?',
    id,
    bucket.name,
    ask.key,
  );
  if (!row) throw refuse('NoSuchUpload', undefined, { UploadId: id });
  const upload = { id, key: ask.key, startedAt: row.started_at, facts: JSON.parse(row.facts) as Upload['facts'] };
  if (action === 'PutObject')
    for (const needed of ['GenerateDataKey', 'Decrypt'] as const) store.permitKey(ask, upload.facts.sse, needed);
  return { bucket, upload };
}

/** Uploads under way in a bucket, by key and id. */
export function uploadsIn(store: Store, bucket: string): Upload[] {
  return store.host.journal
    .all<{ id: string; key: string; started_at: number; facts: string }>(
      'SELECT * FROM s3_uploads WHERE bucket = ? ORDER BY key, id',
      bucket,
    )
    .map((row) => ({
      id: row.id,
      key: row.key,
      startedAt: row.started_at,
      facts: JSON.parse(row.facts) as Upload['facts'],
    }));
}

/** Forgets an upload and lets go of its parts. Call in a transaction of `change`. */
export function forgetUpload(store: Store, id: string): void {
  store.free(partsOf(store, id).map((part) => part.piece));
  store.host.journal.run('DELETE FROM s3_parts WHERE upload = ?', id);
  store.host.journal.run('DELETE FROM s3_uploads WHERE id = ?', id);
}

/** An upload's parts by number. */
export function partsOf(store: Store, upload: string): Part[] {
  return store.host.journal
    .all<{ facts: string }>('SELECT facts FROM s3_parts WHERE upload = ? ORDER BY number', upload)
    .map((row) => JSON.parse(row.facts) as Part);
}

function pageSize(ask: Ask, name: string): number {
  return Math.min(Number(ask.query.get(name) ?? MOST) || MOST, MOST);
}
