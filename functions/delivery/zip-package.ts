/**
 * Writes the ZIP of a sealed package as a stream: WinZip's AES-256 (AE-2), which 7-Zip, WinZip, Keka and others open.
 * Nothing is compressed: images are compressed already, and an original is to come out as it went in by any program.
 *
 * Faults  DeliveredFileDiffers, when an original does not have the hash it was released with
 */
import { ZipWriter } from '@zip.js/zip.js/lib/zip-core-writer.js';
import { createHash, type Hash } from 'node:crypto';
import type { StoredFile } from '../disclosure/contract.ts';
import { DeliveredFileDiffers } from './faults.ts';

export interface Packed {
  readonly name: string;
  readonly bytes: () => AsyncIterable<Uint8Array>;
  /** What has to come out of `bytes`; absent of what was just made. */
  readonly of?: StoredFile;
}

export interface Zipped {
  readonly sha256: string;
  readonly bytes: number;
}

/** Writes to `out` and closes it. If anything fails, `out` is aborted, so that nothing half is kept. */
export async function zipPackage(
  out: WritableStream<Uint8Array>,
  passphrase: string,
  at: Date,
  entries: readonly Packed[],
): Promise<Zipped> {
  const hash = createHash('sha256');
  let bytes = 0;
  const tap = new TransformStream<Uint8Array, Uint8Array>({
    transform(piece, controller) {
      hash.update(piece);
      bytes += piece.length;
      controller.enqueue(piece);
    },
  });
  const piped = tap.readable.pipeTo(out);
  // It is awaited below; until then a failure must not count as unheard.
  piped.catch(() => undefined);
  try {
    const zip = new ZipWriter(tap.writable, {
      password: passphrase,
      encryptionStrength: 3,
      level: 0,
      useWebWorkers: false,
      extendedTimestamp: false,
      lastModDate: at,
    });
    for (const { name, bytes: read, of } of entries) await zip.add(name, streamOf(name, read(), of));
    await zip.close();
  } catch (error) {
    await tap.writable.abort(error).catch(() => undefined);
    await piped.catch(() => undefined);
    throw error;
  }
  await piped;
  return { sha256: hash.digest('hex'), bytes };
}

function streamOf(
  name: string,
  pieces: AsyncIterable<Uint8Array>,
  of: StoredFile | undefined,
): ReadableStream<Uint8Array> {
  const hash: Hash | undefined = of && createHash('sha256');
  const iterator = pieces[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (!done) {
        hash?.update(value);
        return controller.enqueue(value);
      }
      if (hash && hash.digest('hex') !== of?.sha256)
        return controller.error(
          new DeliveredFileDiffers(
            `${name}: the store has other bytes than those that were released; look at ${of?.key}, version ${of?.versionId}`,
          ),
        );
      controller.close();
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
