/**
 * Tells the event bus of objects made and destroyed, in the shape S3 gives EventBridge ("Amazon S3 event structure").
 *
 * The note is a timer due now, written in the transaction of the change: a kill between the two does not lose it.
 */
import { randomUUID } from 'node:crypto';
import { AwsError, type Host } from '../contract.ts';
import type { Bucket } from './bucket.ts';
import type { Store, Version } from './store.ts';

const KIND = 's3-event';

/** Why an object came or went; the words are EventBridge's. */
export type Reason =
  | 'PutObject'
  | 'POST Object'
  | 'CopyObject'
  | 'CompleteMultipartUpload'
  | 'DeleteObject'
  | 'Lifecycle Expiration';

/** Call in the transaction of the change. `deleted` says how a version went, undefined that it came. */
export function announce(
  store: Store,
  bucket: Bucket,
  version: Version,
  reason: Reason,
  requestId: string,
  deleted?: 'Permanently Deleted' | 'Delete Marker Created',
): void {
  if (!bucket.events) return;
  const { clock, account } = store.host;
  const now = clock.now();
  const object = {
    key: version.key,
    ...(deleted ? {} : { size: version.size }),
    ...(version.etag ? { etag: version.etag } : {}),
    ...(version.version === 'null' ? {} : { 'version-id': version.version }),
    sequencer: version.seq.toString(16).toUpperCase().padStart(18, '0'),
  };
  const detail = {
    version: '0',
    bucket: { name: bucket.name },
    object,
    'request-id': requestId,
    requester: reason === 'Lifecycle Expiration' ? 's3.amazonaws.com' : account,
    ...(reason === 'Lifecycle Expiration' ? {} : { 'source-ip-address': '127.0.0.1' }),
    reason,
    ...(deleted ? { 'deletion-type': deleted } : {}),
  };
  const entry = {
    Source: 'aws.s3',
    DetailType: deleted ? 'Object Deleted' : 'Object Created',
    Detail: JSON.stringify(detail),
    Resources: [`arn:aws:s3:::${bucket.name}`],
    Time: new Date(now).toISOString(),
  };
  clock.set({ kind: KIND, id: randomUUID(), dueAt: now, payload: entry });
}

/** Hands each note to the events part, if the host has one. */
export function deliverNotes(host: Host): void {
  host.clock.on(KIND, async (timer) => {
    try {
      await host.call(
        'events',
        'PutServiceEvents',
        { Entries: [timer.payload] },
        host.identities.asService('s3.amazonaws.com'),
      );
    } catch (error) {
      // A host without the events part has no one to tell.
      if (error instanceof AwsError && /^(UnknownOperation|NotImplemented|UnknownService)/.test(error.code)) return;
      host.log(
        `S3 could not hand an event to the event bus: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  });
}
