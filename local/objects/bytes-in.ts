/**
 * Bytes on their way in: aws-chunked framing taken off, digests run along, and at the end every digest the client
 * named is checked before anything is stored.
 *
 * Chunk signatures of STREAMING-AWS4-HMAC-SHA256-PAYLOAD are read over, not verified: the head of the request is
 * signed, the sockets are on loopback, and the checksums below still find a damaged body.
 */
import { refuse } from './answer.ts';
import type { Ask } from './ask.ts';
import { ALGORITHMS, algorithmNamed, checkShape, checksumHeader, digestOf, type Algorithm } from './digests.ts';

/** What the client says about the bytes: MD5 in base64, SHA-256 in hex, a checksum in base64 (or later, in a trailer). */
export interface Promised {
  readonly md5?: string | undefined;
  readonly sha256?: string | undefined;
  readonly algorithm?: Algorithm | undefined;
  readonly checksum?: string | undefined;
}

/** What the bytes turned out to be: `md5` in hex, `checksum` in base64 if an algorithm was named. */
export interface Taken {
  readonly size: number;
  readonly md5: string;
  readonly checksum?: { readonly algorithm: Algorithm; readonly value: string };
}

export interface Incoming {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Call once, after the last chunk. Throws BadDigest, InvalidDigest, XAmzContentSHA256Mismatch, IncompleteBody. */
  settle(): Taken;
}

