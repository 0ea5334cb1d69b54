/** CopyObject, and reading the source of any copy. A copy of a whole object shares its bytes, which never change. */
import { refuse, xmlAnswer, type Answer } from './answer.ts';
import { decoded, splitOnce, type Ask } from './ask.ts';
import type { Bucket, Sse } from './bucket.ts';
import { tapped } from './bytes-in.ts';
import { checkConditions } from './conditions.ts';
import { algorithmNamed, type Checksum } from './digests.ts';
import { checksumXml, commit, draft, etagOf, writtenHeaders } from './put.ts';
import type { Facts, Store, Version } from './store.ts';

export async function copyObject(store: Store, ask: Ask): Promise<Answer> {
  const bucket = store.bucket(ask.bucket);
  const { source, from } = copySource(store, ask);
  const facts = draft(store, ask, bucket);
  const replaces = directive(ask, 'x-amz-metadata-directive');
  const replacesTags = directive(ask, 'x-amz-tagging-directive');
  const same = from.name === bucket.name && source.key === ask.key && source.supersededAt === undefined;
  if (
    same &&
    !replaces &&
    !ask.header('x-amz-storage-class') &&
    !ask.header('x-amz-server-side-encryption') &&
    !ask.header('x-amz-website-redirect-location')
  ) {
    throw refuse(
      'InvalidRequest',
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    );
  }
  if (!replacesTags && Object.keys(source.tags).length > 0) {
    store.permit(
      { ...ask, bucket: from.name },
      from,
      source.supersededAt === undefined ? 'GetObjectTagging' : 'GetObjectVersionTagging',
      {},
      source.key,
    );
    store.permit(ask, bucket, 'PutObjectTagging');
  }
  const asked = ask.header('x-amz-checksum-algorithm');
  const algorithm = asked ? algorithmNamed(asked) : source.checksum?.algorithm;
  const fits =
    source.pieces.length === 1 &&
    source.parts === undefined &&
    (!algorithm || source.checksum?.algorithm === algorithm);
  const bytes =
    fits && source.sse.algorithm === 'AES256'
      ? { size: source.size, etag: etagOf(source.etag, facts.sse), checksum: source.checksum }
      : await measured(store, source, algorithm, facts.sse);
  const version = commit(
    store,
    ask,
    bucket,
    ask.key,
    {
      ...facts,
      ...bytes,
      pieces: source.pieces,
      headers: replaces ? facts.headers : source.headers,
      tags: replacesTags ? facts.tags : source.tags,
    },
    'CopyObject',
  );
  const { checksum, ...headers } = { ...writtenHeaders(version), checksum: version.checksum };
  return xmlAnswer(
    'CopyObjectResult',
    {
      LastModified: new Date(version.modified).toISOString(),
      ETag: `"${version.etag}"`,
      ...checksumXml(checksum),
    },
    { ...headers, 'x-amz-copy-source-version-id': source.version === 'null' ? undefined : source.version },
  );
}

/** The version that x-amz-copy-source names, once the caller may read it and its conditions hold. */
export function copySource(store: Store, ask: Ask): { source: Version; from: Bucket } {
  const [path, search] = splitOnce(ask.header('x-amz-copy-source') ?? '', '?');
  const [name, key = ''] = splitOnce(decoded(path).replace(/^\//, ''), '/');
  if (!name || !key)
    throw refuse('InvalidArgument', 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey', {
      ArgumentName: 'x-amz-copy-source',
    });
  const versionId = new URLSearchParams(search ?? '').get('versionId') ?? undefined;
  const from = store.bucket(name);
  store.permit(
    { ...ask, bucket: name },
    from,
    versionId ? 'GetObjectVersion' : 'GetObject',
    versionId ? { 's3:VersionId': versionId } : {},
    key,
  );
  const source = store.find(ask, from, key, versionId);
  store.permitKey(ask, source.sse, 'Decrypt');
  checkConditions(ask, source, 'copy');
  return { source, from };
}

/** MD5 and checksum of bytes already here, for a copy that cannot take over its source's. */
async function measured(
  store: Store,
  source: Version,
  algorithm: Checksum['algorithm'] | undefined,
  sse: Sse,
): Promise<Pick<Facts, 'size' | 'etag' | 'checksum'>> {
  const body = tapped(store.contents.read(source.pieces), { algorithm }, { measureOnly: true });
  for await (const _ of body.chunks);
  const taken = body.settle();
  return {
    size: taken.size,
    etag: etagOf(taken.md5, sse),
    checksum: taken.checksum && { ...taken.checksum, type: 'FULL_OBJECT' },
  };
}

function directive(ask: Ask, name: string): boolean {
  const value = ask.header(name) ?? 'COPY';
  if (value !== 'COPY' && value !== 'REPLACE')
    throw refuse('InvalidArgument', `Unknown ${name} value ${value}: use COPY or REPLACE`);
  return value === 'REPLACE';
}
