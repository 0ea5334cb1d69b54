/**
 * Multipart uploads. Each part is a content of its own and the finished object is the row of its parts, so completing
 * moves no bytes: it is one transaction, whole or not at all.
 */
import { createHash, randomBytes } from 'node:crypto';
import { listOf, parseXml, refuse, textOf, xmlAnswer, type Answer } from './answer.ts';
import { announce } from './announce.ts';
import type { Ask } from './ask.ts';
import { incoming, tapped, wholeBody } from './bytes-in.ts';
import { checkConditions } from './conditions.ts';
import { copySource } from './copy.ts';
import { algorithmNamed, checksumHeader, compositeOf, type Algorithm, type Checksum } from './digests.ts';
import { spanOf } from './get.ts';
import { checksumXml, draft, etagOf, requireDigest, sseHeaders, writtenHeaders } from './put.ts';
import type { Store } from './store.ts';
import { forgetUpload, partsOf, uploadAsked, type Part, type Upload } from './uploads.ts';

const MOST_PARTS = 10_000;
const SMALLEST_PART_BYTES = 5 * 1024 * 1024;

export function createMultipartUpload(store: Store, ask: Ask): Answer {
  const bucket = store.bucket(ask.bucket);
  const facts = draft(store, ask, bucket);
  const named = ask.header('x-amz-checksum-algorithm');
  const algorithm = named === undefined ? undefined : algorithmNamed(named);
  const type = algorithm && checksumTypeFor(algorithm, ask.header('x-amz-checksum-type'));
  const id = randomBytes(24).toString('base64url');
  store.host.journal.transaction(() => {
    store.host.journal.run(
      'INSERT INTO s3_uploads VALUES (?, ?, ?, ?, ?)',
      id,
      bucket.name,
      ask.key,
      store.host.clock.now(),
      JSON.stringify({ ...facts, algorithm, type }),
    );
    store.touch(bucket, ask.key);
  });
  return xmlAnswer(
    'InitiateMultipartUploadResult',
    { Bucket: bucket.name, Key: ask.key, UploadId: id },
    {
      ...sseHeaders(facts.sse),
      ...(algorithm ? { 'x-amz-checksum-algorithm': algorithm, 'x-amz-checksum-type': type } : {}),
    },
  );
}

export async function uploadPart(store: Store, ask: Ask): Promise<Answer> {
  const { upload, number } = partAsked(store, ask);
  requireDigest(upload.facts, ask.header);
  const taken = await store.contents.write(incoming(ask));
  if (upload.facts.algorithm && taken.checksum?.algorithm !== upload.facts.algorithm) {
    store.contents.discard(taken.piece);
    throw refuse(
      'InvalidRequest',
      `Checksum Type mismatch occurred, expected checksum Type: ${upload.facts.algorithm.toLowerCase()}, actual checksum Type: ${taken.checksum?.algorithm.toLowerCase() ?? 'null'}`,
    );
  }
  const part = keepPart(store, ask, upload, {
    number,
    piece: taken.piece,
    etag: taken.md5,
    modified: store.host.clock.now(),
    ...(taken.checksum ? { checksum: taken.checksum } : {}),
  });
  return {
    headers: {
      etag: `"${part.etag}"`,
      ...sseHeaders(upload.facts.sse),
      ...(part.checksum ? { [checksumHeader(part.checksum.algorithm)]: part.checksum.value } : {}),
    },
  };
}

export async function uploadPartCopy(store: Store, ask: Ask): Promise<Answer> {
  const { upload, number } = partAsked(store, ask);
  const { source } = copySource(store, ask);
  const span = spanOf(ask, source, 'x-amz-copy-source-range');
  const taken = await store.contents.write(
    tapped(
      store.contents.read(source.pieces, span.start, span.end),
      { algorithm: upload.facts.algorithm },
      { measureOnly: true, length: span.end - span.start },
    ),
  );
  const part = keepPart(store, ask, upload, {
    number,
    piece: taken.piece,
    etag: taken.md5,
    modified: store.host.clock.now(),
    ...(taken.checksum ? { checksum: taken.checksum } : {}),
  });
  return xmlAnswer('CopyPartResult', {
    LastModified: new Date(part.modified).toISOString(),
    ETag: `"${part.etag}"`,
    ...(part.checksum ? { [`Checksum${part.checksum.algorithm}`]: part.checksum.value } : {}),
  });
}

export async function completeMultipartUpload(store: Store, ask: Ask): Promise<Answer> {
  const { bucket, upload } = uploadAsked(store, ask, 'PutObject');
  const asked = listOf(parseXml(await wholeBodyUnjudged(ask), 'CompleteMultipartUpload')['Part']);
  if (asked.length === 0) throw refuse('MalformedXML');
  const { algorithm, type, ...facts } = upload.facts;
  const parts = chosenParts(partsOf(store, upload.id), asked, type === 'COMPOSITE' ? algorithm : undefined);
  const pieces = parts.map((part) => part.piece);
  const size = pieces.reduce((sum, piece) => sum + piece.size, 0);
  const md5 = createHash('md5')
    .update(Buffer.concat(parts.map((part) => Buffer.from(part.etag, 'hex'))))
    .digest('hex');
  const checksum = await wholeChecksum(store, ask, parts, algorithm, type);
  checkConditions(ask, store.newest(bucket.name, ask.key), 'write');
  const version = store.change(() => {
    uploadAsked(store, ask, 'PutObject');
    const made = store.append(bucket, ask.key, {
      ...facts,
      pieces,
      size,
      checksum,
      etag: `${etagOf(md5, facts.sse)}-${parts.length}`,
      parts: parts.map((part) => ({ size: part.piece.size, checksum: part.checksum?.value })),
    });
    forgetUpload(store, upload.id);
    announce(store, bucket, made, 'CompleteMultipartUpload', ask.requestId);
    return made;
  });
  return xmlAnswer(
    'CompleteMultipartUploadResult',
    {
      Location: `${store.host.endpoint()}/${bucket.name}/${encodeURIComponent(ask.key)}`,
      Bucket: bucket.name,
      Key: ask.key,
      ETag: `"${version.etag}"`,
      ...checksumXml(checksum),
    },
    writtenHeaders(version),
  );
}

