/** Object tags: at most ten, a key of 1 to 128 and a value of up to 256 characters. */
import { listOf, parseXml, refuse, textOf, xmlAnswer, type Answer } from './answer.ts';
import type { Ask } from './ask.ts';
import { wholeBody } from './bytes-in.ts';
import type { Store } from './store.ts';

const MOST_TAGS = 10;
const LONGEST_KEY = 128;
const LONGEST_VALUE = 256;

/** Throws InvalidTag or BadRequest. */
export function tagsFrom(pairs: Iterable<readonly [string, string]>): Record<string, string> {
  const tags: Record<string, string> = {};
  for (const [key, value] of pairs) {
    if (key.length < 1 || key.length > LONGEST_KEY)
      throw refuse('InvalidTag', 'The TagKey you have provided is invalid', { TagKey: key });
    if (value.length > LONGEST_VALUE)
      throw refuse('InvalidTag', 'The TagValue you have provided is invalid', { TagKey: key, TagValue: value });
    if (Object.hasOwn(tags, key))
      throw refuse('InvalidTag', 'Cannot provide multiple Tags with the same key', { TagKey: key });
    tags[key] = value;
  }
  if (Object.keys(tags).length > MOST_TAGS) throw refuse('BadRequest', 'Object tags cannot be greater than 10');
  return tags;
}

/** The tags of a `<TagSet>`. */
export function tagsIn(document: Record<string, unknown>): Record<string, string> {
  const set = listOf(document['TagSet'])[0] ?? {};
  return tagsFrom(listOf(set['Tag']).map((tag) => [textOf(tag['Key']) ?? '', textOf(tag['Value']) ?? ''] as const));
}

/** Condition keys for the tags that the version asked for carries now. */
export function existingTags(store: Store, ask: Ask): Record<string, string> {
  const versionId = ask.query.get('versionId');
  const there = versionId ? store.version(ask.bucket, ask.key, versionId) : store.newest(ask.bucket, ask.key);
  return Object.fromEntries(
    Object.entries(there?.tags ?? {}).map(([key, value]) => [`s3:ExistingObjectTag/${key}`, value]),
  );
}

export async function putObjectTagging(store: Store, ask: Ask): Promise<Answer> {
  const tags = tagsIn(parseXml(await wholeBody(ask), 'Tagging'));
  return retag(store, ask, 'Put', tags);
}

export function deleteObjectTagging(store: Store, ask: Ask): Answer {
  return { ...retag(store, ask, 'Delete', {}), status: 204 };
}

export function getObjectTagging(store: Store, ask: Ask): Answer {
  const bucket = store.bucket(ask.bucket);
  store.permit(ask, bucket, actionFor(ask, 'Get'), existingTags(store, ask));
  const version = store.find(ask, bucket);
  const Tag = Object.entries(version.tags).map(([Key, Value]) => ({ Key, Value }));
  return xmlAnswer('Tagging', { TagSet: { Tag } }, { 'x-amz-version-id': version.version });
}

function retag(store: Store, ask: Ask, verb: 'Put' | 'Delete', tags: Record<string, string>): Answer {
  const bucket = store.bucket(ask.bucket);
  const asked = Object.fromEntries(Object.entries(tags).map(([key, value]) => [`s3:RequestObjectTag/${key}`, value]));
  store.permit(ask, bucket, actionFor(ask, verb), { ...existingTags(store, ask), ...asked });
  const version = store.find(ask, bucket);
  store.rewrite(bucket, version, { tags });
  return { headers: { 'x-amz-version-id': version.version } };
}

function actionFor(ask: Ask, verb: 'Get' | 'Put' | 'Delete'): string {
  return `${verb}Object${ask.query.has('versionId') ? 'Version' : ''}Tagging`;
}
