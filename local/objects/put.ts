/** PutObject, and what every way of making a version shares: its headers, tags, encryption and lock. */
import { createHash, randomBytes } from 'node:crypto';
import { refuse, type Answer } from './answer.ts';
import { announce, type Reason } from './announce.ts';
import type { Ask } from './ask.ts';
import type { Bucket, Sse } from './bucket.ts';
import { incoming, type Taken } from './bytes-in.ts';
import type { Piece } from './contents.ts';
import { checkConditions } from './conditions.ts';
import { checksumHeader, type Checksum } from './digests.ts';
import { lockFor, permitLock } from './lock.ts';
import type { Facts, Store, Version } from './store.ts';
import { tagsFrom } from './tags.ts';

type Header = (name: string) => string | undefined;

const KEPT = [
  'content-type',
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'expires',
  'x-amz-website-redirect-location',
];
const STORAGE_CLASSES = [
  'STANDARD',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER_IR',
  'GLACIER',
  'DEEP_ARCHIVE',
  'REDUCED_REDUNDANCY',
];
const LONGEST_METADATA_BYTES = 2048;

/** Everything of a new version but its bytes. Throws InvalidArgument, InvalidTag, MetadataTooLarge, AccessDenied and lock errors. */
export function draft(store: Store, ask: Ask, bucket: Bucket): Omit<Facts, 'pieces' | 'size' | 'etag'> {
  const { header } = ask;
  if (header('x-amz-server-side-encryption-customer-algorithm'))
    throw refuse(
      'NotImplemented',
      "Encryption with the customer's own keys (SSE-C) is served by AWS, not by this host",
    );
  const acl = header('x-amz-acl');
  if (acl !== undefined && !bucket.acls && acl !== 'bucket-owner-full-control')
    throw refuse('AccessControlListNotSupported');
  const sse = sseOf(bucket, header);
  store.permit(ask, bucket, 'PutObject');
  if (acl !== undefined) store.permit(ask, bucket, 'PutObjectAcl');
  const tags = tagsFrom(new URLSearchParams(header('x-amz-tagging') ?? ''));
  if (header('x-amz-tagging')) store.permit(ask, bucket, 'PutObjectTagging');
  permitLock(store, ask, bucket);
  store.permitKey(ask, sse, 'GenerateDataKey');
  const storageClass = header('x-amz-storage-class') ?? 'STANDARD';
  if (!STORAGE_CLASSES.includes(storageClass))
    throw refuse('InvalidStorageClass', 'The storage class you specified is not valid');
  return { headers: headersKept(ask), tags, sse, storageClass, ...lockFor(bucket, header, store.host.clock.now()) };
}

export async function putObject(store: Store, ask: Ask): Promise<Answer> {
  const bucket = store.bucket(ask.bucket);
  if (ask.request.headers['content-length'] === undefined && ask.request.headers['transfer-encoding'] === undefined)
    throw refuse('MissingContentLength');
  const facts = draft(store, ask, bucket);
  const body = incoming(ask);
  requireDigest(facts, ask.header);
  checkConditions(ask, store.newest(bucket.name, ask.key), 'write');
  const taken = await store.contents.write(body);
  const version = commit(store, ask, bucket, ask.key, { ...facts, ...described(taken, facts.sse) }, 'PutObject');
  return { headers: writtenHeaders(version) };
}

/** Writes the version's row and its event. Conditions are judged once more, in the same transaction. */
export function commit(store: Store, ask: Ask, bucket: Bucket, key: string, facts: Facts, reason: Reason): Version {
  try {
    return store.change(() => {
      checkConditions(ask, store.newest(bucket.name, key), 'write');
      const version = store.append(bucket, key, facts);
      announce(store, bucket, version, reason, ask.requestId);
      return version;
    });
  } catch (error) {
    for (const piece of facts.pieces) store.contents.discard(piece);
    throw error;
  }
}

/** A version under retention must come with a digest of its bytes. */
export function requireDigest(facts: Pick<Facts, 'retention' | 'legalHold'>, header: Header): void {
  if (!facts.retention && facts.legalHold === undefined) return;
  const named =
    header('content-md5') ??
    header('x-amz-trailer') ??
    ['crc32', 'crc32c', 'crc64nvme', 'sha1', 'sha256'].map((one) => header(`x-amz-checksum-${one}`)).find(Boolean);
  if (named === undefined)
    throw refuse(
      'InvalidRequest',
      'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters',
    );
}

