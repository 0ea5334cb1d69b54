/** DeleteObject and DeleteObjects. Without a version id nothing is lost in a versioned bucket: a marker hides the key. */
import { AwsError } from '../contract.ts';
import { listOf, parseXml, refuse, textOf, xmlAnswer, type Answer, type Xml } from './answer.ts';
import { announce } from './announce.ts';
import type { Ask } from './ask.ts';
import type { Bucket } from './bucket.ts';
import { promisedBy, wholeBody } from './bytes-in.ts';
import { checkMayDestroy } from './lock.ts';
import type { Store } from './store.ts';

const MOST_KEYS = 1000;

interface Removed {
  readonly marker: boolean;
  readonly version?: string | undefined;
}

export function deleteObject(store: Store, ask: Ask): Answer {
  const gone = remove(store, ask, store.bucket(ask.bucket), ask.key, ask.query.get('versionId') || undefined);
  return {
    status: 204,
    headers: { 'x-amz-version-id': gone.version, 'x-amz-delete-marker': gone.marker ? 'true' : undefined },
  };
}

export async function deleteObjects(store: Store, ask: Ask): Promise<Answer> {
  const bucket = store.bucket(ask.bucket);
  const promised = promisedBy(ask.header);
  if (promised.md5 === undefined && promised.algorithm === undefined)
    throw refuse('InvalidRequest', 'Missing required header for this request: Content-MD5 OR x-amz-checksum-*');
  const asked = parseXml(await wholeBody(ask), 'Delete');
  const objects = listOf(asked['Object']);
  if (objects.length === 0 || objects.length > MOST_KEYS || objects.some((one) => !textOf(one['Key'])))
    throw refuse('MalformedXML');
  const results = objects.map((object): Record<string, Xml> => {
    const [Key, VersionId] = [textOf(object['Key'])!, textOf(object['VersionId'])];
    try {
      const gone = remove(store, ask, bucket, Key, VersionId);
      return {
        Deleted: {
          Key,
          VersionId,
          DeleteMarker: gone.marker || undefined,
          DeleteMarkerVersionId: gone.marker ? gone.version : undefined,
        },
      };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return { Error: { Key, VersionId, Code: error.code, Message: error.message } };
    }
  });
  const quiet = textOf(asked['Quiet']) === 'true';
  return xmlAnswer('DeleteResult', {
    Deleted: quiet ? undefined : results.flatMap((one) => (one['Deleted'] ? [one['Deleted']] : [])),
    Error: results.flatMap((one) => (one['Error'] ? [one['Error']] : [])),
  });
}

function remove(store: Store, ask: Ask, bucket: Bucket, key: string, versionId: string | undefined): Removed {
  if (versionId === undefined) {
    store.permit(ask, bucket, 'DeleteObject', {}, key);
    return store.change(() => {
      const newest = store.newest(bucket.name, key);
      if (bucket.versioning !== undefined) {
        const marker = store.append(bucket, key, 'marker');
        announce(store, bucket, marker, 'DeleteObject', ask.requestId, 'Delete Marker Created');
        return { marker: true, version: marker.version };
      }
      if (newest) {
        store.remove(bucket, newest);
        announce(store, bucket, newest, 'DeleteObject', ask.requestId, 'Permanently Deleted');
      }
      return { marker: false };
    });
  }
  store.permit(ask, bucket, 'DeleteObjectVersion', { 's3:VersionId': versionId }, key);
  return store.change(() => {
    const version = store.version(bucket.name, key, versionId);
    if (!version) return { marker: false, version: versionId };
    checkMayDestroy(store, ask, bucket, version);
    store.remove(bucket, version);
    announce(store, bucket, version, 'DeleteObject', ask.requestId, 'Permanently Deleted');
    return { marker: version.marker, version: versionId };
  });
}
