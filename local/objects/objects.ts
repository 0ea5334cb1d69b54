/**
 * S3 for the embedded host: buckets from the template, objects in files, everything about them in the journal.
 *
 * It serves what the template and the functions use and refuses every other operation by name. Addresses are
 * `http://host:port/bucket/key` and `http://bucket.s3.localhost:port/key`.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AwsError, type Caller, type MakePart } from '../contract.ts';
import { deliverNotes } from './announce.ts';
import { errorAnswer, send } from './answer.ts';
import { readAsk, type Ask } from './ask.ts';
import { templateBuckets } from './buckets.ts';
import { crossOrigin } from './cors.ts';
import { inProcess } from './in-process.ts';
import { runLifecycles } from './lifecycle.ts';
import { operationFor } from './operations.ts';
import { Store } from './store.ts';

/** The S3 part: an HTTP service signed for as `s3`, and the providers of buckets and bucket policies. */
export const objects: MakePart = (host) => {
  const store = new Store(host);
  const buckets = templateBuckets(store);
  runLifecycles(store);
  deliverNotes(host);
  return {
    http: [{ signingName: 's3', handle: (request, response, caller) => handle(store, request, response, caller) }],
    services: [inProcess(store)],
    providers: [buckets.provider],
    start: () => buckets.forgetLostPolicies(),
  };
};

async function handle(store: Store, request: IncomingMessage, response: ServerResponse, caller: Caller): Promise<void> {
  const done = store.host.clock.begin();
  let ask: Ask | undefined;
  try {
    ask = readAsk(request, caller);
    response.setHeader('x-amz-request-id', ask.requestId);
    for (const [name, value] of Object.entries(crossOriginOf(store, ask)))
      if (value !== undefined) response.setHeader(name, value);
    const answer = await operationFor(ask)(store, ask);
    done(); // A reader who takes their time does not hold up the clock.
    await send(request, response, answer);
  } catch (error) {
    if (!(error instanceof AwsError) && !response.destroyed)
      store.host.log(`S3 ${request.method} failed: ${error instanceof Error ? error.message : String(error)}`);
    if (response.headersSent) response.destroy();
    else
      await send(
        request,
        response,
        errorAnswer(error, (request.url ?? '/').split('?')[0]!, ask?.requestId ?? 'UNREAD'),
      );
  } finally {
    done();
    // What was not read of a refused upload is read over, so that the client sees the answer and keeps its connection.
    await ask?.body.return?.();
    request.resume();
  }
}

function crossOriginOf(store: Store, ask: Ask): NonNullable<ReturnType<typeof crossOrigin>> {
  if (ask.method === 'OPTIONS') return {};
  try {
    return crossOrigin(store, ask) ?? {};
  } catch {
    return {}; // No such bucket: the operation says so.
  }
}
