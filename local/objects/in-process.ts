/**
 * S3 for the other parts of the host, without a wire in between: judged as the caller it is made for, as a request is.
 * Only reading a text is asked for so far (a state machine's items, or its `aws-sdk:s3:getObject`).
 */
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import type { Caller, JsonService } from '../contract.ts';
import { readAsk } from './ask.ts';
import { getObject } from './get.ts';
import type { Store } from './store.ts';

interface GetRequest {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string;
}

export function inProcess(store: Store): JsonService {
  return {
    signingName: 's3',
    operations: { GetObject: (input: GetRequest, caller: Caller) => readText(store, input, caller) },
  };
}

/** The object as text, and what S3 tells of it. Throws what S3 would refuse a request with. */
async function readText(store: Store, { Bucket, Key, VersionId }: GetRequest, caller: Caller): Promise<object> {
  const request = new IncomingMessage(new Socket());
  request.method = 'GET';
  const query = VersionId === undefined ? '' : `?versionId=${encodeURIComponent(VersionId)}`;
  request.url = `/${encodeURIComponent(Bucket)}/${Key.split('/').map(encodeURIComponent).join('/')}${query}`;
  const { headers, body } = getObject(store, readAsk(request, caller));
  const bytes: Uint8Array[] = [];
  for await (const chunk of body as Readable) bytes.push(chunk as Uint8Array);
  return {
    Body: Buffer.concat(bytes).toString('utf8'),
    ContentLength: headers?.['content-length'],
    ContentType: headers?.['content-type'],
    ETag: headers?.['etag'],
    VersionId: headers?.['x-amz-version-id'],
  };
}