/** Reads a byte stream by line, by count and up to a delimiter, holding no more than a chunk and the delimiter. */
export class ByteReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #held: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The text before the next CRLF, or undefined if there is none within `limit` bytes. */
  async line(limit: number): Promise<string | undefined> {
    for (;;) {
      const at = this.#held.indexOf('\r\n');
      if (at >= 0 && at <= limit) return this.#cut(at + 2).toString('utf8', 0, at);
      if (at >= 0 || this.#held.length > limit + 1 || !(await this.#more())) return undefined;
    }
  }

  /** Exactly `count` bytes. Throws IncompleteBody if there are fewer. */
  async *take(count: number): AsyncGenerator<Uint8Array> {
    for (let left = count; left > 0;) {
      if (this.#held.length === 0 && !(await this.#more())) throw refuse('IncompleteBody');
      const part = this.#cut(Math.min(left, this.#held.length));
      left -= part.length;
      yield part;
    }
  }

  /** All bytes before the delimiter, which is read over. Throws `missing` if the stream ends without it. */
  async *until(delimiter: Buffer, missing: string): AsyncGenerator<Uint8Array> {
    for (;;) {
      const at = this.#held.indexOf(delimiter);
      if (at >= 0) {
        const rest = this.#cut(at + delimiter.length).subarray(0, at);
        if (rest.length > 0) yield rest;
        return;
      }
      const safe = this.#held.length - delimiter.length + 1;
      if (safe > 0) yield this.#cut(safe);
      if (!(await this.#more())) throw refuse(missing);
    }
  }

  #cut(length: number): Buffer {
    const part = this.#held.subarray(0, length);
    this.#held = this.#held.subarray(length);
    return part;
  }

  async #more(): Promise<boolean> {
    const next = await this.#source.next();
    if (next.done) return false;
    this.#held =
      this.#held.length === 0
        ? Buffer.from(next.value.buffer, next.value.byteOffset, next.value.length)
        : Buffer.concat([this.#held, next.value]);
    return true;
  }
}

/** What the headers promise about the body. Throws InvalidRequest if they promise two checksums. */
export function promisedBy(header: (name: string) => string | undefined): Promised {
  const given = ALGORITHMS.filter((one) => header(checksumHeader(one)) !== undefined);
  const trailer = header('x-amz-trailer')?.trim().toLowerCase();
  if (given.length + (trailer ? 1 : 0) > 1)
    throw refuse(
      'InvalidRequest',
      'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    );
  const sha256 = header('x-amz-content-sha256');
  const algorithm = given[0] ?? (trailer ? algorithmNamed(trailer.replace('x-amz-checksum-', '')) : undefined);
  const checksum = given[0] && header(checksumHeader(given[0]));
  if (algorithm && checksum !== undefined) checkShape(algorithm, checksum);
  const md5 = header('content-md5');
  if (md5 !== undefined && Buffer.from(md5, 'base64').length !== 16) throw refuse('InvalidDigest');
  return {
    md5,
    algorithm,
    checksum,
    sha256: sha256 && /^[0-9a-f]{64}$/i.test(sha256) ? sha256.toLowerCase() : undefined,
  };
}

/** The body of a request. */
export function incoming(ask: Ask): Incoming {
  const promised = promisedBy(ask.header);
  const streaming =
    ask.header('x-amz-content-sha256')?.startsWith('STREAMING-') ||
    /\baws-chunked\b/.test(ask.header('content-encoding') ?? '');
  const trailers = new Map<string, string>();
  const length = ask.header('x-amz-decoded-content-length') ?? (streaming ? undefined : ask.header('content-length'));
  return tapped(streaming ? unchunked(ask.body, trailers) : ask.body, promised, {
    trailers,
    ...(length === undefined ? {} : { length: Number(length) }),
  });
}

/** The whole of a small body as text, checked like any other. Throws MaxMessageLengthExceeded above `limit` bytes. */
export async function wholeBody(ask: Ask, limit = 2 * 1024 * 1024): Promise<string> {
  const body = incoming(ask);
  const held: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body.chunks) {
    size += chunk.length;
    if (size > limit) throw refuse('MaxMessageLengthExceeded', undefined, { MaxMessageLengthBytes: limit });
    held.push(chunk);
  }
  body.settle();
  return Buffer.concat(held).toString('utf8');
}

/** Runs the digests along a stream of bytes; `measureOnly` for bytes nobody has named a checksum of yet. */
export function tapped(
  source: AsyncIterable<Uint8Array>,
  promised: Promised,
  more: {
    readonly trailers?: ReadonlyMap<string, string>;
    readonly length?: number;
    readonly measureOnly?: boolean;
  } = {},
): Incoming {
  const md5 = digestOf('MD5');
  const sha256 = promised.sha256 ? digestOf('SHA256') : undefined;
  const own = promised.algorithm ? digestOf(promised.algorithm) : undefined;
  let size = 0;
  async function* run(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      size += chunk.length;
      for (const digest of [md5, sha256, own]) digest?.update(chunk);
      yield chunk;
    }
  }
  return {
    chunks: run(),
    settle() {
      if (more.length !== undefined && more.length !== size)
        throw refuse(
          'IncompleteBody',
          'You did not provide the number of bytes specified by the Content-Length HTTP header',
        );
      const hash = md5.bytes();
      if (promised.md5 !== undefined && Buffer.compare(Buffer.from(promised.md5, 'base64'), hash) !== 0) {
        throw refuse('BadDigest', 'The Content-MD5 you specified did not match what we received.', {
          ExpectedDigest: promised.md5,
          CalculatedDigest: hash.toString('base64'),
        });
      }
      if (sha256 && sha256.bytes().toString('hex') !== promised.sha256) throw refuse('XAmzContentSHA256Mismatch');
      if (!own || !promised.algorithm) return { size, md5: hash.toString('hex') };
      const value = own.bytes().toString('base64');
      const expected = promised.checksum ?? more.trailers?.get(checksumHeader(promised.algorithm));
      if (expected !== value && !more.measureOnly)
        throw refuse('BadDigest', `The ${promised.algorithm} you specified did not match the calculated checksum.`);
      return { size, md5: hash.toString('hex'), checksum: { algorithm: promised.algorithm, value } };
    },
  };
}

/** Takes the framing `<hex size>[;chunk-signature=...]CRLF<bytes>CRLF` off; trailing headers go to `trailers`. */
async function* unchunked(
  source: AsyncIterable<Uint8Array>,
  trailers: Map<string, string>,
): AsyncGenerator<Uint8Array> {
  const reader = new ByteReader(source);
  for (;;) {
    const head = await reader.line(1024);
    const size = head === undefined ? NaN : /^[0-9a-f]{1,12}(?:;.*)?$/i.test(head) ? parseInt(head, 16) : NaN;
    if (Number.isNaN(size))
      throw refuse('IncompleteBody', 'The chunk size of the aws-chunked body is missing or not a number');
    if (size === 0) break;
    yield* reader.take(size);
    if ((await reader.line(0)) !== '')
      throw refuse('IncompleteBody', 'A chunk of the aws-chunked body does not end where its size says');
  }
  for (let line = await reader.line(1024); line; line = await reader.line(1024)) {
    const at = line.indexOf(':');
    trailers.set(line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim());
  }
}
