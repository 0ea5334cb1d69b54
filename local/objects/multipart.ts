/**
 * Multipart uploads. Each part is a content of its own and the finished object is the row of its parts, so completing
 * moves no bytes: it is one transaction, whole or not at all.
 */
import { createHash, randomBytes } from 'node:crypto';
import { listOf, parseXml, refuse, xmlAnswer, type Answer } from './answer.ts';
import { announce } from './announce.ts';
import type { Ask } from './ask.ts';
import type { Bucket } from './bucket.ts';
import { incoming, tapped, wholeBody } from './bytes-in.ts';
import { checkConditions } from './conditions.ts';
import type { Piece } from './contents.ts';
import { algorithmNamed, checksumHeader, compositeOf, type Algorithm, type Checksum } from './digests.ts';
import { spanOf } from './get.ts';
import { checksumXml, copySource, draft, etagOf, requireDigest, sseHeaders, writtenHeaders } from './put.ts';
import type { Facts, Store } from './store.ts';

type Drafted = Omit<Facts, 'pieces' | 'size' | 'etag'>;

interface Upload {
  readonly id: string;
  readonly key: string;
  readonly startedAt: number;
  readonly facts: Drafted & { readonly algorithm?: Algorithm; readonly type?: Checksum['type'] };
}

interface Part {
  readonly number: number;
  readonly piece: Piece;
  readonly etag: string;
  readonly modified: number;
  readonly checksum?: { readonly algorithm: Algorithm; readonly value: string };
}

const MOST_PARTS = 10_000;
const SMALLEST_PART_BYTES = 5 * 1024 * 1024;