/** Bytes as facts. Under SSE-KMS S3's ETag is not the MD5 of the bytes, and nobody should come to rely on it. */
export function described(
  taken: Taken & { readonly piece: Piece },
  sse: Sse,
): Pick<Facts, 'pieces' | 'size' | 'etag' | 'checksum'> {
  const checksum: Checksum | undefined = taken.checksum && { ...taken.checksum, type: 'FULL_OBJECT' };
  return { pieces: [taken.piece], size: taken.size, etag: etagOf(taken.md5, sse), checksum };
}

export function etagOf(md5: string, sse: Sse): string {
  return sse.algorithm.startsWith('aws:kms')
    ? createHash('md5').update(md5).update(randomBytes(16)).digest('hex')
    : md5;
}

/** Headers that every write answers with. */
export function writtenHeaders(version: Version): Record<string, string | undefined> {
  return {
    etag: `"${version.etag}"`,
    'x-amz-version-id': version.version === 'null' ? undefined : version.version,
    ...sseHeaders(version.sse),
    ...(version.checksum
      ? {
          [checksumHeader(version.checksum.algorithm)]: version.checksum.value,
          'x-amz-checksum-type': version.checksum.type,
        }
      : {}),
  };
}

export function checksumXml(checksum: Checksum | undefined): Record<string, string> {
  return checksum ? { [`Checksum${checksum.algorithm}`]: checksum.value, ChecksumType: checksum.type } : {};
}

export function sseHeaders(sse: Sse): Record<string, string | undefined> {
  return {
    'x-amz-server-side-encryption': sse.algorithm,
    'x-amz-server-side-encryption-aws-kms-key-id': sse.kmsKeyId,
    'x-amz-server-side-encryption-bucket-key-enabled':
      sse.bucketKey && sse.algorithm === 'aws:kms' ? 'true' : undefined,
  };
}

/**
 * The headers to send back with the object. Fields of a form may hold any text, headers may not: what no header can
 * carry is refused, and text beyond ASCII is kept in the encoding of RFC 2047, as S3 does.
 */
function headersKept({ header, names, signedBy }: Ask): Record<string, string> {
  const kept: Record<string, string> = {};
  let metadataBytes = 0;
  for (const name of names) {
    const value = header(name);
    if (value === undefined) continue;
    if (name.startsWith('x-amz-meta-')) metadataBytes += name.length - 'x-amz-meta-'.length + Buffer.byteLength(value);
    else if (!KEPT.includes(name)) continue;
    // oxlint-disable-next-line no-control-regex
    if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name) || /[\u0000-\u0008\u000a-\u001f\u007f]/.test(value))
      throw refuse('InvalidArgument', 'A header cannot carry this name or value', { ArgumentName: name });
    // oxlint-disable-next-line no-control-regex
    const fits = signedBy === 'REST-HEADER' ? /^[\u0000-\u00ff]*$/ : /^[\u0000-\u007f]*$/;
    kept[name] = fits.test(value) ? value : `=?UTF-8?B?${Buffer.from(value).toString('base64')}?=`;
  }
  if (metadataBytes > LONGEST_METADATA_BYTES)
    throw refuse('MetadataTooLarge', undefined, { Size: metadataBytes, MaxSizeAllowed: LONGEST_METADATA_BYTES });
  const coding = kept['content-encoding']
    ?.split(',')
    .map((one) => one.trim())
    .filter((one) => one !== 'aws-chunked')
    .join(', ');
  if (coding) kept['content-encoding'] = coding;
  else delete kept['content-encoding'];
  kept['content-type'] ??= 'binary/octet-stream';
  return kept;
}

function sseOf(bucket: Bucket, header: Header): Sse {
  const algorithm = header('x-amz-server-side-encryption');
  if (algorithm === undefined) return bucket.sse;
  if (!['AES256', 'aws:kms', 'aws:kms:dsse'].includes(algorithm))
    throw refuse('InvalidArgument', 'The encryption method specified is not supported', {
      ArgumentName: 'x-amz-server-side-encryption',
      ArgumentValue: algorithm,
    });
  if (algorithm === 'AES256') return { algorithm };
  const named = header('x-amz-server-side-encryption-aws-kms-key-id');
  if (named !== undefined && !/^[\w:/-]+$/.test(named))
    throw refuse('InvalidArgument', 'Invalid KMS key id: give its id, alias or ARN', { ArgumentValue: named });
  const bucketKey = header('x-amz-server-side-encryption-bucket-key-enabled');
  return {
    algorithm,
    kmsKeyId: named ?? bucket.sse.kmsKeyId,
    bucketKey: bucketKey === undefined ? bucket.sse.bucketKey : bucketKey === 'true',
  };
}
