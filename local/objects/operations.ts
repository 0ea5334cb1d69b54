/**
 * Which operation a request is: by method, by bucket or key, and by the query parameter that names a subresource.
 * What is not in the table is refused by its name, never answered as something else.
 */
import { refuse, type Answer } from './answer.ts';
import type { Ask } from './ask.ts';
import * as buckets from './buckets.ts';
import { copyObject } from './copy.ts';
import { preflight } from './cors.ts';
import { getObject, getObjectAttributes } from './get.ts';
import { listObjectVersions, listObjectsV2 } from './list.ts';
import * as lock from './lock.ts';
import * as multipart from './multipart.ts';
import { postObject } from './post.ts';
import { putObject } from './put.ts';
import { deleteObject, deleteObjects } from './remove.ts';
import type { Store } from './store.ts';
import * as tags from './tags.ts';
import { listMultipartUploads, listParts } from './uploads.ts';

type Operation = (store: Store, ask: Ask) => Answer | Promise<Answer>;

const SERVED: Readonly<Record<string, Operation>> = {
  'GET service': buckets.listBuckets,
  'PUT bucket': buckets.createBucket,
  'HEAD bucket': buckets.headBucket,
  'DELETE bucket': buckets.deleteBucket,
  'POST bucket': postObject,
  'GET bucket list-type': listObjectsV2,
  'GET bucket versions': listObjectVersions,
  'GET bucket location': buckets.getBucketLocation,
  'GET bucket versioning': buckets.getBucketVersioning,
  'GET bucket lifecycle': buckets.getBucketLifecycle,
  'GET bucket object-lock': lock.getObjectLockConfiguration,
  'GET bucket cors': buckets.getBucketCors,
  'PUT bucket cors': buckets.putBucketCors,
  'GET bucket policy': buckets.getBucketPolicy,
  'PUT bucket policy': buckets.putBucketPolicy,
  'GET bucket uploads': listMultipartUploads,
  'POST bucket delete': deleteObjects,
  'GET key': getObject,
  'HEAD key': getObject,
  'PUT key': putObject,
  'PUT key copy': copyObject,
  'DELETE key': deleteObject,
  'GET key attributes': getObjectAttributes,
  'GET key tagging': tags.getObjectTagging,
  'PUT key tagging': tags.putObjectTagging,
  'DELETE key tagging': tags.deleteObjectTagging,
  'GET key retention': lock.getObjectRetention,
  'PUT key retention': lock.putObjectRetention,
  'GET key legal-hold': lock.getObjectLegalHold,
  'PUT key legal-hold': lock.putObjectLegalHold,
  'POST key uploads': multipart.createMultipartUpload,
  'PUT key uploadId': multipart.uploadPart,
  'PUT key uploadId copy': multipart.uploadPartCopy,
  'POST key uploadId': multipart.completeMultipartUpload,
  'DELETE key uploadId': multipart.abortMultipartUpload,
  'GET key uploadId': listParts,
};

/** Query parameters that name a subresource, those S3 has and this host has not among them. */
const SUBRESOURCES = [
  'abac',
  'accelerate',
  'acl',
  'analytics',
  'annotation',
  'annotations',
  'attributes',
  'cors',
  'delete',
  'encryption',
  'encryptionKey',
  'intelligent-tiering',
  'inventory',
  'legal-hold',
  'lifecycle',
  'list-type',
  'location',
  'logging',
  'metadataConfiguration',
  'metadataTable',
  'metrics',
  'notification',
  'object-lock',
  'ownershipControls',
  'policy',
  'policyStatus',
  'publicAccessBlock',
  'renameObject',
  'replication',
  'requestPayment',
  'restore',
  'retention',
  'select',
  'session',
  'tagging',
  'torrent',
  'uploadId',
  'uploads',
  'versioning',
  'versions',
  'website',
];

/** Throws NotImplemented, naming the operation and where it is served. */
export function operationFor(ask: Ask): Operation {
  if (ask.method === 'OPTIONS') return preflight;
  const on = ask.key ? 'key' : ask.bucket ? 'bucket' : 'service';
  const subresource = SUBRESOURCES.find((one) => ask.query.has(one));
  const copies = ask.method === 'PUT' && on === 'key' && ask.header('x-amz-copy-source') !== undefined;
  const name = [ask.method, on, subresource, copies ? 'copy' : undefined].filter(Boolean).join(' ');
  const found = SERVED[name];
  if (found) return found;
  const spoken = ask.query.get('x-id') ?? `${ask.method} on a ${on}${subresource ? ` with ?${subresource}` : ''}`;
  throw refuse(
    'NotImplemented',
    `${spoken} is not served by this host. AWS serves it, and so do full emulators of S3; what a bucket is comes from the template here.`,
  );
}
