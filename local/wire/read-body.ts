/** Reads a request's body whole, up to a limit. */
import type { IncomingMessage } from 'node:http';
import { AwsError } from '../contract.ts';

/** Throws AwsError 413 RequestEntityTooLarge beyond `limit` bytes; the rest of the body is then read and dropped. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= limit) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (bytes > limit)
    throw new AwsError('RequestEntityTooLarge', `the body has ${bytes} bytes; at most ${limit} are taken here`, 413);
  return Buffer.concat(chunks);
}