export function createMultipartUpload(store: Store, ask: Ask): Answer {
  const bucket = store.bucket(ask.bucket);
  const facts = draft(store, ask, bucket);
  const named = ask.header('x-amz-checksum-algorithm');
  const algorithm = named === undefined ? undefined : algorithmNamed(named);
  const type = algorithm && (ask.header('x-amz-checksum-type') ?? (algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE'));
  if (type !== undefined && (type !== 'COMPOSITE' && type !== 'FULL_OBJECT' || type === (algorithm?.startsWith('SHA') ? 'FULL_OBJECT' : algorithm === 'CRC64NVME' ? 'COMPOSITE' : ''))) {
    throw refuse('InvalidRequest', `The ${type} checksum type cannot be used with the ${algorithm} checksum algorithm.`);
  }
  const id = randomBytes(24).toString('base64url');
  store.host.journal.transaction(() => {
    store.host.journal.run('INSERT INTO s3_uploads VALUES (?, ?, ?, ?, ?)', id, bucket.name, ask.key, store.host.clock.now(), JSON.stringify({ ...facts, algorithm, type }));
    store.touch(bucket, ask.key);
  });
  return xmlAnswer('InitiateMultipartUploadResult', { Bucket: bucket.name, Key: ask.key, UploadId: id },
    { ...sseHeaders(facts.sse), ...(algorithm ? { 'x-amz-checksum-algorithm': algorithm, 'x-amz-checksum-type': type } : {}) });
}

export async function uploadPart(store: Store, ask: Ask): Promise<Answer> {
  const { upload, number } = partAsked(store, ask);
  requireDigest(upload.facts, ask.header);
  const taken = await store.contents.write(incoming(ask));
  if (upload.facts.algorithm && taken.checksum?.algorithm !== upload.facts.algorithm) {
    store.contents.discard(taken.piece);
    throw refuse('InvalidRequest', `Checksum Type mismatch occurred, expected checksum Type: ${upload.facts.algorithm.toLowerCase()}, actual checksum Type: ${taken.checksum?.algorithm.toLowerCase() ?? 'null'}`);
  }
  const part = keepPart(store, ask, upload, { number, piece: taken.piece, etag: taken.md5, modified: store.host.clock.now(), ...(taken.checksum ? { checksum: taken.checksum } : {}) });
  return { headers: { etag: `"${part.etag}"`, ...sseHeaders(upload.facts.sse), ...(part.checksum ? { [checksumHeader(part.checksum.algorithm)]: part.checksum.value } : {}) } };
}

export async function uploadPartCopy(store: Store, ask: Ask): Promise<Answer> {
  const { upload, number } = partAsked(store, ask);
  const { source } = copySource(store, ask);
  const span = spanOf(ask, source, 'x-amz-copy-source-range');
  const taken = await store.contents.write(tapped(store.contents.read(source.pieces, span.start, span.end), { algorithm: upload.facts.algorithm }, { measureOnly: true, length: span.end - span.start }));
  const part = keepPart(store, ask, upload, { number, piece: taken.piece, etag: taken.md5, modified: store.host.clock.now(), ...(taken.checksum ? { checksum: taken.checksum } : {}) });
  return xmlAnswer('CopyPartResult', { LastModified: new Date(part.modified).toISOString(), ETag: `"${part.etag}"`, ...(part.checksum ? { [`Checksum${part.checksum.algorithm}`]: part.checksum.value } : {}) });
}

export async function completeMultipartUpload(store: Store, ask: Ask): Promise<Answer> {
  const { bucket, upload } = uploadAsked(store, ask, 'PutObject');
  const asked = listOf(parseXml(await wholeBodyUnjudged(ask), 'CompleteMultipartUpload')['Part']);
  if (asked.length === 0) throw refuse('MalformedXML');
  const { algorithm, type, ...facts } = upload.facts;
  const parts = chosenParts(partsOf(store, upload.id), asked, type === 'COMPOSITE' ? algorithm : undefined);
  const pieces = parts.map((part) => part.piece);
  const size = pieces.reduce((sum, piece) => sum + piece.size, 0);
  const md5 = createHash('md5').update(Buffer.concat(parts.map((part) => Buffer.from(part.etag, 'hex')))).digest('hex');
  const checksum = await wholeChecksum(store, ask, parts, algorithm, type);
  checkConditions(ask, store.newest(bucket.name, ask.key), 'write');
  const version = store.change(() => {
    uploadAsked(store, ask, 'PutObject');
    const made = store.append(bucket, ask.key, {
      ...facts, pieces, size, checksum, etag: `${etagOf(md5, facts.sse)}-${parts.length}`,
      parts: parts.map((part) => ({ size: part.piece.size, checksum: part.checksum?.value })),
    });
    drop(store, upload.id);
    announce(store, bucket, made, 'CompleteMultipartUpload', ask.requestId);
    return made;
  });
  return xmlAnswer('CompleteMultipartUploadResult', {
    Location: `${store.host.endpoint()}/${bucket.name}/${encodeURIComponent(ask.key)}`, Bucket: bucket.name, Key: ask.key, ETag: `"${version.etag}"`, ...checksumXml(checksum),
  }, writtenHeaders(version));
}

export function abortMultipartUpload(store: Store, ask: Ask): Answer {
  const { upload } = uploadAsked(store, ask, 'AbortMultipartUpload');
  store.change(() => drop(store, upload.id));
  return { status: 204 };
}

export function listParts(store: Store, ask: Ask): Answer {
  const { bucket, upload } = uploadAsked(store, ask, 'ListMultipartUploadParts');
  const most = Math.min(Number(ask.query.get('max-parts') ?? 1000) || 1000, 1000);
  const marker = Number(ask.query.get('part-number-marker') ?? 0) || 0;
  const rest = partsOf(store, upload.id).filter((part) => part.number > marker);
  const page = rest.slice(0, most);
  return xmlAnswer('ListPartsResult', {
    Bucket: bucket.name, Key: ask.key, UploadId: upload.id, StorageClass: upload.facts.storageClass, PartNumberMarker: marker,
    NextPartNumberMarker: page.at(-1)?.number ?? 0, MaxParts: most, IsTruncated: rest.length > most, ChecksumAlgorithm: upload.facts.algorithm, ChecksumType: upload.facts.type,
    Part: page.map((part) => ({
      PartNumber: part.number, LastModified: new Date(part.modified).toISOString(), ETag: `"${part.etag}"`, Size: part.piece.size,
      ...(part.checksum ? { [`Checksum${part.checksum.algorithm}`]: part.checksum.value } : {}),
    })),
  });
}

export function listMultipartUploads(store: Store, ask: Ask): Answer {
  const bucket = store.bucket(ask.bucket);
  store.permit(ask, bucket, 'ListBucketMultipartUploads');
  const prefix = ask.query.get('prefix') ?? '';
  const [keyMarker, idMarker] = [ask.query.get('key-marker') ?? '', ask.query.get('upload-id-marker') ?? ''];
  const most = Math.min(Number(ask.query.get('max-uploads') ?? 1000) || 1000, 1000);
  const rest = uploadsIn(store, bucket.name).filter((one) => one.key.startsWith(prefix) && (Buffer.compare(Buffer.from(one.key), Buffer.from(keyMarker)) > 0 || (one.key === keyMarker && idMarker !== '' && one.id > idMarker)));
  const page = rest.slice(0, most);
  return xmlAnswer('ListMultipartUploadsResult', {
    Bucket: bucket.name, Prefix: prefix, KeyMarker: keyMarker, UploadIdMarker: idMarker, MaxUploads: most, IsTruncated: rest.length > most,
    NextKeyMarker: page.at(-1)?.key ?? '', NextUploadIdMarker: page.at(-1)?.id ?? '',
    Upload: page.map((one) => ({ Key: one.key, UploadId: one.id, Initiated: new Date(one.startedAt).toISOString(), StorageClass: one.facts.storageClass, ChecksumAlgorithm: one.facts.algorithm })),
  });
}

/** Uploads under way in a bucket, by key and id. */
export function uploadsIn(store: Store, bucket: string): Upload[] {
  return store.host.journal.all<{ id: string; key: string; started_at: number; facts: string }>('SELECT * FROM s3_uploads WHERE bucket = ? ORDER BY key, id', bucket)
    .map((row) => ({ id: row.id, key: row.key, startedAt: row.started_at, facts: JSON.parse(row.facts) as Upload['facts'] }));
}

/** Forgets an upload and lets go of its parts. Call in a transaction of `change`. */
export function drop(store: Store, id: string): void {
  store.free(partsOf(store, id).map((part) => part.piece));
  store.host.journal.run('DELETE FROM s3_parts WHERE upload = ?', id);
  store.host.journal.run('DELETE FROM s3_uploads WHERE id = ?', id);
}

function uploadAsked(store: Store, ask: Ask, action: string): { bucket: Bucket; upload: Upload } {
  const bucket = store.bucket(ask.bucket);
  store.permit(ask, bucket, action);
  const id = ask.query.get('uploadId') ?? '';
  const row = store.host.journal.get<{ started_at: number; facts: string }>('SELECT * FROM s3_uploads WHERE id = ? AND bucket = ? AND key = ?', id, bucket.name, ask.key);
  if (!row) throw refuse('NoSuchUpload', undefined, { UploadId: id });
  const upload = { id, key: ask.key, startedAt: row.started_at, facts: JSON.parse(row.facts) as Upload['facts'] };
  if (action === 'PutObject') for (const needed of ['GenerateDataKey', 'Decrypt'] as const) store.permitKey(ask, upload.facts.sse, needed);
  return { bucket, upload };
}

function partAsked(store: Store, ask: Ask): { upload: Upload; number: number } {
  const number = Number(ask.query.get('partNumber'));
  if (!Number.isInteger(number) || number < 1 || number > MOST_PARTS) throw refuse('InvalidArgument', `Part number must be an integer between 1 and ${MOST_PARTS}, inclusive`, { ArgumentName: 'partNumber' });
  return { upload: uploadAsked(store, ask, 'PutObject').upload, number };
}

function keepPart(store: Store, ask: Ask, upload: Upload, part: Part): Part {
  try {
    store.change(() => {
      uploadAsked(store, ask, 'PutObject');
      const before = store.host.journal.get<{ facts: string }>('SELECT facts FROM s3_parts WHERE upload = ? AND number = ?', upload.id, part.number);
      if (before) store.free([(JSON.parse(before.facts) as Part).piece]);
      store.contents.hold([part.piece]);
      store.host.journal.run('INSERT INTO s3_parts VALUES (?, ?, ?) ON CONFLICT (upload, number) DO UPDATE SET facts = excluded.facts', upload.id, part.number, JSON.stringify(part));
    });
  } catch (error) {
    store.contents.discard(part.piece);
    throw error;
  }
  return part;
}

function partsOf(store: Store, upload: string): Part[] {
  return store.host.journal.all<{ facts: string }>('SELECT facts FROM s3_parts WHERE upload = ? ORDER BY number', upload).map((row) => JSON.parse(row.facts) as Part);
}

/** The parts the client lists. Throws InvalidPart, InvalidPartOrder, EntityTooSmall, InvalidRequest for a missing checksum. */
function chosenParts(there: readonly Part[], asked: readonly Record<string, unknown>[], composite: Algorithm | undefined): Part[] {
  const byNumber = new Map(there.map((part) => [part.number, part]));
  let before = 0;
  return asked.map((one, index) => {
    const number = Number(one['PartNumber']);
    if (number <= before) throw refuse('InvalidPartOrder');
    before = number;
    const part = byNumber.get(number);
    if (!part || String(one['ETag'] ?? '').replaceAll('"', '').trim() !== part.etag) throw refuse('InvalidPart', undefined, { PartNumber: String(one['PartNumber']) });
    if (composite && one[`Checksum${composite}`] === undefined) {
      throw refuse('InvalidRequest', `The upload was created using a ${composite.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${number} in the request.`);
    }
    const { checksum } = part;
    const named = checksum && one[`Checksum${checksum.algorithm}`];
    if (named !== undefined && String(named) !== checksum?.value) throw refuse('InvalidPart', undefined, { PartNumber: number });
    if (index < asked.length - 1 && part.piece.size < SMALLEST_PART_BYTES) throw refuse('EntityTooSmall', undefined, { ProposedSize: part.piece.size, MinSizeAllowed: SMALLEST_PART_BYTES, PartNumber: number });
    return part;
  });
}

/** The finished object's checksum, compared with the one the client names in a header. Throws BadDigest. */
async function wholeChecksum(store: Store, ask: Ask, parts: readonly Part[], algorithm: Algorithm | undefined, type: Checksum['type'] | undefined): Promise<Checksum | undefined> {
  if (!algorithm) return undefined;
  let checksum: Checksum;
  if (type === 'COMPOSITE') {
    checksum = compositeOf(algorithm, parts.map((part) => part.checksum!.value));
  } else {
    const body = tapped(store.contents.read(parts.map((part) => part.piece)), { algorithm }, { measureOnly: true });
    for await (const _ of body.chunks);
    checksum = { algorithm, type: 'FULL_OBJECT', value: body.settle().checksum!.value };
  }
  const named = ask.header(checksumHeader(algorithm));
  if (named !== undefined && named !== checksum.value && named !== checksum.value.replace(/-\d+$/, '')) throw refuse('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
  return checksum;
}

/** In CompleteMultipartUpload the x-amz-checksum headers speak of the object, not of this request's body. */
function wholeBodyUnjudged(ask: Ask): Promise<string> {
  return wholeBody({ ...ask, header: (name) => (name.startsWith('x-amz-checksum-') ? undefined : ask.header(name)) });
}
