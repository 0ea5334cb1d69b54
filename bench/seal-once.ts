/**
 * Packs once, in a process of its own, so that what it takes of memory is its own: `node bench/seal-once.ts <how> <files>
 * <bytes of each>`. Bytes come in the pieces a store sends, and go nowhere; no store is in what is measured. Started by
 * bench/what-leaves.ts; says on standard output what it took, as JSON.
 */
import { createCipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { newPassphrase } from '../functions/edge/system.ts';
import { zipPackage, type Packed } from '../functions/delivery/zip-package.ts';

export interface SealedOnce {
  readonly seconds: number;
  /** Of the processor, on all threads. */
  readonly cpuSeconds: number;
  /**
   * The most memory the process held, with Node.js and all that is loaded, looked at once for each megabyte. What the
   * system calls the peak of a process begins with that of the one that started it.
   */
  readonly peakRssMb: number;
}

export type How = 'sealed' | 'plain' | 'native';

const PIECE = randomBytes(62_500);
const MEGABYTE = 1_000_000;
let peakRss = 0;
const look = (): void => {
  peakRss = Math.max(peakRss, process.memoryUsage.rss());
};

async function* pieces(bytes: number): AsyncGenerator<Uint8Array> {
  for (let left = bytes; left > 0; left -= PIECE.length) {
    if (left % MEGABYTE === 0) look();
    yield await Promise.resolve(PIECE.subarray(0, Math.min(left, PIECE.length)));
  }
}

async function hashOf(bytes: number): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of pieces(bytes)) hash.update(piece);
  return hash.digest('hex');
}

/** The same steps as for the package, an empty passphrase meaning that nothing is encrypted. */
async function zipped(passphrase: string, files: number, bytes: number, sha256: string): Promise<void> {
  const of = { key: 'kept/file', versionId: '1', sha256, bytes, contentType: 'image/png' };
  const entries = Array.from({ length: files }, (_, at): Packed => ({
    name: `files/${at}.png`,
    bytes: () => pieces(bytes),
    of,
  }));
  await zipPackage(new WritableStream(), passphrase, new Date(), entries);
}

/** No ZIP: the two hashes, the cipher and the code of authentication that a sealed ZIP has, by Node.js alone. */
async function native(files: number, bytes: number): Promise<void> {
  const whole = createHash('sha256');
  for (let file = 0; file < files; file++) {
    const cipher = createCipheriv('aes-256-ctr', randomBytes(32), randomBytes(16));
    const [original, code] = [createHash('sha256'), createHmac('sha1', randomBytes(32))];
    for await (const piece of pieces(bytes)) {
      original.update(piece);
      const sealed = cipher.update(piece);
      code.update(sealed);
      whole.update(sealed);
    }
    original.digest();
    code.digest();
  }
  whole.digest();
}

if (import.meta.main) {
  const [how, files, bytes] = [process.argv[2] as How, Number(process.argv[3]), Number(process.argv[4])];
  const sha256 = await hashOf(bytes);
  peakRss = 0;
  const from = performance.now();
  const before = process.cpuUsage();
  if (how === 'native') await native(files, bytes);
  else await zipped(how === 'sealed' ? newPassphrase() : '', files, bytes, sha256);
  const { user, system } = process.cpuUsage(before);
  look();
  const taken: SealedOnce = {
    seconds: (performance.now() - from) / 1000,
    cpuSeconds: (user + system) / 1e6,
    peakRssMb: peakRss / 1e6,
  };
  process.stdout.write(JSON.stringify(taken));
}