export function abortMultipartUpload(store: Store, ask: Ask): Answer {
  const { upload } = uploadAsked(store, ask, 'AbortMultipartUpload');
  store.change(() => forgetUpload(store, upload.id));
  return { status: 204 };
}

/** SHA can only be put together from the parts' checksums, CRC-64 only be of the whole; the 32-bit CRCs can be either. */
function checksumTypeFor(algorithm: Algorithm, asked: string | undefined): Checksum['type'] {
  const possible: Checksum['type'][] = algorithm === 'CRC64NVME' ? ['FULL_OBJECT'] : ['COMPOSITE'];
  if (algorithm === 'CRC32' || algorithm === 'CRC32C') possible.push('FULL_OBJECT');
  const type = asked === undefined ? possible[0] : possible.find((one) => one === asked);
  if (type) return type;
  throw refuse('InvalidRequest', `The ${asked} checksum type cannot be used with the ${algorithm} checksum algorithm.`);
}

function partAsked(store: Store, ask: Ask): { upload: Upload; number: number } {
  const number = Number(ask.query.get('partNumber'));
  if (!Number.isInteger(number) || number < 1 || number > MOST_PARTS)
    throw refuse('InvalidArgument', `Part number must be an integer between 1 and ${MOST_PARTS}, inclusive`, {
      ArgumentName: 'partNumber',
    });
  return { upload: uploadAsked(store, ask, 'PutObject').upload, number };
}

function keepPart(store: Store, ask: Ask, upload: Upload, part: Part): Part {
  try {
    store.change(() => {
      uploadAsked(store, ask, 'PutObject');
      const before = store.host.journal.get<{ facts: string }>(
        'SELECT facts FROM s3_parts WHERE upload = ? AND number = ?',
        upload.id,
        part.number,
      );
      if (before) store.free([(JSON.parse(before.facts) as Part).piece]);
      store.contents.hold([part.piece]);
      store.host.journal.run(
        'INSERT INTO s3_parts VALUES (?, ?, ?) ON CONFLICT (upload, number) DO UPDATE SET facts = excluded.facts',
        upload.id,
        part.number,
        JSON.stringify(part),
      );
    });
  } catch (error) {
    store.contents.discard(part.piece);
    throw error;
  }
  return part;
}

/** The parts the client lists. Throws InvalidPart, InvalidPartOrder, EntityTooSmall, InvalidRequest for a missing checksum. */
function chosenParts(
  there: readonly Part[],
  asked: readonly Record<string, unknown>[],
  composite: Algorithm | undefined,
): Part[] {
  const byNumber = new Map(there.map((part) => [part.number, part]));
  if (asked.some((one, index) => index > 0 && Number(one['PartNumber']) <= Number(asked[index - 1]!['PartNumber'])))
    throw refuse('InvalidPartOrder');
  return asked.map((one, index) => {
    const number = Number(one['PartNumber']);
    const part = byNumber.get(number);
    const etag = textOf(one['ETag'])?.replaceAll('"', '').trim();
    if (!part || etag !== part.etag) throw refuse('InvalidPart', undefined, { PartNumber: textOf(one['PartNumber']) });
    if (composite && one[`Checksum${composite}`] === undefined) {
      throw refuse(
        'InvalidRequest',
        `The upload was created using a ${composite.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${number} in the request.`,
      );
    }
    const { checksum } = part;
    const named = checksum && textOf(one[`Checksum${checksum.algorithm}`]);
    if (named !== undefined && named !== checksum?.value)
      throw refuse('InvalidPart', undefined, { PartNumber: number });
    if (index < asked.length - 1 && part.piece.size < SMALLEST_PART_BYTES)
      throw refuse('EntityTooSmall', undefined, {
        ProposedSize: part.piece.size,
        MinSizeAllowed: SMALLEST_PART_BYTES,
        PartNumber: number,
      });
    return part;
  });
}

/** The finished object's checksum, compared with the one the client names in a header. Throws BadDigest. */
async function wholeChecksum(
  store: Store,
  ask: Ask,
  parts: readonly Part[],
  algorithm: Algorithm | undefined,
  type: Checksum['type'] | undefined,
): Promise<Checksum | undefined> {
  if (!algorithm) return undefined;
  let checksum: Checksum;
  if (type === 'COMPOSITE') {
    checksum = compositeOf(
      algorithm,
      parts.map((part) => part.checksum!.value),
    );
  } else {
    const body = tapped(store.contents.read(parts.map((part) => part.piece)), { algorithm }, { measureOnly: true });
    for await (const _ of body.chunks);
    checksum = { algorithm, type: 'FULL_OBJECT', value: body.settle().checksum!.value };
  }
  const named = ask.header(checksumHeader(algorithm));
  if (named !== undefined && named !== checksum.value && named !== checksum.value.replace(/-\d+$/, ''))
    throw refuse('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
  return checksum;
}

/** In CompleteMultipartUpload the x-amz-checksum headers speak of the object, not of this request's body. */
function wholeBodyUnjudged(ask: Ask): Promise<string> {
  return wholeBody({ ...ask, header: (name) => (name.startsWith('x-amz-checksum-') ? undefined : ask.header(name)) });
}
